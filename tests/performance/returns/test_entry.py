"""The entry grid: what is right is saved, what is not comes back as typed, and nobody overwrites anybody."""

from __future__ import annotations

import json
from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import Actual, CrimeCategory, PartnerAgency, PeriodReturn, ReturnEvent, Target
from performance.returns.values import Entry
from tests.pages import Page
from tests.performance.conftest import Desk

Seat = Callable[..., Desk]
ADDRESS = "/st-albans/returns/2008-09/q1/"


def row(slug: str, count: str = "", *, version: int = 0, **more: str) -> dict[str, str]:
    """The boxes of one row, as a browser sends them: what is not ticked is not sent."""
    typed = {"count": count, "missing": "", "note": "", "version": str(version)} | more
    return {f"{slug}-{name}": value for name, value in typed.items()}


@pytest.fixture
def officer(desk: Seat, client: Client) -> Desk:
    seated = desk("officer")
    client.force_login(seated.user)
    return seated


def post(client: Client, *rows: dict[str, str], address: str = ADDRESS, **more: Any) -> Page:
    data = {"token": str(uuid4())}
    for each in rows:
        data |= each
    response = client.post(address, data | more, follow=True)
    assert response.status_code == 200
    return Page(response.content.decode())


def test_the_grid_has_a_row_for_each_category_that_is_expected(officer: Desk, client: Client) -> None:
    page = Page(client.get(ADDRESS).content.decode())
    assert page.one("h1") == "Enter this quarter’s figures"
    assert len(page.soup.select("td.app-entry__now input.app-entry__count")) == 10
    assert "10 figures are missing" in page.text
    assert page.rows()[-1][0] == "All BCS crimes"


def test_the_boxes_of_a_return_that_is_not_begun_are_empty(officer: Desk, client: Client) -> None:
    page = Page(client.get(ADDRESS).content.decode())
    boxes = page.soup.select("input.app-entry__count")
    assert len(boxes) == 11
    assert {str(box["value"]) for box in boxes} == {""}
    assert {note.get_text() for note in page.soup.select("textarea")} == {""}


def test_numbers_as_people_type_them_are_saved(officer: Desk, client: Client) -> None:
    page = post(client, row("theft-from-vehicle", " 1,148 "), row("robbery", "021", provisional="on"), row("wounding"))
    assert "2 figures saved." in page.text
    assert officer.counts() == {"theft-from-vehicle": 1148, "robbery": 21}
    assert Actual.objects.get(period_return__quarter=1, category__slug="robbery").is_provisional
    assert page.soup.select_one("#count-theft-from-vehicle")["value"] == "1,148"  # type: ignore[index]


def test_what_is_wrong_is_told_beside_the_box_and_on_top_and_the_rest_is_saved(officer: Desk, client: Client) -> None:
    page = post(client, row("robbery", "21"), row("theft-from-person", "n/a"), row("wounding", "12.5", note="late"))
    assert officer.counts() == {"robbery": 21}
    summary = page.all(".govuk-error-summary__list li")
    assert summary[0] == "Theft from person: “n/a” is not a number. If there is no figure, choose “Not applicable”."
    assert "“12.5” is not a whole number" in summary[1]
    assert page.links(".govuk-error-summary__list a") == ["#count-theft-from-person", "#count-wounding"]
    assert page.soup.select_one("#count-wounding")["value"] == "12.5"  # type: ignore[index]
    assert page.one("textarea[name=wounding-note]") == "late"
    assert page.soup.select_one("#count-wounding")["aria-invalid"] == "true"  # type: ignore[index]
    assert page.soup.title is not None
    assert page.soup.title.get_text().strip().startswith("Error:")


def test_the_words_for_no_figure_with_the_reason_chosen_are_an_answer(officer: Desk, client: Client) -> None:
    post(client, row("robbery", "n/a", missing="not_applicable"), row("wounding", "", missing="not_yet_available"))
    held = dict(officer.rows().values_list("category__slug", "missing"))
    assert held == {"robbery": "not_applicable", "wounding": "not_yet_available"}


