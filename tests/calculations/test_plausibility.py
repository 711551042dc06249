"""Which figures are asked about, by which rule, with which numbers."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.figures import Figure
from performance.calculations.forecasts import Forecast, forecast_quarter
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.plausibility import Doubt, Rule, WholeYear, doubts, year_check
from performance.calculations.series import Series
from performance.sentences import ask

FIRST = Quarter(FinancialYear(2006), 1)
STEADY = (120, 131, 118, 127, 122, 140, 96, 125)  # two years: the next quarter is a first quarter
NEXT = FIRST + 8


def of(*counts: int) -> Series:
    return Series({FIRST + number: Figure.of(count) for number, count in enumerate(counts)})


@pytest.mark.parametrize("value", [96, 97, 120, 140])
def test_what_is_usual_is_not_asked_about(value: int) -> None:
    assert doubts(value, of(*STEADY), NEXT) == ()


@pytest.mark.parametrize(
    ("value", "rule", "seen"),
    [
        (1250, Rule.TENFOLD, 125),
        (12, Rule.TENFOLD, 120),
        (900, Rule.TENFOLD, 90),
        (2790, Rule.TENFOLD, 279),
        (2900, Rule.UNEXPECTED, 2900),
        (515, Rule.UNEXPECTED, 515),
        (0, Rule.UNEXPECTED, 0),
    ],
)
def test_what_is_odd(value: int, rule: Rule, seen: int) -> None:
    (doubt,) = doubts(value, of(*STEADY), NEXT)
    assert (doubt.rule, doubt.value, doubt.seen) == (rule, value, seen)
    assert not doubt.low <= value <= doubt.high


def test_the_year_to_date_typed_for_the_quarter() -> None:
    in_second, in_third = of(*STEADY, 121), of(*STEADY, 121, 119)
    (doubt,) = doubts(121 + 130, in_second, NEXT + 1)
    assert (doubt.rule, doubt.seen) == (Rule.YEAR_TO_DATE, 130)
    (doubt,) = doubts(121 + 119, in_third, NEXT + 2)
    assert (doubt.rule, doubt.seen) == (Rule.SAME_AS_TO_DATE, 240)


def test_too_little_history_asks_nothing() -> None:
    assert doubts(5_000, of(120, 131), FIRST + 2) == ()
    assert doubts(5_000, Series(), NEXT) == ()
    assert doubts(515, of(*STEADY[:5]), FIRST + 5) == ()


def test_a_level_is_not_added_up_and_not_held_against_the_year_to_date() -> None:
    level = Series(of(*STEADY, 121).figures, is_level=True)
    (doubt,) = doubts(121 + 130, level, NEXT + 1)
    assert doubt.rule is Rule.UNEXPECTED


@pytest.mark.parametrize(
    ("value", "rules"), [(514, []), (515, [Rule.AS_MUCH_AS_A_YEAR]), (600, [Rule.AS_MUCH_AS_A_YEAR])]
)
def test_a_quarter_as_large_as_the_only_year_that_is_held(value: int, rules: list[Rule]) -> None:
    last_year = WholeYear(FinancialYear(2007), 515)
    assert [doubt.rule for doubt in doubts(value, Series(), NEXT, last_year=last_year)] == rules


def test_a_year_of_a_few_may_fall_into_one_quarter() -> None:
    assert doubts(3, Series(), NEXT, last_year=WholeYear(FinancialYear(2007), 3)) == ()


def test_a_year_that_was_counted_differently_is_not_looked_at() -> None:
    last_year = WholeYear(FinancialYear(2007), 515)
    assert doubts(600, Series(), NEXT, since=NEXT, last_year=last_year) == ()
    assert doubts(600, Series(), NEXT, since=Quarter(FinancialYear(2007), 1), last_year=last_year)


def test_the_interval_is_that_of_the_forecast_of_the_quarter() -> None:
    (doubt,) = doubts(515, of(*STEADY), NEXT)
    forecast = forecast_quarter(of(*STEADY), NEXT)
    assert isinstance(forecast, Forecast)
    assert (doubt.low, doubt.high) == forecast.interval(99).shown
    assert doubt.quarters == 8
    assert doubts(doubt.low, of(*STEADY), NEXT) == doubts(doubt.high, of(*STEADY), NEXT) == ()


def test_what_was_counted_differently_is_not_looked_at() -> None:
    assert doubts(515, of(*STEADY), NEXT, since=NEXT) == ()
    assert doubts(515, of(*STEADY), NEXT, since=FIRST)


@pytest.mark.parametrize("value", [0, 10, 20])
def test_among_small_counts_there_are_no_slips(value: int) -> None:
    assert all(doubt.rule is not Rule.TENFOLD for doubt in doubts(value, of(0, 1, 0, 2, 1, 0, 1, 2), NEXT))


def test_the_quarters_against_the_year_that_is_held() -> None:
    year = FinancialYear(2006)
    assert year_check(of(*STEADY), year, sum(STEADY[:4])) is None
    assert year_check(of(*STEADY[:3]), year, 400) is None
    assert year_check(of(*STEADY), year, None) is None
    doubt = year_check(of(*STEADY), year, 500)
    assert doubt is not None
    assert ask(doubt) == "Do the quarters add up? They make 496, but 500 is held for the whole year."


@pytest.mark.parametrize(
    ("doubt", "words"),
    [
        (Doubt(Rule.TENFOLD, 1292, 271, 334, 129, 8), "Is 1,292 right? The last eight quarters were between 271 and "
         "334. One digit too many? 129 would fit."),
        (Doubt(Rule.TENFOLD, 30, 271, 334, 300, 8), "Is 30 right? The last eight quarters were between 271 and 334. "
         "One digit too few? 300 would fit."),
        (Doubt(Rule.AS_MUCH_AS_A_YEAR, 515, 0, 514, 515, 4, FinancialYear(2007)), "Is 515 right? The whole of 2007/08 "
         "was 515. Enter this quarter alone."),
        (Doubt(Rule.YEAR_TO_DATE, 251, 96, 140, 130, 1), "Is 251 right? It looks like the year to date: without the "
         "quarters before it, 130 are left."),
        (Doubt(Rule.SAME_AS_TO_DATE, 240, 96, 140, 240, 2), "Is 240 right? It is the sum of the year's first two "
         "quarters. Enter this quarter alone."),
        (Doubt(Rule.UNEXPECTED, 515, 70, 173, 515, 20), "Is 515 right? From the last 20 quarters it would be "
         "between 70 and 173 in 99 of 100 cases."),
    ],
)  # fmt: skip
def test_the_question_has_the_numbers_that_made_it_odd(doubt: Doubt, words: str) -> None:
    assert ask(doubt) == words


@given(st.lists(st.integers(-5, 2_000), max_size=24), st.integers(-100, 50_000))
def test_whatever_is_typed_there_is_at_most_one_question_and_it_can_be_asked(counts: list[int], value: int) -> None:
    found = doubts(value, of(*counts), FIRST + len(counts))
    assert len(found) <= 1
    for doubt in found:
        assert str(abs(doubt.value))[:1] in ask(doubt)
        assert doubt.low <= doubt.high
