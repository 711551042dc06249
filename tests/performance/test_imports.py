"""What is pasted or uploaded is shown first, and exactly what was shown is put into the return: all or nothing."""

from __future__ import annotations

from collections.abc import Callable
from itertools import count as count_from
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, connection
from django.test import Client

from performance.models import Actual, CrimeCategory, ImportPreview, PeriodReturn, RememberedName, Revision
from tests.pages import Page
from tests.performance.conftest import Desk

Seat = Callable[..., Desk]
RETURN = "/st-albans/returns/2008-09/q1/"
PASTE = f"{RETURN}paste/"
UPLOAD = "/st-albans/returns/upload/"
BLOCK = (
    "HO code\tOffence\tQ1 2007/08\tQ1 2008/09\n34B\tRobbery (Personal)\t20\t17\n5\tWounding\t113\tNYA\n\tTotal\t133\t17"
)
TWO = "Offence\tQ1 2008/09\nRobbery\t17\nWounding\t121"


@pytest.fixture
def officer(desk: Seat, client: Client) -> Desk:
    seated = desk("officer")
    client.force_login(seated.user)
    return seated


def paste(client: Client, text: str, address: str = PASTE) -> Page:
    """Paste a block; the page that shows what was read."""
    return _page(client.post(address, {"text": text}, follow=True))


def upload(client: Client, content: bytes, name: str = "Q1.csv", period: str = "2008-09/q1") -> Page:
    file = SimpleUploadedFile(name, content)
    return _page(client.post(UPLOAD, {"period": period, "file": file}, follow=True))


def _page(response: Any, status: int = 200) -> Page:
    assert response.status_code == status
    return Page(response.content.decode())


def here() -> str:
    """The address of the newest preview."""
    return f"{UPLOAD}{ImportPreview.objects.latest('at').pk}/"


def answer(client: Client, page: Page, said: dict[str, str] | None = None, status: int = 200, **data: str) -> Page:
    """Send the form of a preview with what was shown on it."""
    shown = str(page.soup.select_one("[name=shown]")["value"])  # type: ignore[index]
    return _page(client.post(here(), {"shown": shown} | data | (said or {}), follow=True), status)


def test_what_was_read_is_shown_and_nothing_is_in_the_return(officer: Desk, client: Client) -> None:
    page = paste(client, BLOCK)
    assert page.one("h1") == "Check what was read"
    assert "2 figures are ready to go in: 2 new." in page.text
    robbery, wounding = page.rows("table.app-table--import")
    assert robbery[:3] == ["D2", "Robbery (Personal)", "Robbery"]
    assert robbery[3].startswith("code 34B")
    assert robbery[4:] == ["–", "17", "+ New"]
    assert wounding[4:] == ["–", "not yet available", "+ Not yet available"]
    assert "Column C “Q1 2007/08”: Q1 2007/08, not the period asked for." in page.text
    assert "Total, D4: 17. Added up here: 17. ✔ They agree." in page.text
    assert not PeriodReturn.objects.filter(financial_year=2008).exists()


def test_exactly_what_was_shown_is_put_into_the_return(officer: Desk, client: Client) -> None:
    answer(client, paste(client, BLOCK), apply="yes")
    assert officer.counts() == {"robbery": 17, "wounding": None}
    robbery = Actual.objects.get(category__slug="robbery", period_return__quarter=1)
    assert robbery.is_provisional
    assert Actual.objects.get(category__slug="wounding", period_return__quarter=1).missing == "not_yet_available"
    assert Revision.objects.filter(event__by=officer.user).count() == 2


def test_the_same_form_sent_twice_is_done_once(officer: Desk, client: Client) -> None:
    page = paste(client, TWO)
    answer(client, page, apply="yes")
    answer(client, page, apply="yes")
    assert Revision.objects.count() == 2


