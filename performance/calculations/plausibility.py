"""Is a figure far from what its series leads one to expect? It asks, it never refuses."""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum

from .forecasts import Forecast, forecast_quarter
from .periods import FinancialYear, Quarter
from .series import Series

LOOKS_BACK, RANGE_OF = 32, 8
"""Quarters that a forecast is given to learn from, and from which the usual range is taken."""
FEWEST_FOR_FORECAST, FEWEST_FOR_RANGE = 8, 3
SURE = 99
"""Outside the interval that holds so many in a hundred quarters a figure is asked about."""
SLIP, FAR, NEAR = 10, 5, 2
"""A slip is tenfold; a figure five times beyond the range is far from it, one within twice of it is near."""
FEWEST_FOR_YEAR = 4
"""A year of fewer than this may well fall into one quarter."""


class Rule(Enum):
    """Which rule asks."""

    TENFOLD = "tenfold slip"
    AS_MUCH_AS_A_YEAR = "as much as a whole year"
    YEAR_TO_DATE = "looks like the year to date"
    SAME_AS_TO_DATE = "equal to the year to date before"
    UNEXPECTED = "outside what was expected"
    YEAR_DIFFERS = "the quarters do not add up to the year"


@dataclass(frozen=True, slots=True)
class WholeYear:
    """The count that is held for a whole year by itself, without its quarters."""

    year: FinancialYear
    count: int


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why a figure is odd: the rule and the numbers that led to it.

    `low` to `high` is what was expected: the range of the last quarters, the forecast's interval in whole numbers, or
    for a sum check the figure held for the year; `seen` is the number that was compared with it, over `quarters`.
    `year` is the one that the figure is as much as.
    """

    rule: Rule
    value: int
    low: int
    high: int
    seen: int
    quarters: int
    year: FinancialYear | None = None


def doubts(
    value: int,
    series: Series,
    quarter: Quarter,
    since: Quarter | None = None,
    last_year: WholeYear | None = None,
) -> tuple[Doubt, ...]:
    """What is odd about a quarter's count, given the quarters before it; nothing where too few are known.

    In this order, and the first that asks is enough:
    *tenfold slip*: at least five times beyond the range of the last eight quarters, and with a nought more or fewer
    within it or half and twice as far;
    *as much as a whole year*: at least what the last year came to of which only the whole is held (`last_year`);
    *looks like the year to date*: above the range, and inside it less the year's earlier quarters;
    *equal to the year to date before*: the sum of the year's earlier quarters, two or three of them, typed again;
    *outside what was expected*: beyond the interval that the forecast of this one quarter gives to 99 in 100.
    The last three need eight quarters, and those about the year to date are not asked of a level, which is not added
    up. A sum check comes from `year_check`. `since` is the quarter of the last recording change: what lies before it is
    counted differently and not looked at. Source: ours; the interval is that of `forecasts`.
    """
    alike = Series(
        {each: figure for each, figure in series.figures.items() if since is None or each >= since},
        is_level=series.is_level,
    )
    recent = alike.known_before(quarter, RANGE_OF)
    found = _slip(value, recent) or _as_a_year(value, last_year, since)
    if found is None and len(recent) >= FEWEST_FOR_FORECAST:
        found = _to_date(value, alike, quarter, recent) or _unexpected(value, alike, quarter)
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


def _as_a_year(value: int, last_year: WholeYear | None, since: Quarter | None) -> Doubt | None:
    if last_year is None or last_year.count < FEWEST_FOR_YEAR or value < last_year.count:
        return None
    if since is not None and since > last_year.year.quarters[0]:
        return None
    held = last_year.count
    return Doubt(Rule.AS_MUCH_AS_A_YEAR, value, 0, held - 1, held, 4, last_year.year)


def _to_date(value: int, series: Series, quarter: Quarter, recent: tuple[int, ...]) -> Doubt | None:
    earlier = quarter.year.quarters[: quarter.number - 1]
    if series.is_level or not earlier:
        return None
    so_far = series.sum_of(earlier).known
    if so_far is None or so_far <= 0:
        return None
    low, high = min(recent), max(recent)
    if len(earlier) > 1 and value == so_far and value > high:
        return Doubt(Rule.SAME_AS_TO_DATE, value, low, high, so_far, len(earlier))
    if value > high and low <= value - so_far <= high:
        return Doubt(Rule.YEAR_TO_DATE, value, low, high, value - so_far, len(earlier))
    return None


def _unexpected(value: int, series: Series, quarter: Quarter) -> Doubt | None:
    expected = forecast_quarter(series, quarter)
    if not isinstance(expected, Forecast) or len(expected.level.history) < FEWEST_FOR_FORECAST:
        return None
    low, high = expected.interval(SURE).shown
    if low <= value <= high:
        return None
    return Doubt(Rule.UNEXPECTED, value, low, high, value, len(expected.level.history))
