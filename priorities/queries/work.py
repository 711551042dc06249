"""The work plan: its actions with how each goes, in a fixed number of queries."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db.models import Q

from performance.calculations.categories import Successions
from performance.calculations.periods import FinancialYear
from performance.calculations.status_words import StatusWord
from performance.models import PartnerAgency, Partnership
from priorities.models import OVER, Action, ActionStatus, ActionUpdate, Milestone, Plan

from .plans import current_plan


class WorkState(StatusWord):
    """How an action goes, in a word, a shape and a colour. Overdue goes before what was reported."""

    OVERDUE = "overdue", "Overdue", "▲"
    OFF_TRACK = "off_track", "Off track", "▲"
    AT_RISK = "at_risk", "At risk", "◆"
    ON_TRACK = "on_track", "On track", "●"
    NOT_STARTED = "not_started", "Not started", "○"
    NOT_REPORTED = "not_reported", "No report yet", "○"
    DONE = "done", "Done", "✔"
    STOPPED = "stopped", "Stopped", "■"
    CARRIED = "carried", "Goes on in the next plan", "→"
    UNFINISHED = "unfinished", "Not done when its plan ended", "■"
    ENDED = "ended", "Ended", "■"

    @property
    def is_live(self) -> bool:
        return self not in _OVER


_OVER = (WorkState.DONE, WorkState.STOPPED, WorkState.CARRIED, WorkState.UNFINISHED, WorkState.ENDED)


@dataclass(frozen=True, slots=True)
class Work:
    """An action, and how it goes on a day."""

    action: Action
    state: WorkState
    reported_at: datetime | None
    words: str = ""
    """What its latest report says."""
    next_begins: FinancialYear | None = None
    """The first year of the plan after the action's own, if there is one."""

    @classmethod
    def of(cls, action: Action, today: date) -> Work:
        """Of a row that was read `with_status`."""
        reported_at: datetime | None = action.reported_at  # type: ignore[attr-defined]
        next_begins: FinancialYear | None = action.next_begins  # type: ignore[attr-defined]
        words: str = action.words or ""  # type: ignore[attr-defined]
        return cls(action, _state(action, today), reported_at, words, next_begins)

    @property
    def urgency(self) -> tuple[int, date, int]:
        """Overdue first, what is over last; then by the day it is due, those without one in the plan's order."""
        group = 0 if self.state is WorkState.OVERDUE else 1 if self.state.is_live else 2
        return group, self.action.due_on or date.max, self.action.position


def _state(action: Any, today: date) -> WorkState:
    status: str | None = action.status
    next_begins: FinancialYear | None = action.next_begins
    if action.ended_on is not None:
        return WorkState.ENDED
    if status in OVER:
        return WorkState(status)
    # Only where the next plan has begun: without one the work of a plan goes on after its years.
    if next_begins is not None and next_begins.begins <= today:
        return WorkState.CARRIED if action.goes_on_in else WorkState.UNFINISHED
    if action.due_on is not None and action.due_on < today:
        return WorkState.OVERDUE
    return WorkState(ActionStatus(status).value) if status else WorkState.NOT_REPORTED


def work_of(plan: Plan, today: date) -> tuple[Work, ...]:
    """All actions of a plan in its order, with agencies and categories. Three queries."""
    rows = Action.objects.filter(plan=plan).with_status().select_related("aim", "objective", "lead", "responsible")
    return tuple(Work.of(row, today) for row in rows.prefetch_related("supporting", "categories"))


def work_on(partnership: Partnership, pk: int, today: date) -> Work | None:
    """One action of a partnership. Three queries."""
    rows = Action.objects.filter(plan__partnership=partnership, pk=pk).with_status()
    rows = rows.select_related(
        "plan", "aim", "objective", "lead", "responsible", "carried_from__plan", "carried_to__plan"
    )
    row = rows.prefetch_related("supporting", "categories").first()
    return Work.of(row, today) if row else None


def actions_on(partnership: Partnership, successions: Successions, today: date) -> Mapping[int, tuple[Work, ...]]:
    """The current plan's live actions by the number of each category that they bear on.

    What bears on a category bears on those whose place it took, whose figures may be the latest that there are.
    Three queries.
    """
    plan = current_plan(partnership, today)
    going_on = Action.objects.filter(plan=plan, ended_on__isnull=True).with_status()
    rows = going_on.select_related("lead").prefetch_related("categories")
    found: dict[int, list[Work]] = defaultdict(list)
    # Those that are over are left out here: in the query, their status would be worked out once more for each row.
    for row in (row for row in rows if row.status not in OVER):
        named = [category.pk for category in row.categories.all()]
        earlier = [each for category in named for each in successions.ancestors(category)]
        work = Work.of(row, today)
        for category in dict.fromkeys([*named, *earlier]):
            found[category].append(work)
    return {category: tuple(works) for category, works in found.items()}


@dataclass(frozen=True, slots=True)
class AgencyWork:
    """What an agency leads and supports in the current plan, overdue first, and what it led before."""

    leads: tuple[Work, ...]
    supports: tuple[Work, ...]
    led: tuple[Work, ...]


def work_by(agency: PartnerAgency, today: date) -> AgencyWork:
    """What it led before is what stands in earlier plans, and what it led until another took its place. Four queries.

    An action of an earlier plan that goes on under its lead is not told twice.
    """
    plan = current_plan(agency.partnership, today)
    rows = Action.objects.filter(plan__partnership=agency.partnership_id).with_status()
    now = rows.filter(plan=plan, ended_on__isnull=True)
    left_to_others = Q()
    if agency.left_on is not None:
        past: Any = Action.history
        left_to_others = Q(pk__in=past.filter(lead=agency).values("id")) & ~Q(lead=agency)
    earlier = Q(lead=agency) & ~Q(plan=plan) & ~Q(carried_to__lead=agency)
    return AgencyWork(
        leads=_by_urgency(now.filter(lead=agency), today),
        supports=_by_urgency(now.filter(supporting=agency), today),
        led=_by_urgency(rows.filter(earlier | left_to_others), today),
    )


def _by_urgency(rows: Iterable[Action], today: date) -> tuple[Work, ...]:
    return tuple(sorted((Work.of(row, today) for row in rows), key=lambda work: work.urgency))


def updates_of(action: Action) -> tuple[ActionUpdate, ...]:
    """What was reported, the latest first. One query."""
    return tuple(ActionUpdate.objects.filter(action=action).select_related("by", "agency"))


def milestones_of(plan: Plan) -> Mapping[int, tuple[Milestone, ...]]:
    """Those of each action of a plan, by the action's number, in order of the days on which they are due. One query."""
    found: dict[int, list[Milestone]] = defaultdict(list)
    for row in Milestone.objects.filter(action__plan=plan):
        found[row.action_id].append(row)
    return {pk: tuple(rows) for pk, rows in found.items()}


def answering_for(partnership: Partnership, today: date) -> dict[int, int]:
    """How many live actions of the current plan each person answers for, by person. Two queries."""
    rows = Action.objects.live().filter(plan=current_plan(partnership, today), responsible__isnull=False)
    return dict(Counter(rows.values_list("responsible", flat=True)))
