"""Control charts (XmR): what a series does by itself, and what is a signal.

As in the NHS's Making Data Count. A chart restarts where counting changed; no range, run or trend reaches across a
restart or a gap.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise

from .control_limits import TRIAL_BELOW, Limits, limits
from .control_signals import Signal, first_signals

__all__ = ["Assurance", "ControlChart", "Limits", "Point", "Signal", "Stretch", "Variation", "control_chart", "limits"]


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
    if usual is None:
        return [Point(value) for value in values]
    signals = first_signals(values, usual)
    return [Point(value, *(signal or (None, None))) for value, signal in zip(values, signals, strict=True)]
