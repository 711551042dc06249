"""The plan: what was promised, what is being done about it, and how the priorities stand."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from performance.calculations.periods import FinancialYear, Period
from performance.models import Partnership
from performance.queries import Return, latest_published, load_tree, period_figures, targets_ahead
from performance.wording import capital, number, times
from priorities.models import Objective, Plan, Strategy
from priorities.pages.aims import AimSection, Judged, aim_section
from priorities.pages.headline import baseline_years, headline
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
class PlanPage:
    """Everything that the page prints. Without a plan only the partnership is there."""

    partnership: Partnership
    plan: Plan | None
    others: tuple[Plan, ...]
    objectives: tuple[Objective, ...]
    aims: tuple[AimSection, ...]
    former_aims: tuple[AimSection, ...]
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
        """An aim of the plan, ended or not."""
        return next((each for each in (*self.aims, *self.former_aims) if each.aim.slug == slug), None)


def plan_page(
    partnership: Partnership, returns: tuple[Return, ...], today: date, year: FinancialYear | None = None
) -> PlanPage:
    """The plan from a year on, or the latest; its priorities judged on the latest published whole year that it has."""
    plans = plans_of(partnership)
    plan = next((each for each in plans if each.first_year == year), None) if year else latest_plan(plans, today)
    if plan is None:
        return PlanPage(partnership, None, plans, (), (), (), (), (), None, "", "", "", "")
    # A plan that is over is judged on its own last year, not on those of its successor.
    ours = tuple(each for each in returns if each.is_comparable and each.period.year <= plan.last_year)
    latest = latest_published(ours)
    period = latest.period if latest else None
    tree = load_tree(partnership)
    rows = period_figures(partnership, returns, period, tree=tree).rows if period else ()
    judged = Judged(rows, tree, period.year if period else plan.first_year)
    own = targets_ahead(partnership, plan.last_year, tree)
    objectives = objectives_of(plan)
    works = work_of(plan, today)
    going = tuple(work for work in works if work.state is not WorkState.ENDED)
    everything = tuple(aim_section(aim, objectives, going, judged) for aim in aims_with_priorities(plan))
    sections = tuple(section for section in everything if section.aim.ended_on is None)
    pursued = tuple(objective for objective in objectives if objective.ended_on is None)
    return PlanPage(
        partnership=partnership,
        plan=plan,
        others=tuple(each for each in plans if each != plan),
        objectives=pursued,
        aims=sections,
        former_aims=tuple(section for section in everything if section.aim.ended_on is not None),
        for_the_plan=tuple(work for work in going if work.action.aim_id is None),
        strategies=strategies_with_aims(partnership),
        period=period,
        summary=_summary(sections, pursued),
        headline=headline(rows, own, plan, period),
        baseline=baseline_years(own),
        work=_work(going, sections),
    )


def _summary(aims: tuple[AimSection, ...], objectives: tuple[Objective, ...]) -> str:
    """Three aims, each pursued through three objectives."""
    if not aims or not objectives:
        return ""
    aim = "aim" if len(aims) == 1 else "aims"
    objective = "objective" if len(objectives) == 1 else "objectives"
    return f"{capital(number(len(aims)))} {aim}, each pursued through {number(len(objectives))} {objective}."


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
