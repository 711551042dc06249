"""The dashboard of a quarter, as a councillor reads it: on course? what is worrying? is it real? what is done?"""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import User
from django.test import Client

from performance.models import (
    Actual,
    Baseline,
    Commentary,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    Target,
)
from tests.pages import Page

Get = Callable[..., Page]
ADDRESS = "/elsewhere/2008-09/q1/"


def test_first_whether_the_targets_of_the_year_are_on_course(district: Partnership, get: Get) -> None:
    page = get(ADDRESS)
    assert page.all("main h2")[0] == "Are we on course for the year’s targets?"
    assert page.all(".app-lead") == ["One of the three targets is on track. Theft of cycle and wounding are off track."]
    assert page.all(".app-standing h3") == ["▲ 2 off track", "● 1 on track"]


def test_then_what_has_changed_with_its_numbers_and_its_usual_range(district: Partnership, get: Get) -> None:
    page = get(ADDRESS)
    (finding,) = [each for each in page.all(".app-finding") if "theft of cycle" in each]
    assert "Worse: theft of cycle, highest quarter since April 2003" in finding
    assert "300 in April to June, 100 in the same quarter last year." in finding


def test_what_is_usual_is_not_told_as_a_change(district: Partnership, get: Get) -> None:
    told = " ".join(get(ADDRESS).all(".app-finding h3"))
    assert "wounding" not in told
    assert "mediations" not in told


def test_off_track_within_its_usual_variation_says_both(district: Partnership, get: Get) -> None:
    (wounding,) = [each for each in get(ADDRESS).all(".app-explained") if each.startswith("Wounding")]
    assert "Off track, but within its usual variation." in wounding


def test_a_row_has_the_quarter_the_year_to_date_the_expected_year_end_and_the_status(
    district: Partnership, get: Get
) -> None:
    (robbery,) = [row for row in get(ADDRESS).rows() if row[0] == "Robbery"]
    assert robbery[2] == "90 100 last year"
    assert robbery[3].startswith("90 110 planned")
    assert "[f]" in robbery[4]
    assert robbery[5] == "target 440"
    assert robbery[6] == "● On track more than 9 in 10"


def test_kinds_stand_apart_and_are_not_added_up(district: Partnership, get: Get) -> None:
    headings = get(ADDRESS).all("main h2")
    assert "All BCS crimes against their targets" in headings
    assert "Interventions" in headings


def test_a_changed_way_of_counting_is_shown_and_not_judged(district: Partnership, get: Get) -> None:
    RecordingChange.objects.create(
        category=CrimeCategory.objects.get(slug="wounding"),
        financial_year="2008/09",
        quarter=1,
        description="Whatever the injury.",
    )
    page = get(ADDRESS)
    assert page.all(".app-lead") == [
        "One of the two targets that can be judged is on track. Theft of cycle is off track."
    ]
    assert "Not a change: wounding shows 101 against 100 last year" in page.text
    assert "without wounding" in page.text
    assert "[b] counted differently in between" in page.text


def test_commentary_stands_beside_the_measure_that_asks_for_it(
    district: Partnership, get: Get, person: Callable[..., User]
) -> None:
    assert "No explanation has been entered." in get(ADDRESS).text
    Commentary.objects.create(
        period_return=PeriodReturn.objects.get(partnership=district, financial_year="2008/09", quarter=1),
        category=CrimeCategory.objects.get(slug="theft-of-cycle"),
        why="Half were taken at the two stations.",
        asked="Release the money for cameras.",
        written_by=person("writer"),
        written_at=datetime(2008, 7, 16, 12, tzinfo=UTC),
    )
    (cycle,) = [each for each in get(ADDRESS).all(".app-explained") if each.startswith("Theft of cycle")]
    assert "Half were taken at the two stations." in cycle
    assert "Asked of the board: Release the money for cameras." in cycle
    assert "Written on 16 July 2008" in cycle


def test_a_year_that_is_over_says_met_and_missed(district: Partnership, get: Get) -> None:
    for slug in ("robbery", "theft-of-cycle", "wounding"):
        category = CrimeCategory.objects.get(slug=slug)
        baseline = Baseline.objects.get(partnership=district, category=category)
        Baseline.objects.filter(pk=baseline.pk).update(financial_year="2003/04", in_use_from="2005/06")
        Target.objects.create(
            partnership=district, category=category, financial_year="2007/08", count=403, baseline=baseline
        )
    page = get("/elsewhere/2007-08/q4/")
    assert page.all("main h2")[0] == "Were the year’s targets met?"
    assert page.all(".app-lead") == ["All three targets are met."]


