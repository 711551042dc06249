"""How figures look in a cell: a number or a mark, nothing else. Formatting only."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from django import template

from performance import wording
from performance.calculations import periods
from performance.calculations.change import Change, NoChange
from performance.calculations.figures import Figure
from performance.wording import capital, in_percent, moved

register = template.Library()


@register.filter
def count(figure: Figure) -> str:
    """1,148; the mark of the reason where there is none; a partial sum says so."""
    if figure.count is None:
        return figure.reason.mark if figure.reason else ""
    number = f"{figure.count:,}".replace("-", "−")
    marks = (" [partial]" if figure.is_partial else "") + (" [p]" if figure.provisional else "")
    return number + marks


@register.filter
def reduction(change: Change) -> str:
    """44%, or −27% where crime rose, as in the plan's own column; marked where the baseline is very small."""
    if change.reduction is None:
        return "[x]"
    return in_percent(change.reduction) + (" [u]" if change.is_unreliable else "")


@register.filter
def movement(change: Change) -> str:
    """Down 6%, Up 27%, No change; from 0 to 5 where there is no percentage of nothing; else the mark for no figure."""
    if change.unavailable is NoChange.BASELINE_IS_ZERO and change.actual.known is not None:
        return f"0 → {change.actual.known:,}"
    return capital(moved(change)) or "[x]"


@register.filter
def day(value: date) -> str:
    """31 March 2008."""
    return periods.day(value)


@register.filter
def pounds(value: Decimal) -> str:
    """£1,250, £1,250.50."""
    return f"£{value:,.2f}".removesuffix(".00")


@register.filter
def whole(value: int) -> str:
    """1,148."""
    return wording.count(value)


_BROWSERS = {
    "Edg": "Edge", "OPR/": "Opera", "Firefox/": "Firefox", "FxiOS/": "Firefox", "Chrome/": "Chrome", "CriOS/": "Chrome",
    "Safari/": "Safari",
}  # fmt: skip
_SYSTEMS = {
    "iPhone": "an iPhone", "iPad": "an iPad", "Android": "Android", "Windows": "Windows", "Mac OS X": "a Mac",
    "Linux": "Linux",
}  # fmt: skip
"""In order of looking: a browser says that it is like those below it too."""


@register.filter
def browser(agent: str) -> str:
    """What a browser says of itself, as its owner would: Chrome on Windows."""
    name = next((name for mark, name in _BROWSERS.items() if mark in agent), "")
    system = next((name for mark, name in _SYSTEMS.items() if mark in agent), "")
    return " on ".join(filter(None, (name, system))) or agent[:60] or "not known"
