"""Every quarter of one category, read from a table of figures."""

from __future__ import annotations

from dataclasses import dataclass

from performance.calculations.change import Change, change
from performance.calculations.figures import Figure
from performance.calculations.periods import Quarter
from performance.calculations.series import Series

from .figures import FigureTable
from .returns import Return


@dataclass(frozen=True)
class QuarterLine:
    """A quarter's figure, its year to date, its rolling four quarters, and the change from the same quarter before."""

    quarter: Quarter
    held: Return
    figure: Figure
    year_to_date: Figure
    rolling_four: Figure
    change: Change
    is_broken: bool
    """Whether the way of counting changed between the quarter and the one that it is compared with."""
    breaks_here: bool
    is_sum_broken: bool
    note: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.figure, self.year_to_date, self.rolling_four


def quarter_lines(table: FigureTable, category: int) -> tuple[QuarterLine, ...]:
    """The quarters that are held, the latest first; of a total the sums of its parts."""
    if not table.has_any_in(held for _, held in table.quarters):
        return ()
    series = table.series(category)
    breaks = {each.begins for each in table.breaks(category)}
    lines = []
    for quarter, held in reversed(table.quarters):
        entered = table.entered(category, held)
        lines.append(_line(quarter, held, series, breaks, note=entered.note if entered else ""))
    return tuple(lines)


def _line(quarter: Quarter, held: Return, series: Series, breaks: set[Quarter], *, note: str) -> QuarterLine:
    figure = series.quarter(quarter)
    return QuarterLine(
        quarter=quarter,
        held=held,
        figure=figure,
        year_to_date=series.year_to_date(quarter),
        rolling_four=series.rolling_four(quarter),
        change=change(series.quarter(quarter - 4), figure),
        is_broken=any(quarter - 4 < each <= quarter for each in breaks),
        breaks_here=quarter in breaks,
        is_sum_broken=any(quarter - 3 < each <= quarter for each in breaks),
        note=note,
    )
