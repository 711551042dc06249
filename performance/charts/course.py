"""One category over the years: what was counted, the baseline it started from, the target it was to reach."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import plotly.io
from django.utils.safestring import SafeString

from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.queries import Point, Row

from . import palette, svg

_TOP, _BOTTOM, _AXIS = 24, 264, 296
_LEFT = 0.09


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
    def has_gaps(self) -> bool:
        return any(year not in self.held for year in self.years)

    def as_json(self) -> str:
        """The same as a figure for plotly.js."""
        figure = _figure(self.row, self.years, self.held, self.target_year)
        return str(plotly.io.to_json(figure, validate=False))


def course_chart(row: Row, target_year: FinancialYear, title: str) -> CourseChart | None:
    """A column for each year that is held, on an axis from nought; a year not held stays empty.

    None where no year is held at all.
    """
    points = [point for point in row.course if point.figure.known is not None]
    if not points:
        return None
    last = max(points[-1].year, target_year)
    years = tuple(FinancialYear(start) for start in range(points[0].year.start, last.start + 1))
    held = {point.year: point for point in points}
    description = _description(row, points, target_year)
    drawing = _draw(row, years, held, target_year, title, description)
    return CourseChart(title, description, drawing, row, years, held, target_year)


def _is_missed(measure: Measure, point: Point, target_year: FinancialYear) -> bool:
    return point.year == target_year and measure.verdict.status.is_missed


def _description(row: Row, points: Sequence[Point], target_year: FinancialYear) -> str:
    counts = ", ".join(f"{point.year}: {point.figure.known:,}" for point in points)
    target = row.measure.target.known
    return f"{counts}." + (f" Target for {target_year}: {target:,}." if target is not None else "")


def _draw(
    row: Row,
    years: Sequence[FinancialYear],
    held: dict[FinancialYear, Point],
    target_year: FinancialYear,
    title: str,
    description: str,
) -> SafeString:
    image = svg.drawing(_AXIS + 8, css="chart-course-of-years", title=title, description=description)
    counts = [point.figure.known or 0 for point in held.values()]
    ticks = svg.steps(max(*counts, row.measure.target.known or 0, row.measure.baseline.known or 0, 1))

    def y(count: int) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * max(count, 0) / ticks[-1]

    for tick in ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", _LEFT, y(tick), 1, y(tick))
        svg.text(image, "chart-axis", f"{tick:,}", _LEFT - 0.015, y(tick) + 5, anchor="end")
    width = (1 - _LEFT) / len(years)
    for number, year in enumerate(years):
        left = _LEFT + width * number
        svg.text(image, "chart-axis", str(year), left + width / 2, _BOTTOM + 22, anchor="middle")
        if year in held:
            _draw_column(image, row.measure, held[year], target_year, left, width, y)
        else:
            svg.text(image, "chart-axis", "[x]", left + width / 2, _BOTTOM - 8, anchor="middle")
    _draw_marks(image, row, years, target_year, width, y)
    return svg.markup(image)


def _draw_column(
    image: svg.Element, measure: Measure, point: Point, target_year: FinancialYear, left: float, width: float, y: Any
) -> None:
    count = point.figure.known or 0
    css = "chart-missed" if _is_missed(measure, point, target_year) else "chart-actual"
    if point.state == "Baseline":
        css = "chart-baseline"
    svg.box(image, css, left + width * 0.2, left + width * 0.8, y(count), _BOTTOM)
    svg.text(image, "chart-count", f"{count:,}", left + width / 2, y(count) - 7, anchor="middle")


def _draw_marks(
    image: svg.Element, row: Row, years: Sequence[FinancialYear], target_year: FinancialYear, width: float, y: Any
) -> None:
    """The baseline as a line through all years, the target as a line across its own, each with its name on it."""
    baseline, target = row.measure.baseline.known, row.measure.target.known
    if baseline is not None:
        svg.line(image, "chart-baseline-line", _LEFT, y(baseline), 1, y(baseline))
    if target is not None and target_year in years:
        left = _LEFT + width * years.index(target_year)
        svg.line(image, "chart-target", left + width * 0.05, y(target), left + width * 0.95, y(target))
        svg.text(image, "chart-mark", f"Target {target:,}", left - width * 0.02, y(target) + 5, anchor="end")


def _figure(
    row: Row, years: Sequence[FinancialYear], held: dict[FinancialYear, Point], target_year: FinancialYear
) -> dict[str, Any]:
    baseline, target = row.measure.baseline.known, row.measure.target.known
    labels = [str(year) for year in years]
    colours = [
        palette.MISSED if year in held and _is_missed(row.measure, held[year], target_year) else palette.ACTUAL
        for year in years
    ]
    data: list[dict[str, Any]] = [
        {
            "type": "bar",
            "name": row.category.name,
            "x": labels,
            "y": [held[year].figure.known if year in held else None for year in years],
            "marker": {"color": colours},
            "hovertemplate": "%{x}: %{y:,}<extra></extra>",
        }
    ]
    if baseline is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "lines",
                "name": f"Baseline {row.baseline_year}: {baseline:,}"
                if row.baseline_year
                else f"Baseline: {baseline:,}",
                "x": labels,
                "y": [baseline] * len(labels),
                "line": {"dash": "dash", "color": palette.BASELINE},
                "hoverinfo": "name",
            }
        )
    if target is not None:
        data.append(
            {
                "type": "scatter",
                "mode": "markers",
                "name": f"Target {target_year}: {target:,}",
                "x": [str(target_year)],
                "y": [target],
                "marker": {
                    "symbol": "line-ew-open",
                    "size": 44,
                    "color": palette.TARGET,
                    "line": {"width": 4, "color": palette.TARGET},
                },
                "hoverinfo": "name",
            }
        )
    return {
        "data": data,
        "layout": palette.LAYOUT
        | {
            "height": 400,
            "margin": {"l": 60, "r": 16, "t": 40, "b": 48},
            "xaxis": {"type": "category"},
            "yaxis": {"rangemode": "tozero", "tickformat": ","},
        },
    }
