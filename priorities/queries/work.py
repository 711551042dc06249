"""The work plan: its actions with how each goes, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import Enum

from performance.models import CrimeCategory, PartnerAgency, Partnership
from priorities.models import OVER, Action, ActionStatus, ActionUpdate, Milestone, Plan

from .plans import current_plan


class WorkState(Enum):
    """How an action goes, in a word, a shape and a colour. Overdue goes before what was reported."""

    OVERDUE = "overdue", "Overdue", "▲"
    OFF_TRACK = "off_track", "Off track", "▲"
    AT_RISK = "at_risk", "At risk", "◆"
    ON_TRACK = "on_track", "On track", "●"
    NOT_STARTED = "not_started", "Not started", "○"
    NOT_REPORTED = "not_reported", "No report yet", "○"
    DONE = "done", "Done", "✔"
    STOPPED = "stopped", "Stopped", "■"
    ENDED = "ended", "Ended", "■"

    word: str
    shape: str

    def __new__(cls, value: str, word: str = "", shape: str = "") -> WorkState:
        member = object.__new__(cls)
        member._value_ = value
        member.word = word
        member.shape = shape
        return member

    @property
    def is_live(self) -> bool:
        return self not in (WorkState.DONE, WorkState.STOPPED, WorkState.ENDED)


_ORDER = list(WorkState)


@dataclass(frozen=True, slots=True)
class Work:
    """An action, and how it goes on a day."""

    action: Action
    state: WorkState
    reported_at: datetime | None

    @classmethod
    def of(cls, action: Action, today: date) -> Work:
        """Of a row that was read `with_status`."""
        status: str | None = action.status  # type: ignore[attr-defined]
        reported_at: datetime | None = action.reported_at  # type: ignore[attr-defined]
        return cls(action, _state(action, status, today), reported_at)

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Overdue first, what is over last; then by the day it is due, those without one in the plan's order."""
        group = 0 if self.state is WorkState.OVERDUE else 1 if self.state.is_live else 2
        return group, self.action.due_on or date.max, self.action.position


def _state(action: Action, status: str | None, today: date) -> WorkState:
    if action.ended_on is not None:
        return WorkState.ENDED
    is_over = status in OVER
    if action.is_overdue(today, is_done=is_over):
        return WorkState.OVERDUE
    return WorkState(ActionStatus(status).value) if status else WorkState.NOT_REPORTED


def work_of(plan: Plan, today: date) -> tuple[Work, ...]:
    """All actions of a plan in its order, with agencies and categories. Three queries."""
    rows = Action.objects.filter(plan=plan).with_status().select_related("aim", "objective", "lead", "responsible")
    return tuple(Work.of(row, today) for row in rows.prefetch_related("supporting", "categories"))


def work_on(partnership: Partnership, pk: int, today: date) -> Work | None:
    """One action of a partnership. Three queries."""
    rows = Action.objects.filter(plan__partnership=partnership, pk=pk).with_status()
    rows = rows.select_related("plan", "aim", "objective", "lead", "responsible")
    row = rows.prefetch_related("supporting", "categories").first()
    return Work.of(row, today) if row else None


def actions_on(
    partnership: Partnership, categories: Iterable[CrimeCategory] | None, today: date
) -> Mapping[str, tuple[Work, ...]]:
    """The current plan's live actions by the address of each category that they bear on, of all or some.

    Three queries.
    """
    rows = Action.objects.filter(plan=current_plan(partnership, today)).live()
    if categories is not None:
        rows = rows.filter(categories__in=list(categories))
    found: dict[str, list[Work]] = defaultdict(list)
    for row in rows.distinct().select_related("lead").prefetch_related("categories"):
        for category in row.categories.all():
            found[category.slug].append(Work.of(row, today))
    return {slug: tuple(works) for slug, works in found.items()}


def work_by(agency: PartnerAgency, today: date) -> tuple[tuple[Work, ...], tuple[Work, ...]]:
    """What an agency leads in the current plan, and what it supports, overdue first. Three queries."""
    rows = Action.objects.filter(plan=current_plan(agency.partnership, today), ended_on__isnull=True).with_status()
    leads = [Work.of(row, today) for row in rows.filter(lead=agency)]
    supports = [Work.of(row, today) for row in rows.filter(supporting=agency)]
    return tuple(sorted(leads, key=lambda work: work.urgency)), tuple(sorted(supports, key=lambda work: work.urgency))


def updates_of(action: Action) -> tuple[ActionUpdate, ...]:
    """What was reported, the latest first. One query."""
    return tuple(ActionUpdate.objects.filter(action=action).select_related("by"))


def milestones_of(action: Action) -> tuple[Milestone, ...]:
    """One query."""
    return tuple(Milestone.objects.filter(action=action))


def answering_for(partnership: Partnership, today: date) -> dict[int, int]:
    """How many live actions of the current plan each person answers for, by person. Two queries."""
    rows = Action.objects.live().filter(plan=current_plan(partnership, today), responsible__isnull=False)
    return dict(Counter(rows.values_list("responsible", flat=True)))
