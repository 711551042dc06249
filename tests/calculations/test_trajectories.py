"""Milestones and quarterly targets: whole numbers that add up."""

from __future__ import annotations

from fractions import Fraction
from math import floor

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.calculations.history import EVEN_PROFILE, Profile
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.trajectories import (
    Shape,
    Trajectory,
    apportion,
    total_trajectory,
    trajectory,
    year_path,
)

from .plan_table import ROWS

STARTS, ENDS = FinancialYear(2005), FinancialYear(2007)
counts = st.integers(0, 20_000)
some_shares = st.lists(st.integers(0, 500), min_size=1, max_size=12).filter(any).map(
    lambda weights: [Fraction(weight, sum(weights)) for weight in weights]
)  # fmt: skip


def test_the_plan_on_the_way() -> None:
    """Ten categories rounded by themselves; their sums are the total's milestones, not 6,635 and 6,199."""
    rows = [trajectory(row.baseline, row.target, STARTS, ENDS) for row in ROWS]
    total = total_trajectory(rows)
    assert total is not None
    assert [milestone.count for milestone in total.milestones] == [6637, 6197, 5762]
    assert (total.baseline, total.target, total.shape) == (7072, 5762, Shape.LINEAR)


@pytest.mark.parametrize(
    ("baseline", "target", "shape", "milestones"),
    [
        (529, 397, Shape.LINEAR, [485, 441, 397]),
        (558, 698, Shape.LINEAR, [605, 651, 698]),
        (1000, 729, Shape.COMPOUND, [900, 810, 729]),
        (100, 0, Shape.LINEAR, [67, 33, 0]),
        (5, 5, Shape.COMPOUND, [5, 5, 5]),
        (1, 8, Shape.COMPOUND, [2, 4, 8]),
    ],
)
def test_milestones(baseline: int, target: int, shape: Shape, milestones: list[int]) -> None:
    found = trajectory(baseline, target, STARTS, ENDS, shape)
    assert [milestone.count for milestone in found.milestones] == milestones
    assert [milestone.year.start for milestone in found.milestones] == [2005, 2006, 2007]


def test_years_off_the_way_have_no_milestone() -> None:
    found = trajectory(529, 397, STARTS, ENDS)
    assert found.in_year(FinancialYear(2006)) == 441
    assert found.in_year(FinancialYear(2004)) is found.in_year(FinancialYear(2008)) is None


@given(counts, counts, st.integers(1, 12), st.sampled_from(Shape))
def test_the_way_ends_at_the_target_and_never_turns(baseline: int, target: int, years: int, shape: Shape) -> None:
    assume(shape is Shape.LINEAR or min(baseline, target) > 0)
    found = trajectory(baseline, target, FinancialYear(2008) - (years - 1), FinancialYear(2008), shape)
    way = [baseline, *(milestone.count for milestone in found.milestones)]
    assert way[-1] == target
    assert way in (sorted(way), sorted(way, reverse=True))


@given(st.integers(1, 9_999), st.integers(1, 9_999), st.integers(1, 6))
def test_a_compound_milestone_is_the_nearest_whole_number(baseline: int, target: int, years: int) -> None:
    """The boring way: the only m with (2m − 1)^n ≤ 2^n × b^(n − j) × T^j < (2m + 1)^n."""
    found = trajectory(baseline, target, FinancialYear(2001), FinancialYear(2000 + years), Shape.COMPOUND)
    for step, milestone in enumerate(found.milestones, 1):
        exact = 2**years * baseline ** (years - step) * target**step
        assert (2 * milestone.count - 1) ** years <= exact < (2 * milestone.count + 1) ** years


@given(st.lists(st.tuples(counts, counts), min_size=1, max_size=12))
def test_totals_add_up_the_rounded(pairs: list[tuple[int, int]]) -> None:
    parts = [trajectory(baseline, target, STARTS, ENDS) for baseline, target in pairs]
    total = total_trajectory(parts)
    assert total is not None
    for year in (STARTS, STARTS + 1, ENDS):
        assert total.in_year(year) == sum(part.in_year(year) or 0 for part in parts)


def test_what_has_no_total() -> None:
    one = trajectory(10, 5, STARTS, ENDS)
    assert total_trajectory([]) is None
    assert total_trajectory([one, trajectory(10, 5, STARTS, ENDS + 1)]) is None
    mixed = total_trajectory([one, trajectory(10, 5, STARTS, ENDS, Shape.COMPOUND)])
    assert isinstance(mixed, Trajectory)
    assert mixed.shape is None


def test_what_is_no_way_is_refused() -> None:
    with pytest.raises(ValueError, match="0 or more"):
        trajectory(-1, 5, STARTS, ENDS)
    with pytest.raises(ValueError, match="no year before"):
        trajectory(10, 5, ENDS + 1, ENDS)
    with pytest.raises(ValueError, match="above 0"):
        trajectory(10, 0, STARTS, ENDS, Shape.COMPOUND)


def test_theft_of_cycle_over_its_quarters() -> None:
    shares = tuple(Fraction(part, 1000) for part in (275, 315, 231, 179))
    path = year_path(FinancialYear(2007), 131, Profile(shares))  # type: ignore[arg-type]
    assert path.quarters == (36, 41, 30, 24)
    assert path.cumulative == (36, 77, 107, 131)
    assert path.to_date(Quarter(FinancialYear(2007), 2)) == 77
    assert path.in_quarter(Quarter(FinancialYear(2007), 2)) == 41


def test_of_equal_remainders_the_earlier_gets_more() -> None:
    assert apportion(6, EVEN_PROFILE.shares) == (2, 2, 1, 1)
    assert apportion(0, EVEN_PROFILE.shares) == (0, 0, 0, 0)


@given(counts, some_shares)
def test_the_parts_add_up_and_none_is_a_whole_one_off(total: int, shares: list[Fraction]) -> None:
    parts = apportion(total, shares)
    assert sum(parts) == total
    assert all(part - floor(total * share) in (0, 1) for part, share in zip(parts, shares, strict=True))


@given(counts, some_shares)
def test_as_the_boring_way_gives_them_out_one_by_one(total: int, shares: list[Fraction]) -> None:
    parts = [floor(total * share) for share in shares]
    left = [total * share - part for share, part in zip(shares, parts, strict=True)]
    while sum(parts) < total:
        place = left.index(max(left))
        parts[place] += 1
        left[place] = Fraction(-1)
    assert apportion(total, shares) == tuple(parts)


@pytest.mark.parametrize(
    ("total", "shares"), [(-1, [1]), (5, [Fraction(1, 2)]), (5, [Fraction(3, 2), Fraction(-1, 2)])]
)
def test_what_cannot_be_spread_is_refused(total: int, shares: list[Fraction]) -> None:
    with pytest.raises(ValueError, match="add up to 1"):
        apportion(total, shares)
