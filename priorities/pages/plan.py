"""The plan: what was promised, and how the priorities stand."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from performance import sentences
from performance.calculations.periods import Period
from performance.calculations.status import Status
from performance.models import Partnership
from performance.queries import Return, Row, latest_published, period_figures
from performance.wording import capital, number
from priorities.models import Aim, Objective, Plan, Priority
from priorities.queries import aims_with_priorities, latest_plan, objectives_of


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
class AimSection:
    aim: Aim
    priorities: tuple[PriorityLine, ...]

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
    objectives: tuple[Objective, ...]
    aims: tuple[AimSection, ...]
    period: Period | None
    summary: str

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


def plan_page(partnership: Partnership, returns: tuple[Return, ...]) -> PlanPage:
    """The latest plan, its priorities judged on the latest published whole year. Ten queries."""
    plan = latest_plan(partnership)
    if plan is None:
        return PlanPage(partnership, None, (), (), None, "")
    latest = latest_published(tuple(each for each in returns if each.is_comparable))
    period = latest.period if latest else None
    rows = period_figures(partnership, returns, period).rows if period else ()
    by_slug = {row.category.slug: row for row in _everyone(rows)}
    objectives = objectives_of(plan)
    sections = tuple(
        AimSection(aim, tuple(_line(each, by_slug) for each in aim.priorities.all()))
        for aim in aims_with_priorities(plan)
    )
    return PlanPage(partnership, plan, objectives, sections, period, _summary(sections, objectives))


def _everyone(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        yield row
        yield from _everyone(row.parts)


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
