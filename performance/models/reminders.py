"""Who was reminded of what."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .fields import FinancialYearField
from .partnerships import Partnership


class Reminder(models.Model):
    """One return of which one person was reminded, at one stage.

    Written before the e-mail is sent and marked afterwards: where a run breaks off between the two it stays "sending"
    and is not sent again, for nobody is to be reminded twice of the same.
    """

    class Stage(models.TextChoices):
        SOON = "soon", "Due soon"
        DUE = "due", "Due"
        OVERDUE = "overdue", "Overdue"
        ESCALATED = "escalated", "Long overdue"
        ASKED = "asked", "Asked for by hand"

    class Outcome(models.TextChoices):
        SENDING = "sending", "Sending"
        SENT = "sent", "Sent"
        FAILED = "failed", "Failed"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="reminders")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    financial_year = FinancialYearField()
    quarter = models.PositiveSmallIntegerField()
    stage = models.CharField(max_length=10, choices=Stage)
    day = models.DateField(null=True, help_text="Of one asked for by hand, of which there is one a day.")
    address = models.EmailField()
    missing = models.TextField(blank=True, help_text="What was missing, in words.")
    at = models.DateTimeField()
    outcome = models.CharField(max_length=10, choices=Outcome, default=Outcome.SENDING)
    problem = models.CharField(max_length=200, blank=True)
    asked_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ("-at", "-pk")
        constraints = [
            models.UniqueConstraint(
                fields=("partnership", "user", "financial_year", "quarter", "stage"),
                condition=Q(day__isnull=True),
                name="one_reminder_a_stage",
            ),
            models.UniqueConstraint(
                fields=("partnership", "user", "financial_year", "quarter", "stage", "day"),
                condition=Q(day__isnull=False),
                name="one_reminder_by_hand_a_day",
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="reminder_quarter_1_to_4"),
            models.CheckConstraint(
                condition=Q(stage__in=["soon", "due", "overdue", "escalated", "asked"]), name="reminder_stage_is_known"
            ),
            models.CheckConstraint(
                condition=Q(outcome__in=["sending", "sent", "failed"]), name="reminder_outcome_is_known"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.address}: {self.financial_year} Q{self.quarter}, {self.get_stage_display().lower()}"
