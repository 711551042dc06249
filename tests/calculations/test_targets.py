"""A target as a count and as a percentage: each gives the other."""

from __future__ import annotations

from fractions import Fraction

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.targets import as_percentage, from_percentage, read_percentage
from tests.calculations.plan_table import ROWS, PlanRow

PERCENTAGES = [25, 40, 25, 12, 10, 10, 30, -25, 15, 8]


@pytest.mark.parametrize(("row", "percent"), list(zip(ROWS, PERCENTAGES, strict=True)))
def test_every_target_of_the_plan_is_its_baseline_less_a_whole_percentage(row: PlanRow, percent: int) -> None:
    assert from_percentage(row.baseline, Fraction(percent)).count == row.target


def test_the_rounding_is_said() -> None:
    derived = from_percentage(558, Fraction(-25))
    assert (derived.exact, derived.count, derived.was_rounded) == (Fraction(1395, 2), 698, True)
    assert not from_percentage(100, Fraction(10)).was_rounded


def test_edges() -> None:
    assert from_percentage(0, Fraction(10)).count == 0
    assert from_percentage(529, Fraction(100)).count == 0
    assert as_percentage(0, 5) is None
    with pytest.raises(ValueError, match="more than 100%"):
        from_percentage(529, Fraction(101))
    with pytest.raises(ValueError, match="not below 0"):
        from_percentage(-1, Fraction(10))


@pytest.mark.parametrize(
    ("text", "value"),
    [("10", 10), ("12.5", Fraction(25, 2)), ("12.5%", Fraction(25, 2)), (" 10 % ", 10), ("-25", -25), ("−25", -25),
     ("- 25", -25), ("+10", 10), ("0", 0)],
)  # fmt: skip
def test_percentages_as_people_type_them(text: str, value: int | Fraction) -> None:
    assert read_percentage(text) == value


def test_an_empty_box_and_what_is_no_percentage() -> None:
    assert read_percentage(" ") is None
    for text in ("ten", "10%%", "1,5", "1.234", "１０", "--1"):
        with pytest.raises(ValueError, match="not a percentage"):
            read_percentage(text)


@given(st.integers(1, 1_000_000), st.integers(0, 1_000_000))
def test_a_count_comes_back_from_its_own_percentage(baseline: int, target: int) -> None:
    share = as_percentage(baseline, target)
    assert share is not None
    assert from_percentage(baseline, share).count == target
