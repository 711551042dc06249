"""The limits of a control chart: how far a series goes by itself."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import ceil, floor

SCREEN, WIDTH = 3.267, 2.66
"""A moving range from 3.267 times their mean on is left out; the limits lie 2.66 mean ranges from the mean."""
TRIAL_BELOW = 12
"""With fewer points than this the limits are on trial: they still move with every point."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of a series, in offences a period. The lower one may be below 0; the drawing cuts it there.

    `average_range` is the average moving range that they were worked out from, `ranges` of `ranges_held` were kept by
    the screening. `is_screened` is False where screening would have left nothing, and the unscreened average was used.
    """

    mean: float
    lower: float
    upper: float
    average_range: float
    ranges: int
    ranges_held: int
    is_trial: bool
    is_screened: bool

    @property
    def near(self) -> tuple[float, float]:
        """The near limits, at two thirds of the way from the mean."""
        reach = (self.upper - self.mean) * 2 / 3
        return self.mean - reach, self.mean + reach

    @property
    def shown(self) -> tuple[int, int]:
        """Whole offences, rounded outwards."""
        return floor(self.lower), ceil(self.upper)

    def holds(self, value: float) -> bool:
        """Whether a value is not outside: outside is strictly beyond a limit."""
        return self.lower <= value <= self.upper

    def is_near(self, value: float) -> bool:
        """Whether a value is strictly beyond a near limit and not outside."""
        low, high = self.near
        return self.holds(value) and not low <= value <= high


def limits(values: Sequence[float | None]) -> Limits | None:
    """Mean ± 2.66 × the average moving range, in order of time; None (a gap) breaks the chain of ranges.

    Moving ranges that are not strictly below 3.267 × their mean are left out, once. If that leaves none, or only
    ranges of 0 in a series that is not flat, the unscreened average is used, and `is_screened` is False. None where
    there are no limits: fewer than two values beside each other, or a flat series. Source: NHS England, Making Data
    Count.
    """
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if not ranges or len(set(known)) == 1:
        return None
    unscreened = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < SCREEN * unscreened]
    is_screened = sum(kept) > 0
    if not is_screened:
        kept = ranges
    average = sum(kept) / len(kept)
    if average == 0:
        return None
    mean = sum(known) / len(known)
    reach = WIDTH * average
    return Limits(
        mean=mean,
        lower=mean - reach,
        upper=mean + reach,
        average_range=average,
        ranges=len(kept),
        ranges_held=len(ranges),
        is_trial=len(known) < TRIAL_BELOW,
        is_screened=is_screened,
    )
