"""A share of people and how sure it is, on a line from 0% to 100%."""

from __future__ import annotations

from django.utils.safestring import SafeString

from performance.calculations.surveys import Share
from performance.charts import svg

from .table_cells import HEIGHT


def share_line(share: Share) -> SafeString:
    """A dot at the percentage on the bar of its interval. The row's cells say the same, so it is decoration."""
    image = svg.drawing(HEIGHT, css="chart-share")
    svg.line(image, "chart-grid", 0, 13, 1, 13)
    for end in (0.0, 0.5, 1.0):
        svg.line(image, "chart-zero", end, 9, end, 17)
    low, high = share.interval
    svg.box(image, "chart-interval", low / 100, high / 100, 9, 17)
    svg.dot(image, "chart-dot", share.part, 13, 3)
    return svg.markup(image)
