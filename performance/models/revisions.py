"""What happened to a return, and what each of its figures was before and became. Nothing here is ever changed."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from .returns import Actual, PeriodReturn


class ReturnEvent(models.Model):
    """One step in the life of a return: who did it, when, and why where a reason is asked.

    The token comes with the form that was sent. It is unique, so that a form sent twice is done once.
    """

    class Kind(models.TextChoices):
        SAVED = "saved", "Figures saved"
        SUBMITTED = "submitted", "Handed in"
        SENT_BACK = "sent_back", "Sent back"
        PUBLISHED = "published", "Published"
        REVISED = "revised", "Revised after publication"

    period_return = models.ForeignKey(PeriodReturn, models.PROTECT, related_name="events")
    kind = models.CharField(max_length=10, choices=Kind)
    reason = models.TextField(blank=True)
    token = models.UUIDField(unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")

    class Meta:
        ordering = ("at", "pk")
        constraints = [
            models.CheckConstraint(
                condition=Q(kind__in=["saved", "submitted", "sent_back", "published", "revised"]),
                name="event_kind_is_known",
            ),
            models.CheckConstraint(
                condition=~Q(kind__in=["sent_back", "revised"]) | ~Q(reason=""), name="event_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.period_return}: {self.get_kind_display().lower()}"


class Revision(models.Model):
    """One change of a figure: what it was and what it became, with the version that it thereby has.

    The first version was nothing before: `was_count` is empty and so is `was_missing`.
    """

    actual = models.ForeignKey(Actual, models.PROTECT, related_name="revisions")
    event = models.ForeignKey(ReturnEvent, models.PROTECT, related_name="revisions")
    version = models.PositiveIntegerField()
    was_count = models.IntegerField(null=True)
    was_missing = models.CharField(max_length=20, blank=True)
    was_provisional = models.BooleanField(default=False)
    was_note = models.TextField(blank=True)
    count = models.IntegerField(null=True)
    missing = models.CharField(max_length=20, blank=True)
    is_provisional = models.BooleanField(default=False)
    is_confirmed = models.BooleanField(default=False)
    note = models.TextField(blank=True)

    class Meta:
        ordering = ("actual", "version")
        constraints = [models.UniqueConstraint(fields=("actual", "version"), name="one_revision_a_version")]

    def __str__(self) -> str:
        return f"{self.actual}, version {self.version}"
