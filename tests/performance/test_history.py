"""The history: everything that was changed, to be read, narrowed and downloaded; nobody can edit it."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable

import pytest
from django.contrib import admin
from django.core.management import call_command
from django.test import Client

from performance.exports import as_csv
from performance.models import PartnerAgency, Partnership, Reminder, ReturnEvent, Revision
from performance.returns.values import Entry
from priorities.models import Aim
from tests.pages import Page
from tests.performance.conftest import Desk

Seat = Callable[..., Desk]
HISTORY = "/st-albans/history/"


@pytest.fixture
def told(desk: Seat, client: Client) -> Desk:
    """A return with a life, read by the administrator who led it."""
    officer, administrator = desk("officer"), desk("administrator")
    officer.save({"robbery": Entry(21, is_provisional=True, note="Early")})
    officer.save({"robbery": 22, "wounding": Entry(None, "not_yet_available")})
    officer.submit()
    administrator.send_back("Ask again")
    officer.save({"wounding": 101})
    officer.submit()
    administrator.publish()
    administrator.revise("robbery", 20, "=1+1")
    client.force_login(administrator.user)
    return administrator


def rows(client: Client, query: str = "") -> list[list[str]]:
    return Page(client.get(HISTORY + query).content.decode()).rows()


def test_figures_and_steps_are_told_from_what_to_what_by_whom_and_why(told: Desk, client: Client) -> None:
    period = [row[:4] for row in rows(client, "?period=2008-09/q1")]
    assert ["Robbery, 2008/09 Q1 Published figure", "22", "20", "=1+1"] in period
    assert ["Robbery, 2008/09 Q1 Figure", "21, provisional (Early)", "22", ""] in period
    assert ["Robbery, 2008/09 Q1 Figure", "", "21, provisional (Early)", ""] in period
    assert ["Wounding, 2008/09 Q1 Figure", "not yet available", "101", ""] in period
    assert ["Return for 2008/09 Q1 Return", "", "sent back", "Ask again"] in period
    assert ["Return for 2008/09 Q1 Return", "", "published", ""] in period
    assert len(period) == 9
    (loaded,) = rows(client, "?period=2007-08&kind=Return")
    assert loaded[2] == "published as in St Albans Community Safety Partnership Plan 2008"


def test_agencies_and_the_plan_are_told_too(told: Desk, client: Client) -> None:
    police = PartnerAgency.objects.get(slug="police")
    police.contact_name, police._change_reason = "A. Sergeant", "New contact"  # type: ignore[attr-defined]
    police.save()
    police.supplies.remove(police.supplies.get(slug="robbery"))
    aim = Aim.objects.get(slug="reducing-crime")
    aim.title = "Reducing crimes"
    aim.save()
    agencies = [row[:4] for row in rows(client, "?kind=Agency")]
    assert [
        "Hertfordshire Constabulary Agency",
        "contact name: nothing",
        "contact name: A. Sergeant",
        "New contact",
    ] in agencies
    assert any(
        "Robbery" in was and "Robbery" not in became for _, was, became, _ in agencies if was.startswith("supplies")
    )
    assert ["Reducing crimes Aim", "title: Reducing crime", "title: Reducing crimes", ""] in [
        row[:4] for row in rows(client, "?kind=Aim")
    ]


def test_loading_the_plan_leaves_the_history_of_others_alone(elsewhere: Partnership) -> None:
    council = elsewhere.agencies.get()
    council.name = "Elsewhere Borough Council"
    council.save()
    before = list(PartnerAgency.history.filter(partnership=elsewhere).values())
    call_command("load_published_plan", verbosity=0)
    assert list(PartnerAgency.history.filter(partnership=elsewhere).values()) == before


def test_the_history_of_what_is_deleted_stays(told: Desk, client: Client) -> None:
    aim = Aim.objects.get(slug="reducing-crime")
    before = len(rows(client, "?kind=Priority"))
    for priority in aim.priorities.all():
        priority.delete()
    for action in aim.actions.all():
        action.delete()
    aim.delete()
    assert len(rows(client, "?kind=Priority")) > before
    assert rows(client, "?kind=Aim")[0][2] == "deleted"


def test_what_was_loaded_is_its_first_entry(told: Desk, client: Client) -> None:
    (target,) = rows(client, "?kind=Target&category=robbery")
    assert target[1] == ""
    assert "count: 88" in target[2]
    assert "baseline: 104 in 2003/04" in target[2]
    assert target[3] == "Loaded as published"


@pytest.mark.parametrize(
    ("query", "found"),
    [("?who=officer", 6), ("?who=officer&category=robbery", 2), ("?kind=Return&who=administrator", 2)],
)
def test_it_is_narrowed_by_kind_person_category_and_period(told: Desk, client: Client, query: str, found: int) -> None:
    assert len(rows(client, query)) == found


@pytest.mark.parametrize("query", ["?kind=none-such", "?period=x", "?page=x", "?who=%00"])
def test_what_cannot_be_chosen_is_ignored(told: Desk, client: Client, query: str) -> None:
    assert len(rows(client, query)) > 40


@pytest.mark.parametrize("page", [0, 99])
def test_a_page_that_is_not_there_is_the_last(told: Desk, client: Client, page: int) -> None:
    last = rows(client, f"?page={page}")
    assert last[-1][2:] == rows(client, "?page=2")[-1][2:]
    assert 0 < len(last) < len(rows(client, ""))


def test_long_histories_come_in_pages(told: Desk, client: Client) -> None:
    officer = told
    for quarter in range(20):
        officer.period = officer.period - 1
        officer.save({"robbery": quarter, "wounding": quarter, "theft-of-cycle": quarter})
    page = Page(client.get(HISTORY).content.decode())
    assert len(page.rows()) == 100
    assert "Page 1 of 2" in page.text
    assert rows(client, "?page=2")[0] not in page.rows()


def test_it_is_downloaded_as_it_is_narrowed_and_no_cell_is_a_formula(told: Desk, client: Client) -> None:
    response = client.get(HISTORY + "?category=robbery&kind=Published+figure&download=csv")
    assert response.headers["Content-Disposition"].startswith('attachment; filename="st-albans-history-')
    heading, line = csv.reader(io.StringIO(response.content.decode("utf-8-sig")))
    assert heading == ["When", "Who", "Kind", "What", "Was", "Became", "Why"]
    assert line[1:] == ["administrator", "Published figure", "Robbery, 2008/09 Q1", "22", "20", "'=1+1"]


@pytest.mark.parametrize("cell", ["=1+1", "+1+1", "-1+1", "@SUM(A1)", "\tx", "\r=1", "-", "--1", "=cmd|' /C calc'!A0"])
def test_a_cell_that_begins_like_a_formula_is_text(cell: str) -> None:
    (_, line) = csv.reader(io.StringIO(as_csv(["h"], [[cell]]).lstrip("\ufeff"), newline=""))
    assert line == [f"'{cell}"]


@pytest.mark.parametrize("cell", ["-3", "-1148", "12", "-0.5", "plain"])
def test_numbers_stay_numbers(cell: str) -> None:
    (_, line) = csv.reader(io.StringIO(as_csv(["h"], [[cell]]).lstrip("\ufeff"), newline=""))
    assert line == [cell]


@pytest.mark.parametrize("model", [ReturnEvent, Revision, Reminder, PartnerAgency.history.model, Aim.history.model])
def test_nobody_can_edit_it(model: type) -> None:
    assert model not in admin.site._registry
