"""Which quarters a test or a forecast learns from, and what season they have."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.history import EVEN_PROFILE, History, Profile
from performance.calculations.periods import FinancialYear, Quarter

from .examples import CHECK, FIRST, history_of, series_of

counts = st.lists(st.integers(-5, 3_000), max_size=40)
optional_counts = st.lists(st.one_of(st.none(), st.integers(0, 3_000)), min_size=1, max_size=40)


def test_it_ends_with_the_quarter_asked_for() -> None:
    history = History.of(series_of([1, 2, 3, 4, 5]), FIRST + 3)
    assert (history.first, history.counts, history.next_quarter) == (FIRST, (1, 2, 3, 4), FIRST + 4)


def test_it_does_not_reach_past_a_recording_change() -> None:
    history = History.of(series_of([1, 2, 3, 4, 5]), FIRST + 4, since=FIRST + 2)
    assert (history.first, history.counts, history.is_cut_by_gap) == (FIRST + 2, (3, 4, 5), False)


def test_it_does_not_reach_past_a_gap_and_says_so() -> None:
    history = History.of(series_of([1, None, 3, 4]), FIRST + 3)
    assert (history.counts, history.is_cut_by_gap) == ((3, 4), True)


def test_a_gap_before_the_recording_change_is_none() -> None:
    history = History.of(series_of([1, None, 3, 4]), FIRST + 3, since=FIRST + 2)
    assert (history.counts, history.is_cut_by_gap) == ((3, 4), False)
    history = History.of(series_of([1, None, 3, 4]), FIRST + 3, since=FIRST + 1)
    assert (history.counts, history.is_cut_by_gap) == ((3, 4), False)


def test_without_the_last_quarter_there_is_none() -> None:
    history = History.of(series_of([1, 2, None]), FIRST + 2)
    assert (len(history), history.is_cut_by_gap, history.recent_mean) == (0, True, None)
    assert History.of(series_of([]), FIRST).is_cut_by_gap is False


@given(optional_counts)
def test_it_holds_what_the_series_holds_and_stops_at_the_first_gap(values: list[int | None]) -> None:
    history = History.of(series_of(values), FIRST + len(values) - 1)
    from_the_end = list(reversed(values))
    until_gap = from_the_end.index(None) if None in from_the_end else len(from_the_end)
    assert history.counts == tuple(reversed(from_the_end[:until_gap]))
    assert history.is_cut_by_gap is any(value is not None for value in from_the_end[until_gap:])


def test_the_season_of_the_check() -> None:
    profile = history_of(CHECK[:32]).profile
    assert [round(float(share), 5) for share in profile.shares] == [0.23298, 0.24364, 0.27071, 0.25267]
    assert profile.years == (FinancialYear(2005), FinancialYear(2006), FinancialYear(2007))
    assert profile.counts == (34, 47, 80, 58)


def test_a_series_that_begins_within_a_year_has_the_season_of_its_whole_years() -> None:
    history = history_of([9, 9, 100, 200, 300, 400, 9], FIRST + 2)
    assert history.profile == Profile.of((100, 200, 300, 400), (FinancialYear(2001),))


def test_without_a_whole_year_each_quarter_has_a_quarter() -> None:
    assert history_of([9, 9, 9]).profile == EVEN_PROFILE
    assert set(EVEN_PROFILE.shares) == {Fraction(1, 4)}


def test_a_year_with_cancelled_crimes_has_no_season() -> None:
    assert history_of([40, -1, 40, 40, 100, 200, 300, 400]).profile.years == (FinancialYear(2001),)
    with pytest.raises(ValueError, match="0 or more"):
        Profile.of((1, -1, 1, 1))


@given(counts)
def test_shares_add_up_to_one_and_lie_between_the_season_and_a_quarter(values: list[int]) -> None:
    profile = history_of(values).profile
    assert sum(profile.shares) == 1
    for share, count in zip(profile.shares, profile.counts, strict=True):
        own = Fraction(count, sum(profile.counts)) if sum(profile.counts) else Fraction(1, 4)
        assert min(own, Fraction(1, 4)) <= share <= max(own, Fraction(1, 4))


@given(counts, st.integers(0, 44))
def test_what_lies_before_a_quarter(values: list[int], place: int) -> None:
    before = history_of(values).before(FIRST + place)
    assert before.counts == tuple(values[:place])


def test_counts_without_their_season() -> None:
    history = history_of([100, 200, 300, 400])
    profile = history.profile
    assert history.without_season(profile) == pytest.approx(
        [count / (4 * float(profile.share(Quarter(FIRST.year, n)))) for n, count in enumerate(history.counts, 1)]
    )


def test_all_stretches_between_gaps_and_changes() -> None:
    counts = {FIRST + place: place for place in range(12) if place != 4}
    found = History.all_of(counts, {FIRST + 8, FIRST + 30})
    assert [(each.first, each.counts) for each in found] == [
        (FIRST, (0, 1, 2, 3)),
        (FIRST + 5, (5, 6, 7)),
        (FIRST + 8, (8, 9, 10, 11)),
    ]
    assert History.all_of({}) == []


@given(optional_counts, st.sets(st.integers(0, 40)))
def test_no_stretch_loses_a_count(values: list[int | None], changes: set[int]) -> None:
    counts = {FIRST + place: value for place, value in enumerate(values) if value is not None}
    found = History.all_of(counts, {FIRST + place for place in changes})
    assert {
        quarter: count for each in found for quarter, count in zip(each.quarters, each.counts, strict=True)
    } == counts
