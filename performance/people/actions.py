"""People: invited, given a role, ended, and what they held handed over."""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.auth import get_user_model
from django.db import transaction
from django.utils.timezone import localtime

from performance.access import Person, standing_of
from performance.actions.recording import lock_partnership, record_change
from performance.models import Invitation, Membership, PartnerAgency, Partnership, Role
from performance.refusals import Refused
from performance.wording import name_of

LASTS = timedelta(days=7)
"""How long an invitation's link works."""
SAME_CLICK = timedelta(minutes=1)
"""Two invitations alike within this are one that was sent twice."""
ONE_ADDRESS, ONE_PERSON = 5, 100
"""E-mails that go to one address, and that one person sends, in a day."""


@dataclass(frozen=True, slots=True)
class Sent:
    """An invitation and the key of its link, which is written nowhere but in the e-mail."""

    invitation: Invitation
    key: str = ""

    @property
    def is_new(self) -> bool:
        """Whether there is an e-mail to send: a second click on the same button finds it sent."""
        return bool(self.key)


def digest_of(key: str) -> str:
    return sha256(key.encode()).hexdigest()


def _manages(partnership: Partnership, by: Person, today: date) -> None:
    """Locks the partnership; management is done one at a time. Refused without the right to it."""
    lock_partnership(partnership)
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
    waiting = Invitation.objects.filter(
        agency=agency, email__iexact=email, accepted_at__isnull=True, withdrawn_at__isnull=True
    )
    just_sent = waiting.filter(role=role, invited_by_id=by.pk, sent_at__gt=at - SAME_CLICK, problem="").first()
    if just_sent is not None:
        return Sent(just_sent)
    _not_too_many(email, by, at)
    waiting.update(withdrawn_at=at)
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


def _not_too_many(email: str, by: Person, at: datetime) -> None:
    """Refused where an address would get, or a person would send, more e-mails in a day than anybody needs."""
    today = Invitation.objects.filter(sent_at__gt=at - timedelta(days=1))
    if today.filter(email__iexact=email).count() >= ONE_ADDRESS:
        raise Refused(f"{email} got {ONE_ADDRESS} invitations in a day. Ask whether they arrived, and wait a day.")
    if today.filter(invited_by_id=by.pk).count() >= ONE_PERSON:
        raise Refused(f"You sent {ONE_PERSON} invitations in a day. Send the next tomorrow.")


@transaction.atomic
def withdraw(*, invitation: Invitation, by: Person, today: date, at: datetime) -> None:
    """Make an invitation's link stop working."""
    _manages(invitation.agency.partnership, by, today)
    Invitation.objects.filter(pk=invitation.pk, accepted_at__isnull=True).update(withdrawn_at=at)


def held_open(*, invitation: Invitation, at: datetime) -> Invitation:
    """The invitation, locked with its partnership until the transaction ends.

    Refused where its link no longer works: used, withdrawn or too old, from somebody who manages no longer, or to act
    for an agency that has left.
    """
    partnership, today = invitation.agency.partnership, localtime(at).date()
    lock_partnership(partnership)
    rows = Invitation.objects.select_for_update(of=("self",)).select_related("agency", "invited_by")
    held = rows.get(pk=invitation.pk)
    still_asked = standing_of(partnership, held.invited_by, today).may_manage and held.invited_by.is_active
    if not held.is_open(at) or not still_asked or held.agency.has_left(today):
        raise Refused("This invitation no longer works. Ask for a new one.")
    return held


@transaction.atomic
def accept(*, invitation: Invitation, user: Any, at: datetime) -> None:
    """Give a person the role that the invitation offers, or keep a higher one. Refused as by `held_open`."""
    held, today = held_open(invitation=invitation, at=at), localtime(at).date()
    known = Membership.objects.filter(user=user, agency=held.agency).first()
    member = known or Membership(user=user, agency=held.agency)
    member.role = higher(known.role, held.role) if known and not known.has_ended(today) else held.role
    member.ended_on, member.closed_account = None, False
    record_change(member, held.invited_by, "Invited by e-mail")
    held.accepted_at, held.accepted_by = at, user
    held.save()


