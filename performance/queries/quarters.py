"""Every quarter of one category."""

from __future__ import annotations

from dataclasses import dataclass

from performance.calculations.change import Change
from performance.calculations.comparability import Sum
from performance.calculations.figures import Figure
from performance.calculations.periods import Quarter
from performance.calculations.to_date import ToDate

from .comparisons import Comparisons
from .figures import FigureTable
from .returns import Return


@dataclass(frozen=True)
class QuarterLine:
    """A quarter's figure, its year to date, its rolling four quarters, and the change from the same quarter before."""

    quarter: Quarter
    held: Return
    to_date: ToDate
    last_four: Sum
    breaks_here: bool
    note: str

    @property
    def figure(self) -> Figure:
        return self.to_date.quarter

    @property
    def year_to_date(self) -> Figure:
        return self.to_date.year_to_date

    @property
    def rolling_four(self) -> Figure:
        return self.last_four.figure

    @property
    def change(self) -> Change:
        return self.to_date.quarter_change

    @property
    def is_broken(self) -> bool:
        """Whether the quarter is not like the one that it is compared with."""
        return not self.to_date.quarter_on_quarter.is_like_for_like

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.figure, self.year_to_date, self.rolling_four


def quarter_lines(table: FigureTable, category: int) -> tuple[QuarterLine, ...]:
    """The quarters that are held, the latest first; of a total the sums of its parts."""
    if not table.has_any_in(held for _, held in table.quarters):
        return ()
    comparisons = Comparisons(table)
    breaks = {each.begins for each in table.breaks(category)}
    lines = []
    for quarter, held in reversed(table.quarters):
        entered = table.entered(category, held)
        lines.append(
            QuarterLine(
                quarter=quarter,
                held=held,
                to_date=comparisons.to_date(category, quarter, None),
                last_four=comparisons.four_to(category, quarter),
                breaks_here=quarter in breaks,
                note=entered.note if entered else "",
            )
        )
    return tuple(lines)
