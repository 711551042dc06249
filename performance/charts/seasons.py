"""The same quarter of each year beside each other: what the season brings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.safestring import SafeString

from performance.calculations.periods import FinancialYear
from performance.wording import count as written

from . import svg

_TOP, _BOTTOM, _AXIS = 16, 184, 230
_LEFT, _RIGHT = 0.1, 1.0
_NAMES = ("Apr to Jun", "Jul to Sep", "Oct to Dec", "Jan to Mar")


@dataclass(frozen=True, slots=True)
class Season:
    """One quarter's counts by year, the oldest first, and its share of a year, 0 to 1."""

    counts: tuple[tuple[FinancialYear, int], ...]
    share: float


@dataclass(frozen=True)
class SeasonsChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString


def seasons_chart(seasons: Sequence[Season], title: str) -> SeasonsChart | None:
    """Four small courses, each with the mean of its years. None unless each quarter has at least two years."""
    if len(seasons) != 4 or min(len(season.counts) for season in seasons) < 2:
        return None
    description = " ".join(
        f"{name}: {', '.join(f'{year} {written(count)}' for year, count in season.counts)}; "
        f"{season.share:.1%} of a year."
        for name, season in zip(_NAMES, seasons, strict=True)
    )
    return SeasonsChart(title, description, _draw(seasons, title, description))


def _draw(seasons: Sequence[Season], title: str, description: str) -> SafeString:
    image = svg.drawing(_AXIS, css="chart-seasons", title=title, description=description)
    highest = max(count for season in seasons for _, count in season.counts)
    ticks = svg.steps(highest, most=4)

    def y(count: float) -> float:
        return _BOTTOM - (_BOTTOM - _TOP) * max(count, 0) / ticks[-1]

    for tick in ticks:
        svg.line(image, "chart-zero" if tick == 0 else "chart-grid", _LEFT, y(tick), _RIGHT, y(tick))
        svg.text(image, "chart-axis", f"{tick:,}", _LEFT - 0.015, y(tick) + 5, anchor="end")
    width = (_RIGHT - _LEFT) / 4
    for number, season in enumerate(seasons):
        left = _LEFT + width * number
        counts = [count for _, count in season.counts]
        places = [left + width * (0.15 + 0.7 * step / (len(counts) - 1)) for step in range(len(counts))]
        heights = [y(count) for count in counts]
        mean = y(sum(counts) / len(counts))
        svg.line(image, "chart-mean", places[0], mean, places[-1], mean)
        for step in range(len(counts) - 1):
            svg.line(image, "chart-course", places[step], heights[step], places[step + 1], heights[step + 1])
        svg.dot(image, "chart-dot", places[-1], heights[-1], 4)
        svg.text(image, "chart-count", written(counts[-1]), places[-1], heights[-1] + 22, anchor="middle")
        middle = left + width / 2
        svg.text(image, "chart-season", _NAMES[number], middle, _BOTTOM + 24, anchor="middle")
        svg.text(image, "chart-axis", f"{season.share:.1%}", middle, _BOTTOM + 42, anchor="middle")
    return svg.markup(image)
