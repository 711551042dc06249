"""The two small drawings in each row of a quarter's table: all quarters with their usual range, and the year end."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from django.utils.safestring import SafeString

from . import svg
from .quarterly import Look, QuarterlySeries
from .year_so_far import Expected

HEIGHT, TALL = 30, 64
_MARGIN = 5
_LEFT, _RIGHT = 0.03, 0.95
_LEAST_REACH = 0.1
"""The scale of the year ends shows at least 10% to both sides of the targets."""
_MOST_REACH = 1.0
"""And at most as much again: a range that goes on further runs to the edge."""


def quarters_spark(series: QuarterlySeries, height: int = HEIGHT) -> SafeString:
    """All quarters on a scale of the row's own, not from nought, with the usual range shaded; the last marked.

    Nothing with fewer than two quarters known. Quarters counted in another way than the last are drawn lighter.
    """
    if len(series.known) < 2:
        return SafeString("")
    image = svg.drawing(height, css="chart-spark")
    counts = [point.count for point in series.known if point.count is not None]
    highest = max(*counts, *(usual.upper for usual in series.ranges))
    lowest = min(*counts, *(max(0, usual.lower) for usual in series.ranges))
    first = series.points[0].quarter
    places = {point.quarter: number for number, point in enumerate(series.points)}
    steps = max(1, len(series.points) - 1)

    def x(place: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * place / steps

    def y(count: float) -> float:
        share = (max(count, lowest) - lowest) / max(1, highest - lowest)
        return height - _MARGIN - (height - 2 * _MARGIN) * share

    for usual in series.ranges:
        left = places.get(max(usual.first, first), 0)
        right = places.get(usual.last, len(series.points) - 1)
        svg.box(image, "chart-usual", x(left), x(right), y(usual.upper), y(usual.lower))
    since = max(series.breaks, default=first)
    for before, after in pairwise(series.points):
        if before.count is None or after.count is None or after.quarter in series.breaks:
            continue
        css = "chart-course" if before.quarter >= since else "chart-course chart-before"
        svg.line(image, css, x(places[before.quarter]), y(before.count), x(places[after.quarter]), y(after.count))
    last = series.points[-1]
    if last.count is not None:
        css = "chart-dot" if last.look is Look.USUAL else last.look.value
        svg.dot(image, css, x(len(series.points) - 1), y(last.count), 3.5)
    return svg.markup(image)


@dataclass(frozen=True, slots=True)
class YearEnd:
    """A year end, expected or reached, beside its target; `look` is the class of its bar."""

    expected: Expected
    target: int
    look: str

    def from_target(self, count: float) -> float:
        """How far a count lies from the target, as a share of it; the target is at least 1."""
        return (count - self.target) / max(1, self.target)


@dataclass(frozen=True, slots=True)
class TargetScale:
    """How far to both sides of the targets the drawings of one table reach; the targets are one upright line."""

    reach: float

    @classmethod
    def over(cls, ends: Iterable[YearEnd]) -> TargetScale:
        shares = [
            abs(end.from_target(count))
            for end in ends
            for count in (end.expected.lower, end.expected.upper, end.expected.count)
        ]
        return cls(min(_MOST_REACH, max([_LEAST_REACH, *shares])))

    def at(self, share: float) -> float:
        """Where a share from the target stands, as a share of the width; what lies beyond, at the edge."""
        within = max(-self.reach, min(self.reach, share))
        return 0.5 + 0.46 * within / self.reach


def year_end_bar(end: YearEnd, scale: TargetScale) -> SafeString:
    """The range in which the year ends 8 times in 10 as a bar, what is expected as a dot, the target as a line."""
    image = svg.drawing(HEIGHT, css="chart-bar")
    left = scale.at(end.from_target(end.expected.lower))
    right = scale.at(end.from_target(end.expected.upper))
    middle = scale.at(end.from_target(end.expected.count))
    if right > left:
        svg.box(image, f"chart-range {end.look}", left, right, 10, 20)
    svg.line(image, "chart-target", 0.5, 0, 0.5, HEIGHT)
    svg.dot(image, f"chart-end {end.look}", middle, 15, 5)
    return svg.markup(image)
