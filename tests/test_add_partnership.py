"""From an empty installation to a partnership of one's own: by command, and by the owner's page."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.test import Client

from performance.models import Area, CrimeCategory, Edition, Invitation, PartnerAgency, Partnership, Role
from tests.conftest import make_partnership
from tests.pages import Page

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/add-partnership/"
STEVENAGE = {
    "name": "Stevenage",
    "area": "E22000129",
    "agency": "Stevenage Borough Council",
    "administrator": "Ann Other",
    "email": "ann@example.org",
}


@pytest.fixture
def owner(person: Callable[..., User]) -> User:
    return person("owner", is_superuser=True, is_staff=True)


@pytest.fixture
def as_owner(client: Client, owner: User) -> Client:
    client.force_login(owner)
    return client


def code_of(name: str) -> str:
    call_command("load_areas", verbosity=0)
    return Area.objects.get(name=name).code


def post(client: Client, **changes: str) -> Page:
    given = STEVENAGE | {"area": code_of("Stevenage")} | changes
    return Page(client.post(ADDRESS, given).content.decode())


def test_standard_categories_come_without_st_albans() -> None:
    call_command("load_standard_categories", verbosity=0)
    assert CrimeCategory.objects.filter(slug="all-bcs-crimes", partnership__isnull=True).exists()
    assert not Partnership.objects.exists()


def test_loading_them_again_changes_nothing(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("load_standard_categories")
    before = CrimeCategory.objects.count()
    call_command("load_standard_categories")
    assert CrimeCategory.objects.count() == before
    assert "there already" in capsys.readouterr().out


@pytest.mark.parametrize("command", ["load_standard_categories", "load_published_plan"])
def test_a_clash_is_said_in_words(command: str) -> None:
    stevenage = make_partnership("Stevenage", "E22000129")
    CrimeCategory.objects.create(partnership=stevenage, name="Robbery of ours", slug="robbery")
    with pytest.raises(CommandError, match="“Robbery of ours” is a category of Stevenage Community Safety Partnership"):
        call_command(command)
    assert CrimeCategory.objects.count() == 1


def test_the_published_plan_still_brings_them() -> None:
    call_command("load_standard_categories", verbosity=0)
    call_command("load_published_plan", verbosity=0)
    assert Partnership.objects.get().slug == "st-albans"


def test_a_partnership_is_added_without_a_browser(owner: User, capsys: pytest.CaptureFixture[str]) -> None:
    call_command("add_partnership", "Stevenage", "ann@example.org")
    partnership = Partnership.objects.get()
    assert (partnership.title, partnership.police_force) == ("Stevenage Community Safety Partnership", "Hertfordshire")
    assert not partnership.is_public
    assert Invitation.objects.get().role == Role.ADMINISTRATOR
    assert re.search(r"/accounts/invitation/\S{20,}/", capsys.readouterr().out)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        pytest.param(("Camelot", "ann@example.org"), "“Camelot” is not in the list of areas", id="no such area"),
        pytest.param(("St. Albans", "ann@example.org", "--area", "E22000128"), None, id="by its code"),
    ],
)
def test_an_area_is_known_by_name_or_code(owner: User, arguments: tuple[str, ...], message: str | None) -> None:
    if message is None:
        call_command("add_partnership", *arguments, verbosity=0)
        assert Partnership.objects.get().home_office_name == "St Albans"
        return
    with pytest.raises(CommandError, match=message):
        call_command("add_partnership", *arguments)


def test_without_an_owner_nobody_can_invite() -> None:
    with pytest.raises(CommandError, match="createsuperuser"):
        call_command("add_partnership", "Stevenage", "ann@example.org")
    assert not Partnership.objects.exists()


def test_an_empty_installation_leads_its_owner_to_the_page(as_owner: Client) -> None:
    page = Page(as_owner.get("/").content.decode())
    assert "Add the first partnership" in page.text
    assert ADDRESS in page.links("main a")


def test_the_owner_adds_a_partnership_and_gets_the_link_of_the_invitation(as_owner: Client) -> None:
    page = post(as_owner)
    assert page.one("h1") == "Stevenage Community Safety Partnership is added"
    assert "E-mail is not set up here" in page.text
    assert "/accounts/invitation/" in page.one(".app-codes")
    assert PartnerAgency.objects.get().name == "Stevenage Borough Council"
    assert CrimeCategory.objects.filter(slug="robbery").exists()


def test_the_link_opens_the_way_in(as_owner: Client, client: Client) -> None:
    link = post(as_owner).one(".app-codes")
    address = re.sub(r"^https?://[^/]+", "", link)
    client.logout()
    assert "Stevenage Community Safety Partnership" in Page(client.get(address).content.decode()).text


@pytest.mark.parametrize(
    ("changes", "error"),
    [
        pytest.param({"name": ""}, "Enter the name of the district", id="no name"),
        pytest.param({"area": ""}, "Choose the area", id="no area"),
        pytest.param({"area": "E99999999"}, "Choose the area from the list", id="not offered"),
        pytest.param({"area": "not-listed"}, "Enter the code of the area", id="typed without a code"),
        pytest.param({"email": "nobody"}, "Enter an e-mail address, such as name@example.org", id="no address"),
        pytest.param({"name": "Admin"}, "is the address of another page", id="an address of ours"),
        pytest.param({"name": "!!!"}, "A name needs letters from A to Z or digits", id="no letters"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_lost(as_owner: Client, changes: dict[str, str], error: str) -> None:
    page = post(as_owner, **changes)
    assert error in " ".join(page.all(".govuk-error-summary"))
    assert page.soup.select_one("#id_agency")["value"] == "Stevenage Borough Council"  # type: ignore[index]
    assert not Partnership.objects.exists()


def test_an_area_that_is_not_listed_is_typed(as_owner: Client) -> None:
    post(as_owner, area="not-listed", area_code="E22999998", police_force="Wessex Constabulary")
    assert Partnership.objects.get().police_force == "Wessex Constabulary"


def test_an_area_has_one_partnership(as_owner: Client) -> None:
    post(as_owner)
    assert "Choose the area from the list" in " ".join(post(as_owner, name="Other").all(".govuk-error-summary"))
    assert Partnership.objects.count() == 1


def test_readers_pages_are_worked_out_anew(as_owner: Client) -> None:
    before = _edition()
    post(as_owner)
    assert _edition() > before


def _edition() -> Any:
    return max(Edition.objects.values_list("number", flat=True), default=0)
