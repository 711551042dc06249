"""The strategies that the plan serves: for each outside priority which aim serves it, and for which none does."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from itertools import groupby

from performance.models import Partnership
from performance.wording import capital, number
from priorities.models import Aim, Plan, StrategicPriority, Strategy
from priorities.queries import latest_plan, plans_of, strategies_with_aims


@dataclass(frozen=True, slots=True)
class Line:
    priority: StrategicPriority
    aims: tuple[Aim, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a strategy, as “Short-term actions 2008 to 2011”, with its priorities."""

    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Section:
    strategy: Strategy
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class StrategiesPage:
    partnership: Partnership
    plan: Plan | None
    sections: tuple[Section, ...]

    @property
    def summary(self) -> str:
        """The plan serves 16 of 21 priorities of three strategies; five are served by none of its aims."""
        lines = [line for section in self.sections for part in section.parts for line in part.lines]
        if not lines:
            return ""
        served = sum(bool(line.aims) for line in lines)
        left = len(lines) - served
        strategies = f"{number(len(self.sections))} {'strategy' if len(self.sections) == 1 else 'strategies'}"
        sentence = f"The plan's aims serve {number(served)} of the {number(len(lines))} priorities of {strategies}."
        if not left:
            return sentence
        return f"{sentence} {capital(number(left))} {'is' if left == 1 else 'are'} served by none."


def strategies_page(partnership: Partnership, today: date) -> StrategiesPage:
    """The strategies, with the aims of the latest plan that serve them. Four queries."""
    plan = latest_plan(plans_of(partnership), today)
    sections = tuple(_section(row, plan) for row in strategies_with_aims(partnership))
    return StrategiesPage(partnership, plan, sections)


def _section(strategy: Strategy, plan: Plan | None) -> Section:
    by_part = groupby(strategy.priorities.all(), key=lambda row: row.part)
    return Section(strategy, tuple(Part(title, tuple(_line(row, plan) for row in rows)) for title, rows in by_part))


def _line(priority: StrategicPriority, plan: Plan | None) -> Line:
    ours = [aim for aim in priority.aims.all() if plan is not None and aim.plan_id == plan.pk]
    return Line(priority, tuple(aim for aim in ours if aim.ended_on is None))
