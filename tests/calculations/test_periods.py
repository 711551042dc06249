from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.periods import EARLIEST, LATEST, FinancialYear, Quarter

years = st.integers(EARLIEST, LATEST - 1).map(FinancialYear)
quarters = st.builds(Quarter, years, st.integers(1, 4))
days = st.dates(date(EARLIEST, 4, 1), date(LATEST, 3, 31))


@pytest.mark.parametrize(
    ("text", "start"),
    [
        ("2007/08", 2007),
        ("2007-08", 2007),
        ("07/08", 2007),
        ("2007/2008", 2007),
        ("2007-2008", 2007),
        (" 2007/08 ", 2007),
        ("1999/00", 1999),
        ("1999/2000", 1999),
        ("99/00", 1999),
        ("00/01", 2000),
        ("69/70", 2069),
        ("70/71", 1970),
    ],
)
def test_one_year_has_several_spellings(text: str, start: int) -> None:
    assert FinancialYear.parse(text) == FinancialYear(start)


@pytest.mark.parametrize(
    "text",
    [
        "2007/09",
        "2007/07",
        "2008/07",
        "07/2008",
        "2007",
        "2007/8",
        "",
        "/",
        "2007//08",
        "2007/08/09",
        "２００７/０８",
        "٢٠٠٧/٠٨",
        "2007/08\n2008/09",
        "1899/00",
        "2200/01",
        "-2007/08",
        "2007_08",
    ],
)
def test_anything_else_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        FinancialYear.parse(text)


@given(years)
def test_a_year_reads_back_as_it_is_written(year: FinancialYear) -> None:
    assert FinancialYear.parse(str(year)) == FinancialYear.parse(year.slug) == year


@given(quarters)
def test_a_quarter_reads_back_as_it_is_written(quarter: Quarter) -> None:
    assert Quarter.parse(str(quarter)) == Quarter.parse(quarter.slug) == quarter


@pytest.mark.parametrize(
    "text", ["2008/09 Q5", "2008/09 Q0", "2008/09", "Q1", "2008/10 Q1", "2008/09 q１", "2008/09  Q1"]
)
def test_what_is_no_quarter_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Quarter.parse(text)


@pytest.mark.parametrize(
    ("when", "year", "quarter"),
    [
        (date(2008, 3, 31), 2007, 4),
        (date(2008, 4, 1), 2008, 1),
        (date(2008, 6, 30), 2008, 1),
        (date(2008, 7, 1), 2008, 2),
        (date(2008, 9, 30), 2008, 2),
        (date(2008, 10, 1), 2008, 3),
        (date(2008, 12, 31), 2008, 3),
        (date(2009, 1, 1), 2008, 4),
        (date(2008, 2, 29), 2007, 4),
    ],
)
def test_the_quarter_of_a_day(when: date, year: int, quarter: int) -> None:
    assert FinancialYear.containing(when) == FinancialYear(year)
    assert Quarter.containing(when) == Quarter(FinancialYear(year), quarter)


@given(days)
def test_a_day_lies_in_the_one_year_and_quarter_that_contain_it(when: date) -> None:
    year, quarter = FinancialYear.containing(when), Quarter.containing(when)
    assert year.begins <= when <= year.ends
    assert quarter.begins <= when <= quarter.ends
    assert quarter.year == year
    assert quarter in year.quarters


@given(quarters)
def test_quarters_follow_each_other_without_gap_or_overlap(quarter: Quarter) -> None:
    assert (quarter + 1).begins == quarter.ends + timedelta(days=1)
    assert (quarter + 1) - 1 == quarter
    assert quarter < quarter + 1
    assert quarter + 4 == Quarter(quarter.year + 1, quarter.number)


@given(years)
def test_four_quarters_fill_a_year(year: FinancialYear) -> None:
    assert year.quarters[0].begins == year.begins
    assert year.quarters[3].ends == year.ends
    assert (year + 1).begins == year.ends + timedelta(days=1)
    assert (year + 1) - 1 == year
    assert year.year == year


def test_periods_in_words() -> None:
    year = FinancialYear(2007)
    assert str(year) == "2007/08"
    assert year.dates == "1 April 2007 to 31 March 2008"
    assert str(FinancialYear(1999)) == "1999/00"
    assert [quarter.dates for quarter in year.quarters] == [
        "April to June 2007 (Q1)",
        "July to September 2007 (Q2)",
        "October to December 2007 (Q3)",
        "January to March 2008 (Q4)",
    ]


@pytest.mark.parametrize("number", [0, 5, -1])
def test_a_quarter_has_a_number_from_1_to_4(number: int) -> None:
    with pytest.raises(ValueError, match="1, 2, 3 or 4"):
        Quarter(FinancialYear(2007), number)


def test_the_last_quarter_that_can_be_held_has_an_end() -> None:
    assert Quarter(FinancialYear(LATEST), 4).ends == date(LATEST + 1, 3, 31)
