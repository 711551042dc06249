"""One category's quarters with what is usual for them: a control chart (XmR) for readers who never saw one."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from itertools import pairwise
from math import ceil, floor
from typing import Any

import plotly.io
from django.utils.safestring import SafeString

from performance.calculations.periods import Quarter
from performance.wording import count as written

from . import palette, svg
from .labels import Label, draw_labels

_TOP, _BOTTOM, _AXIS = 28, 284, 316
_LEFT, _RIGHT = 0.09, 0.78
_YEARS_NAMED = 7


class Look(Enum):
    """How a point is drawn. Its value is its class in the style sheet."""

    USUAL = "chart-point"
    BETTER = "chart-better"
    WORSE = "chart-worse"
    DIFFERENT = "chart-different"
    """A signal in a series that is only watched: neither better nor worse."""


@dataclass(frozen=True, slots=True)
class QuarterPoint:
    """A quarter's count, None where there is none, and whether it is a signal."""

    quarter: Quarter
    count: int | None
    look: Look = Look.USUAL


@dataclass(frozen=True, slots=True)
class UsualRange:
    """Mean and limits, in counts a quarter, of the quarters from `first` to `last`."""

    first: Quarter
    last: Quarter
    mean: float
    lower: float
    upper: float
    is_trial: bool = False


@dataclass(frozen=True, slots=True)
class Milestones:
    """What each quarter of a year is to bring, as its target is spread over the year."""

    first: Quarter
    counts: tuple[int, ...]


@dataclass(frozen=True)
class QuarterlySeries:
    """All that the chart draws. `points` are consecutive quarters, the oldest first."""

    name: str
    points: tuple[QuarterPoint, ...]
    ranges: tuple[UsualRange, ...] = ()
    breaks: tuple[Quarter, ...] = ()
    """The first quarters that are counted in another way than those before."""
    baseline: float | None = None
    """A quarter of the baseline year's count."""
    baseline_name: str = ""
    milestones: Milestones | None = None

    @property
    def known(self) -> tuple[QuarterPoint, ...]:
        return tuple(point for point in self.points if point.count is not None)


@dataclass(frozen=True)
class QuarterlyChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString
    series: QuarterlySeries

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What the shapes and the band mean: only those that it has."""
        words = {
            Look.WORSE: "worse, by more than chance",
            Look.BETTER: "better, by more than chance",
            Look.DIFFERENT: "different, by more than chance",
        }
        looks = {point.look for point in self.series.points}
        shapes = tuple((look.value, meaning) for look, meaning in words.items() if look in looks)
        band = (("chart-usual", "usual range, within which a quarter says nothing new"),) if self.series.ranges else ()
        return band + shapes

    def as_json(self) -> str:
        """The same as a figure for plotly.js."""
        return str(plotly.io.to_json(_figure(self.series), validate=False))


def quarterly_chart(series: QuarterlySeries, title: str) -> QuarterlyChart | None:
    """The quarters on an axis from nought, below it only where a count is negative.

    None with fewer than two quarters that have a count.
    """
    if len(series.known) < 2:
        return None
    description = _description(series)
    return QuarterlyChart(title, description, _draw(series, title, description), series)


def _description(series: QuarterlySeries) -> str:
    counts = "; ".join(
        f"{point.quarter}: {'no figure' if point.count is None else written(point.count)}" for point in series.points
    )
    usual = series.ranges[-1] if series.ranges else None
    if usual is None:
        return f"{counts}."
    return f"{counts}. Usual range {written(max(0, floor(usual.lower)))} to {written(ceil(usual.upper))} a quarter."


class _Scale:
    """Where a quarter and a count stand in the drawing."""

    def __init__(self, series: QuarterlySeries) -> None:
        self.first = series.points[0].quarter
        last = series.points[-1].quarter
        if series.milestones is not None:
            last = max(last, series.milestones.first + (len(series.milestones.counts) - 1))
        self.quarters = tuple(self._until(last))
        counts = [point.count for point in series.known if point.count is not None]
        tops = [*counts, *(each.upper for each in series.ranges), series.baseline or 0]
        tops += series.milestones.counts if series.milestones else ()
        self.ticks = svg.steps(int(max(1, *tops)) + 1)
        self.lowest = min(0, *counts)

    def _until(self, last: Quarter) -> list[Quarter]:
        quarters = [self.first]
        while quarters[-1] < last:
            quarters.append(quarters[-1] + 1)
        return quarters

    @property
    def width(self) -> float:
        return (_RIGHT - _LEFT) / len(self.quarters)

    def x(self, quarter: Quarter) -> float:
        """The middle of a quarter's place."""
        return self.edge(quarter) + self.width / 2

    def edge(self, quarter: Quarter) -> float:
        """Where a quarter's place begins."""
        return _LEFT + self.width * self.quarters.index(quarter)

    def y(self, count: float) -> float:
        """Cut at the bottom of the axis: a lower limit below nought is no count that could be seen."""
        span = self.ticks[-1] - self.lowest
        return _BOTTOM - (_BOTTOM - _TOP) * (max(count, self.lowest) - self.lowest) / span


