"""The partnership plan: its aims, each pursued through each objective, and its priorities."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from simple_history.models import HistoricalRecords

from performance.models import CrimeCategory, Partnership, SurveyQuestion
from performance.models.fields import FinancialYearField, year_in_range
from performance.querysets import ByNaturalKey


class Plan(models.Model):
    """What a partnership agreed to do over three years."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="plans")
    title = models.CharField(max_length=120)
    first_year = FinancialYearField()
    last_year = FinancialYearField()
    introduction = models.TextField(blank=True)
    source = models.CharField(max_length=200, blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "first_year")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("partnership", "-first_year")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "first_year"), name="one_plan_from_a_year"),
            models.CheckConstraint(condition=Q(last_year__gte=F("first_year")), name="plan_ends_after_it_begins"),
            models.CheckConstraint(condition=year_in_range("first_year"), name="plan_first_year"),
            models.CheckConstraint(condition=year_in_range("last_year"), name="plan_last_year"),
        ]

    def __str__(self) -> str:
        return f"{self.partnership.name}: {self.title}"


class PlanPart(models.Model):
    """What aims and objectives share: a title, a summary and a place in the plan."""

    title = models.CharField(max_length=120)
    slug = models.SlugField("address")
    summary = models.TextField(blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.title


class Aim(PlanPart):
    """What the plan wants to come about; pursued through every objective."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="aims")

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("plan__partnership__slug", "plan__first_year", "slug")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("plan", "position")
        constraints = [models.UniqueConstraint(fields=("plan", "slug"), name="aim_slug_once_in_plan")]


class Objective(PlanPart):
    """A way in which every aim is pursued."""

    plan = models.ForeignKey(Plan, models.PROTECT, related_name="objectives")

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("plan__partnership__slug", "plan__first_year", "slug")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("plan", "position")
        constraints = [models.UniqueConstraint(fields=("plan", "slug"), name="objective_slug_once_in_plan")]


class Priority(models.Model):
    """What an aim gives emphasis to, and the crime categories and survey questions that tell how it goes."""

    class Emphasis(models.TextChoices):
        REDUCE = "reduce", "Reduce"
        KEEP_LOW = "keep_low", "Keep low"
        MONITOR = "monitor", "Monitor so that it does not increase"

    aim = models.ForeignKey(Aim, models.PROTECT, related_name="priorities")
    title = models.CharField(max_length=80, help_text="As the plan calls it.")
    categories = models.ManyToManyField(
        CrimeCategory, blank=True, related_name="priorities", help_text="Whose figures show how it goes."
    )
    questions = models.ManyToManyField(
        SurveyQuestion, blank=True, related_name="priorities", help_text="Whose answers show how it goes."
    )
    emphasis = models.CharField(max_length=10, choices=Emphasis, default=Emphasis.REDUCE)
    note = models.TextField(blank=True)
    ended_on = models.DateField("ended on", null=True, blank=True)
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(
        m2m_fields=[categories, questions], history_change_reason_field=models.TextField(null=True)
    )

    class Meta:
        ordering = ("aim", "position")
        verbose_name_plural = "priorities"
        constraints = [
            models.UniqueConstraint(fields=("aim", "title"), name="priority_once_under_an_aim"),
            models.CheckConstraint(
                condition=Q(emphasis__in=["reduce", "keep_low", "monitor"]), name="emphasis_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title}: {self.get_emphasis_display().lower()}"
