"""The figures of a period: every category with its baseline, target and actual, read from a table of figures."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from performance.calculations.comparability import Span
from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.calculations.status import DEFAULT_TOLERANCE, Sense
from performance.calculations.to_date import ToDate
from performance.models import Partnership

from .category_tree import Category, CategoryTree
from .comparisons import YEARS_OF_HISTORY, Comparisons
from .figures import FigureTable
from .returns import Return
from .rows import PeriodFigures, Row, shared
from .target_table import BaselineSet, TargetSet, TargetTable
from .yearly import Yearly

TREND_YEARS = 6
"""A trend goes back to the baseline; where no baseline is older, so many years."""


def period_figures(
    partnership: Partnership,
    returns: tuple[Return, ...],
    period: Period,
    *,
    with_trend: bool = False,
    tree: CategoryTree | None = None,
) -> PeriodFigures:
    """The figures of a period for all categories, `with_trend` also those of the years since the baseline.

    Seven queries, two fewer where the tree is given; none without a return.

    A return without a single figure has no rows: baselines and targets alone are no news.
    """
    current = next((each for each in returns if each.period == period), None)
    if current is None or not current.has_figures:
        return PeriodFigures(period, current, ())
    targets = TargetTable.load(partnership, [period.year])
    years = _years_needed(current, targets, with_trend=with_trend)
    table = FigureTable.load(partnership, returns, years, targets=targets, tree=tree).protected()
    rows = _Rows(table, current, with_trend=with_trend)
    tops = [top for top in table.tree.tops(period.year) if rows.has_any(top)]
    return PeriodFigures(period, current, tuple(rows.row(top) for top in tops), table.tree.successions)


def category_row(table: FigureTable, current: Return, category: int) -> Row:
    """One category in a year with its parts, and all years of the table that its course is made of."""
    return _Rows(table, current, with_trend=True).row(category)


def _years_needed(current: Return, targets: TargetTable, *, with_trend: bool) -> set[FinancialYear]:
    """The years whose figures a period's page shows or compares with."""
    year = current.period.year
    history = {year - back for back in range(YEARS_OF_HISTORY)}
    if isinstance(current.period, Quarter):
        return history | targets.years_measured_from(year)
    if not with_trend or not current.is_comparable:
        return history
    oldest = min(targets.years_measured_from(year), default=year)
    first = min(oldest, year - (TREND_YEARS - 1))
    since_baseline = {FinancialYear(start) for start in range(first.start, year.start + 1)}
    return history | since_baseline | targets.baseline_years(year)


