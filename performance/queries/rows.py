"""What pages about figures are made of: a category with its figures, and its course over the years."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear, Period
from performance.calculations.series import ToDate
from performance.models import Actual, Baseline, CrimeCategory

from .returns import Return


@dataclass(frozen=True, slots=True)
class Category:
    """What is counted, as pages name it."""

    name: str
    full_name: str
    slug: str
    counted_as: str
    is_plural: bool
    is_recorded_crime: bool


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
    """Whether the way of counting changed between what is compared."""


@dataclass(frozen=True)
class PeriodFigures:
    """Everything that a page about one period needs. Without a return for the period there are no rows.

    `rows` are the tops of the tree of categories, in the order of the plan.
    """

    period: Period
    current: Return | None
    rows: tuple[Row, ...]


def baseline_point(row: Baseline, category: CrimeCategory) -> Point:
    """What was measured from once, as the count of its year."""
    is_earlier = row.category_id != category.pk
    return Point(row.financial_year, Figure.of(row.count), row.source, "", row.note, is_earlier=is_earlier)


def sum_of(year: FinancialYear, held: Mapping[str, Point | None]) -> Point:
    """The point of a total, from those of its parts by name, None where a part has none."""
    points = [point for point in held.values() if point is not None]
    return Point(
        year,
        Figure.total({name: point.figure if point is not None else NOT_HELD for name, point in held.items()}),
        shared(point.source for point in points),
        shared(point.state for point in points),
        "[b] Made of what was counted then." if any(point.is_earlier for point in points) else "",
        all(point.is_baseline for point in points),
        any(point.is_earlier for point in points),
    )


def shared(words: Iterable[str]) -> str:
    """What all say, or nothing."""
    different = set(words)
    return different.pop() if len(different) == 1 else ""


def category_of(row: CrimeCategory) -> Category:
    return Category(
        name=row.name,
        full_name=row.full_name or row.name,
        slug=row.slug,
        counted_as=row.counted_as,
        is_plural=row.is_plural,
        is_recorded_crime=row.kind == CrimeCategory.Kind.RECORDED_CRIME,
    )


def figure_of(actual: Actual | None) -> Figure:
    """The figure of a row that was read `with_revised`."""
    if actual is None:
        return NOT_HELD
    revised: bool = actual.is_revised  # type: ignore[attr-defined]
    if actual.count is None:
        return Figure.missing(NoFigure(actual.missing), revised=revised)
    return Figure.of(actual.count, provisional=actual.is_provisional, revised=revised)
