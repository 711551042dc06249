"""Who may see or change what: the only place that decides.

A partnership that a person may not see does not exist for that person (404). A reader of a public partnership sees
what is published; members of a partnership see its drafts too. The installation's owner (a superuser) counts as
an administrator of every partnership.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import Enum

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import PermissionDenied
from django.db.models import Q
from django.http import Http404

from performance.models import Membership, PartnerAgency, Partnership, PeriodReturn, ReturnState, Role
from performance.querysets import PartnershipQuerySet, PeriodReturnQuerySet

Person = AbstractBaseUser | AnonymousUser

_ORDER = [Role.VIEWER, Role.OFFICER, Role.ADMINISTRATOR]


class Act(Enum):
    """What can be done, in the words that follow "may not"."""

    ENTER = "enter figures"
    ENTER_OWN = "enter the figures that one's agency supplies"
    SUBMIT = "hand the return in"
    SEND_BACK = "send the return back"
    PUBLISH = "publish the return"
    REVISE = "revise a figure"
    EXPLAIN = "explain a figure that is handed in"
    REMIND = "remind agencies"
    SEE_REMINDERS = "see who was reminded"
    MANAGE = "manage the partnership"
    REPORT = "report on any action"
    REPORT_OWN = "report on the actions that one's agency leads"


_LEAST: dict[ReturnState | None, dict[Act, Role]] = {
    None: {
        Act.SEE_REMINDERS: Role.OFFICER,
        Act.MANAGE: Role.ADMINISTRATOR,
        Act.REPORT: Role.OFFICER,
        Act.REPORT_OWN: Role.VIEWER,
    },
    ReturnState.DRAFT: {
        Act.ENTER: Role.OFFICER,
        Act.ENTER_OWN: Role.VIEWER,
        Act.SUBMIT: Role.OFFICER,
        Act.REMIND: Role.OFFICER,
    },
    ReturnState.SUBMITTED: {
        Act.EXPLAIN: Role.OFFICER,
        Act.SEND_BACK: Role.ADMINISTRATOR,
        Act.PUBLISH: Role.ADMINISTRATOR,
    },
    ReturnState.PUBLISHED: {Act.REVISE: Role.OFFICER},
}
"""The least role for each act: those with a return by its state, all others under None.

What is not here nobody may do, administrators included.
"""


@dataclass(frozen=True)
class Standing:
    """What one person is in one partnership on one day; without a role a reader from outside."""

    partnership: Partnership
    role: Role | None
    day: date
    agencies: tuple[int, ...] = ()

    def may(self, act: Act, state: ReturnState | None = None) -> bool:
        """Whether this person may do something; with a return in the state that it is in."""
        least = _LEAST[state].get(act)
        return self.role is not None and least is not None and self._is_at_least(least)

    def may_enter(self, state: ReturnState, category: int, supplied: Collection[int]) -> bool:
        """Whether this person may enter a category's figure: any, or one that the person's agency supplies."""
        return self.may(Act.ENTER, state) or (self.may(Act.ENTER_OWN, state) and category in supplied)

    def may_explain(self, state: ReturnState, category: int, supplied: Collection[int]) -> bool:
        """Whether this person may write what lies behind a figure.

        In a draft whoever may enter it; of a return that is handed in, officers; of a published one who may revise it.
        """
        is_allowed_later = self.may(Act.EXPLAIN, state) or self.may(Act.REVISE, state)
        return is_allowed_later or self.may_enter(state, category, supplied)

    @property
    def seen_on(self) -> date:
        """The day from which the pages tell what is late and what is done: of a demonstration one of its own years."""
        return self.partnership.day(self.day)

    @property
    def may_manage(self) -> bool:
        """Whether this person sets baselines and targets, and manages agencies, people, plan and strategies."""
        return self.may(Act.MANAGE)

    def may_report(self, lead: int | None) -> bool:
        """Whether this person may report on an action: on any, or on one that the person's agency leads."""
        return self.may(Act.REPORT) or (self.may(Act.REPORT_OWN) and lead in self.agencies)

    @property
    def is_officer(self) -> bool:
        return self.role is not None and self._is_at_least(Role.OFFICER)

    def _is_at_least(self, least: Role) -> bool:
        return self.role is not None and _ORDER.index(self.role) >= _ORDER.index(least)

    @property
    def is_member(self) -> bool:
        return self.role is not None

    @property
    def returns(self) -> PeriodReturnQuerySet:
        """The returns that this person may see."""
        rows = PeriodReturn.objects.filter(partnership=self.partnership)
        return rows if self.is_member else rows.published()


def require(standing: Standing, act: Act, state: ReturnState | None = None) -> None:
    """403 for a member who may not do this."""
    if not standing.may(act, state):
        raise denied(act)


def denied(act: Act) -> PermissionDenied:
    """The refusal of an act, for who may do it with some things and not with this one."""
    return PermissionDenied(f"Your role in the partnership does not allow you to {act.value}.")


def partnerships_seen_by(person: Person, today: date) -> PartnershipQuerySet:
    """The partnerships that exist for a person."""
    rows = Partnership.objects.all()
    if _is_owner(person):
        return rows
    if not person.is_authenticated:
        return rows.public()
    member = Q(agencies__in=Membership.objects.there_on(today).filter(user=person.pk).values("agency"))
    return rows.filter(Q(is_public=True) | member).distinct()


def standing_in(slug: str, person: Person, today: date) -> Standing:
    """A person's standing in the partnership at an address; Http404 where it does not exist for that person.

    One query for a person who is not signed in or owns the installation, two for any other.
    """
    partnership = Partnership.objects.filter(slug=slug).first()
    if partnership is None:
        raise Http404("No partnership has this address.")
    standing = standing_of(partnership, person, today)
    if not standing.is_member and not partnership.is_public:
        raise Http404("No partnership has this address.")
    return standing


def member_in(slug: str, person: Person, today: date) -> Standing:
    """A member's standing, for pages that only members have: 404 for strangers, to the sign-in for nobody."""
    standing = standing_in(slug, person, today)
    if not standing.is_member:
        raise Http404("Only members of the partnership have this page.")
    return standing


def standing_of(partnership: Partnership, person: Person, today: date) -> Standing:
    """A person's standing in a partnership, read anew: actions ask for it inside their transaction."""
    if not person.is_authenticated:
        return Standing(partnership, None, today)
    if _is_owner(person):
        return Standing(partnership, Role.ADMINISTRATOR, today)
    # An agency that has left takes its people's rights with it.
    memberships = Membership.objects.there_on(today).filter(user=person.pk, agency__partnership=partnership)
    rows = [(Role(role), agency) for role, agency in memberships.values_list("role", "agency")]
    role = max((role for role, _ in rows), key=_ORDER.index, default=None)
    return Standing(partnership, role, today, tuple(agency for _, agency in rows))


def administers_somewhere(person: Person, today: date) -> bool:
    """Whether a person manages any partnership, or owns the installation. One query at most."""
    if _is_owner(person):
        return True
    return Membership.objects.there_on(today).filter(user=person.pk, role=Role.ADMINISTRATOR).exists()


def supplied_by(standing: Standing) -> frozenset[int]:
    """The categories whose figures a person's agencies supply. One query."""
    supplied = PartnerAgency.objects.filter(pk__in=standing.agencies, supplies__isnull=False)
    return frozenset(supplied.values_list("supplies", flat=True))


def _is_owner(person: Person) -> bool:
    return bool(getattr(person, "is_superuser", False)) and person.is_authenticated
