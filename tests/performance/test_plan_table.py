"""The plan's table as it is served, from the real fixtures: the page that everything else stands on."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from performance.models import Partnership
from tests.calculations.plan_table import ROWS, TOTAL
from tests.pages import Page

Get = Callable[..., Page]


@pytest.mark.parametrize("address", ["/st-albans/", "/st-albans/2007-08/"])
def test_the_table_is_the_plans(st_albans: Partnership, get: Get, address: str) -> None:
    rows = get(address).rows()
    shown = [[row[0].removesuffix(" [note 1]"), *row[1:5]] for row in rows]
    assert shown == [
        [row.name, f"{row.baseline:,}", f"{row.target:,}", f"{row.actual:,}", row.printed] for row in [*ROWS, TOTAL]
    ]


def test_each_row_has_its_verdict_as_a_word_and_a_shape(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    verdicts = {row[0].removesuffix(" [note 1]"): row[-1] for row in page.rows()}
    assert {name for name, verdict in verdicts.items() if verdict.startswith("✔ Met")} == {
        row.name for row in [*ROWS, TOTAL] if row.met
    }
    assert verdicts["Wounding"] == "✔ Met not like for like"
    assert verdicts["Robbery"] == "✔ Met"
    assert verdicts["Theft of cycle"] == "✘ Missed"
    assert verdicts["Common assault"] == verdicts["Criminal damage"] == "◆ Missed narrowly"


def test_the_verdict_in_sentences(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert page.one(".app-lead") == (
        "All British Crime Survey (BCS) crimes are down 25% since 2003/04, past the target of 18.5%."
    )
    assert page.one(".app-verdict") == (
        "Seven of the ten targets were met; theft of cycle, common assault and criminal damage were not. "
        "Theft of cycle rose by 27%, from 146 to 186. "
        "Common assault and criminal damage fell, but not as far as planned."
    )


def test_the_state_of_the_figures(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert page.one("h1") == "Performance in 2007/08"
    assert page.one(".app-kicker") == "1 April 2007 to 31 March 2008"
    assert "Published" in page.one(".app-state")
    assert "Figures as at 31 March 2008" in page.one(".app-state")
    assert "St Albans Community Safety Partnership Plan 2008" in page.one(".app-state")


def test_the_note_on_wounding(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert [row[0] for row in page.rows() if "[note 1]" in row[0]] == ["Wounding [note 1]"]
    assert page.one("#note-1") == (
        "[note 1] Wounding: The target reflects a change in the way crime is recorded, so it lies above the baseline."
    )
    assert "Without wounding, all BCS crimes are down 25.3% against a target of 22.3%." in page.text


def test_every_row_leads_to_its_category(st_albans: Partnership, get: Get) -> None:
    addresses = get("/st-albans/2007-08/").links("main table tbody th a:first-child")
    assert len(addresses) == 11
    assert addresses[4] == "/st-albans/categories/theft-of-cycle/"
    for address, row in zip(addresses, [*ROWS, TOTAL], strict=True):
        assert get(address).one("h1") == row.name.replace("BCS", "British Crime Survey (BCS)")


def test_the_reductions_are_drawn_sorted_with_their_words(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert page.one("figcaption") == "Nine of the ten crime types are below their baseline; theft of cycle is above"
    labels = page.all("svg.chart-reductions .chart-label")
    assert labels[0] == "Theft from vehicle: down 44%"
    assert labels[-2:] == ["Theft of cycle: up 27%", "All BCS crimes: down 25%"]
    assert page.all("svg.chart-reductions .chart-value")[-2] == "✘ Missed"
    assert "Theft of cycle up 27%, target 10.3% below the baseline: missed" in page.one("svg.chart-reductions desc")


def test_the_drawings_in_the_rows_are_there_without_script(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/2007-08/")
    assert len(page.soup.select("td svg.chart-bar")) == 11
    assert len(page.soup.select("td svg.chart-spark")) == 11
    assert len(page.soup.select("td svg.chart-bar .chart-missed")) == 3


def test_what_missed_narrowly_means_is_said(st_albans: Partnership, get: Get) -> None:
    assert "Missed narrowly: above the target by no more than 5%." in get("/st-albans/2007-08/").text
