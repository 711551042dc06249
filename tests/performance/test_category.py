from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.test import Client

from performance.models import Actual, CrimeCategory, Partnership, PeriodReturn, RecordingChange
from tests.calculations.plan_table import ROWS
from tests.pages import Page

Get = Callable[..., Page]

CYCLE = "/st-albans/categories/theft-of-cycle/"


def test_the_verdict_says_why(st_albans: Partnership, get: Get) -> None:
    page = get(CYCLE)
    assert page.one(".app-lead") == "✘ Missed: 186 thefts of cycle against a target of 131, 55 too many (42% over)."
    assert page.one(".app-verdict") == "Up 27% since 2003/04, from 146 to 186."


@pytest.mark.parametrize(
    ("slug", "verdict"),
    [
        ("common-assault", "◆ Missed narrowly: 401 common assaults against a target of 384, 17 too many (4.4% over)."),
        ("criminal-damage", "◆ Missed narrowly: 1,898 offences against a target of 1,876, 22 too many (1.2% over)."),
        ("robbery", "✔ Met: 79 robberies against a target of 88, 9 fewer."),
        ("all-bcs-crimes", "✔ Met: 5,307 offences against a target of 5,762, 455 fewer."),
    ],
)
def test_every_category_has_its_verdict(st_albans: Partnership, get: Get, slug: str, verdict: str) -> None:
    assert get(f"/st-albans/categories/{slug}/").one(".app-lead") == verdict


@pytest.mark.parametrize("row", ROWS, ids=lambda row: row.name)
def test_every_figure_of_the_plan_is_on_its_page(st_albans: Partnership, get: Get, row: tuple[str, int]) -> None:
    category = CrimeCategory.objects.get(name=row[0])
    figures = get(f"/st-albans/categories/{category.slug}/").rows(".app-table")[:3]
    plan = "St Albans Community Safety Partnership Plan 2008"
    assert [[line[0], line[1], line[2], line[4]] for line in figures] == [
        ["2003/04", "Baseline", f"{row[1]:,}", plan],
        ["2007/08", "Actual", f"{row[3]:,}", plan],  # type: ignore[misc]
        ["2007/08", "Target", f"{row[2]:,}", plan],  # type: ignore[misc]
    ]


def test_the_target_says_how_it_was_set(st_albans: Partnership, get: Get) -> None:
    assert get(CYCLE).rows(".app-table")[2][3] == "10% below the baseline"
    page = get("/st-albans/categories/wounding/")
    assert page.rows(".app-table")[2][3] == "25% above the baseline"
    assert "So meeting it is not like for like with meeting the others." in page.text
    assert "The target reflects a change in the way crime is recorded" in page.text


