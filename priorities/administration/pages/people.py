"""The people of a partnership: who has which role, who was invited, when each was last here."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from performance.models import Invitation, Membership, Partnership
from performance.people.queries import invitations_of, memberships_of
from performance.wording import name_of
from priorities.queries import answering_for


@dataclass(frozen=True, slots=True)
class PersonLine:
    membership: Membership
    name: str
    last_here: datetime | None
    answers_for: int


@dataclass(frozen=True, slots=True)
class InvitationLine:
    invitation: Invitation
    is_open: bool


@dataclass(frozen=True, slots=True)
class PeoplePage:
    partnership: Partnership
    people: tuple[PersonLine, ...]
    former: tuple[PersonLine, ...]
    invitations: tuple[InvitationLine, ...]


def people_page(partnership: Partnership, today: date, now: datetime) -> PeoplePage:
    """Four queries."""
    rows = memberships_of(partnership)
    actions = answering_for(partnership, today)
    going = [row for row in rows if not row.has_ended(today) and row.user.is_active and not row.agency.has_left(today)]
    invitations = tuple(InvitationLine(row, row.is_open(now)) for row in invitations_of(partnership))
    return PeoplePage(
        partnership,
        tuple(_line(row, actions) for row in going),
        tuple(_line(row, actions) for row in rows if row not in going),
        invitations,
    )


def _line(row: Membership, actions: Mapping[int, int]) -> PersonLine:
    return PersonLine(row, name_of(row.user), row.user.last_login, actions.get(row.user_id, 0))
