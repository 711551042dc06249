"""Each category's reduction against its target's: the one chart that says what the table cannot."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

import plotly.io
from django.utils.safestring import SafeString

from performance.calculations.change import rounded
from performance.calculations.measures import Measure
from performance.wording import moved, percent, places_of, planned_in_percent

from . import palette, svg
from .table_cells import Scale, look_of

_ROW, _TOP, _BOTTOM = 48, 8, 28


@dataclass(frozen=True, slots=True)
class _Bar:
    name: str
    reduction: Fraction
    planned: Fraction | None
    measure: Measure

    @property
    def moved(self) -> str:
        """down 44%, up 27%; a fact of two counts, marked where they are not counted alike."""
        mark = " [b]" if self.measure.is_counted_differently else ""
        return moved(self.measure.change, places_of(self.measure.change, self.measure.planned_change)) + mark

    @property
    def aimed(self) -> str:
        """target 18.5% below the baseline; empty without a target."""
        if self.planned is None:
            return ""
        side = "below" if self.planned > 0 else "above"
        size = planned_in_percent(self.measure.change, self.measure.planned_change)
        return f"target {size} {side} the baseline" if self.planned else "target level with the baseline"

    @property
    def words(self) -> str:
        """As the text alternative says it."""
        aimed = f", {self.aimed}" if self.aimed else ""
        return f"{self.name} {self.moved}{aimed}: {self.measure.verdict.status.word.lower()}"

    @property
    def look(self) -> str:
        """The class of its bar: not green by default, and not red either."""
        return look_of(self.measure)


@dataclass(frozen=True)
class ReductionsChart:
    """The chart's words and drawing. `title` states the finding, `description` is the text alternative."""

    title: str
    description: str
    drawing: SafeString
    bars: tuple[_Bar, ...]

    @property
    def key(self) -> tuple[tuple[str, str], ...]:
        """What the colours of the bars mean: only those that it has."""
        words = {"chart-met": "target met", "chart-missed": "target missed", "chart-unjudged": "not judged"}
        return tuple((look, meaning) for look, meaning in words.items() if look in {bar.look for bar in self.bars})

    def as_json(self) -> str:
        """The same as a figure for plotly.js."""
        return str(plotly.io.to_json(_figure(self.bars), validate=False))


def reductions_chart(measures: Sequence[Measure], title: str) -> ReductionsChart | None:
    """Sorted from the greatest reduction to the greatest increase, totals apart at the end; the title is the finding.

    None where no reduction can be worked out.
    """
    bars = [
        _Bar(measure.name, measure.change.reduction, measure.planned_change.reduction, measure)
        for measure in measures
        if measure.change.reduction is not None
    ]
    if not bars:
        return None
    bars.sort(key=lambda bar: (bool(bar.measure.parts), -bar.reduction, bar.name))
    description = f"{'; '.join(bar.words for bar in bars)}."
    return ReductionsChart(title, description, _draw(bars, title, description), tuple(bars))


def _draw(bars: Sequence[_Bar], title: str, description: str) -> SafeString:
    scale = Scale.over(bar.measure for bar in bars)
    bottom = _TOP + _ROW * len(bars)
    image = svg.drawing(bottom + _BOTTOM, css="chart-reductions", title=title, description=description)
    for tick in svg.steps_between(scale.lowest * 100, scale.highest * 100):
        x = scale.at(Fraction(tick, 100))
        # In pieces, so that no line runs through a name.
        for top in range(_TOP, bottom, _ROW):
            svg.line(image, "chart-zero" if tick == 0 else "chart-grid", x, top + 22, x, top + _ROW)
        svg.text(image, "chart-axis", percent(Decimal(tick)), x, bottom + 20, anchor="middle")
    for place, bar in enumerate(bars):
        _draw_bar(image, scale, bar, _TOP + _ROW * place)
    return svg.markup(image)


def _draw_bar(image: svg.Element, scale: Scale, bar: _Bar, top: int) -> None:
    status = bar.measure.verdict.status
    zero, end = scale.at(0), scale.at(bar.reduction)
    svg.box(image, bar.look, min(zero, end), max(zero, end), top + 27, top + 39)
    if bar.planned is not None:
        svg.mark(image, scale.at(bar.planned), top + 24, top + 42)
    svg.text(image, "chart-label", f"{bar.name}: {bar.moved}", 0, top + 16)
    verdict = svg.text(image, f"chart-value status-{status.value}", f"{status.shape} ", 1, top + 16, anchor="end")
    svg.span(verdict, "chart-word", status.word)


def _figure(bars: Sequence[_Bar]) -> dict[str, Any]:
    """The same as a plotly figure; rounded here, for the browser rounds halves otherwise."""
    names = [bar.name for bar in bars]
    planned = [(bar.name, bar.planned, bar.aimed) for bar in bars if bar.planned is not None]
    return {
        "data": [
            {
                "type": "bar",
                "orientation": "h",
                "name": "Reduction",
                "y": names,
                "x": [float(rounded(bar.reduction * 100, 1)) for bar in bars],
                "width": 0.35,
                "customdata": [bar.words for bar in bars],
                "hovertemplate": "%{customdata}<extra></extra>",
                "marker": {"color": [palette.BARS[bar.look] for bar in bars]},
            },
            _marks(planned, "#ffffff", 7),
            _marks(planned, palette.TARGET, 3),
        ],
        "layout": palette.LAYOUT
        | {
            "height": 52 * len(bars) + 90,
            "margin": {"l": 8, "r": 8, "t": 56, "b": 40},
            "xaxis": {"ticksuffix": "%", "zeroline": True, "zerolinewidth": 2},
            "yaxis": {"autorange": "reversed", "showticklabels": False},
            "annotations": [words for bar in bars for words in _beside(bar)],
        },
    }


def _marks(planned: Sequence[tuple[str, Fraction, str]], colour: str, width: int) -> dict[str, Any]:
    """The targets; drawn twice, light and wide under dark and narrow, so that they are seen on dark bars too."""
    return {
        "type": "scatter",
        "mode": "markers",
        "name": "Target",
        "y": [name for name, _, _ in planned],
        "x": [float(rounded(share * 100, 1)) for _, share, _ in planned],
        "customdata": [words for _, _, words in planned],
        "hovertemplate": "%{y}: %{customdata}<extra></extra>",
        "marker": {"symbol": "line-ns-open", "size": 18, "color": colour, "line": {"width": width, "color": colour}},
    }


def _beside(bar: _Bar) -> tuple[dict[str, Any], dict[str, Any]]:
    """Name and change above the bar on the left, the verdict on the right, as in the drawing."""
    status = bar.measure.verdict.status
    shared = {"xref": "paper", "y": bar.name, "yshift": 20, "showarrow": False, "bgcolor": "#ffffff"}
    return (
        shared | {"x": 0, "xanchor": "left", "text": f"{bar.name}: {bar.moved}"},
        shared | {"x": 1, "xanchor": "right", "text": f"{status.shape} {status.word}"},
    )