class _Rows:
    """The rows of a table in one period, each made with those of its parts."""

    def __init__(self, table: FigureTable, current: Return, *, with_trend: bool) -> None:
        self.table = table
        self.tree = table.tree
        self.current = current
        self.year = current.period.year
        self.suppliers = table.suppliers(current.period.ends)
        # What is published is added up from published figures only; a draft from all that its readers may see.
        self.comparisons = Comparisons(table.published() if current.is_published else table)
        self.yearly = Yearly(table, self.year) if with_trend else None

    def has_any(self, category: int) -> bool:
        """Whether there is any figure, baseline or target for a category or one of its parts."""
        return any(
            self.table.has_entries(leaf, self.current) or self.table.targets.is_set(leaf, self.year)
            for leaf in self.tree.leaves(category, self.year)
        )

    def row(self, category: int) -> Row:
        parts = tuple(self.row(part) for part in self.tree.parts(category, self.year))
        return self._total(category, parts) if parts else self._leaf(category)

    def _leaf(self, pk: int) -> Row:
        category = self.tree.nodes[pk]
        set_for = self._set_for(pk)
        target = self.table.target(set_for, self.year)
        baseline = self.table.baseline(set_for, self.year)
        baseline_year = baseline.financial_year if baseline else None
        # A target and a baseline are for whole years: beside part of one they would show a false fall.
        if not self.current.is_comparable:
            target = baseline = None
        return Row(
            category=category,
            measure=self._measure(category, baseline, target),
            baseline_year=baseline_year,
            target_source=target.told_source if target else "",
            target_basis=target.basis if target else "",
            notes=(*self._notes(pk, baseline, target), *self._changed_since(pk, baseline_year)),
            course=self.yearly.course(pk, baseline) if self.yearly else (),
            suppliers=tuple(self.suppliers[pk]),
            to_date=self._to_date(category, baseline_year),
            is_broken=self.comparisons.is_broken_within(pk, Span.of(self.current.period)),
            breaks=self.comparisons.years_of_breaks(pk),
        )

    def _total(self, pk: int, parts: tuple[Row, ...]) -> Row:
        category = self.tree.nodes[pk]
        baseline_year = shared(part.baseline_year for part in parts)
        suppliers = dict.fromkeys(name for part in parts for name in part.suppliers)
        return Row(
            category=category,
            measure=Measure.total(category.name, tuple(part.measure for part in parts), self._dispersion(pk)),
            baseline_year=baseline_year,
            target_source=shared(part.target_source for part in parts) or "",
            target_basis="",
            notes=(),
            course=self.yearly.total(pk, parts) if self.yearly else (),
            suppliers=tuple(suppliers),
            parts=parts,
            is_broken=any(part.is_broken for part in parts),
            breaks=self.comparisons.years_of_breaks(pk),
            to_date=self._to_date(category, baseline_year),
        )

    def _measure(self, category: Category, baseline: BaselineSet | None, target: TargetSet | None) -> Measure:
        since = baseline.financial_year if baseline else None
        return Measure(
            name=category.name,
            baseline=Figure.of(baseline.count) if baseline else NOT_HELD,
            target=Figure.of(target.count, revised=target.revised_on is not None) if target else NOT_HELD,
            actual=self.table.figure_in(self.current, category.pk),
            sense=Sense(target.sense) if target else Sense.REDUCE,
            tolerance=Fraction(target.tolerance_percent) / 100 if target else DEFAULT_TOLERANCE,
            baseline_years=(since,) if since else (),
            is_counted_differently=self.comparisons.is_counted_differently(category.pk, since, self.current.period),
            dispersion=self._dispersion(category.pk),
        )

    def _notes(self, pk: int, baseline: BaselineSet | None, target: TargetSet | None) -> Iterable[str]:
        """Those of target, baseline and actual."""
        for noted in (target, baseline, self.table.entered(pk, self.current)):
            if noted is not None and noted.note:
                yield noted.note

    def _set_for(self, pk: int) -> int:
        """The category under which baseline and target stand: in years before it took another's place that one."""
        line = self.tree.successions.line(pk, self.year)
        return next((each for each in line if self.table.targets.is_set(each, self.year)), pk)

    def _to_date(self, category: Category, baseline_year: FinancialYear | None) -> ToDate | None:
        if not isinstance(self.current.period, Quarter):
            return None
        return self.comparisons.to_date(category.pk, self.current.period, baseline_year)

    def _dispersion(self, pk: int) -> float | None:
        period = self.current.period
        return self.comparisons.dispersion(pk, period if isinstance(period, Quarter) else period.quarters[3])

    def _changed_since(self, pk: int, baseline_year: FinancialYear | None) -> Iterable[str]:
        """Why a category is not like what it is compared with: the changes of counting since the earlier of both."""
        before = self.year - 1 if isinstance(self.current.period, Quarter) else baseline_year
        years = [year for year in (before, baseline_year) if year is not None and year <= self.year]
        if not years:
            return
        first = min(years).quarters[0]
        for each in self.tree.successions.with_those_before([pk]):
            for change in self.table.own_breaks(each):
                if first < change.begins and change.begins.begins <= self.current.period.ends:
                    yield f"Counted differently from {change.begins.dates}: {change.description}"
