"""Which periods a reader is offered, of few years and of many."""

from __future__ import annotations

from performance.calculations.periods import FinancialYear, Period
from performance.models import ReturnState
from performance.pages.period_picker import YEARS_IN_FULL, period_choices
from performance.queries import Return

FIRST, LAST = FinancialYear(1990), FinancialYear(2014)
QUARTERS_ONLY = FinancialYear(1999)


def held(period: Period) -> Return:
    return Return(1, period, ReturnState.PUBLISHED, None, "", has_figures=True)


def returns(first: FinancialYear, last: FinancialYear) -> tuple[Return, ...]:
    years = [FinancialYear(start) for start in range(first.start, last.start + 1)]
    quarters = [held(quarter) for year in years for quarter in year.quarters]
    return (*quarters, *(held(year) for year in years if year != QUARTERS_ONLY))


def offered(first: FinancialYear, chosen: Period) -> dict[FinancialYear, list[Period]]:
    choices = period_choices(returns(first, LAST), chosen)
    return {choice.year: [each.period for each in choice.returns] for choice in choices}


def test_a_few_years_are_listed_with_their_quarters_the_latest_first() -> None:
    found = offered(LAST - (YEARS_IN_FULL - 1), LAST)
    assert list(found) == [LAST - back for back in range(YEARS_IN_FULL)]
    assert all(periods == [year, *year.quarters] for year, periods in found.items())


def test_of_many_years_the_earlier_ones_lead_to_their_own_page() -> None:
    found = offered(FIRST, LAST)
    assert len(found) == 25
    assert found[LAST - (YEARS_IN_FULL - 1)][1:] != []
    assert found[LAST - YEARS_IN_FULL] == [LAST - YEARS_IN_FULL]


def test_the_year_that_is_open_lists_its_quarters() -> None:
    assert offered(FIRST, FIRST)[FIRST] == [FIRST, *FIRST.quarters]
    assert offered(FIRST, FIRST.quarters[2])[FIRST] == [FIRST, *FIRST.quarters]


def test_a_year_without_a_whole_year_keeps_its_quarters_in_reach() -> None:
    assert offered(FIRST, LAST)[QUARTERS_ONLY] == list(QUARTERS_ONLY.quarters)
