"""The rates of areas beside each other, with the limits between which areas like these lie."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.safestring import SafeString

from performance.calculations.comparisons import AreaComparison, AreaRate, Place

from . import svg

_ROW, _TOP, _BOTTOM = 34, 26, 30
_LEFT, _RIGHT = 0.27, 0.98
_SHAPES = {Place.HIGHER: "▲", Place.LOWER: "▼"}
_LOOKS = {Place.HIGHER: "chart-worse", Place.LOWER: "chart-better"}


@dataclass(frozen=True)
class AreasChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString


def areas_chart(compared: AreaComparison, own: str, title: str) -> AreasChart | None:
    """A row an area, the lowest rate first; None where no area has a rate."""
    if not compared.areas:
        return None
    description = "; ".join(f"{area.name} {float(area.rate):.1f}" for area in compared.areas)
    if compared.average is not None:
        description += f"; average {float(compared.average):.1f}"
    description += "."
    return AreasChart(title, description, _draw(compared, own, title, description))


def _draw(compared: AreaComparison, own: str, title: str, description: str) -> SafeString:
    bottom = _TOP + _ROW * len(compared.areas)
    image = svg.drawing(bottom + _BOTTOM, css="chart-areas", title=title, description=description)
    highest = max(_reach(area) for area in compared.areas)
    step = svg.steps(max(1, int(highest) + 1), most=4)
    ticks = step if highest >= 1 else (0, 1)

    def x(rate: float) -> float:
        return _LEFT + (_RIGHT - _LEFT) * min(rate, ticks[-1]) / ticks[-1]

    for tick in ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", x(tick), _TOP, x(tick), bottom)
        svg.text(image, "chart-axis", f"{tick:,}", x(tick), bottom + 20, anchor="middle")
    for place, area in enumerate(compared.areas):
        middle = _TOP + _ROW * place + _ROW / 2
        for limits, css in ((area.limits_998, "chart-usual chart-trial"), (area.limits_95, "chart-usual")):
            if limits is not None:
                svg.box(image, css, x(limits[0]), x(limits[1]), middle - 11, middle + 11)
    if compared.average is not None:
        average = float(compared.average)
        svg.line(image, "chart-mean", x(average), _TOP - 4, x(average), bottom)
        svg.text(image, "chart-axis", f"average {average:.1f}", x(average), _TOP - 10, anchor="middle")
    for place, area in enumerate(compared.areas):
        _draw_area(image, area, _TOP + _ROW * place + _ROW / 2, x(area.interval[0]), x(float(area.rate)),
                   x(area.interval[1]), is_own=area.name == own)  # fmt: skip
    return svg.markup(image)


def _reach(area: AreaRate) -> float:
    limits = area.limits_998 or (0.0, 0.0)
    return max(area.interval[1], limits[1])


def _draw_area(
    image: svg.Element, area: AreaRate, middle: float, low: float, rate: float, high: float, *, is_own: bool
) -> None:
    css = "chart-label" if is_own else "chart-axis chart-area-name"
    svg.text(image, css, f"▸ {area.name}" if is_own else area.name, 0, middle + 5)
    svg.line(image, "chart-zero", low, middle, high, middle)
    if area.place in _SHAPES:
        svg.shape(image, _LOOKS[area.place], _SHAPES[area.place], rate, middle)
    else:
        svg.dot(image, "chart-dot" if is_own else "chart-dot-first", rate, middle, 6 if is_own else 4.5)
