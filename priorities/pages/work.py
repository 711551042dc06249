"""The work plan: what is being done, by whom, and what is late?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from performance.calculations.periods import Quarter
from performance.models import Partnership
from performance.queries import Return, Row, latest_published, period_figures
from performance.wording import capital, listed, number, times
from priorities.models import Action, ActionUpdate, Milestone, Plan
from priorities.pages.filters import Filter
from priorities.pages.sections import everyone
from priorities.queries import (
    Work,
    WorkState,
    actions_on,
    latest_plan,
    milestones_of,
    plans_of,
    updates_of,
    work_of,
)

NOT_SET = "not set in the plan"
HEADINGS = (
    "Action", "What will be done", "Aim", "Objective", "Lead agency", "Supporting agencies", "Crime types", "Place",
    "Starts", "Due", "Budget", "Budget from", "Status", "Last report",
)  # fmt: skip
_LABELS = {"agency": "Agency", "aim": "Aim", "status": "Status", "category": "Crime type"}


@dataclass(frozen=True)
class WorkPlanPage:
    """Everything that the page prints; `works` are those that the filters leave, overdue first."""

    partnership: Partnership
    plan: Plan | None
    plans: tuple[Plan, ...]
    works: tuple[Work, ...]
    total: int
    filters: tuple[Filter, ...]
    query: str
    kept: tuple[tuple[str, str], ...]
    """What else stands in the address: the plan that was asked for."""
    without: tuple[Row, ...]
    judged_on: str

    @property
    def is_filtered(self) -> bool:
        return any(each.chosen for each in self.filters)

    @property
    def summary(self) -> str:
        """18 actions, one overdue."""
        late = sum(work.state is WorkState.OVERDUE for work in self.works)
        silent = sum(work.state is WorkState.NOT_REPORTED for work in self.works)
        parts = [times(len(self.works), "action")]
        if late:
            parts.append(f"{number(late)} overdue")
        if silent:
            parts.append(f"{number(silent)} without a report yet")
        return capital(", ".join(parts)) + "."

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """As they are downloaded."""
        return [_cells(work) for work in self.works]


def work_plan_page(
    partnership: Partnership, returns: tuple[Return, ...], chosen: Mapping[str, str], today: date
) -> WorkPlanPage:
    """The actions of the plan that is asked for, or of the latest, narrowed by what was chosen. Twelve queries."""
    plans = plans_of(partnership)
    asked = next((each for each in plans if each.first_year.slug == chosen.get("plan")), None)
    plan = asked or latest_plan(plans, today)
    works = sorted(work_of(plan, today), key=lambda work: work.urgency) if plan else []
    filters = tuple(
        Filter.of(name, label, (value for work in works for value in _values(work, name)), chosen.get(name, ""))
        for name, label in _LABELS.items()
    )
    found = tuple(work for work in works if all(each.lets_through(_values(work, each.name)) for each in filters))
    picked = [(each.name, each.chosen) for each in filters if each.chosen]
    kept = (("plan", asked.first_year.slug),) if asked else ()
    latest = latest_published(tuple(each for each in returns if each.is_comparable))
    missed = missed_rows(partnership, returns, latest)
    on = actions_on(partnership, None, today) if missed else {}
    return WorkPlanPage(
        partnership=partnership,
        plan=plan,
        plans=plans,
        works=found,
        total=len(works),
        filters=filters,
        query=urlencode([*kept, *picked]),
        kept=kept,
        without=tuple(row for row in missed if row.category.slug not in on),
        judged_on=str(latest.period) if latest else "",
    )


def missed_rows(partnership: Partnership, returns: tuple[Return, ...], latest: Return | None) -> tuple[Row, ...]:
    """The categories, not totals, that missed their target in a return."""
    rows = period_figures(partnership, returns, latest.period).rows if latest else ()
    return tuple(row for row in everyone(rows) if not row.parts and row.measure.verdict.status.is_missed)


def _values(work: Work, name: str) -> list[tuple[str, str]]:
    """What an action is found by, and how each is called."""
    action = work.action
    if name == "agency":
        leads = [action.lead] if action.lead else []
        return [(each.slug, each.name) for each in (*leads, *action.supporting.all())]
    if name == "aim":
        return [(action.aim.slug, action.aim.title)] if action.aim else [("plan", "The plan as a whole")]
    if name == "status":
        return [(work.state.value, work.state.word)]
    return [(each.slug, each.name) for each in action.categories.all()]


def _cells(work: Work) -> tuple[str, ...]:
    action = work.action
    return (
        action.title,
        action.summary,
        action.aim.title if action.aim else "",
        action.objective.title if action.objective else "",
        action.lead.name if action.lead else "",
        "; ".join(each.name for each in action.supporting.all()),
        "; ".join(each.name for each in action.categories.all()),
        place_of(work),
        str(action.starts_on or ""),
        str(action.due_on or ""),
        "" if action.budget is None else str(action.budget),
        action.budget_source,
        work.state.word,
        f"{work.reported_at:%Y-%m-%d}" if work.reported_at else "",
    )


def place_of(work: Work) -> str:
    """Ward: Batchwood; the whole district; nothing where the plan is silent."""
    action = work.action
    kind = action.get_place_kind_display()
    return f"{kind}: {action.place}" if kind and action.place else kind or action.place


@dataclass(frozen=True)
class ActionPage:
    """Everything that the page of one action prints."""

    partnership: Partnership
    work: Work
    updates: tuple[ActionUpdate, ...]
    milestones: tuple[Milestone, ...]
    may_report: bool
    may_manage: bool
    today: date

    @property
    def carried_from(self) -> Action | None:
        return self.work.action.carried_from

    @property
    def carried_to(self) -> Action | None:
        return getattr(self.work.action, "carried_to", None)

    @property
    def place(self) -> str:
        return place_of(self.work)

    @property
    def supporting(self) -> str:
        names = [each.name for each in self.work.action.supporting.all()]
        return listed(names) if names else ""

    @property
    def late_milestones(self) -> tuple[Milestone, ...]:
        return tuple(each for each in self.milestones if self.is_late(each))

    def is_late(self, milestone: Milestone) -> bool:
        return milestone.done_on is None and milestone.due_on is not None and milestone.due_on < self.today


def action_page(partnership: Partnership, work: Work, today: date, *, may_report: bool, may_manage: bool) -> ActionPage:
    """Two queries."""
    return ActionPage(
        partnership=partnership,
        work=work,
        updates=updates_of(work.action),
        milestones=milestones_of(work.action),
        may_report=may_report and work.action.ended_on is None,
        may_manage=may_manage,
        today=today,
    )


QUARTERS_TO_REPORT = 12


def quarters_to_report(work: Work, today: date) -> tuple[Quarter, ...]:
    """The quarters of an action's plan that have begun, the latest first; at least the one that a day is in.

    They end with the quarter before the next plan begins; without a next plan the work goes on.
    """
    begins = Quarter(work.action.plan.first_year, 1)
    last = Quarter.containing(today)
    if work.next_begins is not None:
        last = min(last, Quarter(work.next_begins, 1) - 1)
    found = tuple(last - back for back in range(QUARTERS_TO_REPORT))
    return tuple(each for each in found if each >= begins) or (last,)
