"""What can be taken away: the same numbers and marks as on the page, in three formats."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
import python_calamine
from django.contrib.auth.models import User
from django.test import Client

from performance.exports.guidance import faults_in
from performance.models import Actual, CrimeCategory, Partnership, PeriodReturn
from tests.pages import Page

Get = Callable[..., Page]
YEAR = "/st-albans/downloads/2007-08"
QUARTER = "/elsewhere/downloads/2008-09/q1"


def lines(client: Client, address: str) -> dict[tuple[str, str], list[str]]:
    """The rows of a CSV file by measure and what stands there."""
    text = client.get(f"{address}/csv/").content.decode("utf-8-sig")
    return {(row[0], row[1]): row[2:] for row in csv.reader(io.StringIO(text))}


def sheet(client: Client, address: str, format: str) -> list[list[object]]:
    content = client.get(f"{address}/{format}/").content
    return [
        list(row) for row in python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name("Figures").to_python()
    ]


def test_the_plans_table_comes_out_as_printed(st_albans: Partnership, client: Client) -> None:
    found = lines(client, YEAR)
    assert found["Theft of cycle", "Reduction, %"] == ["-27", "", "Missed"]
    totals = [found["All BCS crimes", what][0] for what in ("Baseline", "Target", "Actual", "Reduction, %")]
    assert totals == ["7072", "5762", "5307", "25"]


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_workbooks_have_real_numbers_and_keep_to_the_guidance(
    st_albans: Partnership, client: Client, format: str
) -> None:
    (cycle,) = [row for row in sheet(client, YEAR, format) if row[0] == "Theft of cycle"]
    assert cycle == ["Theft of cycle", 146, 131, 186, -27, "Missed", "none"]
    assert faults_in(client.get(f"{YEAR}/{format}/").content) == []


@pytest.mark.parametrize("format", ["xlsx", "ods"])
def test_a_quarters_workbook_says_the_same_as_its_page(
    district: Partnership,
    client: Client,
    get: Get,
    format: str,
) -> None:
    Actual.objects.filter(
        period_return__partnership=district, period_return__financial_year="2008/09", category__slug="robbery"
    ).update(is_provisional=True)
    rows = sheet(client, QUARTER, format)
    headings = next(row for row in rows if row[0] == "Measure")
    (robbery,) = [dict(zip(headings, row, strict=True)) for row in rows if row[0] == "Robbery"]
    (on_page,) = [row for row in get("/elsewhere/2008-09/q1/").rows() if row[0] == "Robbery"]
    assert (robbery["Quarter"], robbery["Same quarter last year"]) == (90, 100)
    assert on_page[2] == "90 [p] 100 last year"
    assert on_page[4].startswith(f"{robbery['Expected year end']:.0f}")
    assert robbery["Status"] == "On track: more than 9 in 10"
    assert "Quarter: [p]" in str(robbery["Marks"])
    assert faults_in(client.get(f"{QUARTER}/{format}/").content) == []


def test_what_is_missing_is_a_mark_and_never_nought(district: Partnership, client: Client) -> None:
    quarter = PeriodReturn.objects.get(partnership=district, financial_year="2008/09", quarter=1)
    category = CrimeCategory.objects.get(slug="criminal-damage")
    Actual.objects.create(period_return=quarter, category=category, missing="not_yet_available")
    assert lines(client, QUARTER)["Criminal damage", "Quarter"][:2] == ["", "[x]"]


def test_the_file_is_named_by_partnership_and_period(st_albans: Partnership, client: Client) -> None:
    response = client.get(f"{YEAR}/ods/")
    assert response["Content-Disposition"] == 'attachment; filename="st-albans-2007-08.ods"'


@pytest.mark.parametrize("address", ["/st-albans/downloads/1999-00/csv/", "/st-albans/downloads/2007-08/pdf/"])
def test_what_is_not_there_is_not_found(st_albans: Partnership, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_draft_is_for_members_and_says_so(
    district: Partnership,
    client: Client,
    person: Callable[..., User],
) -> None:
    PeriodReturn.objects.filter(partnership=district, financial_year="2008/09").update(state="draft")
    assert client.get(f"{QUARTER}/xlsx/").status_code == 404
    client.force_login(person("officer", district))
    book = python_calamine.load_workbook(io.BytesIO(client.get(f"{QUARTER}/xlsx/").content))
    cover = [row[0] for row in book.get_sheet_by_name("Cover").to_python()]
    assert "Draft: for members of the partnership only." in cover


def test_pages_lead_to_their_files(st_albans: Partnership, get: Get) -> None:
    links = get("/st-albans/2007-08/").links(".app-take a")
    assert links == [f"{YEAR}/{kind}/" for kind in ("ods", "xlsx", "csv")]
