"""The grid of baselines and targets: a count or a percentage, each change with its reason and in the history."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from performance.models import Baseline, Target
from tests.pages import Page
from tests.performance.conftest import Desk

Seat = Callable[..., Desk]
YEAR = "/st-albans/targets/2008-09/"
PUBLISHED = "/st-albans/targets/2007-08/"


@pytest.fixture
def administrator(desk: Seat, client: Client) -> Desk:
    seated = desk("administrator")
    client.force_login(seated.user)
    return seated


def boxes(page: Page, slug: str, **typed: str) -> dict[str, Any]:
    """The boxes of a row as the page shows them, but for what is typed."""
    found = {}
    for name in ("version", "baseline", "baseline_year", "percent", "target", "basis"):
        found[name] = str(page.soup.select_one(f"[name={slug}-{name}]")["value"])  # type: ignore[index]
    found["sense"] = str(page.soup.select_one(f"[name={slug}-sense] option[selected]")["value"])  # type: ignore[index]
    found["note"] = page.soup.select_one(f"[name={slug}-note]").get_text()  # type: ignore[union-attr]
    return {f"{slug}-{name}": value for name, value in (found | typed).items()}


def load(client: Client, address: str) -> Page:
    return Page(client.get(address).content.decode())


def send(client: Client, address: str, status: int = 200, **data: Any) -> Page:
    response = client.post(address, data, follow=True)
    assert response.status_code == status
    return Page(response.content.decode())


def target(slug: str, year: str = "2008/09") -> Target:
    return Target.objects.get(category__slug=slug, financial_year=year)


def test_a_percentage_gives_the_count_and_says_how_it_was_rounded(administrator: Desk, client: Client) -> None:
    data = boxes(load(client, YEAR), "wounding", percent="−25", note="Counted differently", basis="25% above")
    page = send(client, YEAR, **data)
    assert "Rounded: 558 less −25% is 697.5, so 698." in page.text
    assert target("wounding").count == 698
    assert page.soup.select_one("#target-wounding")["value"] == "698"  # type: ignore[index]
    assert page.soup.select_one("[name=wounding-percent]")["value"] == "−25"  # type: ignore[index]


def test_a_count_gives_the_percentage(administrator: Desk, client: Client) -> None:
    page = send(client, YEAR, **boxes(load(client, YEAR), "robbery", target="88"))
    assert page.soup.select_one("[name=robbery-percent]")["value"] == "15"  # type: ignore[index]
    assert target("robbery").baseline.count == 104


def test_a_count_beside_its_rounded_percentage_is_that_count(administrator: Desk, client: Client) -> None:
    """1,230 of 2,049 is 39.97% less, shown as 40; and 40% less would be 1,229."""
    page = load(client, YEAR)
    send(client, YEAR, **boxes(page, "theft-from-vehicle", target="1,230", percent="40"))
    assert target("theft-from-vehicle").count == 1230


def test_the_basis_is_written_where_none_is_given(administrator: Desk, client: Client) -> None:
    send(client, YEAR, **boxes(load(client, YEAR), "robbery", percent="15"))
    assert (target("robbery").count, target("robbery").basis) == (88, "15% below the baseline")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ({"percent": "15", "target": "80"}, "104 less 15% is 88, not 80. Keep one of the two."),
        ({"percent": "ten"}, "not a percentage"),
        ({"percent": "120"}, "more than 100%"),
        ({"target": "-5"}, "It cannot be below 0."),
        ({"target": "12.5"}, "not a whole number"),
        ({"target": "120"}, "120 lies above the baseline. Say how it was set, and why in a note."),
        ({"target": "80", "baseline": ""}, "A target is measured from a baseline."),
        ({"baseline_year": "2003/05", "target": "80"}, "2003 is followed by 2004"),
        ({"baseline_year": "", "target": "80"}, "Enter the year of the baseline"),
        ({"baseline_year": "2012/13", "target": "80"}, "A baseline for 2008/09 is from that year or before."),
        ({"baseline": "999,999,999", "percent": "−9999"}, "That would be more than 999,999,999."),
    ],
)
def test_what_cannot_be_set_is_told_and_stays_as_typed(
    administrator: Desk, client: Client, typed: dict[str, str], words: str
) -> None:
    page = send(client, YEAR, **boxes(load(client, YEAR), "robbery", **typed))
    assert words in page.one(".govuk-error-summary__list li")
    assert not Target.objects.filter(financial_year="2008/09").exists()
    for name, value in typed.items():
        assert page.soup.select_one(f"[name=robbery-{name}]")["value"] == value  # type: ignore[index]
    (wrong,) = (str(each["id"]) for each in page.soup.select("[aria-invalid]"))
    assert page.links(".govuk-error-summary__list a") == [f"#{wrong}"], "the summary leads to the box that is marked"


def test_what_is_published_changes_with_a_reason_only_and_the_history_has_both(
    administrator: Desk, client: Client
) -> None:
    data = boxes(load(client, PUBLISHED), "robbery", target="90")
    page = send(client, PUBLISHED, 409, **data)
    assert "Figures are published against these. Say why they change." in page.text
    assert page.soup.select_one("#target-robbery")["value"] == "90"  # type: ignore[index]
    assert target("robbery", "2007/08").count == 88
    send(client, PUBLISHED, **data, reason="Agreed by the board in May")
    assert target("robbery", "2007/08").count == 90
    page = load(client, "/st-albans/history/?kind=Target&category=robbery")
    assert page.rows()[0][:4] == [
        "Robbery, 2007/08 Target",
        "count: 88; basis: 15% below the baseline",
        "count: 90; basis: 13.5% below the baseline",
        "Agreed by the board in May",
    ]
    assert page.rows()[0][4].startswith("administrator")


def test_a_corrected_baseline_wants_a_reason_where_earlier_years_are_published(
    administrator: Desk, client: Client
) -> None:
    address = "/st-albans/targets/2009-10/"
    page = load(client, address)
    assert page.soup.select("#reason") != []
    data = boxes(page, "robbery", baseline="400")
    assert "Say why they change." in send(client, address, 409, **data).text
    assert Baseline.objects.get(category__slug="robbery").count == 104
    send(client, address, **data, reason="Counted again")
    assert Baseline.objects.get(category__slug="robbery").count == 400


def test_what_is_said_of_a_target_goes_with_it(administrator: Desk, client: Client) -> None:
    send(client, PUBLISHED, **boxes(load(client, PUBLISHED), "robbery", percent="40"), reason="Agreed")
    assert (target("robbery", "2007/08").count, target("robbery", "2007/08").basis) == (62, "40% below the baseline")
    send(client, PUBLISHED, **boxes(load(client, PUBLISHED), "robbery", target="78"), reason="Agreed")
    assert target("robbery", "2007/08").basis == "25% below the baseline"


def test_a_note_of_many_lines_is_as_long_as_the_browser_says(administrator: Desk, client: Client) -> None:
    send(client, YEAR, **boxes(load(client, YEAR), "robbery", target="80", note="x\r\n" * 450))
    assert target("robbery").note == ("x\n" * 450).strip()
    page = send(client, YEAR, **boxes(load(client, YEAR), "robbery"))
    assert "Nothing had changed." in page.text


def test_a_new_baseline_year_leaves_the_old_one_in_use_for_the_years_before(
    administrator: Desk, client: Client
) -> None:
    send(client, YEAR, **boxes(load(client, YEAR), "robbery", baseline="79", baseline_year="2007/08", target="70"))
    old, new = Baseline.objects.filter(category__slug="robbery").order_by("in_use_from")
    assert (old.count, str(old.in_use_from)) == (104, "2005/06")
    assert (new.count, str(new.financial_year), str(new.in_use_from)) == (79, "2007/08", "2008/09")
    assert target("robbery").baseline == new
    assert load(client, "/st-albans/2007-08/").rows()[8][1] == "104"


def test_what_somebody_else_set_meanwhile_is_shown_before_it_is_replaced(administrator: Desk, client: Client) -> None:
    data = boxes(load(client, YEAR), "robbery", target="80")
    send(client, YEAR, **boxes(load(client, YEAR), "robbery", target="85"))
    page = send(client, YEAR, **data)
    assert "Somebody else set a baseline of 104 and a target of 85 meanwhile." in page.text
    assert target("robbery").count == 85
    send(client, YEAR, **boxes(page, "robbery"))
    assert target("robbery").count == 80


def test_nothing_changed_is_said_and_leaves_no_trace(administrator: Desk, client: Client) -> None:
    before = Target.history.count()
    assert "Nothing had changed." in send(client, PUBLISHED, **boxes(load(client, PUBLISHED), "robbery")).text
    assert Target.history.count() == before


def test_a_target_is_changed_not_emptied(administrator: Desk, client: Client) -> None:
    data = boxes(load(client, PUBLISHED), "robbery", target="", percent="", basis="", note="")
    assert "Change it, but do not empty it." in send(client, PUBLISHED, 409, **data, reason="x").text


def test_the_page_opens_on_the_last_year_that_has_targets(administrator: Desk, client: Client) -> None:
    assert client.get("/st-albans/targets/").headers["Location"] == PUBLISHED
    page = load(client, PUBLISHED)
    assert {"/st-albans/targets/2006-07/", "/st-albans/targets/2008-09/"} <= set(page.links("main a"))
