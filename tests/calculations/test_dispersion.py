"""How much a series varies by itself."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.dispersion import LARGE, SMALL, dispersion, size_of

from .examples import CHECK, history_of

counts = st.lists(st.integers(-5, 3_000), min_size=8, max_size=40)


@pytest.mark.parametrize(
    ("values", "size"),
    [([], SMALL), ([49] * 12, SMALL), ([50] * 12, LARGE), ([900] * 20 + [40] * 12, SMALL), ([60, 60], LARGE)],
)
def test_the_last_twelve_quarters_say_how_large_a_series_is(values: list[int], size: object) -> None:
    assert size_of(history_of(values)) is size


def test_the_check_series_by_hand() -> None:
    """32 quarters, season 34, 47, 80, 58 of 219; the twelve ratios of the last thirteen quarters, added up here."""
    found = dispersion(history_of(CHECK[:32]))
    assert found is not None
    shares = [284 / 1219, 297 / 1219, 330 / 1219, 308 / 1219]
    level = [count / (4 * shares[place % 4]) for place, count in enumerate(CHECK[:32])]
    ratios = [(level[place] - level[place - 1]) ** 2 / (level[place] + level[place - 1]) for place in range(20, 32)]
    assert (found.pairs, found.size) == (12, SMALL)
    assert found.own == pytest.approx(sum(ratios) / 12, rel=1e-9)
    assert found.value == pytest.approx((sum(ratios) + 4 * 1.3) / 16, rel=1e-9)


@pytest.mark.parametrize(("quarter", "usual"), [(40, 1.3), (400, 2.3)])
def test_a_calm_series_is_drawn_towards_what_is_usual_but_never_under_poisson(quarter: int, usual: float) -> None:
    short, long = dispersion(history_of([quarter] * 8)), dispersion(history_of([quarter] * 40))
    assert short is not None
    assert long is not None
    assert short.value == pytest.approx(max(1, 4 * usual / 11))
    assert (long.value, long.own, long.pairs) == (1, 0, 12)


def test_under_eight_quarters_a_series_does_not_say() -> None:
    assert dispersion(history_of([50] * 7)) is None


def test_pairs_of_noughts_say_nothing() -> None:
    found = dispersion(history_of([0] * 12))
    assert found is not None
    assert (found.pairs, found.own, found.value) == (0, None, 1.3)


@given(counts)
def test_it_is_at_least_one_and_between_its_own_and_the_usual(values: list[int]) -> None:
    found = dispersion(history_of(values))
    assert found is not None
    assert found.value >= 1
    if found.own is not None and found.value > 1:
        low, high = sorted([found.own, found.size.usual_dispersion])
        assert low - 1e-9 <= found.value <= high + 1e-9
