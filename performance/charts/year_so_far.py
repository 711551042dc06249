"""The year so far against its plan, added up quarter by quarter, and the same as a difference from the plan."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import plotly.io
from django.utils.safestring import SafeString

from performance.calculations.periods import FinancialYear
from performance.wording import count as written

from . import palette, svg
from .labels import Label, draw_labels

_TOP, _BOTTOM, _AXIS = 20, 244, 276
_LEFT, _RIGHT = 0.13, 0.7
_DAYS = ("1 April", "30 June", "30 Sept", "31 Dec", "31 March")


@dataclass(frozen=True, slots=True)
class Expected:
    """The year end that the forecast expects, with the range that holds it 8 times in 10."""

    count: float
    lower: int
    upper: int


@dataclass(frozen=True)
class YearSoFar:
    """A year in sums from its first day: index 0 is nought on 1 April, index 4 the whole year.

    `so_far` ends with the latest quarter; `planned` and `last_year` have five numbers or are empty.
    """

    name: str
    year: FinancialYear
    so_far: tuple[int, ...]
    planned: tuple[int, ...] = ()
    last_year: tuple[int, ...] = ()
    expected: Expected | None = None

    @property
    def quarters_known(self) -> int:
        return len(self.so_far) - 1


@dataclass(frozen=True)
class YearChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString
    sums: YearSoFar
    is_difference: bool

    def as_json(self) -> str:
        """The same as a figure for plotly.js."""
        sums = _differences(self.sums) if self.is_difference else self.sums
        return str(plotly.io.to_json(_figure(sums), validate=False))


def cumulative_chart(sums: YearSoFar, title: str) -> YearChart | None:
    """Sums since 1 April. None before the first quarter is known."""
    if sums.quarters_known < 1:
        return None
    description = _description(sums)
    return YearChart(title, description, _draw(sums, title, description, signed=False), sums, is_difference=False)


def difference_chart(sums: YearSoFar, title: str) -> YearChart | None:
    """The same as more or fewer than planned: the cumulative chart hides its fan. None without a plan."""
    if sums.quarters_known < 1 or not sums.planned:
        return None
    away = _differences(sums)
    description = _description(away)
    return YearChart(title, description, _draw(away, title, description, signed=True), sums, is_difference=True)


def _differences(sums: YearSoFar) -> YearSoFar:
    planned = sums.planned
    whole = planned[-1]
    expected = sums.expected
    return YearSoFar(
        name=sums.name,
        year=sums.year,
        so_far=tuple(count - plan for count, plan in zip(sums.so_far, planned, strict=False)),
        planned=tuple(0 for _ in planned),
        last_year=tuple(count - plan for count, plan in zip(sums.last_year, planned, strict=False)),
        expected=Expected(expected.count - whole, expected.lower - whole, expected.upper - whole) if expected else None,
    )


def _description(sums: YearSoFar) -> str:
    known = ", ".join(f"{written(count)} by {day}" for count, day in zip(sums.so_far[1:], _DAYS[1:], strict=False))
    words = [f"{known}."]
    if sums.planned:
        words.append(f"Planned by 31 March: {written(sums.planned[-1])}.")
    if sums.expected:
        between = f"{written(sums.expected.lower)} and {written(sums.expected.upper)}"
        words.append(f"Expected: {written(round(sums.expected.count))}, 8 times in 10 between {between}.")
    return " ".join(words)


def _draw(sums: YearSoFar, title: str, description: str, *, signed: bool) -> SafeString:
    image = svg.drawing(_AXIS, css="chart-year-so-far", title=title, description=description)
    ticks = _ticks(sums)

    def x(quarters: int) -> float:
        return _LEFT + (_RIGHT - _LEFT) * quarters / 4

    def y(count: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (count - ticks[0]) / (ticks[-1] - ticks[0])

    for tick in ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", _LEFT, y(tick), _RIGHT, y(tick))
        words = _signed(tick) if signed else written(tick)
        svg.text(image, "chart-axis", words, _LEFT - 0.015, y(tick) + 5, anchor="end")
    for number, day in enumerate(_DAYS):
        css = "chart-axis" if number % 2 == 0 else "chart-axis chart-year-wide"
        svg.text(image, css, day, x(number), _BOTTOM + 24, anchor="middle")
    _draw_fan(image, sums, x, y)
    _draw_line(image, "chart-last-year", sums.last_year, x, y)
    _draw_line(image, "chart-planned", sums.planned, x, y)
    _draw_line(image, "chart-course", sums.so_far, x, y)
    last = sums.quarters_known
    svg.dot(image, "chart-dot", x(last), y(sums.so_far[-1]), 5)
    if last < 4:
        words = _signed(sums.so_far[-1]) if signed else written(sums.so_far[-1])
        svg.text(image, "chart-count", words, x(last) - 0.015, y(sums.so_far[-1]) - 12, anchor="end")
    draw_labels(image, _labels(sums, y, signed=signed), _RIGHT + 0.02)
    return svg.markup(image)


def _ticks(sums: YearSoFar) -> tuple[int, ...]:
    """Round numbers that hold all that is drawn, nought among them."""
    counts = [*sums.so_far, *sums.planned, *sums.last_year]
    if sums.expected:
        counts += [sums.expected.lower, sums.expected.upper]
    reach = svg.steps(max(1, *(abs(count) for count in counts)), most=4)
    step = reach[1]
    lowest = -step * -(-max(0, -min(counts)) // step)
    highest = step * -(-max(step, *counts) // step)
    return tuple(range(lowest, highest + 1, step))


def _draw_fan(image: svg.Element, sums: YearSoFar, x: Callable[[int], float], y: Callable[[float], float]) -> None:
    """From the latest sum to the expected year end, as wide as 8 times in 10."""
    expected, last = sums.expected, sums.quarters_known
    if expected is None or last >= 4:
        return
    plane = svg.plane(image, 0, 1, 0, _AXIS)
    start = (x(last), y(sums.so_far[-1]))
    svg.area(plane, "chart-fan", [start, (x(4), y(expected.upper)), (x(4), y(expected.lower))])
    svg.line(image, "chart-expected", *start, x(4), y(expected.count))


def _draw_line(
    image: svg.Element,
    css: str,
    counts: Sequence[int],
    x: Callable[[int], float],
    y: Callable[[float], float],
) -> None:
    for number in range(len(counts) - 1):
        svg.line(image, css, x(number), y(counts[number]), x(number + 1), y(counts[number + 1]))


def _labels(sums: YearSoFar, y: Callable[[float], float], *, signed: bool) -> list[Label]:
    def words(count: float) -> str:
        return _signed(round(count)) if signed else written(round(count))

    labels = []
    if sums.planned:
        labels.append(Label(y(sums.planned[-1]), "Target", words(sums.planned[-1])))
    if len(sums.last_year) == len(_DAYS):
        labels.append(Label(y(sums.last_year[-1]), "Last year", words(sums.last_year[-1]), "chart-axis"))
    if sums.expected and sums.quarters_known < 4:
        labels.append(Label(y(sums.expected.count), "Expected [f]", words(sums.expected.count)))
    if sums.quarters_known == 4:
        labels.append(Label(y(sums.so_far[-1]), "The year", words(sums.so_far[-1])))
    return labels


def _signed(count: int) -> str:
    """+57, 0 or −49: more or fewer than planned."""
    return f"+{count:,}" if count > 0 else written(count)


def _figure(sums: YearSoFar) -> dict[str, Any]:
    """The same as a plotly figure; the fan is a filled shape behind the lines."""
    days = list(_DAYS)

    def line(name: str, counts: Sequence[int], look: dict[str, Any]) -> dict[str, Any]:
        return {
            "type": "scatter",
            "mode": "lines",
            "name": name,
            "x": days[: len(counts)],
            "y": list(counts),
            "line": look,
            "hovertemplate": f"{name}, %{{x}}: %{{y:,}}<extra></extra>",
        }

    data = [
        line("Last year", sums.last_year, {"color": palette.BASELINE, "width": 1.5}),
        line("Planned", sums.planned, {"color": palette.TARGET, "width": 2, "dash": "dot"}),
        line("So far", sums.so_far, {"color": palette.BARS["chart-met"], "width": 3}) | {"mode": "lines+markers"},
    ]
    if sums.expected and sums.quarters_known < 4:
        data = [*_fan(sums, sums.expected), *data]
    return {
        "data": [trace for trace in data if trace["y"]],
        "layout": palette.LAYOUT
        | {
            "height": 400,
            "margin": {"l": 60, "r": 24, "t": 56, "b": 48},
            "xaxis": {"type": "category", "categoryarray": days},
            "yaxis": {"tickformat": ","},
        },
    }


def _fan(sums: YearSoFar, expected: Expected) -> list[dict[str, Any]]:
    ends = [_DAYS[sums.quarters_known], _DAYS[4]]
    start = sums.so_far[-1]
    edge = {"type": "scatter", "mode": "lines", "x": ends, "line": {"width": 0}, "hoverinfo": "skip"}
    middle = {
        "type": "scatter",
        "mode": "lines",
        "name": "Expected",
        "x": ends,
        "y": [start, round(expected.count)],
        "line": {"color": palette.BARS["chart-met"], "width": 2, "dash": "dash"},
        "hovertemplate": "Expected, %{x}: %{y:,}<extra></extra>",
    }
    return [
        edge | {"name": "At least", "y": [start, expected.lower]},
        edge | {"name": "At most", "y": [start, expected.upper], "fill": "tonexty", "fillcolor": palette.USUAL},
        middle,
    ]
