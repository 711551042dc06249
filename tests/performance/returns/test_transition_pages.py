"""The pages on which a return is handed in, sent back, published and revised."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from performance.models import CrimeCategory, PeriodReturn, ReturnState, Revision
from performance.returns.values import Entry
from tests.pages import Page
from tests.performance.conftest import Desk

Seat = Callable[..., Desk]
RETURN = "/st-albans/returns/2008-09/q1/"


@pytest.fixture
def owner(desk: Seat, client: Client) -> Desk:
    """An administrator who may do everything, with one figure entered."""
    seated = desk("administrator")
    seated.save({"robbery": 21})
    client.force_login(seated.user)
    return seated


def send(client: Client, address: str, status: int = 200, **data: Any) -> Page:
    response = client.post(address, {"token": str(uuid4())} | data, follow=True)
    assert response.status_code == status, Page(response.content.decode()).text
    return Page(response.content.decode())


def test_handing_in_says_what_is_missing_and_asks(owner: Desk, client: Client) -> None:
    owner.save({"wounding": Entry(None, "not_yet_available", note="Expected on 28 July")})
    page = Page(client.get(RETURN + "submit/").content.decode())
    checks = page.one("dl.app-checks")
    assert "Wounding Not yet available; supplied by Hertfordshire Constabulary. Expected on 28 July" in checks
    assert "Theft of cycle Nothing entered" in checks
    assert "Say that the return is to be handed in without them." in send(client, RETURN + "submit/", 409).text
    page = send(client, RETURN + "submit/", accepted="on")
    assert "The return is handed in." in page.text
    assert "Handed in by administrator" in page.text
    assert owner.held().state == ReturnState.SUBMITTED


def test_a_whole_return_is_handed_in_without_a_question(owner: Desk, client: Client) -> None:
    expected = CrimeCategory.objects.expected_of(owner.partnership).values_list("slug", flat=True)
    owner.save(dict.fromkeys(expected, 21))
    page = Page(client.get(RETURN + "submit/").content.decode())
    assert "All figures are in, and no figure looks odd." in page.text
    assert page.soup.select("#accepted") == []
    send(client, RETURN + "submit/")
    assert owner.held().state == ReturnState.SUBMITTED


def test_odd_figures_are_named_before_the_return_is_handed_in(owner: Desk, client: Client) -> None:
    owner.period = owner.period - 8
    for _ in range(8):
        owner.save({"robbery": 2000 if owner.period.number == 1 else 2001})
        owner.period = owner.period + 1
    page = Page(client.get(RETURN + "submit/").content.decode())
    assert "Figures that look odd" in page.text
    assert "Is 21 right?" in page.text
    assert "Say that they are right, or correct them." in send(client, RETURN + "submit/", 409, accepted="on").text
    send(client, RETURN + "submit/", accepted="on", odd="on")
    page = Page(client.get(RETURN + "publish/").content.decode())
    assert "Is 21 right?" in page.text, "who publishes is told"


def test_an_odd_revision_is_asked_about_before_it_is_published(owner: Desk, client: Client) -> None:
    quarter = owner.period
    for back in range(1, 9):
        owner.period = quarter - back
        owner.save({"robbery": 20 + back % 3})
    owner.period = quarter
    owner.submit()
    owner.publish()
    data: dict[str, Any] = {"count": "210", "version": "1", "reason": "Typed wrongly before"}
    page = send(client, RETURN + "revise/robbery/", **data)
    assert "Is 210 right?" in page.text
    assert owner.counts() == {"robbery": 21}
    send(client, RETURN + "revise/robbery/", **data, confirmed="on")
    assert owner.counts() == {"robbery": 210}


def test_what_was_withheld_after_publication_is_not_in_its_public_history(owner: Desk, client: Client) -> None:
    published(owner, Entry(3, note="One family"))
    send(client, RETURN + "revise/robbery/", count="2", version="2", reason="One was cancelled")
    send(
        client,
        RETURN + "revise/robbery/",
        count="",
        missing="withheld",
        version="3",
        reason="It could be told who it was",
    )
    members = Page(client.get("/st-albans/categories/robbery/history/").content.decode())
    assert members.rows()[0][1] == "2"
    client.logout()
    page = Page(client.get("/st-albans/categories/robbery/history/").content.decode())
    assert [each[1:3] for each in page.rows()] == [["[c]", "[c]"], ["[c]", "[c]"]]
    assert "family" not in page.text


def test_sending_back_wants_a_reason_and_shows_it(owner: Desk, client: Client) -> None:
    owner.submit()
    page = send(client, RETURN + "send-back/", reason="")
    assert page.all(".govuk-error-summary__list li") == ["Say why the return is sent back"]
    page = send(client, RETURN + "send-back/", reason="Ask for wounding again")
    assert "Sent back by administrator on" in page.text
    assert "Ask for wounding again" in page.text
    assert page.one("h1") == "Enter this quarter’s figures"
    owner.submit()
    assert "Ask for wounding again" not in Page(client.get(RETURN).content.decode()).text


@pytest.mark.parametrize(
    ("day", "status", "words"),
    [("", 200, "Enter the day"), ("31.7.08", 200, "Enter a day, such as 31/07/2008"), ("2008-06-01", 409, "ends on 30"),
     ("2099-01-01", 409, "has not come yet"), ("2199-01-01", 200, "Enter a day between")],
)  # fmt: skip
def test_publishing_wants_a_day_that_can_be_true(
    owner: Desk, client: Client, day: str, status: int, words: str
) -> None:
    owner.submit()
    assert words in send(client, RETURN + "publish/", status, figures_as_at=day).text
    assert owner.held().state == ReturnState.SUBMITTED


def test_publishing_dates_the_figures_and_shows_them_to_all(owner: Desk, client: Client) -> None:
    owner.submit()
    assert "No whole-year figures" not in send(client, RETURN + "publish/", figures_as_at="2008-07-31").text
    client.logout()
    page = Page(client.get("/st-albans/2008-09/q1/").content.decode())
    assert "Figures as at 31 July 2008" in page.text
    assert ["Robbery", "21 [x] last year", "21 [x] last year"] in page.rows()


def published(owner: Desk, count: Entry | int = 21) -> None:
    owner.save({"robbery": count})
    owner.submit()
    owner.publish()


def test_a_revision_says_why_and_its_history_is_one_click_away(owner: Desk, client: Client) -> None:
    published(owner)
    address = RETURN + "revise/robbery/"
    page = Page(client.get(address).content.decode())
    assert "Published as 21." in page.text
    page = send(client, address, count="19", version="1", reason="")
    assert page.all(".govuk-error-summary__list li") == ["Say why the figure is revised"]
    assert page.soup.select_one("#id_count")["value"] == "19"  # type: ignore[index]
    assert "is revised" in send(client, address, count="19", version="1", reason="Two were cancelled").text
    client.logout()
    page = Page(client.get("/st-albans/2008-09/q1/").content.decode())
    assert ["Robbery", "19 [r] [x] last year", "19 [r] [x] last year"] in page.rows()
    assert "[r] revised after it was published; its history says why" in page.text
    (link, *_) = page.links("td a[aria-label='Revised: history of Robbery']")
    page = Page(client.get(link).content.decode())
    assert page.rows()[0][:4] == ["Robbery, 2008/09 Q1", "21", "19", "Two were cancelled"]
    assert "administrator" not in page.text, "readers see why, not who"


def test_a_revision_of_the_published_plan_moves_its_totals(owner: Desk, client: Client) -> None:
    send(client, "/st-albans/returns/2007-08/revise/robbery/", count="69", version="1", reason="Ten were cancelled")
    rows = {each[0]: each for each in Page(client.get("/st-albans/2007-08/").content.decode()).rows()}
    assert rows["Robbery"][3:5] == ["69 [r]", "34%"]
    assert rows["All BCS crimes"][3] == "5,297 [r]"
    assert Revision.objects.get(actual__period_return__quarter=None).was_count == 79


def test_a_revision_that_meets_a_newer_one_is_shown_both(owner: Desk, client: Client) -> None:
    published(owner)
    owner.revise("robbery", 20)
    address = RETURN + "revise/robbery/"
    page = send(client, address, 409, count="19", version="1", reason="Two were cancelled")
    assert "it is 20 now. Yours stands in the box" in page.text
    assert page.soup.select_one("#id_count")["value"] == "19"  # type: ignore[index]
    send(client, address, count="19", version=page.soup.select_one("#id_version")["value"], reason="Two")  # type: ignore[index]
    assert owner.counts() == {"robbery": 19}


def test_a_revision_without_a_difference_and_one_of_what_is_not_entered(owner: Desk, client: Client) -> None:
    published(owner)
    address = RETURN + "revise/robbery/"
    assert "Nothing differs" in send(client, address, 409, count="21", version="1", reason="None").text
    assert client.get(RETURN + "revise/all-bcs-crimes/").status_code == 404
    assert client.get(RETURN + "revise/none-such/").status_code == 404


def test_provisional_figures_are_made_final_together(owner: Desk, client: Client) -> None:
    published(owner, Entry(21, is_provisional=True))
    assert "[p]" in Page(client.get("/st-albans/2008-09/q1/").content.decode()).text
    page = Page(client.get(RETURN + "finalise/").content.decode())
    assert "Robbery: 21 [p]" in page.text
    assert "1 figure is final now." in send(client, RETURN + "finalise/", reason="Confirmed").text
    assert "21 [p]" not in Page(client.get("/st-albans/2008-09/q1/").content.decode()).text
    last = Revision.objects.latest("pk")
    assert (last.was_provisional, last.is_provisional, last.was_count, last.count) == (True, False, 21, 21)
    assert client.get(RETURN + "finalise/").status_code == 302


@pytest.mark.parametrize("step", ["submit/", "send-back/", "publish/", "finalise/", "revise/robbery/"])
@pytest.mark.parametrize("state", ReturnState.values)
def test_a_step_that_is_not_due_changes_nothing(owner: Desk, client: Client, step: str, state: str) -> None:
    if state != ReturnState.DRAFT:
        owner.submit()
    if state == ReturnState.PUBLISHED:
        owner.publish()
    due = {"submit/": "draft", "send-back/": "submitted", "publish/": "submitted", "revise/robbery/": "published"}
    before = list(PeriodReturn.objects.values()), list(Revision.objects.values())
    data = {"reason": "x", "count": "3", "version": "1", "figures_as_at": "2008-07-31", "accepted": "on"}
    response = client.post(RETURN + step, data)
    assert response.status_code in (302, 409)
    changed = (list(PeriodReturn.objects.values()), list(Revision.objects.values())) != before
    assert changed is (due.get(step) == state)
