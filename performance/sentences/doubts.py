"""What is asked about a figure that looks odd: the question, and the numbers that made it odd."""

from __future__ import annotations

from performance.calculations.plausibility import Doubt, Rule
from performance.wording import count, in_sentence, number


def ask(doubt: Doubt) -> str:
    """Is 1,250 right? The last eight quarters were between 96 and 140. One digit too many? 125 would fit."""
    value = count(doubt.value)
    if doubt.rule is Rule.YEAR_DIFFERS:
        return f"Do the quarters add up? They make {value}, but {count(doubt.low)} is held for the whole year."
    return f"Is {value} right? {_because(doubt)}"


def parts_differ(name: str, by: int) -> str:
    """The parts add up to 12 more than the total that was supplied. One of them may be wrong."""
    more = "more" if by > 0 else "fewer"
    return f"The parts add up to {count(abs(by))} {more} than the supplied total for {in_sentence(name)}."


def _because(doubt: Doubt) -> str:
    usual = f"{_were(doubt)} between {count(doubt.low)} and {count(doubt.high)}."
    match doubt.rule:
        case Rule.TENFOLD:
            slip = "many" if doubt.seen < doubt.value else "few"
            return f"{usual} One digit too {slip}? {count(doubt.seen)} would fit."
        case Rule.AS_MUCH_AS_A_YEAR:
            return f"The whole of {doubt.year} was {count(doubt.seen)}. Enter this quarter alone."
        case Rule.YEAR_TO_DATE:
            return f"It looks like the year to date: without the quarters before it, {count(doubt.seen)} are left."
        case Rule.SAME_AS_TO_DATE:
            return f"It is the sum of the year's first {number(doubt.quarters)} quarters. Enter this quarter alone."
    return (
        f"From the last {number(doubt.quarters)} quarters it would be between "
        f"{count(doubt.low)} and {count(doubt.high)} in 99 of 100 cases."
    )


def _were(doubt: Doubt) -> str:
    return f"The last {number(doubt.quarters)} quarters were"
