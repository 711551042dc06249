"""What moved a total adds up to its change."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.contributions import PartCounts, contributions, harm_contributions

from .plan_table import ROWS

some_parts = st.lists(
    st.builds(PartCounts, st.text("abcdef", min_size=1, max_size=3), st.integers(-5, 3_000), st.integers(-5, 3_000)),
    min_size=1,
    max_size=12,
)
PLAN = [PartCounts(row.name, row.baseline, row.actual) for row in ROWS]


def test_the_plan() -> None:
    found = contributions(PLAN)
    assert (found.before, found.after, found.change) == (7072, 5307, -1765)
    assert [(each.part.name, each.change) for each in found.parts[:3]] == [
        ("Theft from vehicle", -901), ("Theft of vehicle", -232), ("Domestic burglary", -173),
    ]  # fmt: skip
    assert found.parts[0].share == Fraction(-901, 7072)


@given(some_parts)
def test_changes_and_shares_add_up_and_the_largest_come_first(parts: list[PartCounts]) -> None:
    found = contributions(parts)
    assert sum(each.change for each in found.parts) == found.change
    sizes = [abs(each.change) for each in found.parts]
    assert sizes == sorted(sizes, reverse=True)
    shares = [each.share for each in found.parts if each.share is not None]
    if found.before > 0:
        assert sum(shares) == Fraction(found.change, found.before)
    else:
        assert shares == []


def test_harm_is_count_times_weight() -> None:
    weights = {row.name: Fraction(10) for row in ROWS} | {"Robbery": Fraction(746), "Theft of cycle": Fraction(3)}
    del weights["Criminal damage"]
    found = harm_contributions(PLAN, weights)
    assert found.unweighted == ("Criminal damage",)
    assert found.parts[0].part.name == "Robbery"
    assert found.parts[0].change == -25 * 746
    assert found.change == found.after - found.before == sum(each.change for each in found.parts)


@given(some_parts)
def test_with_weights_of_one_harm_is_the_count(parts: list[PartCounts]) -> None:
    by_count = contributions(parts)
    by_harm = harm_contributions(parts, {part.name: Fraction(1) for part in parts})
    assert by_harm.change == by_count.change
    assert [each.change for each in by_harm.parts] == [each.change for each in by_count.parts]


def test_a_total_needs_a_part() -> None:
    with pytest.raises(ValueError, match="at least one"):
        contributions([])