@pytest.mark.parametrize(
    ("boxes", "words"),
    [
        (row("robbery", "21", missing="withheld"), "Choose one: 21, or the reason"),
        (row("robbery", "−3"), "−3 is below 0. Say in the note"),
        (row("robbery", "", note="late"), "The note has no figure"),
        (row("robbery", "9" * 12), "too high"),
        (row("robbery", "21\x00"), "Null characters are not allowed"),
        (row("robbery", "21", note="x" * 501), "at most 500 characters"),
        (row("robbery", "21", version=-1), "greater than or equal to 0"),
        (row("robbery", "21", missing="lost"), "not one of the available choices"),
        (row("all-bcs-crimes", "−3"), "A supplied total is not below 0."),
    ],
)
def test_bad_rows_are_refused_without_a_trace(officer: Desk, client: Client, boxes: dict[str, str], words: str) -> None:
    page = post(client, boxes)
    assert words in page.text
    assert not PeriodReturn.objects.filter(quarter=1).exists()


def test_a_count_below_nought_has_its_reason_in_the_note(officer: Desk, client: Client) -> None:
    post(client, row("robbery", "−3", note="Three were cancelled"))
    assert officer.counts() == {"robbery": -3}
    assert post(client).soup.select_one("#count-robbery")["value"] == "−3"  # type: ignore[index]


def test_a_figure_that_is_taken_back_is_still_to_come_and_stays_in_the_history(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 21})
    post(client, row("robbery", "", version=1))
    held = officer.rows().get()
    assert (held.count, held.missing) == (None, "not_yet_available")
    assert held.revisions.get(version=2).was_count == 21


def test_a_form_sent_twice_is_saved_once(officer: Desk, client: Client) -> None:
    token = str(uuid4())
    post(client, row("robbery", "21"), token=token)
    assert "saved already" in post(client, row("robbery", "21"), token=token).text
    assert ReturnEvent.objects.count() == 1
    post(client, row("robbery", "22", version=1), token="no token")
    assert officer.counts() == {"robbery": 22}


def test_nothing_typed_begins_nothing(officer: Desk, client: Client) -> None:
    assert "Nothing had changed." in post(client, row("robbery"), row("wounding")).text
    assert not PeriodReturn.objects.filter(quarter=1).exists()


def test_who_comes_second_sees_both_figures_and_chooses(officer: Desk, client: Client, desk: Seat) -> None:
    desk("officer", "ann").save({"robbery": 98})
    page = post(client, row("robbery", "101"), row("wounding", "7"))
    assert officer.counts() == {"robbery": 98, "wounding": 7}
    assert page.one("fieldset legend").startswith("ann saved another figure at")
    assert page.all("fieldset label") == ["ann’s: 98", "Mine: 101"]
    met = str(page.soup.select_one("input[name=robbery-conflict_version]")["value"])  # type: ignore[index]
    page = post(client, row("robbery", "101", conflict_version=met))
    assert page.all(".govuk-error-summary__list li") == ["Robbery: ann saved another figure. Choose one."]
    assert page.links(".govuk-error-summary__list a") == ["#theirs-robbery"]
    assert page.all("fieldset label") == ["ann’s: 98", "Mine: 101"], "both are shown again"
    post(client, row("robbery", "101", conflict_version=met, choice="theirs"))
    assert officer.counts()["robbery"] == 98
    post(client, row("robbery", "101", conflict_version=met, choice="mine"))
    assert officer.counts()["robbery"] == 101


def test_an_odd_figure_is_saved_and_asked_about_until_it_is_said_to_be_right(officer: Desk, client: Client) -> None:
    for back in range(1, 9):
        officer.period = officer.period - 1
        officer.save({"robbery": 20 + back % 3})
    page = post(client, row("robbery", "210"))
    assert officer.rows().model.objects.filter(count=210).exists()
    asked = "#said-robbery .app-question"
    assert page.one(asked).startswith("Is 210 right? The last eight quarters were between 20 and 22.")
    page = post(client, row("robbery", "210", version=1, confirmed="210"))
    assert page.all(asked) == []
    page = post(client, row("robbery", "220", version=2, confirmed="210"))
    assert page.all(asked) != [], "another figure is another question"
    post(client, row("robbery", "220", version=3, confirmed="220"))
    assert post(client, row("robbery", "220", version=4)).all(asked) != [], "and an answer can be taken back"


