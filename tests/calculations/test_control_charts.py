"""The limits of an XmR chart, worked by hand."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.control_charts import WIDTH, limits

CHECK = [12, 15, 11, 14, 13, 16, 12, 15, 11, 14, 13, 12]


def test_the_check() -> None:
    """Mean 158 ÷ 12; the eleven ranges add up to 31 and none is left out: 31 ÷ 11 × 2.66."""
    ranges = [3, 4, 3, 1, 3, 4, 3, 4, 3, 1, 1]
    assert [abs(b - a) for a, b in pairwise(CHECK)] == ranges
    found = limits(CHECK)
    assert found is not None
    assert found.mean == pytest.approx(158 / 12)
    assert found.upper == pytest.approx(158 / 12 + WIDTH * sum(ranges) / 11)
    assert found.lower == pytest.approx(158 / 12 - WIDTH * sum(ranges) / 11)
    assert (found.is_trial, found.is_screened) == (False, True)


def test_a_range_that_is_out_of_the_ordinary_is_left_out_once() -> None:
    calm = [10, 12, 10, 12, 10, 12, 10, 12]
    found = limits([*calm, 60])
    assert found is not None
    assert found.upper - found.mean == pytest.approx(WIDTH * 2)


def test_screening_that_would_leave_only_noughts_is_not_done() -> None:
    found = limits([5, 5, 5, 5, 5, 5, 5, 5, 5, 40])
    assert found is not None
    assert not found.is_screened
    assert found.upper - found.mean == pytest.approx(WIDTH * 35 / 9)


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5], [None, 5, None, 6], [None, None]])
def test_without_variation_there_are_no_limits(values: list[int | None]) -> None:
    assert limits(values) is None


def test_a_gap_breaks_the_chain_of_ranges() -> None:
    found = limits([10, 12, None, 50, 52])
    assert found is not None
    assert found.upper - found.mean == pytest.approx(WIDTH * 2)
    assert found.is_trial


def test_outside_is_strictly_beyond() -> None:
    found = limits(CHECK)
    assert found is not None
    assert found.holds(found.upper)
    assert found.holds(found.lower)
    assert not found.holds(found.upper + 0.001)


@given(st.lists(st.integers(0, 500), min_size=2, max_size=30), st.integers(0, 100))
def test_limits_move_with_the_series(values: list[int], more: int) -> None:
    before, after = limits(values), limits([value + more for value in values])
    if before is None or after is None:
        assert before is after is None
    else:
        assert after.mean - before.mean == pytest.approx(more)
        assert after.upper - after.lower == pytest.approx(before.upper - before.lower)
