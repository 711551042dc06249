"""Control charts (XmR): what a series does by itself, and what is a signal.

As in the NHS's Making Data Count. A chart restarts where counting changed; no range, run or trend reaches across a
restart or a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil, floor

SCREEN, WIDTH = 3.267, 2.66
"""A moving range from 3.267 times their mean on is left out; the limits lie 2.66 mean ranges from the mean."""
TRIAL_BELOW = 12
"""With fewer points than this the limits are on trial: they still move with every point."""
RUN, TREND, NEAR_WINDOW, NEAR_NEEDED = 7, 7, 3, 2
"""Points of a run and of a trend, and how many of how many are near a limit."""


class Signal(Enum):
    """What is not the series' usual variation, in the order in which one goes before another."""

    OUTSIDE = "outside the limits"
    TREND = "seven points that rise or fall in a row"
    NEAR = "two of three points near a limit"
    RUN = "seven points in a row on one side of the mean"


class Variation(Enum):
    """What the last point says: does it change?"""

    COMMON_CAUSE = "common cause"
    IMPROVEMENT = "improvement"
    CONCERN = "concern"
    NEUTRAL = "neutral"


class Assurance(Enum):
    """What the limits say about a target: will it be met by itself?"""

    CONSISTENTLY_MET = "consistently met"
    CONSISTENTLY_MISSED = "consistently missed"
    HIT_OR_MISS = "hit or miss"


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


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the chart. `is_high` is the side of its signal, of a trend whether it rises; None without one."""

    value: float | None
    signal: Signal | None = None
    is_high: bool | None = None


@dataclass(frozen=True, slots=True)
class Stretch:
    """The points from one restart to the next, `begins` up to but not including `ends`, with what holds for them.

    `mean` is None where nothing is known; `limits` where there are none: a flat series, or no neighbours. The limits
    come from the first `fixed_on` known points, or from all.
    """

    begins: int
    ends: int
    mean: float | None
    limits: Limits | None
    is_flat: bool
    fixed_on: int | None


@dataclass(frozen=True, slots=True)
class ControlChart:
    """All points in order of time, and the stretches that they belong to.

    `fewer_is_better` is None where the series is only watched: then no signal is for better or worse.
    """

    points: tuple[Point, ...]
    stretches: tuple[Stretch, ...]
    fewer_is_better: bool | None

    @property
    def limits(self) -> Limits | None:
        """The last stretch's."""
        return self.stretches[-1].limits if self.stretches else None

    @property
    def variation(self) -> Variation | None:
        """What the last point says; None where it is missing. Its `is_high` says on which side."""
        last = self.points[-1] if self.points else Point(None)
        if last.value is None:
            return None
        return self.variation_of(last)

    def variation_of(self, point: Point) -> Variation:
        """Whether a point's signal is for better or worse."""
        if point.signal is None:
            return Variation.COMMON_CAUSE
        if self.fewer_is_better is None:
            return Variation.NEUTRAL
        return Variation.CONCERN if point.is_high is self.fewer_is_better else Variation.IMPROVEMENT

    def assurance(self, target: float | None) -> Assurance | None:
        """Whether the last limits keep to a target of one period by themselves, strictly.

        None without a target or limits, and where it is only watched.
        """
        if target is None or self.limits is None or self.fewer_is_better is None:
            return None
        above, below = target > self.limits.upper, target < self.limits.lower
        is_met, is_missed = (above, below) if self.fewer_is_better else (below, above)
        if is_met:
            return Assurance.CONSISTENTLY_MET
        return Assurance.CONSISTENTLY_MISSED if is_missed else Assurance.HIT_OR_MISS


def control_chart(
    values: Sequence[float | None],
    *,
    restarts: Collection[int] = (),
    fixed_on: int | None = None,
    fewer_is_better: bool | None = True,
) -> ControlChart:
    """The chart of values in order of time; None is a gap.

    It begins again at each place of `restarts`: where a change in recording begins, or where an officer says so. With
    `fixed_on`, 12 or more, mean and limits of a stretch come from its first so many known values; of a shorter stretch
    from all. `fewer_is_better` is None for what is only watched. No values give an empty chart.
    """
    if fixed_on is not None and fixed_on < TRIAL_BELOW:
        raise ValueError(f"Limits are fixed on {TRIAL_BELOW} points or more, not {fixed_on}.")
    edges = sorted({0, len(values), *(place for place in restarts if 0 < place < len(values))})
    points: list[Point] = []
    stretches: list[Stretch] = []
    for begins, ends in pairwise(edges):
        stretch = _stretch(values, begins, ends, fixed_on)
        stretches.append(stretch)
        points.extend(_points(values[begins:ends], stretch.limits))
    return ControlChart(tuple(points), tuple(stretches), fewer_is_better)


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


def _stretch(values: Sequence[float | None], begins: int, ends: int, fixed_on: int | None) -> Stretch:
    within = list(values[begins:ends])
    known_places = [place for place, value in enumerate(within) if value is not None]
    is_fixed = fixed_on is not None and len(known_places) > fixed_on
    basis = within[: known_places[fixed_on]] if is_fixed and fixed_on is not None else within
    known = [value for value in basis if value is not None]
    mean = sum(known) / len(known) if known else None
    is_flat = len(known) > 1 and len(set(known)) == 1
    return Stretch(begins, ends, mean, limits(basis), is_flat, fixed_on if is_fixed else None)


def _points(values: Sequence[float | None], usual: Limits | None) -> list[Point]:
    """Each point with its first signal: a later rule does not overwrite an earlier one."""
    if usual is None:
        return [Point(value) for value in values]
    found: list[tuple[Signal, bool] | None] = [None] * len(values)
    for signal, flags in (
        (Signal.OUTSIDE, _outside(values, usual)),
        (Signal.TREND, _trends(values)),
        (Signal.NEAR, _two_of_three_near(values, usual)),
        (Signal.RUN, _runs(values, usual.mean)),
    ):
        for place, is_high in flags.items():
            found[place] = found[place] or (signal, is_high)
    return [Point(value, *flag) if flag else Point(value) for value, flag in zip(values, found, strict=True)]


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


def _whole_windows(values: Sequence[float | None], length: int) -> list[tuple[int, list[float]]]:
    """Every stretch of so many values beside each other without a gap, and where it begins."""
    windows = []
    for begins in range(len(values) - length + 1):
        known = [value for value in values[begins : begins + length] if value is not None]
        if len(known) == length:
            windows.append((begins, known))
    return windows


def _side(window: Sequence[float], mean: float) -> bool | None:
    """True where all lie strictly above the mean, False strictly below; None else."""
    if min(window) > mean:
        return True
    return False if max(window) < mean else None
