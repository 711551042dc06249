"""The work plan: what is being done, by whom, and what is late?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.utils.timezone import localtime

from performance.models import Partnership
from performance.queries import PeriodFigures, Return, Row, latest_published, period_figures
from performance.wording import capital, number, times
from priorities.models import Milestone, Plan
from priorities.pages.aims import everyone
from priorities.pages.filters import Filter
from priorities.pages.milestones import MilestoneLine, milestone_lines
from priorities.queries import (
    Work,
    WorkState,
    actions_on,
    latest_plan,
    milestones_of,
    plans_of,
    work_of,
)

HEADINGS = (
    "Action", "What will be done", "Aim", "Objective", "Lead agency", "Supporting agencies", "Measures", "Place",
    "Starts", "Due", "Milestones", "Budget", "Budget from", "Status", "Last report", "What was reported",
)  # fmt: skip
_LABELS = {"agency": "Agency", "aim": "Aim", "status": "Status", "category": "Measure"}


@dataclass(frozen=True, slots=True)
class WorkLine:
    """An action in the work plan, with its milestones in order."""

    work: Work
    milestones: tuple[MilestoneLine, ...]

    @property
    def next(self) -> MilestoneLine | None:
        """The first milestone that is not done."""
        return next((milestone for milestone in self.milestones if milestone.is_open), None)

    @property
    def is_behind(self) -> bool:
        """On course as a whole, with its next milestone late: told as just that."""
        return self.work.state is not WorkState.OVERDUE and self.next is not None and self.next.is_late

    @property
    def place(self) -> str:
        return place_of(self.work)


@dataclass(frozen=True)
class WorkPlanPage:
    """Everything that the page prints; `lines` are the actions that the filters leave, overdue first."""

    partnership: Partnership
    plan: Plan | None
    plans: tuple[Plan, ...]
    lines: tuple[WorkLine, ...]
    total: int
    filters: tuple[Filter, ...]
    query: str
    kept: tuple[tuple[str, str], ...]
    """What else stands in the address: the plan that was asked for."""
    without: tuple[Row, ...]
    judged_on: str

    @property
    def unfiltered(self) -> str:
        """The address without what was chosen."""
        return f"?{urlencode(self.kept)}"

    @property
    def is_filtered(self) -> bool:
        return any(each.chosen for each in self.filters)

    @property
    def summary(self) -> str:
        """18 actions, one overdue, one more with a milestone overdue, two without a report yet."""
        late = sum(line.work.state is WorkState.OVERDUE for line in self.lines)
        silent = sum(line.work.state is WorkState.NOT_REPORTED for line in self.lines)
        parts = [times(len(self.lines), "action")]
        if late:
            parts.append(f"{number(late)} overdue")
        behind = sum(line.is_behind for line in self.lines)
        if behind:
            parts.append(f"{number(behind)}{' more' if late else ''} with a milestone overdue")
        if silent == len(self.lines) > 1:
            parts.append("none with a report yet")
        elif silent:
            parts.append(f"{number(silent)} without a report yet")
        return capital(", ".join(parts)) + "."

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """As they are downloaded."""
        return [_cells(line) for line in self.lines]


def work_plan_page(
    partnership: Partnership, returns: tuple[Return, ...], chosen: Mapping[str, str], today: date
) -> WorkPlanPage:
    """The actions of the plan that is asked for, or of the latest, narrowed by what was chosen."""
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
    # What is being done now is asked of the plan that is at work now.
    is_current = plan is not None and plan == latest_plan(plans, today)
    figures = period_figures(partnership, returns, latest.period) if latest and is_current else None
    missed = missed_rows(figures) if figures else ()
    on = actions_on(partnership, figures.successions, today) if figures and missed else {}
    milestones = milestones_of(plan) if plan else {}
    return WorkPlanPage(
        partnership=partnership,
        plan=plan,
        plans=plans,
        lines=tuple(_work_line(work, milestones.get(work.action.pk, ()), today) for work in found),
        total=len(works),
        filters=filters,
        query=urlencode([*kept, *picked]),
        kept=kept,
        without=tuple(row for row in missed if row.category.pk not in on),
        judged_on=str(latest.period) if latest else "",
    )


def _work_line(work: Work, milestones: Iterable[Milestone], today: date) -> WorkLine:
    return WorkLine(work, milestone_lines(milestones, today, is_live=work.state.is_live))


def missed_rows(figures: PeriodFigures) -> tuple[Row, ...]:
    """The categories, not totals, that missed their target in a period."""
    return tuple(row for row in everyone(figures.rows) if not row.parts and row.measure.verdict.status.is_missed)


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


def _cells(line: WorkLine) -> tuple[str, ...]:
    work, action = line.work, line.work.action
    return (
        action.title,
        action.summary,
        action.aim.title if action.aim else "",
        action.objective.title if action.objective else "",
        action.lead.name if action.lead else "",
        "; ".join(each.name for each in action.supporting.all()),
        "; ".join(each.name for each in action.categories.all()),
        line.place,
        str(action.starts_on or ""),
        str(action.due_on or ""),
        "; ".join(str(milestone) for milestone in line.milestones),
        "" if action.budget is None else str(action.budget),
        action.budget_source,
        work.state.word,
        f"{localtime(work.reported_at):%Y-%m-%d}" if work.reported_at else "",
        work.words,
    )


def place_of(work: Work) -> str:
    """Ward: Batchwood; the whole district; nothing where the plan is silent."""
    action = work.action
    kind = action.get_place_kind_display()
    return f"{kind}: {action.place}" if kind and action.place else kind or action.place
