"""Who may see or change what: the only place that decides.

A partnership that a person may not see does not exist for that person (404). A reader of a public partnership sees
what is published; members of a partnership see its drafts too. The installation's owner (a superuser) counts as
an administrator of every partnership.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Q, QuerySet
from django.http import Http404

from performance.models import Membership, PartnerAgency, Partnership, PeriodReturn, Role
from performance.querysets import PartnershipQuerySet, PeriodReturnQuerySet

Person = AbstractBaseUser | AnonymousUser

_ORDER = [Role.VIEWER, Role.OFFICER, Role.ADMINISTRATOR]


@dataclass(frozen=True)
class Standing:
    """What one person is in one partnership; without a role a reader from outside."""

    partnership: Partnership
    role: Role | None

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def returns(self) -> PeriodReturnQuerySet:
        """The returns that this person may see."""
        rows = PeriodReturn.objects.filter(partnership=self.partnership)
        return rows if self.is_member else rows.published()


def partnerships_seen_by(person: Person, today: date) -> PartnershipQuerySet:
    """The partnerships that exist for a person."""
    rows = Partnership.objects.all()
    if _is_owner(person):
        return rows
    if not person.is_authenticated:
        return rows.public()
    member = Q(agencies__in=PartnerAgency.objects.there_on(today).filter(memberships__user=person.pk))
    return rows.filter(Q(is_public=True) | member).distinct()


def standing_in(slug: str, person: Person, today: date) -> Standing:
    """A person's standing in the partnership at an address; Http404 where it does not exist for that person.

    One query for a person who is not signed in or owns the installation, two for any other.
    """
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        raise Http404("No partnership has this address.")
    role = _role(partnership, person, today)
    if role is None and not partnership.is_public:
        raise Http404("No partnership has this address.")
    return Standing(partnership, role)


def _role(partnership: Partnership, person: Person, today: date) -> Role | None:
    if not person.is_authenticated:
        return None
    if _is_owner(person):
        return Role.ADMINISTRATOR
    # An agency that has left takes its people's rights with it.
    agencies = PartnerAgency.objects.there_on(today).filter(partnership=partnership)
    memberships: QuerySet[Membership] = Membership.objects.filter(user=person.pk, agency__in=agencies)
    return max((Role(row.role) for row in memberships), key=_ORDER.index, default=None)


def _is_owner(person: Person) -> bool:
    return bool(getattr(person, "is_superuser", False)) and person.is_authenticated
