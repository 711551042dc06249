"""One category's quarters in order: year to date, same period last year, rolling four quarters, whole year.

A sum over time with a missing quarter is unavailable, never smaller; it names the quarters that it lacks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from .figures import NOT_HELD, Figure, NoFigure
from .periods import FinancialYear, Quarter


def sum_over_time(quarters: Sequence[Quarter], figures: Sequence[Figure], *, is_level: bool = False) -> Figure:
    """The sum of the figures of some quarters, or none with the reason: that which all share, or the quarters missing.

    Of a level the last; of a single quarter its own figure, which may be a partial total.
    """
    if is_level or len(figures) == 1:
        return figures[-1]
    if all(figure.known is not None for figure in figures):
        return Figure.sum_of(figures)
    total = Figure.total({each.dates: figure for each, figure in zip(quarters, figures, strict=True)})
    if total.reason is not NoFigure.PART_MISSING:
        return total
    return Figure(None, NoFigure.QUARTER_MISSING, total.missing_parts)


@dataclass(frozen=True)
class Series:
    """The quarterly figures of one category; a quarter that is not in it is not held.

    A level is how many there are when a quarter ends, such as offenders worked with: over time the last stands for
    all, for the same people added up four times would be four times as many.
    """

    figures: Mapping[Quarter, Figure] = field(default_factory=dict)
    is_level: bool = False

    def quarter(self, quarter: Quarter) -> Figure:
        return self.figures.get(quarter, NOT_HELD)

    def year_to_date(self, quarter: Quarter) -> Figure:
        """The sum of the quarters of its year up to a quarter: Q1 itself in Q1, the whole year in Q4."""
        return self.sum_of(quarter.year.quarters[: quarter.number])

    def same_period_last_year(self, quarter: Quarter) -> Figure:
        """The year to date of the same quarter a year before."""
        return self.same_part_of(quarter.year - 1, quarter)

    def same_part_of(self, year: FinancialYear, quarter: Quarter) -> Figure:
        """The sum of as many quarters of another year as the year to date has."""
        return self.year_to_date(Quarter(year, quarter.number))

    def rolling_four(self, quarter: Quarter) -> Figure:
        """The sum of the four quarters that end with one; in Q4 the year."""
        return self.sum_of([quarter - back for back in (3, 2, 1, 0)])

    def whole_year(self, year: FinancialYear) -> Figure:
        return self.sum_of(year.quarters)

    def sum_of(self, quarters: Sequence[Quarter]) -> Figure:
        """The sum of some quarters, or none with the reason; of a level the last."""
        return sum_over_time(quarters, [self.quarter(each) for each in quarters], is_level=self.is_level)

    def known_before(self, quarter: Quarter, most: int) -> tuple[int, ...]:
        """The counts of up to `most` quarters before one, the oldest first, leaving out those that are missing."""
        earlier = sorted(each for each in self.figures if each < quarter)[-most:]
        counts = (self.figures[each].known for each in earlier)
        return tuple(count for count in counts if count is not None)


def total_series(parts: Sequence[Series]) -> Series:
    """The sum of parts, quarter by quarter; a quarter that one of them lacks is not whole."""
    quarters = {quarter for part in parts for quarter in part.figures}
    return Series(
        {quarter: Figure.total({str(n): part.quarter(quarter) for n, part in enumerate(parts)}) for quarter in quarters}
    )
