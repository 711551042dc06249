"""A quarter, read: what is told first, what is not judged, and that nothing later is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.change import change
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.forecasts import Forecast
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.readings import (
    NO_TARGET,
    Reading,
    Reason,
    Target,
    notable,
    notables,
    quarters_between,
    read,
    total_series,
)
from performance.calculations.series import Series
from performance.calculations.status import Sense, Status

FIRST = Quarter(FinancialYear(2003), 1)
STEADY = (100, 104, 98, 101)


def series(counts: Sequence[int | None], *, is_level: bool = False) -> Series:
    figures = {
        FIRST + place: Figure.missing(NoFigure.NOT_YET_AVAILABLE) if value is None else Figure.of(value)
        for place, value in zip(count(), counts, strict=False)
    }
    return Series(figures, is_level=is_level)


def reading(
    counts: Sequence[int | None],
    *,
    target: int | None = None,
    sense: Sense = Sense.REDUCE,
    breaks: Sequence[Quarter] = (),
    is_level: bool = False,
) -> Reading:
    aim = Target(Figure.of(target), sense=sense) if target is not None else NO_TARGET
    last = FIRST + (len(counts) - 1)
    return read("Robbery", series(counts, is_level=is_level), last, target=aim, breaks=breaks)


def test_a_year_under_way_has_an_outlook_and_a_year_that_is_over_a_verdict() -> None:
    under_way = reading(STEADY * 5 + (100,), target=410)
    assert under_way.verdict is None
    assert under_way.outlook is not None
    assert isinstance(under_way.forecast, Forecast)
    over = reading(STEADY * 5, target=410)
    assert over.outlook is None
    assert over.status is Status.MET


def test_the_three_comparisons_take_the_same_quarters_of_the_year_before() -> None:
    found = reading((1, 2, 3, 4, 5, 6, 7, 8, 9, 10))
    known = [
        (pair.before.known, pair.after.known) for pair in (found.against_last_year, found.to_date, found.four_quarters)
    ]
    assert known == [(6, 10), (11, 19), (18, 34)]


@pytest.mark.parametrize(
    ("begins", "broken"),
    [
        pytest.param(0, (False, False, False), id="before all"),
        pytest.param(3, (False, False, True), id="between the four and the four before"),
        pytest.param(5, (False, True, True), id="within last year's part"),
        pytest.param(9, (True, True, True), id="with this quarter"),
        pytest.param(10, (False, False, False), id="still ahead"),
    ],
)
def test_each_comparison_is_judged_by_itself(begins: int, broken: tuple[bool, ...]) -> None:
    found = reading((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), breaks=[FIRST + begins])
    pairs = (found.against_last_year, found.to_date, found.four_quarters)
    assert tuple(pair.is_broken for pair in pairs) == broken
    assert all((pair.test is None) == pair.is_broken for pair in pairs)


def test_a_break_within_a_sum_marks_the_sum_itself() -> None:
    found = reading((1, 2, 3, 4, 5, 6, 7, 8, 9, 10), breaks=[FIRST + 9])
    assert found.to_date.is_broken_within
    assert not found.against_last_year.is_broken_within


@given(later=st.lists(st.integers(0, 400), max_size=8))
def test_what_came_later_changes_nothing(later: list[int]) -> None:
    now = FIRST + 8
    counts = (*STEADY, *STEADY, 90)
    alone = read("Robbery", series(counts), now, target=Target(Figure.of(390)))
    known_later = read("Robbery", series((*counts, *later)), now, target=Target(Figure.of(390)))
    assert alone == known_later


@pytest.mark.parametrize(
    ("counts", "sense", "expected"),
    [
        pytest.param((*STEADY * 5, 160), Sense.REDUCE, (Reason.OUTSIDE, True), id="far above its range"),
        pytest.param((*STEADY * 5, 40), Sense.REDUCE, (Reason.OUTSIDE, False), id="far below its range"),
        pytest.param((*STEADY * 5, 40), Sense.INCREASE, (Reason.OUTSIDE, True), id="where more is better"),
        pytest.param((*STEADY * 5, 160), Sense.WATCH, (Reason.OUTSIDE, None), id="only watched"),
        pytest.param((*STEADY * 5, 103), Sense.REDUCE, None, id="as ever"),
        pytest.param((60, 62, 61, 60, 60, 62, 61, 62), Sense.REDUCE, None, id="from 60 to 62 is no news"),
    ],
)
def test_only_what_is_more_than_chance_is_told_first(
    counts: tuple[int, ...], sense: Sense, expected: tuple[Reason, bool | None] | None
) -> None:
    found = notable(reading(counts, target=400, sense=sense))
    assert (found and (found.reason, found.is_worse)) == expected


def test_worse_comes_before_better_and_the_surest_first() -> None:
    worse = reading((*STEADY * 5, 160), target=400)
    much_worse = reading((*STEADY * 5, 200), target=400)
    better = reading((*STEADY * 5, 10), target=400)
    order = [each.reading for each in notables([better, worse, much_worse])]
    assert order == [much_worse, worse, better]


def test_off_track_within_its_usual_variation_is_known() -> None:
    found = reading((*STEADY * 5, 101), target=300)
    assert found.status is Status.OFF_TRACK
    assert found.is_missed_within_usual_variation


def test_a_level_is_compared_but_not_tested() -> None:
    found = reading((20, 21, 20, 22, 19), is_level=True)
    assert (found.against_last_year.before.known, found.against_last_year.after.known) == (20, 19)
    assert found.against_last_year.test is None


def test_a_negative_quarter_is_kept_and_not_tested() -> None:
    found = reading((1, 0, 2, 1, -1))
    assert found.against_last_year.test is None
    assert found.against_last_year.change == change(Figure.of(1), Figure.of(-1))


@given(
    st.lists(st.integers(-3, 60) | st.none(), min_size=1, max_size=30),
    st.integers(0, 300) | st.none(),
    st.sampled_from(Sense),
    st.sets(st.integers(0, 29), max_size=3),
)
def test_whatever_the_series_it_can_be_read(
    counts: list[int | None], target: int | None, sense: Sense, breaks: set[int]
) -> None:
    found = reading(counts, target=target, sense=sense, breaks=[FIRST + each for each in breaks])
    assert found.status in Status
    told = notable(found)
    assert told is None or told.strength >= 1.96


def test_a_total_is_partial_where_a_part_lacks_its_figure() -> None:
    total = total_series({"Robbery": series((1, 2)), "Theft": series((10,))})
    assert total.quarter(FIRST).known == 11
    assert total.quarter(FIRST + 1).missing_parts == ("Theft",)


def test_quarters_between_are_none_backwards() -> None:
    assert quarters_between(FIRST, FIRST - 1) == []
    assert quarters_between(FIRST, FIRST + 1) == [FIRST, FIRST + 1]
