"""Which of many categories changed by more than chance, surest first."""

from __future__ import annotations

from collections.abc import Sequence

from performance.calculations.comparability import Comparison
from performance.calculations.significance import NEWS
from performance.queries import Row
from performance.wording import in_sentence, listed

from .changes import rose_or_fell
from .targets import kinds_of


def movers(rows: Sequence[Row], period: str) -> str:
    """Which rose and fell most clearly in a year to date, and which cannot be compared, with the reason.

    Among many categories some change by chance, so only those of |z| >= 3 are named, by how sure they are and not by
    their percentage.
    """
    compared = [(row, row.to_date.on_last_year) for row in rows if row.to_date is not None]
    sound = [(row, change) for row, change in compared if _why_not(change) == ""]
    if not sound:
        return ""
    news = sorted((each for each in sound if each[1].strength >= NEWS), key=lambda each: -each[1].strength)
    rose, fell = (next((each for each in news if _rose(each[1]) is way), None) for way in (True, False))
    said = [
        f"{rose_or_fell(row.category.name, change.change, ' most clearly')}."
        for row, change in filter(None, (rose, fell))
    ]
    if not said:
        said = [_nothing_clear([row for row, _ in sound], kinds_of(rows), period)]
    return " ".join([*said, *_left_out(compared)])


def _nothing_clear(rows: Sequence[Row], kinds: str, period: str) -> str:
    if len(rows) == 1:
        return f"{rows[0].category.name} changed by no more than chance explains in {period}."
    return f"None of the {kinds} changed by more than chance explains in {period}."


def _rose(comparison: Comparison) -> bool:
    before, after = comparison.change.counts or (0, 0)
    return after > before


def _why_not(comparison: Comparison) -> str:
    if comparison.change.counts is None:
        return "no figure"
    if not comparison.counts_alike:
        return "counted differently now"
    if comparison.change.unavailable is not None and not comparison.change.has_counts_alone:
        return comparison.change.unavailable.value
    return "a negative count" if min(comparison.change.counts) < 0 else ""


def _left_out(compared: Sequence[tuple[Row, Comparison]]) -> list[str]:
    """Not compared: wounding (counted differently now), arson (no figure)."""
    found: dict[str, list[str]] = {}
    for row, comparison in compared:
        if why := _why_not(comparison):
            found.setdefault(why, []).append(in_sentence(row.category.name))
    if not found:
        return []
    return [f"Not compared: {'; '.join(f'{listed(names)} ({why})' for why, names in found.items())}."]
