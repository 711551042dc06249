"""A figure is explained: by whom, when, and without anybody's words being lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.test import Client

from performance.models import Commentary, CrimeCategory, Edition, Membership, PartnerAgency, Partnership, Role
from tests.pages import Page
from tests.performance.conftest import Desk

ADDRESS = "/st-albans/returns/2008-09/q1/commentary/robbery/"
QUARTER = "/st-albans/categories/robbery/2008-09/q1/"
WHY = "Half of them at the two stations."


@pytest.fixture
def officer(desk: Callable[..., Desk], client: Client) -> Desk:
    """An officer with a draft that has a figure."""
    found = desk("officer")
    found.save({"robbery": 21})
    client.force_login(found.user)
    return found


def page_of(client: Client, address: str = ADDRESS, status: int = 200) -> Page:
    response = client.get(address)
    assert response.status_code == status
    return Page(response.content.decode())


def send(client: Client, status: int = 302, **words: str) -> Page:
    """Send the form as it stands on the page, with some boxes filled in."""
    version = words.pop("version", None)
    if version is None:
        box = page_of(client).soup.select_one("#id_version")
        version = str(box["value"]) if box else "0"
    response = client.post(ADDRESS, {"version": version, "why": "", "doing": "", "asked": ""} | words)
    assert response.status_code == status, Page(response.content.decode()).text
    return Page(response.content.decode())


def test_what_is_written_stands_beside_the_figure_for_members(officer: Desk, client: Client) -> None:
    send(client, why=WHY, asked="Release the money.")
    page = page_of(client, QUARTER)
    assert WHY in page.text
    assert "Asked of the board: Release the money." in page.text
    assert "Change the explanation" in page.text


def test_nobody_outside_sees_the_words_of_a_draft(officer: Desk, client: Client) -> None:
    send(client, why=WHY)
    client.logout()
    assert WHY not in page_of(client, QUARTER).text
    assert client.get(ADDRESS).status_code == 302


def publish(officer: Desk, desk: Callable[..., Desk]) -> None:
    officer.submit()
    desk("administrator").publish()


def test_they_are_published_with_the_return(officer: Desk, desk: Callable[..., Desk], client: Client) -> None:
    send(client, why=WHY)
    publish(officer, desk)
    client.logout()
    assert WHY in page_of(client, QUARTER).text


def test_a_partner_explains_its_own_figures_and_no_others(
    officer: Desk, client: Client, person: Callable[..., User], st_albans: Partnership
) -> None:
    partner = person("partner")
    police = PartnerAgency.objects.get(partnership=st_albans, slug="police")
    Membership.objects.create(user=partner, agency=police, role=Role.VIEWER)
    client.force_login(partner)
    send(client, why=WHY)
    fires = ADDRESS.replace("robbery", "accidental-dwelling-fires")
    assert client.get(fires).status_code == 403


def test_once_it_is_handed_in_officers_alone_explain(
    officer: Desk, client: Client, person: Callable[..., User], st_albans: Partnership
) -> None:
    officer.submit()
    send(client, why=WHY)
    partner = person("partner")
    police = PartnerAgency.objects.get(partnership=st_albans, slug="police")
    Membership.objects.create(user=partner, agency=police, role=Role.VIEWER)
    client.force_login(partner)
    assert client.get(ADDRESS).status_code == 403


def test_who_comes_second_sees_both_and_loses_nothing(officer: Desk, client: Client) -> None:
    send(client, why="First.", version="0")
    page = send(client, status=409, why="Second.", version="0")
    assert "changed this after you opened the page" in page.text
    assert "First." in page.one(".app-question")
    box = page.soup.select_one("#id_why")
    assert box is not None
    assert box.get_text().strip() == "Second."
    newer = str(page.soup.select_one("#id_version")["value"])  # type: ignore[index]
    send(client, why="Second.", version=newer)
    assert Commentary.objects.get().why == "Second."


def test_a_form_that_is_sent_twice_is_done_once(officer: Desk, client: Client) -> None:
    send(client, why=WHY, version="0")
    send(client, why=WHY, version="0")
    assert Commentary.history.count() == 1


def test_emptied_it_is_taken_back_and_its_history_stays(officer: Desk, client: Client) -> None:
    send(client, why=WHY)
    send(client)
    assert not Commentary.objects.exists()
    assert Commentary.history.count() == 2
    assert "No explanation has been entered." in page_of(client, QUARTER).text


def test_it_can_be_written_again_after_it_was_taken_back(officer: Desk, client: Client) -> None:
    send(client, why=WHY)
    send(client)
    send(client, why="Again.")
    assert Commentary.objects.get().why == "Again."


def test_what_is_too_long_is_said_and_kept(officer: Desk, client: Client) -> None:
    page = send(client, status=200, why="x" * 601)
    assert "“Why is it so?” has more than 600 characters. Make it shorter." in page.text
    assert "x" * 601 in page.text


def test_a_published_one_is_revised_with_a_reason(officer: Desk, desk: Callable[..., Desk], client: Client) -> None:
    publish(officer, desk)
    page = send(client, status=200, why=WHY, reason="")
    assert "Say why the explanation is revised" in page.text
    before = Edition.objects.order_by("-number").values_list("number", flat=True)[0]
    send(client, why=WHY, reason="It was forgotten.")
    assert Edition.objects.order_by("-number").values_list("number", flat=True)[0] > before
    assert Commentary.history.get().history_change_reason == "It was forgotten."


def test_words_are_shown_as_they_were_typed_with_lists(officer: Desk, client: Client) -> None:
    send(client, why="Two things:\r\n- <b>bikes</b>\r\n- locks")
    page = page_of(client, QUARTER)
    assert page.all(".govuk-list--bullet li") == ["<b>bikes</b>", "locks"]


def test_the_form_says_what_is_to_be_explained(officer: Desk, client: Client) -> None:
    assert "21 so far this year." in page_of(client).text


@pytest.mark.parametrize(
    "address",
    [
        ADDRESS.replace("robbery", "none-such"),
        ADDRESS.replace("2008-09/q1", "2008-09/q2"),
        ADDRESS.replace("st-albans", "nowhere"),
    ],
)
def test_what_is_not_there_is_not_found(officer: Desk, client: Client, address: str) -> None:
    assert client.get(address).status_code == 404


def test_a_total_is_not_explained_by_itself(officer: Desk, client: Client) -> None:
    assert CrimeCategory.objects.filter(slug="all-bcs-crimes").exists()
    assert "Explain this" not in page_of(client, "/st-albans/categories/all-bcs-crimes/2008-09/q1/").text
