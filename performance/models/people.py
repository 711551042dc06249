"""The people who act for agencies, and those who are invited to."""

from __future__ import annotations

from datetime import date, datetime

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from performance.querysets import MembershipQuerySet

from .partnerships import PartnerAgency


class Role(models.TextChoices):
    """What a person may do in a partnership; each may do what those before it may."""

    VIEWER = "viewer", "Viewer"
    OFFICER = "officer", "Community safety officer"
    ADMINISTRATOR = "administrator", "Administrator"


class Membership(models.Model):
    """A person acts for an agency, in a role, until it is ended."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="memberships")
    agency = models.ForeignKey(PartnerAgency, models.PROTECT, related_name="memberships")
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER)
    ended_on = models.DateField("ended on", null=True, blank=True, help_text="From this day on it gives no rights.")
    closed_account = models.BooleanField(
        default=False, editable=False, help_text="Whether its end closed the account, so that taking it back opens it."
    )

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ("agency", "user")
        constraints = [
            models.UniqueConstraint(fields=("user", "agency"), name="member_once_in_agency"),
            models.CheckConstraint(condition=Q(role__in=Role.values), name="membership_role_is_known"),
        ]

    def __str__(self) -> str:
        return f"{self.user}, {self.get_role_display()} at {self.agency}"

    def has_ended(self, today: date) -> bool:
        """An end that lies ahead, as before another body takes the agency's place, is none yet."""
        return self.ended_on is not None and self.ended_on <= today


class Invitation(models.Model):
    """A person is asked by e-mail to act for an agency. The link is in the e-mail alone: here is its digest."""

    agency = models.ForeignKey(PartnerAgency, models.PROTECT, related_name="invitations")
    name = models.CharField(max_length=120)
    email = models.EmailField("e-mail address")
    role = models.CharField(max_length=20, choices=Role, default=Role.VIEWER)
    digest = models.CharField(max_length=64, unique=True, editable=False)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    problem = models.CharField("why the e-mail could not be sent", max_length=200, blank=True)

    class Meta:
        ordering = ("agency", "-sent_at")
        constraints = [
            models.CheckConstraint(condition=Q(role__in=Role.values), name="invitation_role_is_known"),
            models.CheckConstraint(
                condition=Q(accepted_at__isnull=True, accepted_by__isnull=True)
                | Q(accepted_at__isnull=False, accepted_by__isnull=False, withdrawn_at__isnull=True),
                name="accepted_by_whom_and_when",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} ({self.email}) for {self.agency}"

    def is_open(self, now: datetime) -> bool:
        """Whether its link still works."""
        return self.accepted_at is None and self.withdrawn_at is None and now < self.expires_at
