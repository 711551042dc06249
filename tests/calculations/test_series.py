"""Quarters in order: sums over time are whole or unavailable, never smaller."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.change import NoChange
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.series import Series, total_series
from performance.calculations.to_date import Strand, ToDate

Y07, Y08 = FinancialYear(2007), FinancialYear(2008)
NYA = Figure.missing(NoFigure.NOT_YET_AVAILABLE)


def series(start: FinancialYear, *counts: int | None) -> Series:
    first = Quarter(start, 1)
    return Series({first + n: NYA if count is None else Figure.of(count) for n, count in enumerate(counts)})


FULL = series(Y07, 81, 74, 70, 66, 50, 48)


@pytest.mark.parametrize(
    ("quarter", "to_date", "last_year", "rolling"),
    [
        (Quarter(Y07, 1), 81, None, None),
        (Quarter(Y07, 4), 291, None, 291),
        (Quarter(Y08, 1), 50, 81, 260),
        (Quarter(Y08, 2), 98, 155, 234),
    ],
)
def test_sums_over_time(quarter: Quarter, to_date: int, last_year: int | None, rolling: int | None) -> None:
    assert FULL.year_to_date(quarter).known == to_date
    assert FULL.same_period_last_year(quarter).known == last_year
    assert FULL.rolling_four(quarter).known == rolling


def test_a_missing_quarter_makes_a_sum_unavailable_and_names_itself() -> None:
    gap = series(Y07, 81, None, 70, 66)
    found = gap.whole_year(Y07)
    assert found.known is found.count is None
    assert found.reason is NoFigure.QUARTER_MISSING
    assert found.missing_parts == ("July to September 2007 (Q2)",)
    assert gap.year_to_date(Quarter(Y07, 1)).known == 81


def test_where_all_are_missing_alike_the_reason_is_theirs() -> None:
    assert series(Y07, None, None).year_to_date(Quarter(Y07, 2)) == NYA
    assert Series().whole_year(Y07).reason is NoFigure.NOT_HELD


def test_cancelled_crimes_are_kept_in_sums_and_marks_are_passed_on() -> None:
    figures = {Quarter(Y08, 1): Figure.of(10, provisional=True), Quarter(Y08, 2): Figure.of(-3, revised=True)}
    found = Series(figures).year_to_date(Quarter(Y08, 2))
    assert (found.known, found.provisional, found.revised) == (7, True, True)


def to_date(quarter: Quarter, baseline_year: FinancialYear | None, *parts: Strand) -> ToDate:
    return ToDate.of("All", quarter, lambda year: parts, baseline_year)


def test_a_part_of_a_year_is_compared_with_the_same_part_of_another() -> None:
    found = to_date(Quarter(Y08, 2), Y07, Strand("Cycle", FULL))
    assert (found.quarter.known, found.year_to_date.known, found.last_year.known) == (48, 98, 155)
    assert found.change.percent() == found.since_baseline.percent() == 37


def test_without_the_quarters_of_the_baseline_year_nothing_is_said() -> None:
    for year in (FinancialYear(2003), None):
        found = to_date(Quarter(Y08, 1), year, Strand("Cycle", FULL))
        assert found.baseline_part.known is None
        assert found.since_baseline.unavailable is NoChange.NO_BASELINE


def test_a_total_to_date_is_the_sum_of_its_parts_and_says_what_it_lacks() -> None:
    parts = Strand("Cycle", FULL), Strand("Robbery", series(Y08, 5, None))
    total = to_date(Quarter(Y08, 2), Y07, *parts)
    assert (total.quarter.count, total.quarter.missing_parts) == (48, ("Robbery",))
    assert (total.year_to_date.count, total.year_to_date.known) == (98, None)
    assert total.year_to_date.missing_parts == ("Robbery",)
    assert total.change.unavailable is NoChange.PART_MISSING


def test_a_retired_part_is_left_out_of_both_years() -> None:
    """Robbery at 100 a quarter, retired from the year's start; the others at 450: no change, not down 18%."""
    others, robbery = Strand("Others", series(Y07, *[450] * 8)), Strand("Robbery", series(Y07, *[100] * 4))
    found = ToDate.of("All", Quarter(Y08, 4), lambda year: (others, robbery) if year == Y07 else (others,))
    assert (found.last_year.known, found.year_to_date.known) == (1800, 1800)
    assert found.change.reduction == 0
    assert list(found.on_last_year.left_out) == ["Robbery"]


def test_a_part_that_is_new_stands_in_the_sum_but_not_in_the_change() -> None:
    others, fraud = Strand("Others", series(Y07, *[450] * 8)), Strand("Fraud", series(Y08, *[50] * 4))
    found = ToDate.of("All", Quarter(Y08, 4), lambda year: (others,) if year == Y07 else (others, fraud))
    assert (found.last_year.known, found.year_to_date.known) == (1800, 2000)
    assert found.change.counts == (1800, 1800)


@pytest.mark.parametrize(
    ("begins", "quarter", "is_broken", "is_mixed"),
    [
        ("2008/09 Q1", "2008/09 Q1", True, False),
        ("2008/09 Q1", "2009/10 Q1", False, False),
        ("2008/09 Q3", "2008/09 Q2", False, False),
        ("2008/09 Q3", "2008/09 Q3", True, True),
        ("2008/09 Q3", "2009/10 Q2", True, False),
    ],
)
def test_each_comparison_is_judged_by_itself(begins: str, quarter: str, is_broken: bool, is_mixed: bool) -> None:
    wounding = Strand("Wounding", series(Y07, *[100] * 12), changes=(Quarter.parse(begins),))
    found = ToDate.of("Wounding", Quarter.parse(quarter), lambda year: (wounding,))
    assert found.quarter_on_quarter.is_like_for_like is not is_broken
    assert found.now.is_broken is is_mixed


def test_the_sum_of_series_is_whole_where_all_are() -> None:
    found = total_series([series(Y07, 1, 2, None, 4), series(Y07, 10, 20, 30)])
    assert [found.quarter(Quarter(Y07, number)).known for number in (1, 2, 3, 4)] == [11, 22, None, None]


COUNTS = st.lists(st.one_of(st.none(), st.integers(-5, 500)), min_size=1, max_size=12)


@given(COUNTS)
def test_in_the_fourth_quarter_the_year_to_date_is_the_year_and_the_rolling_sum(counts: list[int | None]) -> None:
    found = series(Y07, *counts)
    for year in (Y07, Y08, Y08 + 1):
        last = year.quarters[3]
        assert found.year_to_date(last) == found.rolling_four(last) == found.whole_year(year)


@given(COUNTS)
def test_a_sum_is_whole_or_there_is_none(counts: list[int | None]) -> None:
    found = series(Y07, *counts)
    for quarter in found.figures:
        parts = [found.quarter(each).known for each in quarter.year.quarters[: quarter.number]]
        expected = None if None in parts else sum(part for part in parts if part is not None)
        assert found.year_to_date(quarter).known == found.year_to_date(quarter).count == expected


def test_what_was_known_before() -> None:
    gap = series(Y07, 81, None, 70, 66)
    assert gap.known_before(Quarter(Y08, 1), 8) == (81, 70, 66)
    assert gap.known_before(Quarter(Y07, 4), 2) == (70,)
