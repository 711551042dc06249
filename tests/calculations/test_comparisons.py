"""Areas beside each other: intervals, limits, places and ranks."""

from __future__ import annotations

from fractions import Fraction
from math import exp, log, sqrt

import numpy as np
import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.comparisons import (
    AreaComparison,
    AreaCount,
    Place,
    compare_areas,
    ordinal,
    poisson_interval,
    rank_in_words,
)

areas = st.lists(st.tuples(st.integers(0, 3_000), st.integers(20_000, 400_000)), min_size=3, max_size=40)


def compared(pairs: list[tuple[int, int]]) -> AreaComparison:
    return compare_areas([AreaCount(f"area {number:02}", *pair) for number, pair in enumerate(pairs)])


@given(st.integers(0, 9))
def test_below_ten_the_interval_is_exact(count: int) -> None:
    low, high = poisson_interval(count)
    assert low == pytest.approx(scipy.stats.chi2.ppf(0.025, 2 * count) / 2 if count else 0, rel=1e-9)
    assert high == pytest.approx(scipy.stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=1e-9)


@given(st.integers(10, 100_000))
def test_from_ten_on_byars_is_as_good_as_exact(count: int) -> None:
    low, high = poisson_interval(count)
    assert low == pytest.approx(scipy.stats.chi2.ppf(0.025, 2 * count) / 2, rel=2e-3)
    assert high == pytest.approx(scipy.stats.chi2.ppf(0.975, 2 * count + 2) / 2, rel=2e-3)


def test_byar_by_hand() -> None:
    """100: 100 × (1 − 1 ÷ 900 − 1.96 ÷ 30)³ and 101 × (1 − 1 ÷ 909 + 1.96 ÷ (3 √101))³."""
    low, high = poisson_interval(100)
    assert (round(low, 2), round(high, 2)) == (81.36, 121.63)


def test_an_interval_needs_a_count() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        poisson_interval(-1)


@given(areas)
def test_limits_as_the_boring_way_with_numpy(pairs: list[tuple[int, int]]) -> None:
    found = compared(pairs)
    count, population = (np.array(column, dtype=float) for column in zip(*pairs, strict=True))
    average = (1000 * count / population).mean()
    assert found.average is not None
    assert float(found.average) == pytest.approx(average)
    if average == 0:
        assert found.dispersion is None
        return
    expected = average * population / 1000
    z = np.log(np.maximum(count, 0.5) / expected) * np.sqrt(expected)
    low, high = np.percentile(z, [10, 90])
    phi = float((np.clip(z, low, high) ** 2).mean())
    number = len(pairs)
    tau2 = max(0.0, (number * phi - (number - 1)) / (expected.sum() - (expected**2).sum() / expected.sum()))
    assert found.dispersion == pytest.approx(phi, rel=1e-9)
    assert found.variance_between == pytest.approx(tau2, rel=1e-6, abs=1e-9)
    for place, (_, size) in enumerate(pairs):
        area = found.by_name[f"area {place:02}"]
        spread = sqrt(1000 / (average * size) + tau2)
        assert area.limits_95 == pytest.approx((average * exp(-1.96 * spread), average * exp(1.96 * spread)), rel=1e-6)
        assert area.limits_998 == pytest.approx((average * exp(-3.09 * spread), average * exp(3.09 * spread)), rel=1e-6)


@given(areas)
def test_places_come_from_the_limits_and_ranks_from_the_rates(pairs: list[tuple[int, int]]) -> None:
    found = compared(pairs)
    rates = [Fraction(1000 * count, size) for count, size in pairs]
    assert [area.rate for area in found.areas] == sorted(rates)
    for area in found.areas:
        assert area.rank == sorted(rates).index(area.rate) + 1
        assert area.is_joint is (rates.count(area.rate) > 1)
        assert area.interval[0] <= float(area.rate) <= area.interval[1]
        if area.limits_95 and area.limits_998:
            assert area.limits_998[0] <= area.limits_95[0] <= area.limits_95[1] <= area.limits_998[1]
            is_inside = area.limits_95[0] <= float(area.rate) <= area.limits_95[1]
            assert (area.place is Place.SIMILAR) is is_inside


def test_areas_that_differ_by_chance_alone_have_poissons_limits() -> None:
    found = compared([(100, 100_000), (104, 100_000), (96, 100_000), (101, 100_000)])
    assert found.variance_between == 0
    assert {area.place for area in found.areas} == {Place.SIMILAR}
    limits = found.areas[0].limits_95
    assert limits is not None
    assert log(limits[1] / float(found.average or 1)) == pytest.approx(1.96 / sqrt(100.25))


def test_one_that_stands_out_does_so_although_areas_differ() -> None:
    usual = [(1_000 + 15 * step, 100_000) for step in range(14)]
    found = compared([*usual, (3_000, 100_000)])
    assert found.variance_between is not None
    assert found.areas[-1].place is Place.HIGHER
    assert {area.place for area in found.areas[:-1]} == {Place.SIMILAR}


def test_an_area_without_the_figure_is_left_out_and_named() -> None:
    held = [
        AreaCount("Broxbourne", 500, 90_000),
        AreaCount("Dacorum", None, 140_000),
        AreaCount("Hertsmere", 400, None),
        AreaCount("Stevenage", -1, 80_000),
        AreaCount("Watford", 700, 80_000),
        AreaCount("St Albans", 480, 130_000),
    ]
    found = compare_areas(held)
    assert found.missing == ("Dacorum", "Hertsmere", "Stevenage")
    assert [area.name for area in found.areas] == ["St Albans", "Broxbourne", "Watford"]
    assert found.average == sum(area.rate for area in found.areas) / 3


@pytest.mark.parametrize("pairs", [[(5, 1_000), (8, 1_000)], [(0, 1_000)] * 4])
def test_without_a_group_there_are_no_limits(pairs: list[tuple[int, int]]) -> None:
    found = compared(pairs)
    assert (found.dispersion, found.variance_between) == (None, None)
    assert all(area.place is None and area.limits_95 is None for area in found.areas)


def test_nothing_held_is_no_comparison() -> None:
    found = compare_areas([AreaCount("Dacorum", None, None)])
    assert (found.areas, found.missing, found.average) == ((), ("Dacorum",), None)


def test_ranks_in_words() -> None:
    found = compared([(10, 1000), (20, 1000), (20, 1000), (40, 1000), (50, 1000)])
    words = [rank_in_words(area, len(found.areas)) for area in found.areas]
    assert words == [
        "lowest of 5", "2nd lowest of 5 (joint)", "2nd lowest of 5 (joint)", "4th lowest of 5", "highest of 5",
    ]  # fmt: skip
    assert rank_in_words(compared([(10, 1000)] * 3).areas[0], 3) == "lowest of 3 (joint)"


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "1st"), (2, "2nd"), (3, "3rd"), (4, "4th"), (11, "11th"), (13, "13th"), (22, "22nd"), (112, "112th")],
)
def test_ordinals(number: int, words: str) -> None:
    assert ordinal(number) == words


def test_all_partnerships_of_the_country_at_once() -> None:
    found = compared([(200 + 7 * number, 90_000 + 500 * number) for number in range(320)])
    assert len(found.areas) == 320