def test_the_same_file_again_changes_nothing_and_says_so(officer: Desk, client: Client) -> None:
    content = b"Offence,Q1 2008/09\nRobbery,17\nWounding,121\n"
    answer(client, upload(client, content), apply="yes")
    page = upload(client, content)
    assert "The same was put in on" in page.text
    assert "No figure is ready" in page.text
    assert "Of the others 2 are in the return already." in page.text
    answer(client, page, status=409, apply="yes")
    assert Revision.objects.count() == 2


def test_what_moved_meanwhile_is_shown_again_and_nothing_is_put_in(officer: Desk, client: Client) -> None:
    page = paste(client, TWO)
    officer.save({"robbery": 20})
    page = answer(client, page, status=409, apply="yes")
    assert "Something has changed since this was shown" in page.text
    assert officer.counts() == {"robbery": 20}
    assert page.rows("table.app-table--import")[0][4:] == ["20", "17", "→ Changed"]
    answer(client, page, apply="yes")
    assert officer.counts() == {"robbery": 17, "wounding": 121}


def test_a_return_that_was_handed_in_meanwhile_takes_nothing(officer: Desk, client: Client) -> None:
    page = paste(client, TWO)
    officer.save({"robbery": 20})
    officer.submit()
    page = answer(client, page, status=409, apply="yes")
    assert "Handed in: not taken" in page.text
    assert officer.counts() == {"robbery": 20}


def test_numbers_without_names_are_asked_about_in_the_order_of_the_page(officer: Desk, client: Client) -> None:
    page = paste(client, "Q1\n" + "\n".join(str(number) for number in range(101, 111)))
    on_the_return = Page(client.get(RETURN).content.decode()).all("tr:not(.app-total) th label[for^=count]")
    assert page.all("fieldset table th") == on_the_return
    assert page.all("button[name=apply]") == []
    page = answer(client, page, order="yes")
    answer(client, page, apply="yes")
    assert officer.counts()["theft-of-vehicle"] == 101
    assert officer.counts()["criminal-damage"] == 110


def test_too_few_numbers_are_refused_with_what_to_do(officer: Desk, client: Client) -> None:
    page = paste(client, "1\n2\n3")
    assert "3 numbers were found, and 10 are asked for" in page.text
    assert "Copy the column with the names too" in page.text


def test_of_two_columns_the_one_that_is_meant_is_asked(officer: Desk, client: Client) -> None:
    page = paste(client, "Robbery\t20\t17\nWounding\t113\t121")
    assert "Which column has the figures" in page.text
    page = answer(client, page, column="3")
    answer(client, page, apply="yes")
    assert officer.counts() == {"robbery": 17, "wounding": 121}


def test_a_row_that_is_not_matched_is_asked_about_and_remembered(officer: Desk, client: Client) -> None:
    block = "Offence\tQ1 2008/09\nAgg Veh Taking\t6\nRobbery\t17"
    vehicle = CrimeCategory.objects.get(slug="theft-of-vehicle")
    page = paste(client, block)
    assert "Where does the 6 of “Agg Veh Taking” go?" in page.text
    page = answer(client, page, {"goes-B2": str(vehicle.pk), "remember-B2": "yes"})
    answer(client, page, apply="yes")
    assert officer.counts() == {"theft-of-vehicle": 6, "robbery": 17}
    assert RememberedName.objects.get().category == vehicle
    assert "remembered" in paste(client, block.replace("6", "7")).text


def test_an_answer_given_with_the_last_button_is_shown_before_anything_is_put_in(officer: Desk, client: Client) -> None:
    page = paste(client, "Offence\tQ1 2008/09\nRobbery\t17\nRobbery\t19\nWounding\t121")
    page = answer(client, page, {"goes-B3": "none"}, 409, apply="yes")
    assert "2 figures are ready" in page.text
    assert officer.counts() == {}
    answer(client, page, apply="yes")
    assert officer.counts() == {"robbery": 17, "wounding": 121}


def test_a_row_that_is_matched_may_go_elsewhere(officer: Desk, client: Client) -> None:
    wounding = CrimeCategory.objects.get(slug="wounding")
    page = answer(client, paste(client, "Offence\tQ1 2008/09\nRobbery\t17"), {"goes-B2": str(wounding.pk)})
    answer(client, page, apply="yes")
    assert officer.counts() == {"wounding": 17}


