"""Student's t and Poisson's distribution, held against scipy's."""

from __future__ import annotations

import pytest
import scipy.stats
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.distributions import poisson_cdf, poisson_quantile, student_t_cdf, student_t_quantile

degrees = st.integers(1, 60)
probabilities = st.floats(0.0005, 0.9995)


@given(st.floats(-60, 60), degrees)
def test_the_cdf_of_t_is_scipys(t: float, df: int) -> None:
    assert student_t_cdf(t, df) == pytest.approx(scipy.stats.t.cdf(t, df), abs=1e-12)


@given(st.floats(-1e12, 1e12), degrees)
def test_however_far_out_the_cdf_of_t_is_a_probability(t: float, df: int) -> None:
    assert 0 <= student_t_cdf(t, df) <= 1


@given(probabilities, degrees)
def test_the_quantile_of_t_is_scipys(probability: float, df: int) -> None:
    assert student_t_quantile(probability, df) == pytest.approx(scipy.stats.t.ppf(probability, df), rel=1e-9, abs=1e-9)


@pytest.mark.parametrize(
    ("probability", "df", "t"), [(0.9, 4, 1.533), (0.975, 24, 2.064), (0.75, 10, 0.700), (0.995, 1, 63.657)]
)
def test_the_quantiles_of_the_printed_tables(probability: float, df: int, t: float) -> None:
    assert student_t_quantile(probability, df) == pytest.approx(t, abs=5e-4)


@given(degrees)
def test_half_lies_below_nought(df: int) -> None:
    assert student_t_cdf(0, df) == 0.5
    assert student_t_quantile(0.5, df) == pytest.approx(0, abs=1e-12)


@given(st.integers(-3, 60), st.floats(0, 30))
def test_the_cdf_of_poisson_is_scipys(count: int, mean: float) -> None:
    assert poisson_cdf(count, mean) == pytest.approx(scipy.stats.poisson.cdf(count, mean), abs=1e-12)


@given(probabilities, st.floats(0.001, 30))
def test_the_quantile_of_poisson_is_the_first_count_that_is_enough(probability: float, mean: float) -> None:
    count = poisson_quantile(probability, mean)
    assert poisson_cdf(count, mean) >= probability
    assert poisson_cdf(count - 1, mean) < probability


@pytest.mark.parametrize("probability", [0, 1, -0.1, 1.5])
def test_what_is_no_probability_is_refused(probability: float) -> None:
    with pytest.raises(ValueError, match="between 0 and 1"):
        student_t_quantile(probability, 4)
    with pytest.raises(ValueError, match="between 0 and 1"):
        poisson_quantile(probability, 4)


def test_what_has_no_distribution_is_refused() -> None:
    with pytest.raises(ValueError, match="1 or more"):
        student_t_cdf(1, 0)
    with pytest.raises(ValueError, match="0 or more"):
        poisson_cdf(1, -1)
