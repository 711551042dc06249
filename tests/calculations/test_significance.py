from __future__ import annotations

from fractions import Fraction
from math import comb, sqrt

import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.calculations.dispersion import LARGE, Dispersion
from performance.calculations.history import EVEN_PROFILE
from performance.calculations.significance import (
    CLEAR_CHANGE,
    chance_test,
    exact_p,
    exact_p_of_rates,
    is_clear_change,
    is_clearly_above,
    strength,
    z_against,
    z_score,
)

from .examples import history_of

counts = st.integers(0, 400)


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [(104, 79, 0.0758), (0, 0, 1.0), (5, 5, 1.0), (0, 5, 0.0625), (1, 0, 1.0), (146, 186, 0.0322)],
    ids=["robbery", "nothing", "no change", "from nought", "one", "theft of cycle"],
)
def test_the_exact_test(before: int, after: int, p: float) -> None:
    assert exact_p(before, after) == pytest.approx(p, abs=5e-5)


@given(counts, counts)
def test_the_exact_test_agrees_with_the_boring_way(before: int, after: int) -> None:
    total = before + after
    seen = comb(total, after)
    boring = Fraction(sum(ways for n in range(total + 1) if (ways := comb(total, n)) <= seen), 2**total)
    assert exact_p(before, after) == pytest.approx(float(boring))
    assert exact_p(before, after) == exact_p(after, before)


@pytest.mark.parametrize(("before", "after"), [(2600, 2500), (3000, 2850), (40_000, 40_100)])
def test_large_counts_are_tested_at_once_and_much_alike(before: int, after: int) -> None:
    """Against the exact sum, worked out here the slow way."""
    total, fewer = before + after, min(before, after)
    tail, ways = 0, 1
    for n in range(fewer + 1):
        tail += ways
        ways = ways * (total - n) // (n + 1)
    assert exact_p(before, after) == pytest.approx(float(Fraction(2 * tail, 2**total)), abs=0.01)


def test_a_slip_of_the_finger_keeps_nobody_waiting() -> None:
    assert exact_p(88, 900_000_000) == 0.0


def test_z_is_positive_when_the_count_rose() -> None:
    assert z_score(100, 144, 1) == pytest.approx(2 * (12 - 10) / sqrt(2))
    assert z_score(144, 100, 1) == -z_score(100, 144, 1)
    assert z_score(100, 144, 4) == pytest.approx(z_score(100, 144, 1) / 2)


def test_more_variation_makes_a_change_less_clear() -> None:
    assert is_clear_change(100, 144, 1.0)
    assert not is_clear_change(100, 144, 2.3)
    assert is_clear_change(100, 144, None)
    assert not is_clear_change(104, 79, None)


def test_what_cannot_be_tested_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        exact_p(-1, 5)
    with pytest.raises(ValueError, match="0 or more"):
        z_score(5, -1, 1)
    with pytest.raises(ValueError, match="at least 1"):
        z_score(5, 5, 0.9)


@pytest.mark.parametrize(
    ("before", "after", "dispersion", "least", "most"),
    [
        (19, 4, None, 2.8, 3.3),
        (60, 62, None, 0.0, 0.2),
        (104, 79, None, 1.77, 1.79),
        (88, 900_000, None, 8.0, 9.0),
        (100, 144, 2.3, 1.86, 1.87),
    ],
)
def test_changes_are_ranked_by_how_sure_they_are(
    before: int, after: int, dispersion: float | None, least: float, most: float
) -> None:
    assert least <= strength(before, after, dispersion) <= most


@given(counts, counts)
def test_a_clear_change_is_one_of_strength(before: int, after: int) -> None:
    assert is_clear_change(before, after, None) is (exact_p(before, after) < 0.05)
    assert abs(strength(before, after, None) - CLEAR_CHANGE) < 0.001 or (
        (strength(before, after, None) > CLEAR_CHANGE) is is_clear_change(before, after, None)
    )


def test_a_count_against_a_number_that_somebody_chose() -> None:
    assert z_against(100, 130, 1.3) == pytest.approx(2 * (sqrt(130) - 10) / sqrt(1.3))
    assert is_clearly_above(100, 130, 1.3, limit_is_observed=False)
    assert not is_clearly_above(100, 130, 1.3, limit_is_observed=True)
    assert not is_clearly_above(100, 90, 1.3, limit_is_observed=False)
    assert z_score(2000, 2150, 2.3) == pytest.approx(1.54, abs=0.005)


def spread_of(value: float) -> Dispersion:
    """A dispersion, whatever it came from."""
    return Dispersion(value, value, 12, LARGE, EVEN_PROFILE, history_of([500] * 12))


def test_domestic_violence_against_its_limit() -> None:
    tested = chance_test(2000, 2150, spread_of(2.3))
    assert tested.z == pytest.approx(2 * (sqrt(2150) - sqrt(2000)) / sqrt(4.6), rel=1e-9)
    assert (round(tested.z, 2), tested.is_clear, tested.is_news, tested.p) == (1.54, False, False, None)


def test_without_a_history_the_exact_test_is_used_and_ranked_by_the_same_scale() -> None:
    tested = chance_test(104, 79, None)
    assert tested.p == exact_p(104, 79)
    assert tested.z == pytest.approx(scipy.stats.norm.ppf(tested.p / 2), rel=1e-9)
    assert not tested.is_clear
    assert chance_test(79, 104, None).z == -tested.z
    assert chance_test(10, 4_000, None).strength == 8


@given(counts, counts, st.integers(1, 300), st.integers(1, 300))
def test_the_exact_test_of_rates_is_scipys(before: int, after: int, before_exposure: int, after_exposure: int) -> None:
    assume(before + after > 0)
    share = after_exposure / (before_exposure + after_exposure)
    theirs = scipy.stats.binomtest(after, before + after, share).pvalue
    assert exact_p_of_rates(before, after, before_exposure, after_exposure) == pytest.approx(
        theirs, rel=1e-7, abs=1e-12
    )


@given(counts, counts, st.floats(1, 9), st.floats(0.1, 1_000))
def test_rates_over_equal_exposures_are_tested_as_counts(before: int, after: int, phi: float, exposure: float) -> None:
    z = chance_test(before, after, spread_of(phi), exposure, exposure).z
    assert z == pytest.approx(z_score(before, after, phi))
    assert exact_p_of_rates(before, after, exposure, exposure) == exact_p(before, after)


def test_the_same_count_of_fewer_people_is_a_rise() -> None:
    assert chance_test(400, 400, spread_of(1), 1_000, 500).z > 5
    assert chance_test(4_000, 4_000, None, 1_000, 500).is_news


def test_rates_that_cannot_be_tested_are_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        chance_test(5, 5, spread_of(1), 0, 1)
    with pytest.raises(ValueError, match="above 0"):
        chance_test(5, 5, None, 1, -1)
    with pytest.raises(ValueError, match="0 or more"):
        chance_test(-5, 5, None, 1, 2)
