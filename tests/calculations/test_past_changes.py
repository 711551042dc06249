"""How often series have fallen, or risen, as far in as long."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.past_changes import past_changes
from performance.calculations.periods import FinancialYear

from .examples import FIRST, history_of

histories = st.lists(st.lists(st.integers(0, 300), max_size=32).map(history_of), max_size=4)


def years_of(*totals: int) -> list[int]:
    """Quarters of years with these totals, all in the first."""
    return [count for total in totals for count in (total, 0, 0, 0)]


@pytest.mark.parametrize(
    ("baseline", "target", "years", "reached", "pairs"),
    [
        (100, 90, 1, 2, 4),
        (100, 90, 2, 2, 3),
        (100, 50, 4, 1, 1),
        (100, 49, 4, 0, 1),
        (100, 120, 1, 0, 4),
        (100, 105, 1, 1, 4),
        (100, 90, 9, 0, 0),
    ],
)
def test_pairs_of_years(baseline: int, target: int, years: int, reached: int, pairs: int) -> None:
    history = history_of(years_of(100, 80, 84, 81, 50))
    found = past_changes([history], baseline, target, years)
    assert (found.reached, found.pairs) == (reached, pairs)


def test_years_that_are_not_whole_and_years_of_nought_are_left_out() -> None:
    assert past_changes([history_of(years_of(0, 5))], 10, 9, 1).pairs == 0
    assert history_of([9, 9, *years_of(100), 9], FIRST + 2).whole_years == {FinancialYear(2001): 100}
    assert past_changes([], 10, 9, 1).pairs == 0


@given(histories, st.integers(1, 500), st.integers(0, 500), st.integers(1, 3))
def test_as_the_boring_way(series: list, baseline: int, target: int, years: int) -> None:
    ratios = []
    for history in series:
        totals = [sum(history.counts[start : start + 4]) for start in range(0, len(history) - 3, 4)]
        ratios += [Fraction(after, before) for before, after in zip(totals, totals[years:]) if before]  # noqa: B905
    asked = Fraction(target, baseline)
    found = past_changes(series, baseline, target, years)
    assert found.pairs == len(ratios)
    assert found.reached == sum(ratio <= asked if target <= baseline else ratio >= asked for ratio in ratios)


@pytest.mark.parametrize(("baseline", "target", "years"), [(0, 5, 1), (5, -1, 1), (5, 4, 0)])
def test_what_is_no_change_is_refused(baseline: int, target: int, years: int) -> None:
    with pytest.raises(ValueError, match="above 0"):
        past_changes([], baseline, target, years)
