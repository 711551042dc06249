"""Is a figure far from what its series leads one to expect? It asks, it never refuses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from math import ceil, floor

from .control_charts import limits
from .periods import FinancialYear, Quarter
from .series import Series

LOOKS_BACK, RANGE_OF = 20, 8
"""Quarters from which the limits are taken, and from which the usual range is."""
FEWEST_FOR_LIMITS, FEWEST_FOR_RANGE = 8, 3
SLIP, FAR, NEAR = 10, 5, 2
"""A slip is tenfold; a figure five times beyond the range is far from it, one within twice of it is near."""


class Rule(Enum):
    """Which rule asks."""

    TENFOLD = "tenfold slip"
    YEAR_TO_DATE = "looks like the year to date"
    SAME_AS_TO_DATE = "equal to the year to date before"
    OUTSIDE_LIMITS = "outside the control limits"
    YEAR_DIFFERS = "the quarters do not add up to the year"


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure is odd: the rule and the numbers that led to it.

    `low` to `high` is what was expected: the range of the last quarters, whole numbers within the control limits, or
    for a sum check the figure held for the year; `seen` is the number that was compared with it, over `quarters`.
    """

    rule: Rule
    value: int
    low: int
    high: int
    seen: int
    quarters: int


def doubts(value: int, series: Series, quarter: Quarter, since: Quarter | None = None) -> tuple[Doubt, ...]:
    """What is odd about a quarter's count, given the quarters before it; nothing where too few are known.

    In this order, and the first that asks is enough:
    *tenfold slip*: at least five times beyond the range of the last eight quarters, and with a nought more or fewer
    within it or half and twice as far;
    *looks like the year to date*: above that range, and inside it less the year's earlier quarters;
    *equal to the year to date before*: the sum of the year's earlier quarters, two or three of them, typed again;
    *outside the control limits* of the last 20 quarters, at least eight (see `control_charts`).
    A sum check comes from `year_check`. `since` is the quarter of the last recording change: what lies before it is
    counted differently and not looked at. Sources: section 6 of the NHS's method for the limits; ours for the rest.
    """
    alike = Series({each: figure for each, figure in series.figures.items() if since is None or each >= since})
    recent = alike.known_before(quarter, RANGE_OF)
    found = _slip(value, recent) or _to_date(value, alike, quarter, recent) or _outside(value, alike, quarter)
    return (found,) if found else ()


def year_check(series: Series, year: FinancialYear, held: int | None) -> Doubt | None:
    """Where a year's count is known from elsewhere and all its quarters are in: whether they add up to it."""
    total = series.whole_year(year).known
    if held is None or total is None or total == held:
        return None
    return Doubt(Rule.YEAR_DIFFERS, total, held, held, total, 4)


def _slip(value: int, recent: tuple[int, ...]) -> Doubt | None:
    if len(recent) < FEWEST_FOR_RANGE or min(recent) < 0:
        return None
    low, high = min(recent), max(recent)
    if value <= 0 or high < SLIP:
        return None
    a_nought_less = value >= FAR * high and low <= NEAR * (value // SLIP) and value // SLIP <= NEAR * high
    a_nought_more = FAR * value <= low and low <= NEAR * value * SLIP and value * SLIP <= NEAR * high
    if not (a_nought_less or a_nought_more):
        return None
    return Doubt(Rule.TENFOLD, value, low, high, value // SLIP if a_nought_less else value * SLIP, len(recent))


def _to_date(value: int, series: Series, quarter: Quarter, recent: tuple[int, ...]) -> Doubt | None:
    earlier = quarter.year.quarters[: quarter.number - 1]
    so_far = series.sum_of(earlier).known if earlier else None
    if so_far is None or so_far <= 0 or len(recent) < FEWEST_FOR_RANGE:
        return None
    low, high = min(recent), max(recent)
    if len(earlier) > 1 and value == so_far and value > high:
        return Doubt(Rule.SAME_AS_TO_DATE, value, low, high, so_far, len(earlier))
    if value > high and low <= value - so_far <= high:
        return Doubt(Rule.YEAR_TO_DATE, value, low, high, value - so_far, len(earlier))
    return None


def _outside(value: int, series: Series, quarter: Quarter) -> Doubt | None:
    back = [series.quarter(quarter - steps).known for steps in range(LOOKS_BACK, 0, -1)]
    known = [each for each in back if each is not None]
    first = next((place for place, each in enumerate(back) if each is not None), LOOKS_BACK)
    usual = limits(back[first:])
    if len(known) < FEWEST_FOR_LIMITS or usual is None or usual.holds(value):
        return None
    low = max(0, ceil(usual.lower)) if min(known) >= 0 else ceil(usual.lower)
    if low <= value <= floor(usual.upper):
        return None
    return Doubt(Rule.OUTSIDE_LIMITS, value, low, floor(usual.upper), value, len(known))