def test_a_number_that_would_be_lost_is_told(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 20})
    page = paste(client, "Offence\tQ1 2008/09\nRobbery\tNYA")
    assert "The return has 20, and would say “not yet available” instead." in page.text


def test_last_years_column_proves_the_reading(officer: Desk, client: Client) -> None:
    officer.period = officer.period - 4
    officer.save({"robbery": 20, "wounding": 100})
    page = paste(client, BLOCK)
    assert "1 of the 2 figures in column C are those held for the same quarter. Different: Wounding." in page.text


def test_whatever_fails_on_the_way_nothing_is_put_in_by_half(officer: Desk, client: Client) -> None:
    """Each write of an apply is made to fail in turn: before or after, never between."""
    content = b"Offence,Q4 2005/06,Q1 2006/07,Q1 2008/09\nRobbery,19,20,17\nWounding,100,110,121\n"
    page = answer(client, upload(client, content, period="all"))
    client.raise_request_exception = False
    for nth in count_from(1):
        with connection.execute_wrapper(FailingWrite(nth)) as failing:
            del failing
            shown = str(page.soup.select_one("[name=shown]")["value"])  # type: ignore[index]
            response = client.post(here(), {"shown": shown, "apply": "yes"})
        if response.status_code == 302:
            break
        assert not Actual.objects.filter(period_return__quarter__isnull=False).exists()
        assert not PeriodReturn.objects.filter(quarter__isnull=False).exists()
    assert nth > 10
    assert Actual.objects.filter(period_return__quarter__isnull=False).count() == 6


class FailingWrite:
    """Lets a database fail at the nth statement that writes a row of the returns."""

    def __init__(self, nth: int) -> None:
        self.left = nth

    def __call__(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        if sql.startswith(("INSERT", "UPDATE")) and '"performance_' in sql:
            self.left -= 1
            if self.left == 0:
                raise DatabaseError("the disk is full")
        return execute(sql, params, many, context)


def test_what_was_put_in_is_taken_out_again(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 20})
    answer(client, paste(client, TWO), apply="yes")
    page = _page(client.post(f"{here()}undo/", follow=True))
    assert "2 figures are as before." in page.text
    assert officer.counts() == {"robbery": 20, "wounding": None}
    assert "Taken out again" in page.text


def test_what_somebody_built_on_is_not_taken_out(officer: Desk, client: Client) -> None:
    answer(client, paste(client, TWO), apply="yes")
    officer.save({"robbery": 18})
    page = _page(client.post(f"{here()}undo/", follow=True), status=409)
    assert "Somebody has changed a figure since" in page.text
    assert officer.counts() == {"robbery": 18, "wounding": 121}


def test_published_figures_are_revised_with_a_reason_and_never_overwritten(desk: Seat, client: Client) -> None:
    administrator = desk("administrator")
    administrator.save({"robbery": 20, "wounding": 121})
    administrator.submit()
    administrator.publish()
    client.force_login(administrator.user)
    page = paste(client, TWO)
    assert "1 figure differs from what is published." in page.text
    assert page.all("button[name=apply]") == []
    page = answer(client, page, status=409, revise="yes", reason=" ")
    assert administrator.counts()["robbery"] == 20
    answer(client, page, revise="yes", reason="Counted again by the police")
    assert administrator.counts() == {"robbery": 17, "wounding": 121}
    assert Revision.objects.latest("pk").event.reason == "Counted again by the police"


def test_a_partner_enters_its_own_figures_and_no_others(desk: Seat, client: Client) -> None:
    police = desk("supplier")
    client.force_login(police.user)
    page = paste(client, f"{TWO}\nRoad casualties\t31")
    assert "Road casualties is not asked for in this return" in page.text
    answer(client, page, apply="yes")
    assert police.counts() == {"robbery": 17, "wounding": 121}


