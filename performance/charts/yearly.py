"""One category over the years: what was counted, the baseline it started from, the target it was to reach."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import plotly.io
from django.utils.safestring import SafeString

from performance.calculations.figures import Figure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.charts import palette, svg
from performance.queries import Point, Row
from performance.wording import count as write
from performance.wording import listed

from .table_cells import look_of

NO_FIGURE, PARTIAL = "[x]", "[partial]"
_TOP, _BOTTOM, _AXIS = 24, 264, 296
_LEFT, _RIGHT = 0.11, 0.82
_YEARS_NAMED = 6
"""So many years have room for their names; of more, every second or third is named, the last always. On a phone every
other of these."""
_NAME = 34
"""Pixels that the name of a line takes, with its count under it."""


@dataclass(frozen=True)
class CourseChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString
    row: Row
    years: tuple[FinancialYear, ...]
    held: dict[FinancialYear, Point]
    target_year: FinancialYear

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What the colours of the columns mean: only those that it has."""
        words = {
            "chart-baseline": "baseline year",
            "chart-unjudged": "not judged",
            "chart-met": "target met",
            "chart-missed": "target missed",
        }
        looks = {_look(self.row, point, self.target_year) for point in self.held.values()}
        return tuple((look, meaning) for look, meaning in words.items() if look in looks)

    @property
    def has_gaps(self) -> bool:
        return any(year not in self.held for year in self.years)

    def as_json(self) -> str:
        """The same as a figure for plotly.js."""
        figure = _figure(self.row, self.years, self.held, self.target_year)
        return str(plotly.io.to_json(figure, validate=False))


def course_chart(row: Row, target_year: FinancialYear, title: str) -> CourseChart | None:
    """A column for each year whose count is known, on an axis that has a nought; another has its mark in its place.

    None where no year's count is known at all.
    """
    points = [point for point in row.course if point.figure.known is not None]
    if not points:
        return None
    last = max(points[-1].year, target_year)
    years = tuple(FinancialYear(start) for start in range(points[0].year.start, last.start + 1))
    held = {point.year: point for point in points}
    description = _description(row, years, target_year)
    drawing = _draw(row, years, held, target_year, title, description)
    return CourseChart(title, description, drawing, row, years, held, target_year)


def _description(row: Row, years: Sequence[FinancialYear], target_year: FinancialYear) -> str:
    figures = {point.year: point.figure for point in row.course}
    told = [f"{year}: {_number(figures[year])}" for year in years if year in figures]
    target = row.measure.target.known
    aimed = f" Target for {target_year}: {write(target)}." if target is not None else ""
    breaks = [f"from {year}" for year in years if year in row.breaks]
    broken = f" Counted differently {listed(breaks)} on." if breaks else ""
    return f"{', '.join(told)}.{aimed}{broken}"


def _number(figure: Figure) -> str:
    """1,148, or the mark that stands in its place; a sum of some parts only says so."""
    if figure.count is None:
        return figure.reason.mark if figure.reason else NO_FIGURE
    return f"{write(figure.count)} {PARTIAL}" if figure.is_partial else write(figure.count)


def _mark(row: Row, year: FinancialYear) -> str:
    """What stands in the place of a column: that the year's sum lacks parts, or why there is no figure."""
    figure = next((point.figure for point in row.course if point.year == year), None)
    if figure is None or figure.reason is None:
        return NO_FIGURE
    return PARTIAL if figure.is_partial else figure.reason.mark


def _look(row: Row, point: Point, target_year: FinancialYear) -> str:
    """Only the year with the target is judged; the baseline looks like itself, other years like neither."""
    if point.year == target_year:
        return look_of(row.measure)
    return "chart-baseline" if point.is_baseline else "chart-unjudged"


