"""The verdict on one category, with the numbers that led to it."""

from __future__ import annotations

from fractions import Fraction

from performance.calculations.measures import Measure
from performance.calculations.status import CannotSay, Sense, Status
from performance.queries import Category
from performance.wording import count, counted, in_percent


def cannot_say(measure: Measure) -> str:
    """Why there is no verdict: the reason, and the figure's own reason where it has one."""
    reason = measure.verdict.cannot_say
    if reason is None:
        return ""
    if reason is CannotSay.NO_FIGURE and measure.actual.reason is not None:
        return f"the figure is {measure.actual.reason.words}"
    return reason.value


def why(category: Category, measure: Measure) -> str:
    """The verdict with the numbers that led to it.

    Missed: 186 thefts of cycle against a target of 131, 55 too many (42% over).
    """
    verdict = measure.verdict
    if verdict.status is Status.CANNOT_SAY:
        return f"Cannot say: {cannot_say(measure)}."
    held = counted(verdict.actual.known or 0, category.counted_as)
    if verdict.status is Status.WATCHED:
        return f"Watched, not judged: {held}."
    aimed = "a limit" if verdict.sense is Sense.DO_NOT_EXCEED else "a target"
    advice = " Check reporting as well as offending." if verdict.status is Status.CLEAR_INCREASE else ""
    compared = f"{held} against {aimed} of {count(verdict.target.known or 0)}"
    return f"{verdict.status.word}: {compared}{_by_how_much(measure)}.{advice}"


def _by_how_much(measure: Measure) -> str:
    excess = measure.verdict.excess
    if excess is None or excess == 0:
        return ", exactly"
    if measure.verdict.status.is_above_usual:
        return f"; {count(excess)} more is no more than chance brings"
    is_increase = measure.sense is Sense.INCREASE
    if measure.verdict.status.is_met:
        return f", {count(abs(excess))} {'more' if is_increase else 'fewer'}"
    too, side = ("few", "under") if is_increase else ("many", "over")
    return f", {count(abs(excess))} too {too}{_share(measure.verdict.excess_share, side)}"


def _share(share: Fraction | None, side: str) -> str:
    if share is None:
        return ""
    return f" ({in_percent(share, 1 if abs(share) < Fraction(1, 10) else 0)} {side})"
