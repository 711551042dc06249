"""SVG that keeps its text size at every width: horizontal places are shares of the width, vertical ones pixels."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from math import ceil, floor, log10
from xml.etree import ElementTree

from django.utils.safestring import SafeString, mark_safe

Element = ElementTree.Element


def drawing(height: int, *, css: str, title: str = "", description: str = "") -> Element:
    """An empty drawing. With a title it is an image with a text alternative, without one it is decoration."""
    attributes = {"class": css, "width": "100%", "height": str(height), "focusable": "false"}
    if not title:
        return Element("svg", attributes | {"aria-hidden": "true"})
    svg = Element("svg", attributes | {"role": "img"})
    ElementTree.SubElement(svg, "title").text = title
    ElementTree.SubElement(svg, "desc").text = description
    return svg


def place(share: Fraction | float) -> str:
    """A share of the width as SVG writes it: 0.5 -> 50%."""
    return f"{float(share) * 100:.2f}%"


def line(svg: Element, css: str, x1: Fraction | float, y1: float, x2: Fraction | float, y2: float) -> None:
    ends = {"x1": place(x1), "y1": f"{y1:g}", "x2": place(x2), "y2": f"{y2:g}"}
    ElementTree.SubElement(svg, "line", {"class": css} | ends)


def box(svg: Element, css: str, left: Fraction | float, right: Fraction | float, top: float, bottom: float) -> None:
    sides = {"x": place(left), "y": f"{top:g}", "width": place(right - left), "height": f"{bottom - top:g}"}
    ElementTree.SubElement(svg, "rect", {"class": css} | sides)


def dot(svg: Element, css: str, x: Fraction | float, y: float, radius: float) -> None:
    ElementTree.SubElement(svg, "circle", {"class": css, "cx": place(x), "cy": f"{y:g}", "r": f"{radius:g}"})


def mark(svg: Element, x: Fraction | float, top: float, bottom: float) -> None:
    """The upright mark of a target, with a light edge so that it is seen on a dark bar too."""
    line(svg, "chart-target-edge", x, top, x, bottom)
    line(svg, "chart-target", x, top, x, bottom)


def text(svg: Element, css: str, words: str, x: Fraction | float, y: float, *, anchor: str = "start") -> Element:
    attributes = {"class": css, "x": place(x), "y": f"{y:g}", "text-anchor": anchor}
    made = ElementTree.SubElement(svg, "text", attributes)
    made.text = words
    return made


def span(text: Element, css: str, words: str) -> None:
    """More words in a text, with a class of their own."""
    ElementTree.SubElement(text, "tspan", {"class": css}).text = words


def plane(svg: Element, left: float, right: float, top: float, bottom: float) -> Element:
    """A part of a drawing for shapes that lines cannot make: 1,000 wide and as high as it is in pixels.

    It stretches with the drawing, so it holds areas and paths only; words stand outside.
    """
    attributes = {
        "x": place(left),
        "y": f"{top:g}",
        "width": place(right - left),
        "height": f"{bottom - top:g}",
        "viewBox": f"0 0 1000 {bottom - top:g}",
        "preserveAspectRatio": "none",
        "overflow": "visible",
    }
    return ElementTree.SubElement(svg, "svg", attributes)


def area(plane: Element, css: str, points: Sequence[tuple[float, float]]) -> None:
    """A filled shape on a plane; its points are shares of the width and pixels from the top."""
    corners = " ".join(f"{x * 1000:.1f},{y:.1f}" for x, y in points)
    ElementTree.SubElement(plane, "polygon", {"class": css, "points": corners})


def path(plane: Element, css: str, points: Sequence[tuple[float, float]]) -> None:
    """A line through points on a plane, as thick at every width."""
    corners = " ".join(f"{x * 1000:.1f},{y:.1f}" for x, y in points)
    attributes = {"class": css, "points": corners, "fill": "none", "vector-effect": "non-scaling-stroke"}
    ElementTree.SubElement(plane, "polyline", attributes)


def shape(svg: Element, css: str, glyph: str, x: Fraction | float, y: float) -> None:
    """A point that is told by its shape as well as its colour: ▲, ▼, ◆ or ○, centred where it stands."""
    text(svg, f"chart-shape {css}", glyph, x, y + 5, anchor="middle")


def markup(svg: Element) -> SafeString:
    """The drawing as markup; ElementTree has escaped every word in it."""
    return mark_safe(ElementTree.tostring(svg, encoding="unicode"))  # noqa: S308


def steps(highest: int, most: int = 5) -> tuple[int, ...]:
    """Round numbers from 0 to at least the highest, evenly apart, no more than `most` + 1 of them: 0, 50, 100, …"""
    step = _step(max(highest, 1), most)
    return tuple(range(0, step * -(-max(highest, 1) // step) + 1, step))


def steps_between(lowest: Fraction, highest: Fraction, most: int = 6) -> tuple[int, ...]:
    """Round numbers from the lowest to the highest, evenly apart, 0 among them where it lies between."""
    step = _step(highest - lowest, most)
    return tuple(range(step * ceil(lowest / step), floor(highest) + 1, step))


def _step(span: Fraction | int, most: int) -> int:
    rough = float(span) / most
    magnitude: int = 10 ** floor(log10(rough)) if rough >= 1 else 1
    return next(size * magnitude for size in (1, 2, 5, 10) if size * magnitude >= rough)
