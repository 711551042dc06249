"""Published quarters: on their dashboard, on category pages, and added up to a year."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import Actual, Partnership, PeriodReturn, RecordingChange, Revision
from tests.pages import Page
from tests.performance.conftest import Desk

Get = Callable[..., Page]
Seat = Callable[..., Desk]


def publish(desk: Desk, quarter: Quarter, **counts: int) -> None:
    from datetime import timedelta

    desk.period = quarter
    day = quarter.ends + timedelta(days=30)
    desk.save({slug.replace("_", "-"): count for slug, count in counts.items()}, today=day)
    desk.submit(today=day)
    desk.publish(today=day, figures_as_at=day)


def row(page: Page, name: str) -> list[str]:
    return next(each for each in page.rows() if each[0].startswith(name))


def test_the_quarter_to_date_against_the_same_part_of_other_years(desk: Seat, get: Get) -> None:
    owner = desk("owner")
    for year, counts in ((2003, (30, 40)), (2007, (20, 25)), (2008, (22, 18))):
        for number, count in enumerate(counts, 1):
            publish(owner, Quarter(FinancialYear(year), number), robbery=count)
    page = get("/st-albans/2008-09/q2/")
    assert row(page, "Robbery")[2:4] == ["18 25 last year", "40 45 last year"]
    assert "July to September last year Year to date last year" in page.one("thead")


def test_a_draft_does_not_change_what_is_published(desk: Seat, get: Get, client: Client) -> None:
    owner = desk("owner")
    publish(owner, Quarter(FinancialYear(2008), 2), robbery=18)
    owner.period = Quarter(FinancialYear(2008), 1)
    owner.save({"robbery": 22})
    client.force_login(owner.user)
    assert row(get("/st-albans/2008-09/q2/"), "Robbery")[1:3] == ["18 [x] last year", "[x] [x] last year"]
    assert row(get("/st-albans/2008-09/q1/"), "Robbery")[1:3] == ["22 [x] last year", "22 [x] last year"]


def test_a_change_in_counting_between_what_is_compared_is_said(desk: Seat, get: Get, st_albans: Partnership) -> None:
    owner = desk("owner")
    RecordingChange.objects.all().delete()
    RecordingChange.objects.create(
        category_id=_pk("wounding"), financial_year="2008/09", quarter=1, description="Whatever the injury."
    )
    publish(owner, Quarter(FinancialYear(2007), 1), wounding=100, robbery=20)
    publish(owner, Quarter(FinancialYear(2008), 1), wounding=140, robbery=20)
    page = get("/st-albans/2008-09/q1/")
    assert "Wounding: Counted differently from April to June 2008 (Q1): Whatever the injury." in page.text
    assert "Not a change: wounding shows 140 against 100 last year, but is counted differently" in page.text
    assert row(page, "Wounding")[2] == "140 100 [b] last year"
    assert row(page, "Robbery")[2] == "20 20 last year"
    assert "All BCS crimes without wounding" in page.all("main tbody th")
    assert "counted differently" not in get("/st-albans/2007-08/q1/").text
    (latest, *_) = get("/st-albans/categories/wounding/").rows(".app-table--quarters")
    assert latest[0] == "April to June 2008 (Q1) Counted differently from here on"
    assert latest[2] == "Up 40% [b]"


def _pk(slug: str) -> int:
    from performance.models import CrimeCategory

    return CrimeCategory.objects.get(slug=slug).pk


def test_a_year_whose_four_quarters_are_in_is_shown_as_the_year(desk: Seat, get: Get) -> None:
    owner = desk("owner")
    year = FinancialYear(2006)
    for quarter, count in zip(year.quarters, (20, 25, 30, 15), strict=True):
        assert "No whole-year figures have been published for 2006/07." in get("/st-albans/2006-07/").text
        publish(owner, quarter, robbery=count)
    page = get("/st-albans/2006-07/")
    assert "Source: Sum of the four quarters" in page.text
    assert row(page, "Robbery")[1:5] == ["104", "[x]", "90", "13%"]
    figures = [each[:3] for each in get("/st-albans/categories/robbery/").rows("main table:first-of-type")]
    assert ["2006/07", "Actual", "90"] in figures


def test_a_draft_for_the_year_does_not_hide_what_its_quarters_have_published(
    desk: Seat, get: Get, client: Client
) -> None:
    owner = desk("owner")
    year = FinancialYear(2006)
    for quarter in year.quarters:
        publish(owner, quarter, robbery=20)
    owner.period = year
    owner.save({"robbery": 1})
    client.force_login(owner.user)
    assert row(get("/st-albans/2006-07/"), "Robbery")[3] == "80"


def test_a_return_for_the_whole_year_goes_before_its_quarters(desk: Seat, get: Get) -> None:
    owner = desk("owner")
    for quarter in FinancialYear(2007).quarters:
        publish(owner, quarter, robbery=1)
    assert row(get("/st-albans/2007-08/"), "Robbery")[3] == "79"


def test_a_missing_quarter_leaves_the_years_figure_out(desk: Seat, get: Get) -> None:
    owner = desk("owner")
    for quarter in FinancialYear(2006).quarters:
        publish(owner, quarter, robbery=20, **({"wounding": 100} if quarter.number > 1 else {}))
    page = get("/st-albans/2006-07/")
    assert row(page, "Robbery")[3] == "80"
    assert row(page, "Wounding")[3] == "[x]"
    assert row(page, "All BCS crimes")[3] == "80 [partial]"
    assert "missing for a quarter" in row(page, "Wounding")[-1]
    assert "criminal damage are missing; wounding is missing for a quarter." in page.text


def test_a_category_shows_every_quarter(desk: Seat, get: Get) -> None:
    owner = desk("owner")
    for year in (2006, 2007):
        for quarter in FinancialYear(year).quarters:
            publish(owner, quarter, robbery=20 + quarter.number, wounding=100)
    robbery = get("/st-albans/categories/robbery/").rows(".app-table--quarters")
    assert robbery[0] == ["January to March 2008 (Q4)", "24", "No change", "90", "90"]
    assert robbery[-1] == ["April to June 2006 (Q1)", "21", "[x]", "21", "[x]"]
    assert len(robbery) == 8
    total = get("/st-albans/categories/all-bcs-crimes/").rows(".app-table--quarters")
    assert total[0][:2] == ["January to March 2008 (Q4)", "124 [partial]"], "eight of ten are not held"
    assert get("/st-albans/categories/drug-misuse/").soup.select(".app-table--quarters") == []


def test_the_number_of_queries_of_a_quarter_is_fixed(desk: Seat, client: Client) -> None:
    owner = desk("owner")

    def count(address: str) -> int:
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    publish(owner, Quarter(FinancialYear(2008), 1), robbery=20)
    few = [count("/st-albans/2008-09/q1/"), count("/st-albans/categories/all-bcs-crimes/")]
    for year in (2006, 2007):
        for quarter in FinancialYear(year).quarters:
            publish(owner, quarter, robbery=20, wounding=100)
    assert [count("/st-albans/2008-09/q1/"), count("/st-albans/categories/all-bcs-crimes/")] == few
    assert few[0] <= 9


@pytest.fixture
def demonstration(st_albans: Partnership) -> Partnership:
    call_command("make_demonstration_district", verbosity=0)
    return Partnership.objects.get(slug="demonstration")


def test_the_demonstration_district_has_everything_that_is_to_be_seen(demonstration: Partnership, get: Get) -> None:
    returns = PeriodReturn.objects.filter(partnership=demonstration)
    assert returns.count() == 22
    assert returns.exclude(state="published").get().period == Quarter(FinancialYear(2008), 2)
    rows = Actual.objects.filter(period_return__partnership=demonstration)
    assert rows.filter(missing="not_applicable").count() == 1
    assert Revision.objects.filter(actual__in=rows, event__kind="revised").count() == 1
    for address in (
        "/demonstration/",
        "/demonstration/2007-08/",
        "/demonstration/categories/wounding/",
        "/demonstration/agencies/",
    ):
        assert "Invented figures. Demonstration district does not exist." in get(address).text
    assert "Invented figures" not in get("/st-albans/").text


def test_the_demonstration_is_the_same_everywhere_and_made_once(
    demonstration: Partnership, capsys: pytest.CaptureFixture[str]
) -> None:
    rows = Actual.objects.filter(period_return__partnership=demonstration, category__slug="robbery")
    assert sum(row.count or 0 for row in rows) == 401
    before = Revision.objects.count()
    call_command("make_demonstration_district")
    assert "kept as it is" in capsys.readouterr().out
    assert Revision.objects.count() == before
    assert PeriodReturn.objects.get(partnership__slug="st-albans", quarter=1).state == "draft"
