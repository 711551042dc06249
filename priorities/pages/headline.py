"""What a plan promises as a whole, and how that stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence

from performance import sentences
from performance.calculations.periods import FinancialYear, Period
from performance.queries import Row
from performance.wording import in_sentence, listed, times
from priorities.models import Plan
from priorities.pages.aims import everyone


def headline(rows: Sequence[Row], own: Sequence[Row], plan: Plan, period: Period | None) -> str:
    """What the first total is to reach by the end of the plan; without such a target what stood before it."""
    promise = next((row for row in own if row.parts), None)
    if promise is None or promise.measure.target.known is None:
        return _headline_before(rows, plan, period, sum(row.measure.target.known is not None for row in _leaves(own)))
    is_over = period is not None and period.year >= plan.last_year
    aim = f"{_be(promise, is_past=is_over)} {sentences.promised(promise.measure)}{sentences.since(promise)}"
    return f"{promise.category.full_name} {aim} by {plan.last_year}.{_so_far(rows, plan, period)}"


def _be(row: Row, *, is_past: bool) -> str:
    if is_past:
        return "were" if row.category.is_plural else "was"
    return "are" if row.category.is_plural else "is"


def _so_far(rows: Sequence[Row], plan: Plan, period: Period | None) -> str:
    """How the first total stands in the latest year of a plan; nothing before its first year is over."""
    total = next((row for row in rows if row.parts), None)
    if total is None or period is None or period.year < plan.first_year or total.measure.change.reduction is None:
        return ""
    they = "they" if total.category.is_plural else "it"
    return f" In {period} {they} {sentences.stood(total, is_past=True)}."


def _leaves(rows: Iterable[Row]) -> Iterable[Row]:
    return (row for row in everyone(rows) if not row.parts)


def _headline_before(rows: Sequence[Row], plan: Plan, period: Period | None, targets: int) -> str:
    """What the first total was to reach and reached, and whether that was this plan's target or the one before it."""
    total = next((row for row in rows if row.parts), None)
    own = times(targets, "measure has", "measures have")
    unset = f"{own} a target for {plan.last_year}." if targets else ""
    if total is None or period is None or total.measure.target.known is None:
        return f"No headline target is set yet. {unset}".strip()
    whose = "Before this plan: " if period.year < plan.first_year else ""
    reached = sentences.stood(total)
    be = _be(total, is_past=True)
    aim = f"{be} {sentences.promised(total.measure)}{sentences.since(total)}"
    sentence = f"{whose}{total.category.full_name} {aim} by {period}"
    unset = unset or "No target for the plan's own years is set yet."
    more = f" {unset}" if whose else ""
    return f"{sentence}; {'they' if total.category.is_plural else 'it'} {reached}.{more}"


def baseline_years(rows: Sequence[Row]) -> str:
    """2010/11; where categories differ the year of most, and which are measured from another."""
    named: dict[FinancialYear, list[str]] = defaultdict(list)
    for row in _leaves(rows):
        if row.baseline_year is not None:
            named[row.baseline_year].append(in_sentence(row.category.name))
    most_first = sorted(named, key=lambda year: (-len(named[year]), year))
    return "; ".join(
        f"{year} for {listed(named[year])}" if number else str(year) for number, year in enumerate(most_first)
    )
