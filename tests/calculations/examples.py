"""Series that several tests work with."""

from __future__ import annotations

from collections.abc import Sequence

from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.history import History
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.series import Series

FIRST = Quarter(FinancialYear(2000), 1)

CHECK = (
    *(9, 11, 13, 24, 27, 25, 29, 12, 13, 17, 22, 27, 22, 17, 14, 19, 19, 15, 16, 16),
    *(11, 13, 14, 23, 12, 12, 49, 19, 11, 22, 17, 16, 23),
)
"""The series by which the forecast is checked: eight years, and the first quarter of the ninth."""


def series_of(counts: Sequence[int | None], first: Quarter = FIRST) -> Series:
    """Quarters that follow each other; None is one that is missing."""
    return Series(
        {first + number: NOT_HELD if count is None else Figure.of(count) for number, count in enumerate(counts)}
    )


def history_of(counts: Sequence[int], first: Quarter = FIRST) -> History:
    return History(first, tuple(counts))
