"""People: invited, given a role, ended, and what they held handed over."""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction

from performance.access import Person, standing_of
from performance.actions.returns import Refused
from performance.models import Invitation, Membership, PartnerAgency, Partnership, Role
from performance.queries.people import name_of

LASTS = timedelta(days=7)
"""How long an invitation's link works."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the key of its link, which is written nowhere but in the e-mail."""

    invitation: Invitation
    key: str


def digest_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _manages(partnership: Partnership, by: Person, today: date) -> None:
    """Locks the partnership; management is done one at a time. Refused without the right to it."""
    Partnership.objects.order_by().select_for_update(no_key=True).get(pk=partnership.pk)
    if not standing_of(partnership, by, today).may_manage:
        raise Refused("Only administrators manage people.")


@transaction.atomic
def invite(*, agency: PartnerAgency, name: str, email: str, role: Role, by: Person, today: date, at: datetime) -> Sent:
    """Ask somebody to act for an agency; an open invitation to the same address for the same agency ends."""
    _manages(agency.partnership, by, today)
    there = Membership.objects.there_on(today).filter(agency=agency, user__email__iexact=email)
    if there.exists():
        raise Refused(f"{email} acts for {agency.name} already. Change the role instead.")
    closed = get_user_model().objects.filter(email__iexact=email, is_active=False)
    if closed.exists():
        raise Refused(f"The account of {email} was closed. Take its end back instead, or ask the installation's owner.")
    waiting = Invitation.objects.filter(agency=agency, email__iexact=email, accepted_at__isnull=True)
    waiting.filter(withdrawn_at__isnull=True).update(withdrawn_at=at)
    key = secrets.token_urlsafe(32)
    made = Invitation.objects.create(
        agency=agency,
        name=name,
        email=email,
        role=role,
        digest=digest_of(key),
        invited_by_id=by.pk,  # type: ignore[misc]
        sent_at=at,
        expires_at=at + LASTS,
    )
    return Sent(made, key)


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person, today: date, at: datetime) -> None:
    """Make an invitation's link stop working."""
    _manages(invitation.agency.partnership, by, today)
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(withdrawn_at=at)


@transaction.atomic
def accept(*, invitation: Invitation, user: Any, at: datetime) -> None:
    """Give a person the role that the invitation offers. Refused where its link no longer works."""
    held = Invitation.objects.select_for_update(of=("self",)).select_related("agency").get(pk=invitation.pk)
    if not held.is_open(at):
        raise Refused("This invitation no longer works. Ask for a new one.")
    member = Membership.objects.filter(user=user, agency=held.agency).first()
    member = member or Membership(user=user, agency=held.agency)
    member.role, member.ended_on = held.role, None
    _keep(member, held.invited_by, "Invited by e-mail")
    held.accepted_at, held.accepted_by = at, user
    held.save()


@transaction.atomic
def change_role(*, membership: Membership, role: Role, reason: str, by: Person, today: date) -> None:
    """Refused where the partnership would be left without an administrator."""
    partnership = membership.agency.partnership
    _manages(partnership, by, today)
    if membership.role == Role.ADMINISTRATOR and role != Role.ADMINISTRATOR:
        _another_administrator(partnership, membership, today)
    membership.role = role
    _keep(membership, by, reason)


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, by: Person, today: date) -> None:
    """From today on a person has no rights for an agency; without any left anywhere, nobody signs in by that account.

    Refused where the partnership would be left without an administrator.
    """
    partnership = membership.agency.partnership
    _manages(partnership, by, today)
    if membership.role == Role.ADMINISTRATOR:
        _another_administrator(partnership, membership, today)
    membership.ended_on = today
    _keep(membership, by, reason)
    user = membership.user
    if not user.is_superuser and not Membership.objects.there_on(today).filter(user=user).exists():
        get_user_model().objects.filter(pk=user.pk).update(is_active=False)


@transaction.atomic
def reinstate(*, membership: Membership, by: Person, today: date) -> None:
    """Take the end of a membership back."""
    _manages(membership.agency.partnership, by, today)
    membership.ended_on = None
    _keep(membership, by, "End taken back")
    get_user_model().objects.filter(pk=membership.user_id).update(is_active=True)


def hand_over_contact(*, agency: PartnerAgency, leaver: Any, successor: Any | None, by: Person) -> bool:
    """Where an agency names the leaver as its contact, name the successor, or nobody. Whether it did."""
    if not leaver.email or agency.contact_email.lower() != leaver.email.lower():
        return False
    agency.contact_name = name_of(successor) if successor else ""
    agency.contact_email = successor.email if successor else ""
    agency.contact_phone = ""
    _keep(agency, by, f"{name_of(leaver)} has left")
    return True


def _another_administrator(partnership: Partnership, membership: Membership, today: date) -> None:
    others = Membership.objects.there_on(today).filter(agency__partnership=partnership, role=Role.ADMINISTRATOR)
    if not others.exclude(pk=membership.pk).filter(user__is_active=True).exists():
        raise Refused("A partnership needs an administrator. Make somebody else one first.")


def _keep(row: Any, by: Any, reason: str) -> None:
    row._history_user = by
    row._change_reason = reason.strip() or None
    row.save()
