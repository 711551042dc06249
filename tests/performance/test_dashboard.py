"""The dashboard where figures are missing, late, drafted or strange."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.template import Template
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import Actual, Baseline, CrimeCategory, Partnership, PeriodReturn, Role, Target
from tests.pages import Page

Get = Callable[..., Page]


def change_actual(slug: str, **columns: object) -> None:
    assert Actual.objects.filter(category__slug=slug).update(**columns) == 1


def test_a_partnership_that_has_published_nothing(elsewhere: Partnership, get: Get) -> None:
    Partnership.objects.update(is_public=True)
    page = get("/elsewhere/")
    assert page.one("h1") == "Performance"
    assert "No figures have been published yet." in page.text
    assert page.rows() == []
    assert page.soup.select("details") == []


def test_a_period_without_a_return_offers_those_that_have_one(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2006-07/")
    assert page.one("h1") == "Performance in 2006/07"
    assert "No whole-year figures have been published for 2006/07." in page.text
    assert page.one("main p.govuk-body a:first-child") == "the latest figures, for 2007/08"
    assert page.links("details a") == ["/st-albans/2007-08/"]
    assert page.rows() == []


def test_a_quarter_without_a_return(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2008-09/q2/")
    assert page.one("h1") == "July to September 2008 (Q2)"
    assert page.one(".app-kicker") == "2008/09, second quarter"
    assert "No figures have been published for July to September 2008 (Q2)." in page.text


def test_a_period_that_has_not_begun(st_albans: Partnership, get: Get) -> None:
    assert "2150/51 has not begun yet." in get("/st-albans/2150-51/").text


def test_a_missing_figure_has_its_reason_and_makes_the_total_partial(st_albans: Partnership, get: Get) -> None:
    change_actual("robbery", count=None, missing="withheld")
    page = get("/st-albans/2007-08/")
    rows = {row[0]: row for row in page.rows()}
    assert rows["Robbery"][3:5] == ["[c]", "[x]"]
    assert rows["Robbery"][-1] == "○ Cannot say the figure is withheld"
    assert rows["All BCS crimes"][3:5] == ["5,228 [partial]", "[x]"]
    assert rows["All BCS crimes"][-1] == "○ Cannot say part of the total is missing"
    assert "The total for all BCS crimes is partial: robbery is withheld." in page.text
    assert "[c] withheld" in page.text
    assert "Six of the ten targets were met; " in page.text
    assert "robbery cannot be judged (the figure is withheld)" in page.text
    assert page.one(".app-lead").startswith("All British Crime Survey (BCS) crimes: change cannot be worked out")


def test_a_category_that_is_not_in_the_return_has_no_figure(st_albans: Partnership, get: Get) -> None:
    Actual.objects.filter(category__slug="robbery").delete()
    rows = {row[0]: row for row in get("/st-albans/2007-08/").rows()}
    assert rows["Robbery"][-1] == "○ Cannot say the figure is not held"


def test_nought_is_a_figure(st_albans: Partnership, get: Get) -> None:
    change_actual("robbery", count=0)
    rows = {row[0]: row for row in get("/st-albans/2007-08/").rows()}
    assert rows["Robbery"][3:5] == ["0", "100%"]
    assert rows["Robbery"][-1] == "✔ Met"


def test_a_baseline_of_nought_gives_no_percentage_but_a_verdict(st_albans: Partnership, get: Get) -> None:
    Baseline.objects.filter(category__slug="robbery").update(count=0)
    rows = {row[0]: row for row in get("/st-albans/2007-08/").rows()}
    assert rows["Robbery"][1:5] == ["0", "88", "79", "[z]"]
    assert rows["Robbery"][-1] == "✔ Met from 0 to 79"


def test_a_small_baseline_marks_its_percentage(st_albans: Partnership, get: Get) -> None:
    Baseline.objects.filter(category__slug="robbery").update(count=40)
    page = get("/st-albans/2007-08/")
    assert {row[0]: row for row in page.rows()}["Robbery"][4] == "−98% [u]"
    assert "[u] baseline under 50: the percentage is unreliable" in page.text


def test_a_provisional_figure_is_marked_and_so_is_its_total(st_albans: Partnership, get: Get) -> None:
    change_actual("robbery", is_provisional=True)
    page = get("/st-albans/2007-08/")
    rows = {row[0]: row for row in page.rows()}
    assert rows["Robbery"][3] == "79 [p]"
    assert rows["All BCS crimes"][3] == "5,307 [p]"
    assert "[p] provisional, may still change" in page.text


def test_a_category_without_a_target_cannot_be_judged(st_albans: Partnership, get: Get) -> None:
    Target.objects.filter(category__slug="robbery").delete()
    page = get("/st-albans/2007-08/")
    rows = {row[0]: row for row in page.rows()}
    assert rows["Robbery"][1:5] == ["104", "[x]", "79", "24%"]
    assert rows["Robbery"][-1] == "○ Cannot say no target is set"
    assert rows["All BCS crimes"][2] == "5,674 [partial]"


def test_a_category_outside_the_total_stands_under_it(st_albans: Partnership, get: Get) -> None:
    hate_crime = CrimeCategory.objects.get(slug="hate-crime")
    Actual.objects.create(period_return=PeriodReturn.objects.get(), category=hate_crime, count=12)
    rows = get("/st-albans/2007-08/").rows()
    assert [row[0] for row in rows[-2:]] == ["All BCS crimes", "Hate crime"]
    assert rows[-1][1:5] == ["[x]", "[x]", "12", "[x]"]
    assert rows[-2][3] == "5,307"


def test_a_draft_is_for_members_only(
    st_albans: Partnership, get: Get, client: Client, person: Callable[..., User]
) -> None:
    PeriodReturn.objects.update(state="draft")
    assert "No figures have been published yet." in get("/st-albans/").text
    assert "No whole-year figures have been published for 2007/08." in get("/st-albans/2007-08/").text
    client.force_login(person("officer", st_albans, Role.OFFICER))
    page = get("/st-albans/2007-08/")
    assert "Draft: only members of the partnership can see this" in page.one(".app-state")
    assert len(page.rows()) == 11
    page = get("/st-albans/")
    assert "No figures have been published yet." in page.text
    assert "(draft)" in page.one("details")


def test_a_quarter_shows_its_counts_and_no_false_fall(st_albans: Partnership, get: Get) -> None:
    quarter = PeriodReturn.objects.create(
        partnership=st_albans, financial_year="2008/09", quarter=1, state="published", figures_as_at=date(2008, 6, 30)
    )
    cycle = CrimeCategory.objects.get(slug="theft-of-cycle")
    Actual.objects.create(period_return=quarter, category=cycle, count=52)
    page = get("/st-albans/2008-09/q1/")
    rows = {row[0]: row[1:] for row in page.rows()}
    assert rows["Theft of cycle"] == ["52 [x] last year", "52 [x] last year"]
    assert rows["Robbery"] == ["[x] [x] last year", "[x] [x] last year"]
    assert rows["All BCS crimes"] == ["52 [partial] [x] last year", "52 [partial] [x] last year"]
    assert "Nobody can say yet: no quarter of the year before is held to compare with." in page.text
    assert "No target is set for 2008/09 yet." in page.text
    assert page.links(".app-lead a") == ["/st-albans/2007-08/"]
    assert page.soup.select("figure") == []


def test_the_dashboard_is_that_of_the_latest_published_period(st_albans: Partnership, get: Get) -> None:
    quarter = PeriodReturn.objects.create(
        partnership=st_albans, financial_year="2008/09", quarter=1, state="published", figures_as_at=date(2008, 6, 30)
    )
    assert get("/st-albans/").one("h1") == "Performance in 2007/08"  # for the later one has no figures
    robbery = CrimeCategory.objects.get(slug="robbery")
    Actual.objects.create(period_return=quarter, category=robbery, count=21)
    page = get("/st-albans/")
    assert page.one("h1") == "April to June 2008 (Q1)"
    assert page.links("details a") == ["/st-albans/2007-08/"]
    assert page.one("details strong[aria-current]") == "April to June 2008 (Q1)"


def test_a_return_without_a_single_figure_says_so(st_albans: Partnership, get: Get) -> None:
    Actual.objects.all().delete()
    page = get("/st-albans/2007-08/")
    assert "The return for 2007/08 has no figures in it yet." in page.text
    assert page.rows() == []


def test_a_year_without_targets_is_neither_met_nor_missed(st_albans: Partnership, get: Get) -> None:
    Target.objects.all().delete()
    page = get("/st-albans/2007-08/")
    assert page.soup.select(".chart-met, .chart-missed") == []
    assert len(page.soup.select("td .chart-unjudged")) == 11
    assert page.all(".app-key li")[0] == "not judged"
    assert page.one(".app-lead") == "All British Crime Survey (BCS) crimes are down 25% since 2003/04."


def test_there_is_nothing_to_choose_from_one_period(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert page.soup.select("details") == []
    assert "No other period is published yet" in page.one(".app-state")


def test_figures_from_before_the_year_was_over_are_not_compared(st_albans: Partnership, get: Get) -> None:
    """Half a year against a whole one would be a false fall."""
    PeriodReturn.objects.update(figures_as_at=date(2007, 9, 30))
    page = get("/st-albans/2007-08/")
    assert [row[1] for row in page.rows()][-1] == "5,307"
    assert page.soup.select(".app-lead, .app-verdict, figure, .app-status") == []
    assert "figures from before the end of the year cannot be compared with them" in page.text
    assert page.one("h1") == "Performance in 2007/08"


def test_a_second_total_does_not_take_the_headline(st_albans: Partnership, get: Get) -> None:
    incidents = CrimeCategory.objects.create(name="All incidents", slug="all-incidents", position=99)
    CrimeCategory.objects.filter(slug="hate-crime").update(parent=incidents)
    hate_crime = CrimeCategory.objects.get(slug="hate-crime")
    Actual.objects.create(period_return=PeriodReturn.objects.get(), category=hate_crime, count=12)
    assert get("/st-albans/2007-08/").one(".app-lead").startswith("All British Crime Survey (BCS) crimes are down 25%")


def test_a_gap_in_the_baseline_years_own_return_does_not_erase_the_baseline(st_albans: Partnership, get: Get) -> None:
    robbery = CrimeCategory.objects.get(slug="robbery")
    earlier = PeriodReturn.objects.create(
        partnership=st_albans, financial_year="2003/04", state="published", figures_as_at=date(2004, 3, 31)
    )
    Actual.objects.create(period_return=earlier, category=robbery, missing="not_yet_available")
    page = get("/st-albans/categories/robbery/")
    assert page.all("svg.chart-course-of-years .chart-count") == ["104", "79"]


def test_baselines_of_different_years_say_which(st_albans: Partnership, get: Get) -> None:
    Baseline.objects.filter(category__slug="robbery").update(financial_year="2004/05")
    rows = {row[0]: row for row in get("/st-albans/2007-08/").rows()}
    assert rows["Robbery"][1] == "104 2004/05"
    assert rows["Common assault"][1] == "549 2003/04"


def test_a_baseline_that_went_elsewhere_breaks_nothing(
    st_albans: Partnership, elsewhere: Partnership, get: Get
) -> None:
    Baseline.objects.filter(category__slug="robbery").update(partnership=elsewhere)
    rows = {row[0]: row for row in get("/st-albans/2007-08/").rows()}
    assert rows["Robbery"][1:4] == ["[x]", "88", "79"]


def test_an_agency_that_left_before_the_period_counted_nothing_in_it(st_albans: Partnership, get: Get) -> None:
    police = st_albans.agencies.get(slug="police")
    type(police).objects.filter(pk=police.pk).update(left_on=date(2006, 3, 31))
    assert "counted by" not in get("/st-albans/2007-08/").text


def test_a_target_keeps_to_its_own_baseline(st_albans: Partnership, get: Get) -> None:
    """A later baseline does not change how an earlier target is measured."""
    category = CrimeCategory.objects.get(slug="robbery")
    Baseline.objects.create(
        partnership=st_albans, category=category, financial_year="2006/07", count=90, in_use_from="2007/08"
    )
    assert {row[0]: row for row in get("/st-albans/2007-08/").rows()}["Robbery"][1] == "104"


def test_the_chart_to_explore_holds_the_same_numbers(st_albans: Partnership, client: Client) -> None:
    import plotly.graph_objects as go

    figure = json.loads(client.get("/st-albans/2007-08/chart/").content)
    go.Figure(figure)  # validates every property
    bars, _, targets = figure["data"]
    assert bars["y"][0] == "Theft from vehicle"
    assert bars["y"][-2:] == ["Theft of cycle", "All BCS crimes"]
    assert bars["x"][-2:] == [-27.4, 25.0]
    words = [each["text"] for each in figure["layout"]["annotations"]]
    assert words[-4:-2] == ["Theft of cycle: up 27%", "✘ Missed"]
    assert dict(zip(targets["y"], targets["x"], strict=True))["All BCS crimes"] == 18.5


def test_there_is_no_chart_where_there_are_no_figures(st_albans: Partnership, client: Client) -> None:
    assert client.get("/st-albans/2006-07/chart/").status_code == 404


# How much is asked of the database ------------------------------------------------------------------------------------


def _categories(number: int, partnership: Partnership) -> None:
    period_return = PeriodReturn.objects.create(
        partnership=partnership, financial_year="2009/10", state="published", figures_as_at=date(2010, 3, 31)
    )
    total = CrimeCategory.objects.create(name="Total", slug="total")
    for each in range(number):
        category = CrimeCategory.objects.create(name=f"Kind {each}", slug=f"kind-{each}", parent=total)
        columns = {"partnership": partnership, "category": category}
        baseline = Baseline.objects.create(**columns, financial_year="2003/04", count=100, in_use_from="2005/06")
        Target.objects.create(**columns, financial_year="2009/10", count=80, baseline=baseline)
        Actual.objects.create(period_return=period_return, category=category, count=70 + each)


def _partnerships(number: int) -> None:
    Partnership.objects.bulk_create(
        Partnership(
            name=f"District {n}",
            title=f"District {n}",
            slug=f"district-{n}",
            home_office_name=f"District {n}",
            home_office_code=f"E{n:08}",
            police_force="Force",
            is_public=True,
        )
        for n in range(number)
    )


@pytest.mark.parametrize(("categories", "partnerships"), [(3, 0), (60, 0), (3, 300)])
def test_the_number_of_queries_is_fixed(
    elsewhere: Partnership, client: Client, categories: int, partnerships: int
) -> None:
    Partnership.objects.update(is_public=True)
    _categories(categories, elsewhere)
    _partnerships(partnerships)
    with CaptureQueriesContext(
        connection,
    ) as queries:
        response = client.get("/elsewhere/2009-10/")
    assert len(Page(response.content.decode()).rows()) == categories + 1
    assert len(queries) <= 12


def test_rendering_asks_nothing_of_the_database(
    st_albans: Partnership, client: Client, person: Callable[..., User], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Signed in, where the header shows the person's name."""
    client.force_login(person("officer", st_albans, Role.OFFICER))
    asked: list[int] = []
    render = Template.render

    def counting(self: Template, context: object) -> str:
        with CaptureQueriesContext(connection) as queries:
            rendered = render(self, context)  # type: ignore[arg-type]
        asked.append(len(queries))
        return rendered

    monkeypatch.setattr(Template, "render", counting)
    for address in (
        "/st-albans/2007-08/",
        "/st-albans/categories/robbery/",
        "/st-albans/plan/",
        "/st-albans/agencies/",
    ):
        assert client.get(address).status_code == 200
    assert len(asked) >= 4
    assert set(asked) == {0}