def _draw(series: QuarterlySeries, title: str, description: str) -> SafeString:
    image = svg.drawing(_AXIS, css="chart-quarters", title=title, description=description)
    scale = _Scale(series)
    _draw_ranges(image, series, scale)
    for tick in scale.ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", _LEFT, scale.y(tick), _RIGHT, scale.y(tick))
        svg.text(image, "chart-axis", f"{tick:,}", _LEFT - 0.012, scale.y(tick) + 5, anchor="end")
    _draw_years(image, scale)
    for broken in series.breaks:
        _draw_break(image, broken, scale)
    _draw_course(image, series, scale)
    _draw_milestones(image, series, scale)
    _draw_points(image, series, scale)
    draw_labels(image, _labels(series, scale.y), _RIGHT + 0.012)
    return svg.markup(image)


def _draw_ranges(image: svg.Element, series: QuarterlySeries, scale: _Scale) -> None:
    for usual in series.ranges:
        left, right = scale.edge(usual.first), scale.edge(usual.last) + scale.width
        css = "chart-usual chart-trial" if usual.is_trial else "chart-usual"
        svg.box(image, css, left, right, scale.y(usual.upper), scale.y(usual.lower))
        svg.line(image, "chart-mean", left, scale.y(usual.mean), right, scale.y(usual.mean))
    if series.baseline is not None:
        height = scale.y(series.baseline)
        svg.line(image, "chart-baseline-line", _LEFT, height, _RIGHT, height)


