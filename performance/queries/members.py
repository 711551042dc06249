"""Who is who in a partnership."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth import get_user_model
from django.db.models import Q

from performance.models import Membership, PartnerAgency, Partnership, Role
from performance.wording import name_of


def officers_of(partnership: Partnership, today: date, role: Role = Role.OFFICER) -> tuple[str, ...]:
    """Whom to ask: the active people in a role, with their addresses. One query."""
    members = Membership.objects.there_on(today).filter(agency__partnership=partnership, role=role)
    people = get_user_model().objects.filter(pk__in=members.values("user"), is_active=True)
    return tuple(f"{name_of(user)} ({user.email})" if user.email else name_of(user) for user in people.order_by("pk"))


@dataclass(frozen=True, slots=True)
class Member:
    """A person who can be written to, with a role in one agency."""

    user: int
    name: str
    address: str
    role: Role
    agency: int


def members_of(partnership: Partnership, today: date) -> tuple[Member, ...]:
    """The active members with an address, of the agencies that have not left. One query."""
    rows = Membership.objects.there_on(today).filter(agency__partnership=partnership, user__is_active=True)
    rows = rows.exclude(user__email="").select_related("user").order_by("user", "pk")
    return tuple(Member(row.user_id, name_of(row.user), row.user.email, Role(row.role), row.agency_id) for row in rows)


def people_of(agency: PartnerAgency, today: date) -> tuple[str, ...]:
    """The people of an agency, with their roles; of one that leaves those who act for it to the end. One query."""
    rows = Membership.objects.filter(agency=agency)
    if agency.has_left(today):
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=agency.left_on))
    else:
        rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today), user__is_active=True)
    rows = rows.select_related("user").order_by("user__first_name", "user__username")
    return tuple(f"{name_of(row.user)}, {row.get_role_display().lower()}" for row in rows)
