"""What pages about figures are made of: a category with its figures, and its course over the years."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import TypeVar

from performance.calculations.categories import Successions
from performance.calculations.figures import Figure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear, Period
from performance.calculations.to_date import ToDate

from .category_tree import Category
from .returns import Return


@dataclass(frozen=True, slots=True)
class Point:
    """A category's figure in a year, and where it comes from."""

    year: FinancialYear
    figure: Figure
    source: str
    state: str
    note: str
    is_baseline: bool = False
    is_earlier: bool = False
    """Whether it is the figure of what the category took the place of later."""
    is_mixed: bool = False
    """Whether a total is made of the baselines of some parts and the actuals of others."""


@dataclass(frozen=True)
class Row:
    """A category with its figures for one period, its course over the years, and its parts if it is a total.

    `baseline_year` is None where there is no baseline or the parts have different ones.
    """

    category: Category
    measure: Measure
    baseline_year: FinancialYear | None
    target_source: str
    target_basis: str
    notes: tuple[str, ...]
    course: tuple[Point, ...]
    suppliers: tuple[str, ...]
    parts: tuple[Row, ...] = ()
    to_date: ToDate | None = None
    """Of a quarter: its year so far, beside the same part of other years."""
    is_broken: bool = False
    """Whether its sum over the period is itself counted in two ways."""
    breaks: tuple[FinancialYear, ...] = ()
    """The years of its course in which the way of counting it, or one of its parts, changed."""


@dataclass(frozen=True)
class PeriodFigures:
    """Everything that a page about one period needs. Without a return for the period there are no rows.

    `rows` are the tops of the tree of categories, in the order of the plan; `successions` say what was counted instead
    of what.
    """

    period: Period
    current: Return | None
    rows: tuple[Row, ...]
    successions: Successions = field(default_factory=Successions)


Value = TypeVar("Value")


def shared(values: Iterable[Value]) -> Value | None:
    """What all say, or None."""
    different = set(values)
    return different.pop() if len(different) == 1 else None
