"""Names beside the ends of lines, moved apart where they would overlap."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from . import svg

TWO_LINES = 38
"""Pixels that a name takes with its number under it."""


@dataclass(frozen=True, slots=True)
class Label:
    """A line's name and number, and the height in pixels at which the line ends."""

    height: float
    name: str
    number: str
    css: str = "chart-mark"


def apart(heights: Sequence[float], room: float) -> list[float]:
    """Heights in ascending order with at least `room` pixels between neighbours.

    Those that would overlap form a block that is centred on the middle of where they wanted to be.
    """
    blocks: list[list[float]] = []
    for height in heights:
        blocks.append([height])
        while len(blocks) > 1 and _overlap(blocks[-2], blocks[-1], room):
            blocks[-2:] = [blocks[-2] + blocks[-1]]
    return [place for block in blocks for place in _spread(block, room)]


def _spread(wanted: Sequence[float], room: float) -> list[float]:
    middle = sum(wanted) / len(wanted)
    top = middle - room * (len(wanted) - 1) / 2
    return [top + room * number for number in range(len(wanted))]


def _overlap(upper: Sequence[float], lower: Sequence[float], room: float) -> bool:
    return _spread(lower, room)[0] - _spread(upper, room)[-1] < room


def draw_labels(image: svg.Element, labels: Sequence[Label], x: float) -> None:
    """Each name with its number under it, to the right of a place given as a share of the width."""
    ordered = sorted(labels, key=lambda label: label.height)
    heights = apart([label.height for label in ordered], TWO_LINES)
    for label, height in zip(ordered, heights, strict=True):
        svg.text(image, "chart-axis", label.name, x, height - 3)
        svg.text(image, label.css, label.number, x, height + 14)