def test_who_supplies_nothing_puts_nothing_in(desk: Seat, client: Client) -> None:
    client.force_login(desk("viewer").user)
    assert client.get(PASTE).status_code == 403
    assert client.get(UPLOAD).status_code == 403


def test_a_preview_is_ones_own_and_the_officers(officer: Desk, desk: Seat, client: Client) -> None:
    paste(client, TWO)
    client.force_login(desk("supplier").user)
    assert client.get(here()).status_code == 404


def test_a_file_of_many_periods_goes_into_the_drafts_of_each(officer: Desk, client: Client) -> None:
    content = b"Offence,2006/07 Q4,Q1 2007/08,Q1 2008/09\nRobbery,19,20,17\n"
    page = upload(client, content, period="all")
    assert "3 figures are ready to go in: 3 new." in page.text
    page = answer(client, page, apply="yes")
    assert "3 figures were put in" in page.text
    assert Actual.objects.filter(category__slug="robbery", period_return__quarter__isnull=False).count() == 3


def test_many_periods_are_published_as_history_in_one_act(desk: Seat, client: Client) -> None:
    client.force_login(desk("administrator").user)
    content = b"Offence,Q4 2005/06,Q1 2006/07,Q2 2006/07\nRobbery,19,20,17\nWounding,100,110,NYA\n"
    answer(client, upload(client, content, period="all"), apply="yes")
    data = {"figures_as_at": "2008-10-31", "source": "Recorded crime, Home Office"}
    page = _page(client.post(f"{here()}publish/", data, follow=True))
    assert "3 periods are published." in page.text
    returns = PeriodReturn.objects.filter(quarter__isnull=False, source="Recorded crime, Home Office")
    assert [(row.state, str(row.figures_as_at)) for row in returns] == [("published", "2008-10-31")] * 3


def test_history_is_published_wholly_or_not_at_all(desk: Seat, client: Client) -> None:
    administrator = desk("administrator")
    client.force_login(administrator.user)
    content = b"Offence,Q4 2005/06,Q1 2008/09\nRobbery,19,20\n"
    answer(client, upload(client, content, period="all"), apply="yes")
    administrator.submit()
    data = {"figures_as_at": "2008-10-31", "source": "Recorded crime"}
    page = _page(client.post(f"{here()}publish/", data), 409)
    assert "has been handed in" in page.text
    assert not PeriodReturn.objects.filter(quarter__isnull=False, state="published").exists()


def test_the_template_is_read_as_it_was_written(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 17})
    written = client.get(f"{RETURN}template.csv").content
    page = upload(client, written.replace(b"Wounding,", b"Wounding,121"))
    assert "1 figure is ready to go in: 1 new." in page.text
    assert "Of the others 1 is in the return already." in page.text


def test_rows_that_are_not_taken_come_back_in_the_layout_of_the_file(officer: Desk, client: Client) -> None:
    page = upload(client, b"Police return\n\nOffence,Code,Q1 2008/09\nRobbery,34B,68*\nWounding,5,121\nMystery,,4\n")
    assert f"{here()}not-taken.csv" in page.links("main a")
    lines = client.get(f"{here()}not-taken.csv").content.decode("utf-8-sig").splitlines()
    assert lines[2] == "Offence,Code,Q1 2008/09,Why it was not taken"
    assert lines[3].startswith('Robbery,34B,68*,"C4: “68*” is not a whole number.')
    assert lines[4:] == ["Mystery,,4,Not matched to a category"]


def test_a_browser_sends_the_file_with_the_form(officer: Desk, client: Client) -> None:
    form = Page(client.get(UPLOAD).content.decode()).soup.select_one("form:has([type=file])")
    assert form is not None
    assert form["enctype"] == "multipart/form-data"


def test_a_file_that_cannot_be_read_is_refused_in_words(officer: Desk, client: Client) -> None:
    page = upload(client, b"%PDF-1.4 something", name="Q1.pdf")
    assert "“Q1.pdf” is a PDF." in page.text
    assert not ImportPreview.objects.exists()
