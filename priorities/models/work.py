"""The work plan: what is being done, by whom, by when, and how it goes."""

from __future__ import annotations

from decimal import Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, URLValidator
from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from performance.models import CrimeCategory, PartnerAgency
from performance.models.fields import FinancialYearField, year_in_range
from priorities.querysets import ActionQuerySet

from .plans import Aim, Objective, Plan

MOST_POUNDS = Decimal("999999999.99")


class Action(models.Model):
    """A piece of work in one cell of the plan's grid, or, without aim and objective, for the plan as a whole.

    How it goes is never stored here: that is what its latest `ActionUpdate` says.
    """

    class Place(models.TextChoices):
        DISTRICT = "district", "The whole district"
        WARD = "ward", "Ward"
        PARISH = "parish", "Parish"
        OTHER = "other", "Other place"

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="actions")
    aim = models.ForeignKey(Aim, models.PROTECT, null=True, blank=True, related_name="actions")
    objective = models.ForeignKey(Objective, models.PROTECT, null=True, blank=True, related_name="actions")
    title = models.CharField(max_length=120)
    summary = models.TextField("what will be done", blank=True)
    lead = models.ForeignKey(
        PartnerAgency, models.PROTECT, null=True, blank=True, related_name="leads", verbose_name="lead agency"
    )
    supporting = models.ManyToManyField(
        PartnerAgency, blank=True, related_name="supports", verbose_name="supporting agencies"
    )
    responsible = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name="who answers for it",
    )
    categories = models.ManyToManyField(
        CrimeCategory, blank=True, related_name="actions", verbose_name="crime types it bears on"
    )
    place_kind = models.CharField("where", max_length=10, choices=Place, blank=True)
    place = models.CharField("name of the place", max_length=120, blank=True)
    starts_on = models.DateField("starts on", null=True, blank=True)
    due_on = models.DateField("due on", null=True, blank=True)
    budget = models.DecimalField(
        "budget in pounds",
        max_digits=11,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal(0)), MaxValueValidator(MOST_POUNDS)],
    )
    budget_source = models.CharField("where the money comes from", max_length=120, blank=True)
    source = models.CharField("where the plan says so", max_length=200, blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    carried_from = models.OneToOneField(
        "self", models.PROTECT, null=True, blank=True, editable=False, related_name="carried_to"
    )
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(
        m2m_fields=[supporting, categories], history_change_reason_field=models.TextField(null=True)
    )

    objects = ActionQuerySet.as_manager()

    class Meta:
        ordering = ("plan", "position", "pk")
        constraints = [
            models.UniqueConstraint(fields=("plan", "title"), name="action_once_in_plan"),
            models.CheckConstraint(
                condition=Q(aim__isnull=True, objective__isnull=True) | Q(aim__isnull=False, objective__isnull=False),
                name="action_in_a_cell_or_for_the_plan",
                violation_error_message="Choose an aim and an objective, or neither for the plan as a whole.",
            ),
            models.CheckConstraint(
                condition=Q(starts_on__isnull=True) | Q(due_on__isnull=True) | Q(due_on__gte=F("starts_on")),
                name="action_is_due_after_it_starts",
            ),
            models.CheckConstraint(condition=Q(budget__isnull=True) | Q(budget__gte=0), name="budget_not_negative"),
            models.CheckConstraint(
                condition=Q(place_kind="") | Q(place_kind__in=["district", "ward", "parish", "other"]),
                name="place_kind_is_known",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        if self.starts_on and self.due_on and self.due_on < self.starts_on:
            raise ValidationError({"due_on": "The day it is due lies before the day it starts."})


class Milestone(models.Model):
    """A step on the way of an action."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="milestones")
    title = models.CharField(max_length=120)
    due_on = models.DateField("due on", null=True, blank=True)
    done_on = models.DateField("done on", null=True, blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("action", F("due_on").asc(nulls_last=True), "pk")
        constraints = [models.UniqueConstraint(fields=("action", "title"), name="milestone_once_in_action")]

    def __str__(self) -> str:
        return self.title


class ActionStatus(models.TextChoices):
    """How an action goes, as its lead agency says."""

    NOT_STARTED = "not_started", "Not started"
    ON_TRACK = "on_track", "On track"
    AT_RISK = "at_risk", "At risk"
    OFF_TRACK = "off_track", "Off track"
    DONE = "done", "Done"
    STOPPED = "stopped", "Stopped"


OVER = (ActionStatus.DONE, ActionStatus.STOPPED)


class ActionUpdate(models.Model):
    """What a lead agency reports on an action for a quarter. Only ever added to: who corrects it writes another."""

    action = models.ForeignKey(Action, models.PROTECT, related_name="updates")
    financial_year = FinancialYearField()
    quarter = models.PositiveSmallIntegerField()
    status = models.CharField(max_length=12, choices=ActionStatus)
    words = models.TextField("what was done, and what stands in the way")
    evidence = models.URLField(
        "link to evidence", blank=True, max_length=500, validators=[URLValidator(schemes=["http", "https"])]
    )
    agency = models.ForeignKey(
        PartnerAgency, models.PROTECT, null=True, related_name="+", help_text="For which the person reported."
    )
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    token = models.UUIDField(
        unique=True, editable=False, help_text="Of the form and what it said: sent twice it is kept once."
    )

    class Meta:
        ordering = ("action", "-at", "-pk")
        constraints = [
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="update_quarter_1_to_4"),
            models.CheckConstraint(condition=year_in_range("financial_year"), name="update_year"),
            models.CheckConstraint(condition=Q(status__in=ActionStatus.values), name="action_status_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.action}: {self.get_status_display()}, {self.financial_year} Q{self.quarter}"