def test_the_script_is_answered_row_by_row(officer: Desk, client: Client, desk: Seat) -> None:
    desk("officer", "ann").save({"robbery": 98})
    data = row("robbery", "101") | row("wounding", "7") | row("theft-of-cycle", "x7") | {"token": uuid4().hex}
    answer = json.loads(client.post(ADDRESS, data, headers={"Accept": "application/json"}).content)
    assert answer["rows"]["wounding"] == {"version": 1, "questions": [], "count": "7"}
    assert answer["rows"]["robbery"] == {"conflict": "ann"}
    assert "x7" in answer["rows"]["theft-of-cycle"]["error"]
    assert (answer["refusal"], len(answer["at"])) == ("", 5)


def test_a_script_whose_answer_was_lost_gets_the_version_that_it_wrote(officer: Desk, client: Client) -> None:
    data = row("robbery", "21") | {"token": uuid4().hex}
    for _ in range(2):
        answer = json.loads(client.post(ADDRESS, data, headers={"Accept": "application/json"}).content)
        assert answer["rows"]["robbery"]["version"] == 1
    assert ReturnEvent.objects.count() == 1


def test_the_script_is_told_of_newer_figures_that_it_is_to_show(officer: Desk, client: Client, desk: Seat) -> None:
    ann = desk("officer", "ann")
    ann.save({"robbery": 98})
    ann.save({"robbery": Entry(99, is_provisional=True, note="Late")})

    def rows(*boxes: dict[str, str]) -> Any:
        data = {"token": uuid4().hex}
        for each in boxes:
            data |= each
        return client.post(ADDRESS, data, headers={"Accept": "application/json"}).json()["rows"]

    newer = {"version": 2, "by": "ann", "count": "99", "missing": "", "note": "Late", "provisional": True}
    assert rows(row("robbery", "98", version=1))["robbery"]["newer"] == newer
    assert rows(row("robbery", "97", version=1, conflict_version="2", choice="theirs"))["robbery"]["newer"] == newer
    assert rows(row("robbery", "97", version=1, conflict_version="2", choice="mine"))["robbery"]["version"] == 3


def test_what_was_typed_while_the_return_was_handed_in_is_shown(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 21})
    officer.submit()
    boxes = row("robbery", "22", version=1, note="Early") | row("wounding", "x")
    response = client.post(ADDRESS, {"token": str(uuid4())} | boxes)
    assert response.status_code == 409
    page = Page(response.content.decode())
    assert "has been handed in by officer. Nothing was changed." in page.text
    assert "You typed 22, note: Early" in page.text
    assert "The other figures are saved" not in page.text
    assert officer.counts() == {"robbery": 21}
    answer = client.post(ADDRESS, row("robbery", "22", version=1), headers={"Accept": "application/json"}).json()
    assert "handed in" in answer["refusal"]


def test_a_supplying_agency_sees_its_own_part_first_and_enters_that_only(desk: Seat, client: Client) -> None:
    council = PartnerAgency.objects.get(slug="council")
    police = PartnerAgency.objects.get(slug="police")
    damage = CrimeCategory.objects.get(slug="criminal-damage")
    police.supplies.remove(damage)
    council.supplies.add(damage)
    partner = desk("supplier")
    client.force_login(partner.user)
    page = Page(client.get(ADDRESS).content.decode())
    assert page.all("form h2")[:2] == ["The figures that your agency supplies", "The figures that others supply"]
    boxes = [str(each["id"]) for each in page.soup.select("input.app-entry__count")]
    assert len(boxes) == 9
    assert "count-criminal-damage" not in boxes
    assert page.all("form[data-entry] button") == ["Save figures"]
    post(client, row("robbery", "21"))
    assert partner.counts() == {"robbery": 21}
    response = client.post(ADDRESS, {"token": str(uuid4())} | row("criminal-damage", "400"))
    assert response.status_code == 409
    assert "and no others" in Page(response.content.decode()).text
    assert partner.counts() == {"robbery": 21}


def test_who_may_only_read_is_told_why_and_whom_to_ask(desk: Seat, client: Client) -> None:
    desk("officer", "ann")
    viewer = desk("viewer")
    client.force_login(viewer.user)
    page = Page(client.get(ADDRESS).content.decode())
    assert "Your agency supplies none of its figures, so it enters none." in page.text
    assert "ask ann (ann@example.org)." in page.text
    assert page.soup.select("main form") == []


