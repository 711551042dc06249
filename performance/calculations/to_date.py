"""A quarter and its year so far, beside the same part of other years."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass

from .change import Change, change
from .comparability import Comparison, Counted, Span, Sum, compare
from .figures import NOT_HELD, Figure
from .periods import FinancialYear, Quarter
from .series import Series


@dataclass(frozen=True)
class Strand:
    """The quarters of one category that a sum is made of: itself, or one of the parts of a total.

    `strand`, `changes` and `is_whole` as of `comparability.Counted`.
    """

    name: str
    series: Series
    strand: Hashable = ""
    changes: tuple[Quarter, ...] = ()
    is_whole: bool = True

    def over(self, span: Span) -> Counted:
        quarters = [span.first + number for number in range(span.length)]
        figure = self.series.sum_of(quarters)
        return Counted(self.name, self.strand or self.name, figure, self.changes, self.is_whole)


PartsIn = Callable[[FinancialYear], Sequence[Strand]]
"""What a category is the sum of in a year; itself, where it is no total."""


@dataclass(frozen=True)
class ToDate:
    """A category's quarter and its year so far, beside the same part of last year and of the baseline year.

    The same quarters of the baseline year are compared, never the whole of it, against which three months would show a
    fall of three quarters that is not there. Each comparison is judged by itself: see `comparability`.
    """

    name: str
    quarter_on_quarter: Comparison
    on_last_year: Comparison
    on_baseline: Comparison | None
    now: Sum
    """The year to date as it stands, with parts that were not counted last year."""
    this_quarter: Sum

    @classmethod
    def of(
        cls,
        name: str,
        quarter: Quarter,
        parts_in: PartsIn,
        baseline_year: FinancialYear | None = None,
        dispersion: float | None = None,
    ) -> ToDate:
        """Of a category or a total, from what it is made of in each year that it is compared with."""

        def total(span: Span) -> Sum:
            return Sum(span, tuple(part.over(span) for part in parts_in(span.last.year)))

        def so_far(year: FinancialYear) -> Sum:
            return total(Span.to_date(Quarter(year, quarter.number)))

        alone, now = total(Span.of(quarter)), so_far(quarter.year)
        return cls(
            name=name,
            quarter_on_quarter=compare(total(Span.of(quarter - 4)), alone, dispersion),
            on_last_year=compare(so_far(quarter.year - 1), now, dispersion),
            on_baseline=compare(so_far(baseline_year), now, dispersion) if baseline_year else None,
            now=now,
            this_quarter=alone,
        )

    @property
    def quarter(self) -> Figure:
        return self.this_quarter.figure

    @property
    def year_to_date(self) -> Figure:
        return self.now.figure

    @property
    def last_year(self) -> Figure:
        """The same part of last year, of the parts that are counted in both."""
        return self.on_last_year.before.figure

    @property
    def baseline_part(self) -> Figure:
        """The same part of the baseline year, of the parts that are counted in both."""
        return self.on_baseline.before.figure if self.on_baseline else NOT_HELD

    @property
    def change(self) -> Change:
        """Of the year to date from the same period last year."""
        return self.on_last_year.change

    @property
    def quarter_change(self) -> Change:
        """Of the quarter by itself from the same quarter last year."""
        return self.quarter_on_quarter.change

    @property
    def since_baseline(self) -> Change:
        """Of the year to date from the same part of the baseline year."""
        return self.on_baseline.change if self.on_baseline else change(NOT_HELD, self.year_to_date)