def _draw(
    row: Row,
    years: Sequence[FinancialYear],
    held: dict[FinancialYear, Point],
    target_year: FinancialYear,
    title: str,
    description: str,
) -> SafeString:
    image = svg.drawing(_AXIS, css="chart-course-of-years", title=title, description=description)
    counts = [point.figure.known or 0 for point in held.values()]
    highest = max(*counts, row.measure.target.known or 0, row.measure.baseline.known or 0, 1)
    lowest = min(0, *counts)
    ticks = svg.steps(highest) if lowest == 0 else svg.steps_between(Fraction(lowest), Fraction(highest))
    bottom, top_of_axis = min(lowest, ticks[0]), max(highest, ticks[-1])
    width = (_RIGHT - _LEFT) / len(years)
    named_every = -(-len(years) // _YEARS_NAMED)

    def y(count: int) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * (count - bottom) / (top_of_axis - bottom)

    for tick in ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", _LEFT, y(tick), _RIGHT, y(tick))
        svg.text(image, "chart-axis", write(tick), _LEFT - 0.015, y(tick) + 5, anchor="end")
    for number, year in enumerate(years):
        left = _LEFT + width * number
        from_last = len(years) - 1 - number
        if from_last % named_every == 0:
            css = "chart-axis" if from_last // named_every % 2 == 0 else "chart-axis chart-year-wide"
            svg.text(image, css, str(year), left + width / 2, _BOTTOM + 22, anchor="middle")
        if year in held:
            ends = sorted((y(held[year].figure.known or 0), y(0)))
            svg.box(image, _look(row, held[year], target_year), left + width * 0.11, left + width * 0.89, *ends)
        else:
            svg.text(image, "chart-axis", _mark(row, year), left + width / 2, _BOTTOM - 8, anchor="middle")
    for number, year in enumerate(years):
        if year in row.breaks or _breaks_at(years, held, number):
            left = _LEFT + width * number
            svg.line(image, "chart-break", left, _TOP - 6, left, _BOTTOM)
            svg.text(image, "chart-axis", f"[b] {year}", left + 0.008, _TOP + 2)
    _draw_marks(image, row.measure, _RIGHT - width, y)
    # Last, so that no line strikes a count through.
    for number, year in enumerate(years):
        if year in held:
            count = held[year].figure.known or 0
            middle = _LEFT + width * (number + 0.5)
            inside = year == target_year and _hides(row.measure.target.known, count, y)
            css, height = ("chart-count chart-count-inside", y(count) + 20) if inside else ("chart-count", y(count) - 7)
            svg.text(image, css, write(count), middle, height, anchor="middle")
    return svg.markup(image)


def _breaks_at(years: Sequence[FinancialYear], held: dict[FinancialYear, Point], number: int) -> bool:
    """Whether a year is the first that is counted under the category's own name."""
    before = [held[year].is_earlier for year in years[:number] if year in held]
    here = held.get(years[number])
    return here is not None and not here.is_earlier and bool(before) and before[-1]


def _hides(target: int | None, count: int, y: Callable[[int], float]) -> bool:
    """Whether the target's line would run through the count above its column."""
    return target is not None and 0 <= y(count) - y(target) < 26


def _draw_marks(image: svg.Element, measure: Measure, target_from: float, y: Callable[[int], float]) -> None:
    """The baseline as a line through all years, the target as one across its own, each named on its right."""
    named = []
    if measure.baseline.known is not None:
        height = y(measure.baseline.known)
        svg.line(image, "chart-baseline-line", _LEFT, height, _RIGHT, height)
        named.append((height, "Baseline", measure.baseline.known))
    if measure.target.known is not None:
        height = y(measure.target.known)
        svg.line(image, "chart-target-edge", target_from, height, _RIGHT, height)
        svg.line(image, "chart-target", target_from, height, _RIGHT, height)
        named.append((height, "Target", measure.target.known))
    named.sort()
    heights = _apart([height for height, _, _ in named])
    for height, (_, name, count) in zip(heights, named, strict=True):
        svg.text(image, "chart-axis", name, _RIGHT + 0.015, height - 3)
        svg.text(image, "chart-mark", write(count), _RIGHT + 0.015, height + 14)


def _apart(heights: list[float]) -> list[float]:
    """Two names that would overlap move apart by as much, up and down."""
    if len(heights) < 2 or heights[1] - heights[0] >= _NAME:
        return heights
    middle = sum(heights) / 2
    return [middle - _NAME / 2, middle + _NAME / 2]


def _figure(
    row: Row, years: Sequence[FinancialYear], held: dict[FinancialYear, Point], target_year: FinancialYear
) -> dict[str, Any]:
    """The same as a plotly figure; lines are shapes, for a category axis has no room beyond its middle."""
    counts = [held[year].figure.known if year in held else None for year in years]
    looks = [_look(row, held[year], target_year) if year in held else "chart-unjudged" for year in years]
    return {
        "data": [
            {
                "type": "bar",
                "name": row.category.name,
                "x": [str(year) for year in years],
                "y": counts,
                "text": ["" if each is None else write(each) for each in counts],
                "textposition": "outside",
                "cliponaxis": False,
                "marker": {"color": [palette.BARS[look] for look in looks]},
                "hovertemplate": "%{x}: %{text}<extra></extra>",
            }
        ],
        "layout": palette.LAYOUT
        | {
            "height": 400,
            "margin": {"l": 60, "r": 120, "t": 56, "b": 48},
            "xaxis": {"type": "category"},
            "yaxis": {"rangemode": "tozero", "tickformat": ","},
            **_lines(row, years, counts),
        },
    }


def _lines(row: Row, years: Sequence[FinancialYear], counts: Sequence[int | None]) -> dict[str, Any]:
    """Baseline and target as shapes with their names beside them, a mark where there is no column, and each break."""
    measure = row.measure
    lines = [
        (measure.baseline.known, "Baseline", 0, {"dash": "dash", "color": palette.BASELINE, "width": 2}),
        (measure.target.known, "Target", len(years) - 1, {"color": palette.TARGET, "width": 3}),
    ]
    held = sorted(((known, name, first, line) for known, name, first, line in lines if known is not None), reverse=True)
    shapes = [
        {"type": "line", "x0": first - 0.5, "x1": len(years) - 0.5, "y0": known, "y1": known, "line": line}
        for known, _, first, line in held
    ]
    # The higher name stands on its line, the lower hangs from it, so that they never meet.
    names = [
        {"xref": "paper", "x": 1, "xanchor": "left", "y": known, "yanchor": anchor, "showarrow": False}
        | {"text": f"{name} {write(known)}"}
        for (known, name, _, _), anchor in zip(held, ("bottom", "top"), strict=False)
    ]
    gaps = [
        {"x": str(year), "y": 0, "yanchor": "bottom", "showarrow": False, "text": _mark(row, year)}
        for year, count in zip(years, counts, strict=True)
        if count is None
    ]
    broken = [number for number, year in enumerate(years) if year in row.breaks]
    shapes += [
        {"type": "line", "yref": "paper", "x0": number - 0.5, "x1": number - 0.5, "y0": 0, "y1": 1}
        | {"line": {"dash": "dot", "color": palette.BASELINE, "width": 1}}
        for number in broken
    ]
    breaks = [
        {"x": number - 0.5, "xanchor": "left", "yref": "paper", "y": 1, "showarrow": False}
        | {"text": f"[b] {years[number]}"}
        for number in broken
    ]
    return {"shapes": shapes, "annotations": [*names, *gaps, *breaks]}
