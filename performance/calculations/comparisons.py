"""An area's rate beside those of the areas that it is compared with, and what of the difference means anything."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property
from math import exp, log, sqrt
from statistics import quantiles

from .distributions import poisson_cdf

PER = 1_000
"""Rates are per 1,000 residents or households."""
EXACT_BELOW = 10
"""Below this count the exact interval is used, from it on Byar's."""
NORMAL_95 = 1.959963984540054
LIMIT_95, LIMIT_998 = 1.96, 3.09
"""So many standard deviations from the average lie the limits of 95% and of 99.8%."""
FEWEST_AREAS = 3
"""With fewer areas there is no group to compare with."""
_WINSORISED_TENTHS = 10
_BISECTIONS = 200


class Place(Enum):
    """Where an area lies among similar areas, by the limits and never by its rank."""

    HIGHER = "higher than similar areas"
    SIMILAR = "similar to similar areas"
    LOWER = "lower than similar areas"


@dataclass(frozen=True, slots=True)
class AreaCount:
    """What is held of an area: a count and the residents or households it is a count of; None where it is not held."""

    name: str
    count: int | None
    population: int | None


@dataclass(frozen=True, slots=True)
class AreaRate:
    """An area's rate per 1,000, exactly, with its 95% interval, its place and its rank from the lowest.

    `limits_95` and `limits_998` are rates between which an area of its size would lie that differs from the group's
    average by no more than such areas do; `place` says on which side of the first of them it is.
    """

    name: str
    count: int
    population: int
    rate: Fraction
    interval: tuple[float, float]
    limits_95: tuple[float, float] | None
    limits_998: tuple[float, float] | None
    place: Place | None
    rank: int
    is_joint: bool


@dataclass(frozen=True)
class AreaComparison:
    """Areas from the lowest rate to the highest, those without a figure named, and what the limits came from.

    `average` is the simple mean of the rates, one's own included. `dispersion` (φ) is how many times more than Poisson
    the areas differ after the tenth most extreme at either end were drawn in, `variance_between` (τ²) the variance of
    the logarithm of their rates that is left beyond chance; both None, and no limits, with fewer than three areas or
    an average of 0.
    """

    areas: tuple[AreaRate, ...]
    missing: tuple[str, ...]
    average: Fraction | None
    dispersion: float | None
    variance_between: float | None

    @cached_property
    def by_name(self) -> dict[str, AreaRate]:
        return {area.name: area for area in self.areas}


def compare_areas(held: Sequence[AreaCount]) -> AreaComparison:
    """Rates over the same time, their average, limits that allow for overdispersion, places and ranks.

    With E the count that an area would have at the average rate, z = ln(count ÷ E) × √E (a count of 0 taken as a half);
    the lowest and the highest tenth of the z are set to the tenth and ninetieth percentile; φ is the mean of their
    squares; with I areas τ² = max(0, (I φ − (I − 1)) ÷ (ΣE − ΣE² ÷ ΣE)). The limits are average × exp(∓ 1.96 √(1 ÷ E +
    τ²)), and 3.09 for 99.8%. An area without a count, or without a population above 0, is left out and named. Negative
    counts (crimes cancelled later) are left out too: they have no rate.
    Source: Spiegelhalter (2005), Handling over-dispersion of performance indicators.
    """
    usable = [area for area in held if _has_rate(area)]
    missing = tuple(area.name for area in held if not _has_rate(area))
    if not usable:
        return AreaComparison((), missing, None, None, None)
    rates = [Fraction(PER * (area.count or 0), area.population or 1) for area in usable]
    average = sum(rates, Fraction(0)) / len(rates)
    in_order = sorted(rates)
    if len(usable) < FEWEST_AREAS or average == 0:
        areas = [_area(area, rate, in_order, None) for area, rate in zip(usable, rates, strict=True)]
        return AreaComparison(_in_order(areas), missing, average, None, None)
    rate_of_group = float(average)
    expected = [rate_of_group * (area.population or 0) / PER for area in usable]
    dispersion, variance = _overdispersion([area.count or 0 for area in usable], expected)
    areas = []
    for area, rate, expected_count in zip(usable, rates, expected, strict=True):
        spread = sqrt(1 / expected_count + variance)
        areas.append(_area(area, rate, in_order, (rate_of_group, spread)))
    return AreaComparison(_in_order(areas), missing, average, dispersion, variance)


