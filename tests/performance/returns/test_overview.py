"""The returns page: what is in, what is missing and from whom, the overdue first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.access import standing_of
from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, PartnerAgency, Partnership
from performance.returns.pages.overview import ReturnsPage, returns_page
from performance.returns.values import Entry
from tests.pages import Page
from tests.performance.conftest import TODAY, Desk

Seat = Callable[..., Desk]
YEARS = [FinancialYear(2008)]


def page_for(desk: Desk, today: date = TODAY) -> ReturnsPage:
    return returns_page(standing_of(desk.partnership, desk.user, today), YEARS)


def lines(page: ReturnsPage) -> dict[str, list[str]]:
    return {group.heading: [line.name for line in group.lines] for group in page.groups}


def test_each_period_stands_where_it_calls_for_something(desk: Seat) -> None:
    officer = desk("officer")
    assert lines(page_for(officer)) == {
        "Overdue": ["April to June 2008 (Q1)"],
        "Published": ["2007/08, whole year"],
        "To come": ["July to September 2008 (Q2)", "October to December 2008 (Q3)", "January to March 2009 (Q4)"],
    }
    assert page_for(officer).lead == "1 return is overdue."
    assert page_for(officer, date(2008, 7, 31)).lead == "1 is due next."
    assert "Due" in lines(page_for(officer, date(2008, 7, 31)))
    assert page_for(officer, date(2008, 6, 30)).lead == "No return is due."
    officer.save({"robbery": 21})
    officer.submit()
    assert lines(page_for(officer))["Handed in, to be published"] == ["April to June 2008 (Q1)"]
    desk("administrator").publish()
    assert lines(page_for(officer))["Published"] == ["April to June 2008 (Q1)", "2007/08, whole year"]


def test_the_day_on_which_returns_are_due_is_the_partnerships_own(desk: Seat) -> None:
    officer = desk("officer")
    officer.partnership.returns_due_after = 45
    assert "Due" in lines(page_for(officer))
    assert page_for(officer).groups[0].lines[0].progress.due == date(2008, 8, 14)


def test_what_is_missing_and_from_whom(desk: Seat) -> None:
    officer = desk("officer")
    line = page_for(officer).groups[0].lines[0]
    assert (line.supplied, line.missing) == ("0 of 10", ("Hertfordshire Constabulary: all 10 figures",))
    expected = CrimeCategory.objects.expected_of(officer.partnership).values_list("slug", flat=True)
    officer.save({slug: 21 for slug in expected if slug not in ("robbery", "wounding", "theft-of-cycle")})
    officer.save({"wounding": Entry(None, "not_yet_available"), "theft-of-cycle": Entry(None, "withheld")})
    line = page_for(officer).groups[0].lines[0]
    assert line.supplied == "7 of 10"
    assert line.missing == ("Hertfordshire Constabulary: wounding and robbery", "Theft of cycle is withheld")
    assert line.tag == "Draft"


def test_each_return_says_how_it_stands_and_to_whom_it_falls(desk: Seat) -> None:
    officer, administrator = desk("officer"), desk("administrator")
    assert page_for(officer).groups[0].lines[0].tag == "Not begun"
    expected = CrimeCategory.objects.expected_of(officer.partnership).values_list("slug", flat=True)
    officer.save(dict.fromkeys(expected, 21))
    assert page_for(officer).groups[0].lines[0].tag == "Ready to hand in"
    officer.submit()
    assert page_for(administrator).lead == "1 return waits for you to publish."
    assert page_for(officer).lead == "No return is due."
    administrator.send_back()
    assert page_for(officer).groups[0].lines[0].tag == "Sent back"
    assert page_for(officer).lead == "1 was sent back and 1 return is overdue."


def test_a_category_that_nobody_supplies_is_not_forgotten(desk: Seat) -> None:
    police = PartnerAgency.objects.get(slug="police")
    police.supplies.remove(CrimeCategory.objects.get(slug="robbery"))
    line = page_for(desk("officer")).groups[0].lines[0]
    assert line.missing == ("Hertfordshire Constabulary: all 9 figures", "No agency is named: robbery")


def test_an_agency_that_had_left_is_not_asked(desk: Seat) -> None:
    PartnerAgency.objects.filter(slug="police").update(left_on=date(2008, 6, 29))
    assert page_for(desk("officer")).groups[0].lines[0].missing == ("No agency is named: all 10 figures",)


def test_a_supplying_agency_sees_its_own_part(desk: Seat) -> None:
    partner, officer = desk("supplier"), desk("officer")
    page = page_for(partner)
    assert page.lead == "Figures from your agency are missing in 1 return."
    assert page.groups[0].lines[0].own == "0 of 10"
    assert not page.groups[0].can_be_reminded
    assert page_for(officer).groups[0].can_be_reminded
    expected = CrimeCategory.objects.expected_of(officer.partnership).values_list("slug", flat=True)
    partner.save(dict.fromkeys(expected, 21))
    page = page_for(partner)
    assert page.lead == "All the figures that your agency supplies are in."
    assert page.groups[0].lines[0].own == "complete"


def test_one_click_opens_the_right_return(desk: Seat, client: Client) -> None:
    client.force_login(desk("officer").user)
    page = Page(client.get("/st-albans/returns/").content.decode())
    assert page.links("th a")[0] == "/st-albans/returns/2008-09/q1/"
    assert page.one("nav[aria-label=Pages] a[aria-current]") == "Returns"
    assert client.get(page.links("th a")[0]).status_code == 200


def test_without_a_plan_the_page_says_so(elsewhere: Partnership, desk: Seat, client: Client) -> None:
    owner = desk("owner")
    client.force_login(owner.user)
    assert "No plan is there yet" in Page(client.get("/elsewhere/returns/").content.decode()).text


@pytest.mark.parametrize("address", ["/st-albans/returns/", "/st-albans/history/", "/st-albans/returns/reminders/"])
def test_the_number_of_queries_does_not_grow(desk: Seat, client: Client, address: str) -> None:
    officer = desk("officer")
    client.force_login(officer.user)

    def count() -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    officer.save({"robbery": 21})
    few = count()
    for _ in range(6):
        officer.period = officer.period - 1
        officer.save({"robbery": 21, "wounding": 5})
    assert count() == few
    assert few <= 48
