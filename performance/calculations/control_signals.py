"""What in a control chart is not the series' usual variation: four rules, and which of them goes before another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import Enum
from itertools import pairwise

from .control_limits import Limits

RUN, TREND, NEAR_WINDOW, NEAR_NEEDED = 7, 7, 3, 2
"""Points of a run and of a trend, and how many of how many are near a limit."""


class Signal(Enum):
    """What is not the series' usual variation, in the order in which one goes before another."""

    OUTSIDE = "outside the limits"
    TREND = "seven points that rise or fall in a row"
    NEAR = "two of three points near a limit"
    RUN = "seven points in a row on one side of the mean"


def first_signals(values: Sequence[float | None], usual: Limits) -> list[tuple[Signal, bool] | None]:
    """Each point's first signal and whether it is high, of a trend whether it rises; None without one.

    A missing value breaks every run, trend and group of three through it.
    """
    signals: list[tuple[Signal, bool] | None] = [None] * len(values)
    for signal, flags in (
        (Signal.OUTSIDE, _outside(values, usual)),
        (Signal.TREND, _trends(values)),
        (Signal.NEAR, _two_of_three_near(values, usual)),
        (Signal.RUN, _runs(values, usual.mean)),
    ):
        for place, is_high in flags.items():
            signals[place] = signals[place] or (signal, is_high)
    return signals


def _outside(values: Sequence[float | None], usual: Limits) -> dict[int, bool]:
    return {
        place: value > usual.upper for place, value in enumerate(values) if value is not None and not usual.holds(value)
    }


def _trends(values: Sequence[float | None]) -> dict[int, bool]:
    """All points of six strictly rising or falling steps; a point that two trends share has the later's direction."""
    flags: dict[int, bool] = {}
    for begins, window in _whole_windows(values, TREND):
        steps = [after - before for before, after in pairwise(window)]
        is_rising = min(steps) > 0
        if is_rising or max(steps) < 0:
            flags.update(dict.fromkeys(range(begins, begins + TREND), is_rising))
    return flags


def _two_of_three_near(values: Sequence[float | None], usual: Limits) -> dict[int, bool]:
    """The near ones of three points strictly on one side of the mean, where at least two are near."""
    flags: dict[int, bool] = {}
    for begins, window in _whole_windows(values, NEAR_WINDOW):
        near = [begins + place for place, value in enumerate(window) if usual.is_near(value)]
        side = _side(window, usual.mean)
        if side is not None and len(near) >= NEAR_NEEDED:
            flags.update(dict.fromkeys(near, side))
    return flags


def _runs(values: Sequence[float | None], mean: float) -> dict[int, bool]:
    flags: dict[int, bool] = {}
    for begins, window in _whole_windows(values, RUN):
        side = _side(window, mean)
        if side is not None:
            flags.update(dict.fromkeys(range(begins, begins + RUN), side))
    return flags


def _whole_windows(values: Sequence[float | None], length: int) -> Iterator[tuple[int, list[float]]]:
    """Every stretch of so many values beside each other without a gap, and where it begins."""
    for begins in range(len(values) - length + 1):
        known = [value for value in values[begins : begins + length] if value is not None]
        if len(known) == length:
            yield begins, known


def _side(window: Sequence[float], mean: float) -> bool | None:
    """True where all lie strictly above the mean, False strictly below; None else."""
    if min(window) > mean:
        return True
    return False if max(window) < mean else None
