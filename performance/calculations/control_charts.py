"""The limits of an XmR chart: between them lies what a series does by itself.

As in the NHS's Making Data Count.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

SCREEN, WIDTH = 3.267, 2.66
"""A moving range from 3.267 times their mean on is left out; the limits lie 2.66 mean ranges from the mean."""
TRIAL_BELOW = 12
"""With fewer points than this the limits are on trial: they still move with every point."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Mean and limits of a series, in offences a period. The lower one may be below 0; the drawing cuts it there."""

    mean: float
    lower: float
    upper: float
    is_trial: bool
    is_screened: bool

    def holds(self, value: float) -> bool:
        """Whether a value is not outside: outside is strictly beyond a limit."""
        return self.lower <= value <= self.upper


def limits(values: Sequence[int | None]) -> Limits | None:
    """Mean ± 2.66 × the average moving range, in date order; None (a gap) breaks the chain of ranges.

    Moving ranges that are not strictly below 3.267 × their mean are left out, once. If that leaves none, or only
    ranges of 0 in a series that is not flat, the unscreened average is used, and `is_screened` is False. None where
    there are no limits: fewer than two values beside each other, or a flat series. Source: NHS England, Making Data
    Count.
    """
    known = [value for value in values if value is not None]
    ranges = [abs(after - before) for before, after in pairwise(values) if before is not None and after is not None]
    if not ranges or len(set(known)) == 1:
        return None
    average, is_screened = _screened(ranges)
    if average == 0:
        return None
    mean = sum(known) / len(known)
    reach = WIDTH * average
    return Limits(mean, mean - reach, mean + reach, len(known) < TRIAL_BELOW, is_screened)


def _screened(ranges: Sequence[int]) -> tuple[float, bool]:
    unscreened = sum(ranges) / len(ranges)
    kept = [each for each in ranges if each < SCREEN * unscreened]
    average = sum(kept) / len(kept) if kept else 0.0
    return (average, True) if average > 0 else (unscreened, False)