def test_a_draft_is_for_members_alone(
    district: Partnership, get: Get, client: Client, person: Callable[..., User]
) -> None:
    PeriodReturn.objects.filter(partnership=district, financial_year="2008/09").update(state="draft")
    assert "No figures have been published for April to June 2008 (Q1)." in get(ADDRESS).text
    client.force_login(person("officer", district))
    assert "only members of the partnership can see this" in get(ADDRESS).text


def test_figures_are_counted_by_their_state(district: Partnership, get: Get) -> None:
    Actual.objects.filter(period_return__financial_year="2008/09", category__slug="robbery").update(is_provisional=True)
    assert "1 provisional [p]" in get(ADDRESS).one(".app-state")


def test_before_the_quarter_has_begun(district: Partnership, get: Get) -> None:
    assert "April to June 2150 (Q1) has not begun yet." in get("/elsewhere/2150-51/q1/").text


CATEGORY = "/elsewhere/categories/theft-of-cycle/2008-09/q1/"


def test_a_category_says_first_whether_it_is_on_course(district: Partnership, get: Get) -> None:
    page = get(CATEGORY)
    assert page.one("h1") == "Theft of cycle"
    assert page.one(".app-lead").startswith("▲ Off track. 300 so far this year: 10 above the target for the whole year")


def test_its_numbers_stand_with_what_they_are_compared_with(district: Partnership, get: Get) -> None:
    first, to_date, four, expected = get(CATEGORY).all(".app-numbers > div")
    assert first.startswith("April to June 2008 (Q1) 300 100 in the same quarter last year Worse, by more than chance")
    assert to_date.startswith("Year to date, from April 300")
    assert four.startswith("Last four quarters 603 403 in the four before")
    assert expected.startswith("Expected by 31 March 2009 [f]")


def test_each_comparison_has_one_answer(district: Partnership, get: Get) -> None:
    rows = [row for row in get(CATEGORY).rows() if row[0].startswith("Last four quarters with")]
    assert rows == [["Last four quarters with the four before", "403", "603", "Up 50%", "Worse, by more than chance"]]


def test_how_it_is_worked_out_has_the_numbers_that_the_page_shows(district: Partnership, get: Get) -> None:
    page = get(CATEGORY)
    titles = page.all("details.govuk-details summary")
    assert "Worse, by more than chance" in titles
    (four,) = [words for words in page.all("details .app-steps") if words.startswith("The counts")]
    assert "603 in the last four quarters, 403 in the four before." in four


@pytest.mark.parametrize("chart", ["quarters", "year", "difference"])
def test_its_charts_can_be_explored(district: Partnership, client: Client, chart: str) -> None:
    response = client.get(f"{CATEGORY}chart/{chart}/")
    assert response.status_code == 200
    assert response.json()["data"]


def test_a_chart_that_is_not_there_is_not_found(district: Partnership, client: Client) -> None:
    assert client.get(f"{CATEGORY}chart/pie/").status_code == 404


def test_a_quarter_without_figures_says_so(district: Partnership, get: Get) -> None:
    page = get("/elsewhere/categories/theft-of-cycle/2008-09/q3/")
    assert page.one(".app-lead") == "No figures have been published for October to December 2008 (Q3)."


def test_a_category_of_which_nothing_is_held(district: Partnership, get: Get) -> None:
    page = get("/elsewhere/categories/criminal-damage/2008-09/q1/")
    assert "[x]" in page.one(".app-numbers")
    assert page.soup.select("figure") == []


def test_a_total_is_read_without_what_is_not_alike(district: Partnership, get: Get) -> None:
    RecordingChange.objects.create(
        category=CrimeCategory.objects.get(slug="wounding"),
        financial_year="2008/09",
        quarter=1,
        description="Whatever the injury.",
    )
    page = get("/elsewhere/categories/all-bcs-crimes/2008-09/q1/")
    assert "Read without wounding and robbery: with them the total is not like for like." in page.text