def test_definition_codes_and_supplier(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/categories/domestic-burglary/")
    assert "Entering a home as a trespasser" in page.text
    assert "Counted by Hertfordshire Constabulary." in page.text
    assert page.rows(".app-table")[4:7] == [
        ["28", "Burglary in a dwelling", "Until 2007/08", "Published by the Home Office"],
        ["29", "Aggravated burglary in a dwelling", "All years", "Published by the Home Office"],
        ["28A", "Burglary in a dwelling", "From 2008/09", "Published by the Home Office"],
    ]


def test_the_chart_shows_what_is_held_and_nothing_between(st_albans: Partnership, get: Get) -> None:
    page = get(CYCLE)
    assert page.one("figcaption") == "Theft of cycle is up 27% since 2003/04"
    assert page.all("svg.chart-course-of-years .chart-count") == ["146", "186"]
    assert page.all("svg.chart-course-of-years .chart-axis").count("[x]") == 3
    assert page.one("svg.chart-course-of-years desc") == "2003/04: 146, 2007/08: 186. Target for 2007/08: 131."
    assert "[x] no figure is held for the year" in page.text


def test_a_year_between_is_drawn_once_it_is_published(st_albans: Partnership, get: Get) -> None:
    earlier = PeriodReturn.objects.create(
        partnership=st_albans, financial_year="2006/07", state="published", figures_as_at=date(2007, 3, 31)
    )
    Actual.objects.create(period_return=earlier, category=CrimeCategory.objects.get(slug="theft-of-cycle"), count=160)
    page = get(CYCLE)
    assert page.all("svg.chart-course-of-years .chart-count") == ["146", "160", "186"]
    assert [row[2] for row in page.rows(".app-table")[:4]] == ["146", "160", "186", "131"]


def test_a_total_is_the_sum_of_its_parts_and_names_them(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/categories/all-bcs-crimes/")
    assert len(page.soup.select("main ul.govuk-list--bullet a")) == 10
    assert page.all("svg.chart-course-of-years .chart-count") == ["7,072", "5,307"]
    assert "Without wounding, all BCS crimes are down 25.3% against a target of 22.3%." in page.text


@pytest.mark.parametrize("slug", ["drug-misuse", "hate-crime", "domestic-violence", "burglary-of-other-premises"])
def test_a_category_without_figures_says_so(st_albans: Partnership, get: Get, slug: str) -> None:
    page = get(f"/st-albans/categories/{slug}/")
    name = CrimeCategory.objects.get(slug=slug).name
    assert f"No whole-year figures for {name[0].lower()}{name[1:]} are held yet." in page.text
    assert page.soup.select("figure, dl") == []


def test_a_partnership_without_returns(elsewhere: Partnership, st_albans: Partnership, get: Get) -> None:
    Partnership.objects.update(is_public=True)
    assert "No whole-year figures for robbery are held yet." in get("/elsewhere/categories/robbery/").text


def test_a_later_return_without_figures_changes_nothing(st_albans: Partnership, get: Get) -> None:
    PeriodReturn.objects.create(
        partnership=st_albans, financial_year="2008/09", state="published", figures_as_at=date(2009, 3, 31)
    )
    assert get(CYCLE).one(".app-lead").startswith("✘ Missed: 186")


def test_a_draft_is_called_one(st_albans: Partnership, get: Get, client: Client, person: Callable[..., User]) -> None:
    PeriodReturn.objects.update(state="draft")
    Actual.objects.update(is_provisional=True)
    assert "No whole-year figures for theft of cycle are held yet." in get(CYCLE).text
    client.force_login(person("partner", st_albans))
    page = get(CYCLE)
    assert page.one(".app-draft") == "Draft: only members of the partnership can see this"
    assert page.rows(".app-table")[1][3] == "Draft, provisional, figures as at 31 March 2008"


def test_a_partial_total_names_what_it_lacks(st_albans: Partnership, get: Get) -> None:
    Actual.objects.filter(category__slug="robbery").update(count=None, missing="withheld")
    page = get("/st-albans/categories/all-bcs-crimes/")
    assert page.one(".govuk-inset-text") == "The total for all BCS crimes is partial: robbery is withheld."
    assert page.rows(".app-table")[1][3] == "Published, figures as at 31 March 2008: part of the total is missing"


def test_a_note_is_said_once(st_albans: Partnership, get: Get) -> None:
    Actual.objects.filter(category__slug="robbery").update(note="Two were cancelled later.")
    assert get("/st-albans/categories/robbery/").text.count("Two were cancelled later.") == 1


def test_the_columns_of_the_chart_are_explained(st_albans: Partnership, get: Get) -> None:
    assert get(CYCLE).all(".app-key li")[:2] == ["baseline year", "target missed"]
    assert get("/st-albans/categories/robbery/").all(".app-key li")[:2] == ["baseline year", "target met"]


def test_a_figure_that_is_not_there_says_why(st_albans: Partnership, get: Get) -> None:
    Actual.objects.filter(category__slug="robbery").update(count=None, missing="not_applicable")
    page = get("/st-albans/categories/robbery/")
    assert page.one(".app-lead") == "○ Cannot say: the figure is not applicable."
    assert "[z] not applicable" in page.text
    assert "Published, figures as at 31 March 2008: not applicable" in page.text


def test_a_recording_change_is_told(st_albans: Partnership, elsewhere: Partnership, get: Get) -> None:
    wounding = CrimeCategory.objects.get(slug="wounding")
    columns = {"category": wounding, "financial_year": "2008/09", "quarter": 1}
    RecordingChange.objects.create(**columns, description="Nationally otherwise.")
    RecordingChange.objects.create(**columns, partnership=elsewhere, description="Only elsewhere.")
    page = get("/st-albans/categories/wounding/")
    assert "Counted differently from April to June 2008 (Q1): Nationally otherwise." in page.text
    assert "Only elsewhere." not in page.text


def test_markup_in_a_name_is_text(st_albans: Partnership, get: Get) -> None:
    CrimeCategory.objects.filter(slug="robbery").update(name="<script>alert(1)</script> & more")
    for address in ("/st-albans/2007-08/", "/st-albans/categories/robbery/", "/st-albans/agencies/"):
        page = get(address)
        assert "alert(1)" not in "".join(script.get_text() for script in page.soup.select("script"))
    assert get("/st-albans/categories/robbery/").one("h1") == "<script>alert(1)</script> & more"


def test_the_chart_to_explore_holds_the_same_numbers(st_albans: Partnership, client: Client) -> None:
    import plotly.graph_objects as go

    figure = json.loads(client.get(f"{CYCLE}chart/").content)
    go.Figure(figure)  # validates every property
    assert figure["data"][0]["y"] == [146, None, None, None, 186]
    assert figure["data"][0]["text"] == ["146", "", "", "", "186"]
    assert [shape["y0"] for shape in figure["layout"]["shapes"]] == [146, 131]
    assert [name["text"] for name in figure["layout"]["annotations"]] == ["Baseline 146", "Target 131", *["[x]"] * 3]


def test_there_is_no_chart_without_figures(st_albans: Partnership, client: Client) -> None:
    assert client.get("/st-albans/categories/drug-misuse/chart/").status_code == 404