def _draw_years(image: svg.Element, scale: _Scale) -> None:
    """Each year's name under its quarters; of many years every second or third, the last always."""
    years = sorted({quarter.year for quarter in scale.quarters})
    every = -(-len(years) // _YEARS_NAMED)
    for number, year in enumerate(reversed(years)):
        quarters = [quarter for quarter in scale.quarters if quarter.year == year]
        left, right = scale.edge(quarters[0]), scale.edge(quarters[-1]) + scale.width
        svg.line(image, "chart-grid", left, _BOTTOM, left, _BOTTOM + 8)
        if number % every == 0 and len(quarters) > 1:
            css = "chart-axis" if number // every % 2 == 0 else "chart-axis chart-year-wide"
            svg.text(image, css, str(year), (left + right) / 2, _BOTTOM + 24, anchor="middle")


def _draw_break(image: svg.Element, broken: Quarter, scale: _Scale) -> None:
    if broken not in scale.quarters:
        return
    x = scale.edge(broken)
    svg.line(image, "chart-break", x, _TOP - 12, x, _BOTTOM)
    svg.text(image, "chart-axis", f"[b] {broken}", x + 0.006, _TOP - 10)


def _draw_course(image: svg.Element, series: QuarterlySeries, scale: _Scale) -> None:
    """From quarter to quarter; no line across a gap or a change in the way of counting."""
    for before, after in pairwise(series.points):
        if before.count is None or after.count is None or after.quarter in series.breaks:
            continue
        ends = scale.x(before.quarter), scale.y(before.count), scale.x(after.quarter), scale.y(after.count)
        svg.line(image, "chart-course", *ends)


def _draw_milestones(image: svg.Element, series: QuarterlySeries, scale: _Scale) -> None:
    if series.milestones is None:
        return
    for number, count in enumerate(series.milestones.counts):
        left = scale.edge(series.milestones.first + number)
        height = scale.y(count)
        for css in ("chart-target-edge", "chart-target"):
            svg.line(image, css, left + scale.width * 0.1, height, left + scale.width * 0.9, height)


def _draw_points(image: svg.Element, series: QuarterlySeries, scale: _Scale) -> None:
    for point in series.points:
        x = scale.x(point.quarter)
        if point.count is None:
            svg.text(image, "chart-axis", "[x]", x, _BOTTOM - 8, anchor="middle")
        elif point.look is Look.USUAL:
            svg.dot(image, point.look.value, x, scale.y(point.count), 3.5)
        else:
            glyph = "▲" if _is_above(point, series) else "▼"
            svg.shape(image, point.look.value, glyph, x, scale.y(point.count))
    last = series.known[-1]
    above = -12 if _is_above(last, series) else 24
    height = scale.y(last.count or 0) + above
    svg.text(image, "chart-count", written(last.count or 0), scale.x(last.quarter), height, anchor="middle")


def _is_above(point: QuarterPoint, series: QuarterlySeries) -> bool:
    """Whether a point lies on or above the mean of its stretch."""
    means = [usual.mean for usual in series.ranges if usual.first <= point.quarter <= usual.last]
    return point.count is not None and (not means or point.count >= means[0])


def _labels(series: QuarterlySeries, y: Callable[[float], float]) -> list[Label]:
    labels = []
    if series.ranges:
        usual = series.ranges[-1]
        labels.append(Label(y(usual.upper), "Upper limit", written(ceil(usual.upper)), "chart-axis"))
        labels.append(Label(y(usual.mean), "Mean", f"{usual.mean:,.1f}", "chart-axis"))
        if usual.lower > 0:
            labels.append(Label(y(usual.lower), "Lower limit", written(floor(usual.lower)), "chart-axis"))
    if series.baseline is not None:
        labels.append(Label(y(series.baseline), series.baseline_name, f"{series.baseline:,.0f}"))
    if series.milestones is not None:
        low, high = min(series.milestones.counts), max(series.milestones.counts)
        words = f"{low:,}" if low == high else f"{low:,} to {high:,}"
        labels.append(Label(y(series.milestones.counts[-1]), "Target", words))
    return labels


def _figure(series: QuarterlySeries) -> dict[str, Any]:
    """The same as a plotly figure: the course, the signals by shape, the usual range as shapes."""
    names = [str(point.quarter) for point in series.points]
    return {
        "data": [
            {
                "type": "scatter",
                "mode": "lines+markers",
                "name": series.name,
                "x": names,
                "y": [point.count for point in series.points],
                "connectgaps": False,
                "line": {"color": palette.BARS["chart-met"], "width": 2},
                "marker": {
                    "symbol": [_symbol(point, series) for point in series.points],
                    "size": [7 if point.look is Look.USUAL else 13 for point in series.points],
                    "color": [palette.POINTS[point.look.value] for point in series.points],
                },
                "hovertemplate": "%{x}: %{y:,}<extra></extra>",
            }
        ],
        "layout": palette.LAYOUT
        | {
            "height": 420,
            "margin": {"l": 60, "r": 24, "t": 56, "b": 72},
            "xaxis": {"type": "category", "tickangle": -45, "nticks": 12},
            "yaxis": {"rangemode": "tozero", "tickformat": ","},
            "shapes": [shape for usual in series.ranges for shape in _range_shapes(usual, series)],
        },
    }


def _symbol(point: QuarterPoint, series: QuarterlySeries) -> str:
    if point.look is Look.USUAL:
        return "circle"
    return "triangle-up" if _is_above(point, series) else "triangle-down"


def _range_shapes(usual: UsualRange, series: QuarterlySeries) -> list[dict[str, Any]]:
    order = [point.quarter for point in series.points]
    left, right = order.index(usual.first) - 0.5, order.index(min(usual.last, order[-1])) + 0.5
    band = {"type": "rect", "layer": "below", "line": {"width": 0}, "fillcolor": palette.USUAL}
    mean = {"type": "line", "layer": "below", "line": {"color": palette.BASELINE, "width": 1.5}}
    return [
        band | {"x0": left, "x1": right, "y0": max(0, usual.lower), "y1": usual.upper},
        mean | {"x0": left, "x1": right, "y0": usual.mean, "y1": usual.mean},
    ]