def higher(one: str, other: str) -> Role:
    """Of two roles the one that may do more."""
    return max(Role(one), Role(other), key=list(Role).index)


@transaction.atomic
def change_role(*, membership: Membership, role: Role, reason: str, by: Person, today: date) -> None:
    """Refused for who has left, and where the partnership would be left without an administrator."""
    held = _held(membership, by, today)
    with administrator_stays(held.agency.partnership, today):
        held.role = role
        record_change(held, by, reason)


@transaction.atomic
def end_membership(*, membership: Membership, reason: str, by: Person, today: date) -> None:
    """From today on a person has no rights for an agency, nor for the body that is to take its place.

    Without any left anywhere, nobody signs in by that account. Refused for who has left already, and where the
    partnership would be left without an administrator.
    """
    held = _held(membership, by, today)
    partnership, user = held.agency.partnership, held.user
    going = Membership.objects.going_on(today).filter(user=user)
    rows = [held, *going.filter(agency=held.agency.succeeded_by_id, agency__joined_on__gt=today)]
    is_last = not going.exclude(pk__in=[row.pk for row in rows]).exists()
    closes = is_last and user.is_active and not user.is_superuser
    with administrator_stays(partnership, today):
        for row in rows:
            row.ended_on, row.closed_account = today, closes
            record_change(row, by, reason)
    if closes:
        get_user_model().objects.filter(pk=user.pk).update(is_active=False)


@transaction.atomic
def reinstate(*, membership: Membership, by: Person, today: date) -> None:
    """Take the end of a membership back, and open the account if an end in the partnership closed it.

    Refused for an account that was closed otherwise: that is for who closed it.
    """
    _manages(membership.agency.partnership, by, today)
    held = _read(membership)
    of_person = Membership.objects.filter(user=held.user_id, agency__partnership=held.agency.partnership_id)
    closing = list(of_person.filter(closed_account=True))
    if not held.user.is_active and not closing:
        raise Refused(f"The account of {name_of(held.user)} was closed by others. Ask the installation's owner.")
    get_user_model().objects.filter(pk=held.user_id).update(is_active=True)
    for row in closing:
        row.closed_account = False
        record_change(row, by, "The account is open again")
    held.ended_on, held.closed_account = None, False
    record_change(held, by, "End taken back")


def _read(membership: Membership) -> Membership:
    """The row as it is now that others have let go of the lock."""
    return Membership.objects.select_related("user", "agency__partnership").get(pk=membership.pk)


def _held(membership: Membership, by: Person, today: date) -> Membership:
    _manages(membership.agency.partnership, by, today)
    held = _read(membership)
    if held.has_ended(today):
        raise Refused(f"{name_of(held.user)} no longer acts for {held.agency}.")
    return held


def hand_over_contact(*, agency: PartnerAgency, leaver: Any, successor: Any | None, by: Person) -> bool:
    """Where an agency names the leaver as its contact, name the successor, or nobody. Whether it did."""
    if not leaver.email or agency.contact_email.lower() != leaver.email.lower():
        return False
    agency.contact_name = name_of(successor) if successor else ""
    agency.contact_email = successor.email if successor else ""
    agency.contact_phone = ""
    record_change(agency, by, f"{name_of(leaver)} has left")
    return True


@contextmanager
def administrator_stays(partnership: Partnership, day: date) -> Iterator[None]:
    """Refuse what is done inside where it would take a partnership's last administrator of a day."""
    there = Membership.objects.there_on(day).filter(
        agency__partnership=partnership, role=Role.ADMINISTRATOR, user__is_active=True
    )
    had = there.exists()
    yield
    if had and not there.all().exists():
        raise Refused("A partnership needs an administrator. Make somebody else one first.")
