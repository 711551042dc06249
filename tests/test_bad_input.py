"""What breaks libraries and databases: long numbers, odd addresses, deep JSON, large bodies. All are answered."""

from __future__ import annotations

from collections.abc import Callable
from threading import Barrier, Thread

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.cache import cache
from django.db import connections
from django.test import Client

from csp_site.accounts.bounded import UNREADABLE, BoundedJSONField
from csp_site.bodies import LARGEST
from performance.models import Invitation, Partnership, Role
from tests.pages import Page
from tests.priorities.administration.test_people import NEW, invite
from tests.priorities.conftest import Person
from tests.test_access import DECLARED, NAMES, address_of

LONG = "9" * 20


@pytest.fixture
def administrator(st_albans: Partnership, person: Callable[..., User]) -> Person:
    return Person(person("administrator", st_albans, Role.ADMINISTRATOR))


@pytest.mark.slow
@pytest.mark.parametrize("number", [LONG, "-" + LONG, "9" * 400, "1e999", "٣", "１", "0x10", "\x00", "1; --"])
def test_a_number_that_no_database_holds_is_refused_in_every_box(administrator: Person, number: str) -> None:
    """Every form of the site, every box that is there filled with it; the buttons and the queries too."""
    client = administrator.client
    for name in sorted(DECLARED):
        if name in ("account_logout", "openid_connect_login", "openid_connect_callback"):
            continue
        address = address_of(name, "st-albans")
        page = Page(client.get(address).content.decode(errors="replace"))
        boxes = page.soup.select("main input[name], main select[name], main textarea[name]")
        names = {str(box["name"]) for box in boxes} | {"credential", "page", "pk", "id"}
        for data in (dict.fromkeys(names, number), {name: [number, number] for name in names}):
            answer = client.post(address, data)
            assert answer.status_code < 500, f"{name}: {answer.status_code}"
        assert client.get(address, dict.fromkeys(names, number)).status_code < 500, name
        client.force_login(administrator.user)


@pytest.mark.parametrize("number", [LONG, "9" * 400])
def test_a_number_that_no_database_holds_leads_nowhere(administrator: Person, number: str) -> None:
    for name, route in NAMES.items():
        if "<int:" not in route or name.startswith("admin:"):
            continue
        address = address_of(name, "st-albans")
        parts = [number if part.isdigit() else part for part in address.split("/")]
        for method in (administrator.client.get, administrator.client.post):
            assert method("/".join(parts)).status_code in (302, 403, 404, 405), name


@pytest.mark.parametrize(
    "address", ["a@。example.org", "a@example。.org", "a@-.org", "a@" + "ü" * 64 + ".org", "a@..org"]
)
def test_an_address_that_no_mail_server_takes_is_said_at_once(administrator: Person, address: str) -> None:
    cache.clear()
    council = administrator.user.memberships.get().agency
    data = {"name": "Jo", "email": address, "agency": council.pk, "role": "viewer"}
    page = administrator.send("/st-albans/manage/people/invite/", data, status=200)
    assert page.all(".govuk-error-summary a") == ["Enter an e-mail address, such as name@example.org"]
    answer = Client().post("/accounts/password/reset/", {"email": address})
    assert "Enter an e-mail address, such as name@example.org" in answer.content.decode()
    assert mail.outbox == []


@pytest.mark.parametrize(
    "credential",
    ["[" * 5000, "[" * 5000 + "]" * 5000, '{"a":' * 5000, "[]" * 40_000, '"x"', "17", "null", "{", '["]",' * 3000],
    ids=lambda text: text[:6],
)
@pytest.mark.parametrize("name", ["mfa_login_webauthn", "mfa_authenticate"])
def test_deep_json_from_anybody_is_unreadable(db: None, client: Client, name: str, credential: str) -> None:
    answer = client.post(address_of(name, ""), {"credential": credential})
    assert answer.status_code in (200, 302)


def test_what_a_passkey_answers_is_read() -> None:
    answer = '{"id": "x", "response": {"a": "b", "transports": ["usb", "nfc"]}, "clientExtensionResults": {}}'
    assert BoundedJSONField().clean(answer)["id"] == "x"
    with pytest.raises(Exception, match=UNREADABLE):
        BoundedJSONField().clean("[" * 5000)


@pytest.mark.parametrize(
    "name", ["account_login", "account_reset_password", "mfa_login_webauthn", "invitation", "home"]
)
def test_a_large_body_is_refused_before_it_is_read(db: None, client: Client, name: str) -> None:
    """The client tells a length and sends nothing: whoever would read it gets an error instead."""
    answer = client.generic(
        "POST",
        address_of(name, ""),
        b"x",
        content_type="multipart/form-data; boundary=x",
        headers={"content-length": str(LARGEST + 1)},
    )
    assert answer.status_code == 413
    page = Page(answer.content.decode())
    assert page.one("h1") == "This is too large"
    assert "at most 256.0" in page.text.replace("\xa0", " ")


@pytest.mark.parametrize("claimed", ["", "x", "-1", "٣", "9" * 30])
def test_a_length_that_is_nonsense_is_no_length(db: None, client: Client, claimed: str) -> None:
    answer = client.generic("POST", "/accounts/login/", b"x", headers={"content-length": claimed})
    assert answer.status_code < 500


def test_two_invitations_to_one_new_address_are_both_answered(administrator: Person) -> None:
    """The second comes after the first has made the account, between its look and its write."""
    first = invite(administrator, agency="fire")
    second = invite(administrator, agency="council")
    page = Client().get(second)
    assert page.status_code == 200
    assert Client().post(first, NEW).status_code == 302
    answer = Client().post(second, NEW)
    assert answer.status_code == 200
    assert "Sign in" in answer.content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_two_invitations_to_one_new_address_at_once(administrator: Person) -> None:
    addresses = [invite(administrator, agency=agency) for agency in ("fire", "council", "police")]
    at_once, told = Barrier(len(addresses)), list[int]()

    def accept(address: str) -> None:
        client = Client(raise_request_exception=False)
        at_once.wait()
        told.append(client.post(address, NEW).status_code)
        connections.close_all()

    threads = [Thread(target=accept, args=(address,)) for address in addresses]
    for each in threads:
        each.start()
    for each in threads:
        each.join()
    assert set(told) <= {200, 302}, told
    assert User.objects.filter(email="jo@example.org").count() == 1
    assert Invitation.objects.filter(accepted_at__isnull=False).exists()