def _has_rate(area: AreaCount) -> bool:
    return area.count is not None and area.count >= 0 and bool(area.population)


def _overdispersion(counts: Sequence[int], expected: Sequence[float]) -> tuple[float, float]:
    """φ and τ² of counts beside what would be expected of them."""
    scores = [log(max(count, 0.5) / each) * sqrt(each) for count, each in zip(counts, expected, strict=True)]
    tenths = quantiles(scores, n=_WINSORISED_TENTHS, method="inclusive")
    lowest, highest = tenths[0], tenths[-1]
    drawn_in = [min(max(score, lowest), highest) for score in scores]
    dispersion = sum(score**2 for score in drawn_in) / len(drawn_in)
    weight, squares = sum(expected), sum(each**2 for each in expected)
    beyond_chance = len(scores) * dispersion - (len(scores) - 1)
    return dispersion, max(0.0, beyond_chance / (weight - squares / weight))


def _area(area: AreaCount, rate: Fraction, in_order: Sequence[Fraction], group: tuple[float, float] | None) -> AreaRate:
    """An area among the rates of all, from the lowest, and in its group, of which average and spread are given."""
    count, population = area.count or 0, area.population or 1
    low, high = poisson_interval(count)
    limits_95 = _limits(group, LIMIT_95)
    lower = bisect_left(in_order, rate)
    return AreaRate(
        name=area.name,
        count=count,
        population=population,
        rate=rate,
        interval=(PER * low / population, PER * high / population),
        limits_95=limits_95,
        limits_998=_limits(group, LIMIT_998),
        place=None if limits_95 is None else _place(float(rate), *limits_95),
        rank=1 + lower,
        is_joint=bisect_right(in_order, rate) - lower > 1,
    )


def _limits(group: tuple[float, float] | None, deviations: float) -> tuple[float, float] | None:
    if group is None:
        return None
    average, spread = group
    return average * exp(-deviations * spread), average * exp(deviations * spread)


def _place(rate: float, low: float, high: float) -> Place:
    if rate > high:
        return Place.HIGHER
    return Place.LOWER if rate < low else Place.SIMILAR


def _in_order(areas: Sequence[AreaRate]) -> tuple[AreaRate, ...]:
    return tuple(sorted(areas, key=lambda area: (area.rate, area.name)))


def rank_in_words(area: AreaRate, areas: int) -> str:
    """5th lowest of 15 (joint); the first is the lowest, the last the highest."""
    joint = " (joint)" if area.is_joint else ""
    if area.rank == 1:
        return f"lowest of {areas}{joint}"
    if area.rank == areas:
        return f"highest of {areas}"
    return f"{ordinal(area.rank)} lowest of {areas}{joint}"


def ordinal(number: int) -> str:
    """1st, 2nd, 3rd, 4th, 11th, 21st."""
    is_teen = 10 <= number % 100 <= 20
    ending = "th" if is_teen else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{ending}"


def poisson_interval(count: int) -> tuple[float, float]:
    """The 95% interval of the mean of a Poisson count: exact below 10, else Byar's approximation.

    Exact (Garwood 1936): the means at which a count of so many or more, or of so many or fewer, has a chance of 2.5%.
    Byar: count × (1 − 1 ÷ 9count − z ÷ 3√count)³ and, with one more, (count + 1) × (1 − 1 ÷ 9(count + 1) +
    z ÷ 3√(count + 1))³. A negative count is a ValueError. Source: Breslow and Day (1987); Public Health England's
    technical guide.
    """
    if count < 0:
        raise ValueError("An interval needs a count of 0 or more.")
    if count < EXACT_BELOW:
        return _exact_interval(count)
    more = count + 1
    low = count * (1 - 1 / (9 * count) - NORMAL_95 / (3 * sqrt(count))) ** 3
    high = more * (1 - 1 / (9 * more) + NORMAL_95 / (3 * sqrt(more))) ** 3
    return low, high


def _exact_interval(count: int) -> tuple[float, float]:
    low = _mean_at_which(count - 1, 0.975) if count else 0.0
    return low, _mean_at_which(count, 0.025)


def _mean_at_which(count: int, probability: float) -> float:
    """The mean at which a Poisson count is at most `count` with a probability; by bisection, for it only falls."""
    low, high = 0.0, count + 30.0
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if poisson_cdf(count, middle) > probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2