def test_a_period_that_is_not_over_cannot_be_entered(officer: Desk, client: Client) -> None:
    address = "/st-albans/returns/2199-00/q1/"
    page = Page(client.get(address).content.decode())
    assert "The period ends on 30 June 2199." in page.text
    response = client.post(address, {"token": str(uuid4())} | row("robbery", "1"))
    assert response.status_code == 409
    assert not PeriodReturn.objects.filter(financial_year="2199/00").exists()


def test_the_parts_are_held_against_the_total_that_was_supplied(officer: Desk, client: Client) -> None:
    expected = CrimeCategory.objects.expected_of(officer.partnership).values_list("slug", flat=True)
    page = post(client, *(row(slug, "20") for slug in expected), row("all-bcs-crimes", "212"))
    assert page.one("#said-all-bcs-crimes") == (
        "The parts add up to 12 fewer than the supplied total for all BCS crimes."
    )
    assert page.rows()[-1][3] == "200", "the total itself is the sum of its parts"
    page = post(client, row("all-bcs-crimes", "", version=1))
    assert page.one("#said-all-bcs-crimes") == ""
    assert post(client, row("all-bcs-crimes", "200", version=2)).one("#said-all-bcs-crimes") == ""


@pytest.mark.parametrize("period", ["1900-01", "1900-01/q1", "1901-02", "2199-00", "2199-00/q4"])
def test_the_first_and_the_last_periods_are_periods_like_others(officer: Desk, client: Client, period: str) -> None:
    assert client.get(f"/st-albans/returns/{period}/").status_code == 200
    if period < "2000":
        assert "1 figure saved." in post(client, row("robbery", "81"), address=f"/st-albans/returns/{period}/").text
        officer.partnership.returns.filter(financial_year__lt="2000/01").update(
            state="published", figures_as_at="1999-01-01"
        )
        for address in (f"/st-albans/{period}/", "/st-albans/categories/robbery/", "/st-albans/"):
            assert client.get(address).status_code == 200


def test_a_whole_year_is_entered_in_the_same_grid(officer: Desk, client: Client) -> None:
    page = post(client, row("robbery", "81"), address="/st-albans/returns/2006-07/")
    assert "1 figure saved." in page.text
    assert page.one("h1") == "Enter this year’s figures"
    assert Actual.objects.get(period_return__financial_year="2006/07").count == 81


def test_the_quarters_are_held_against_the_year(officer: Desk, client: Client) -> None:
    for quarter, count in zip(officer.period.year.quarters, (20, 20, 20, 0), strict=True):
        officer.period = quarter - 4
        if count:
            officer.save({"robbery": count})
    page = post(client, row("robbery", "21"), address="/st-albans/returns/2007-08/q4/")
    assert "They make 81, but 79 is held for the whole year." in page.text


@pytest.mark.parametrize("address", ["/st-albans/returns/2008-09/", "/st-albans/returns/2008-09/q1/"])
def test_a_partnership_that_counts_nothing_says_so(officer: Desk, client: Client, address: str) -> None:
    Actual.objects.all().delete()
    Target.objects.all().delete()
    officer.partnership.baselines.all().delete()
    PartnerAgency.objects.get(slug="police").supplies.clear()
    page = Page(client.get(address).content.decode())
    assert "Nothing is counted here yet." in page.text


def queries_of(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address).status_code == 200
    return len(queries)


def test_the_grid_of_60_categories_takes_no_more_queries_than_that_of_10(officer: Desk, client: Client) -> None:
    officer.save({"robbery": 21, "wounding": Entry(None, "withheld")})
    few = queries_of(client, ADDRESS)
    police = PartnerAgency.objects.get(slug="police")
    for number in range(50):
        police.supplies.add(CrimeCategory.objects.create(name=f"Category {number}", slug=f"category-{number}"))
    page = Page(client.get(ADDRESS).content.decode())
    assert len(page.soup.select("td.app-entry__now input.app-entry__count")) == 60
    assert queries_of(client, ADDRESS) <= few
    assert few <= 14


def test_a_quarter_as_large_as_the_last_year_is_asked_about_where_only_whole_years_are_held(
    officer: Desk, client: Client
) -> None:
    """Robbery: 79 in the whole of 2007/08, of which no quarter is held."""
    asked = "#said-robbery .app-question"
    page = post(client, row("robbery", "79"))
    assert page.one(asked).startswith("Is 79 right? The whole of 2007/08 was 79. Enter this quarter alone.")
    page = post(client, row("robbery", "78", version=1))
    assert page.all(asked) == []
