"""The plan: what was promised, what is being done about it, and how the priorities stand."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from performance import sentences
from performance.calculations.periods import FinancialYear, Period
from performance.calculations.status import Status
from performance.models import Partnership
from performance.queries import Return, Row, latest_published, period_figures
from performance.wording import capital, number, times
from priorities.models import Aim, Objective, Plan, Priority, Strategy
from priorities.queries import (
    Work,
    WorkState,
    aims_with_priorities,
    latest_plan,
    objectives_of,
    plans_of,
    strategies_with_aims,
    work_of,
)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a category of a priority stands: its status with the reason or the change, in words."""

    name: str
    slug: str
    status: Status
    words: str


@dataclass(frozen=True, slots=True)
class PriorityLine:
    priority: Priority
    standings: tuple[Standing, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An aim pursued through an objective: the actions that do so, none where there is a gap."""

    objective: Objective
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class AimSection:
    aim: Aim
    priorities: tuple[PriorityLine, ...]
    cells: tuple[Cell, ...]

    @property
    def summary(self) -> str:
        """Five of six targets met; or that there is nothing to judge."""
        if not self.priorities:
            return "No priorities named"
        by_slug = {each.slug: each.status for line in self.priorities for each in line.standings}
        judged = [status for status in by_slug.values() if status.is_met or status.is_missed]
        if not judged:
            return "No targets to judge"
        met = sum(status.is_met for status in judged)
        if len(judged) == 1:
            return f"The one crime type with a target {'met' if met else 'missed'} it"
        of_all = f"{capital(number(met))} of the {number(len(judged))}"
        return f"{of_all} crime types with a target met it"


@dataclass(frozen=True, slots=True)
class PlanPage:
    """Everything that the page prints. Without a plan only the partnership is there."""

    partnership: Partnership
    plan: Plan | None
    others: tuple[Plan, ...]
    objectives: tuple[Objective, ...]
    aims: tuple[AimSection, ...]
    for_the_plan: tuple[Work, ...]
    strategies: tuple[Strategy, ...]
    period: Period | None
    summary: str
    headline: str
    baseline: str
    work: str

    @property
    def judged_on(self) -> str:
        """Which year the priorities are judged on, and whether the plan had begun by then."""
        if self.plan is None or self.period is None:
            return ""
        before = "the position before this plan, " if self.period.year < self.plan.first_year else ""
        return f"{before}{self.period} against the targets for that year"

    @property
    def dates(self) -> str:
        """April 2008 to March 2011."""
        return f"{self.plan.first_year.begins:%B %Y} to {self.plan.last_year.ends:%B %Y}" if self.plan else ""

    def section(self, slug: str) -> AimSection | None:
        return next((each for each in self.aims if each.aim.slug == slug), None)


def plan_page(
    partnership: Partnership, returns: tuple[Return, ...], today: date, year: FinancialYear | None = None
) -> PlanPage:
    """The plan from a year on, or the latest, its priorities judged on the latest published whole year that it knows.

    Seventeen queries.
    """
    plans = plans_of(partnership)
    plan = next((each for each in plans if each.first_year == year), None) if year else latest_plan(plans, today)
    if plan is None:
        return PlanPage(partnership, None, plans, (), (), (), (), None, "", "", "", "")
    # A plan that is over is judged on its own last year, not on those of its successor.
    ours = tuple(each for each in returns if each.is_comparable and each.period.year <= plan.last_year)
    latest = latest_published(ours)
    period = latest.period if latest else None
    rows = period_figures(partnership, returns, period).rows if period else ()
    by_slug = {row.category.slug: row for row in everyone(rows)}
    objectives = objectives_of(plan)
    works = work_of(plan, today)
    going = tuple(work for work in works if work.state is not WorkState.ENDED)
    sections = tuple(_section(aim, objectives, going, by_slug) for aim in aims_with_priorities(plan))
    return PlanPage(
        partnership=partnership,
        plan=plan,
        others=tuple(each for each in plans if each != plan),
        objectives=objectives,
        aims=sections,
        for_the_plan=tuple(work for work in going if work.action.aim_id is None),
        strategies=strategies_with_aims(partnership),
        period=period,
        summary=_summary(sections, objectives),
        headline=_headline(rows, plan, period),
        baseline=_baseline(rows),
        work=_work(going, sections),
    )


def everyone(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        yield row
        yield from everyone(row.parts)


def _section(aim: Aim, objectives: Sequence[Objective], works: Sequence[Work], by_slug: dict[str, Row]) -> AimSection:
    mine = [work for work in works if work.action.aim_id == aim.pk]
    cells = tuple(
        Cell(objective, tuple(work for work in mine if work.action.objective_id == objective.pk))
        for objective in objectives
    )
    return AimSection(aim, tuple(_line(each, by_slug) for each in aim.priorities.all()), cells)


def _line(priority: Priority, by_slug: dict[str, Row]) -> PriorityLine:
    standings = [
        _standing(category.name, category.slug, by_slug.get(category.slug)) for category in priority.categories.all()
    ]
    return PriorityLine(priority, tuple(standings))


def _standing(name: str, slug: str, row: Row | None) -> Standing:
    if row is None:
        return Standing(name, slug, Status.CANNOT_SAY, "no whole-year figures are held")
    status = row.measure.verdict.status
    if status is Status.CANNOT_SAY:
        return Standing(name, slug, status, sentences.cannot_say(row.measure))
    return Standing(name, slug, status, f"{sentences.direction(row.measure.change)}{sentences.since(row)}")


def _summary(aims: tuple[AimSection, ...], objectives: tuple[Objective, ...]) -> str:
    """Three aims, each pursued through three objectives."""
    if not aims or not objectives:
        return ""
    aim = "aim" if len(aims) == 1 else "aims"
    objective = "objective" if len(objectives) == 1 else "objectives"
    return f"{capital(number(len(aims)))} {aim}, each pursued through {number(len(objectives))} {objective}."


def _headline(rows: Sequence[Row], plan: Plan, period: Period | None) -> str:
    """What the first total was to reach and reached, and whether that was this plan's target or the one before it."""
    total = next((row for row in rows if row.parts), None)
    if total is None or period is None or total.measure.target.known is None:
        return "No headline target is set yet."
    whose = "Before this plan: " if period.year < plan.first_year else ""
    percent = sentences.target_in_percent(total.measure)
    reached = sentences.direction(total.measure.change)
    sentence = f"{whose}{total.category.full_name} were to be down {percent}{sentences.since(total)} by {period}"
    more = " No target for the plan's own years is set yet." if whose else ""
    return f"{sentence}; they are {reached}.{more}"


def _baseline(rows: Sequence[Row]) -> str:
    """2003/04; several where categories differ."""
    years = {row.baseline_year for row in everyone(rows) if not row.parts and row.baseline_year is not None}
    return ", ".join(str(year) for year in sorted(years))


def _work(works: Sequence[Work], sections: Sequence[AimSection]) -> str:
    """18 actions in the work plan. Two cells of the plan have none."""
    if not works:
        return "No action is in the work plan yet."
    gaps = sum(not cell.works for section in sections for cell in section.cells)
    sentence = f"{capital(times(len(works), 'action'))} in the work plan."
    overdue = sum(work.state is WorkState.OVERDUE for work in works)
    late = f" {capital(number(overdue))} {'is' if overdue == 1 else 'are'} overdue." if overdue else ""
    if not gaps:
        return f"{sentence} Every cell of the plan has at least one.{late}"
    cells = "cell of the plan has" if gaps == 1 else "cells of the plan have"
    return f"{sentence} {capital(number(gaps))} {cells} none.{late}"
