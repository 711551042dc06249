"""The second step of signing in: set up, asked for, recovered from, and demanded of administrators."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from performance.models import Partnership, Role
from tests.conftest import PASSWORD
from tests.pages import Page


def sign_in(client: Client, name: str) -> Page:
    answer = client.post("/accounts/login/", {"login": name, "password": PASSWORD}, follow=True)
    return Page(answer.content.decode())


def confirm(client: Client) -> None:
    """How one signs in is changed only after the password was typed again."""
    client.post("/accounts/reauthenticate/", {"password": PASSWORD})


def code_of(secret: str) -> str:
    return str(format_hotp_value(hotp_value(secret, next(iter(yield_hotp_counters_from_time())))))


def set_up(client: Client) -> str:
    """Sets an app up and gives its key."""
    confirm(client)
    page = Page(client.get("/accounts/2fa/totp/activate/").content.decode())
    secret = page.one(".app-codes")
    answer = client.post("/accounts/2fa/totp/activate/", {"code": code_of(secret)})
    assert answer.status_code == 302
    return secret


@pytest.fixture
def officer(st_albans: Partnership, person: Callable[..., User]) -> User:
    return person("officer", st_albans, Role.OFFICER)


def test_with_an_app_the_password_alone_is_not_enough(officer: User, client: Client) -> None:
    sign_in(client, "officer")
    secret = set_up(client)
    assert "It is set up" in Page(client.get("/accounts/2fa/").content.decode()).text
    other = Client()
    page = sign_in(other, "officer")
    assert page.one("h1") == "Second step"
    assert other.get("/st-albans/returns/").status_code == 302
    wrong = other.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert "Incorrect code." in wrong.content.decode()
    # The code that set it up does not open it a second time.
    Authenticator.objects.filter(type="totp").update(last_used_at=None)
    from django.core.cache import cache

    cache.clear()
    other.post("/accounts/2fa/authenticate/", {"code": code_of(secret)})
    assert other.get("/st-albans/returns/").status_code == 200


def test_a_recovery_code_opens_once(officer: User, client: Client) -> None:
    sign_in(client, "officer")
    set_up(client)
    shown = client.get("/accounts/2fa/recovery-codes/").content.decode()
    codes = re.findall(r"\b[0-9a-f]{8}\b", Page(shown).text)
    assert len(codes) == 10
    for status in (200, 302):
        other = Client()
        sign_in(other, "officer")
        other.post("/accounts/2fa/authenticate/", {"code": codes[0]})
        assert other.get("/st-albans/returns/").status_code == status


def test_the_key_of_an_app_is_not_readable_in_the_database(officer: User, client: Client) -> None:
    sign_in(client, "officer")
    secret = set_up(client)
    held = Authenticator.objects.get(type="totp")
    assert secret not in str(held.data)
    from csp_site.accounts.mfa import MFAAdapter

    assert MFAAdapter().decrypt(held.data["secret"]) == secret


def test_an_old_key_of_the_installation_still_reads_them(settings: Settings) -> None:
    from csp_site.accounts.mfa import MFAAdapter

    written = MFAAdapter().encrypt("a key")
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "new"
    assert MFAAdapter().decrypt(written) == "a key"


@pytest.mark.parametrize(("role", "is_sent"), [(Role.ADMINISTRATOR, True), (Role.OFFICER, False)])
def test_administrators_need_one_where_the_installation_asks(
    st_albans: Partnership, person: Callable[..., User], client: Client, settings: Settings, role: Role, is_sent: bool
) -> None:
    person("somebody", st_albans, role)
    sign_in(client, "somebody")
    assert client.get("/st-albans/returns/").status_code == 200
    settings.ADMINISTRATORS_NEED_SECOND_STEP = True
    answer = client.get("/st-albans/returns/")
    assert (answer.status_code, answer.headers.get("Location")) == ((302, "/accounts/2fa/") if is_sent else (200, None))
    # What is needed to set it up, and to leave, stays open.
    page = Page(client.get("/accounts/2fa/").content.decode())
    assert ("As an administrator you need one before you go on." in page.text) is is_sent
    assert client.get("/about/").status_code == 200
    if is_sent:
        set_up(client)
        assert client.get("/st-albans/returns/").status_code == 200


def test_sessions_are_listed_and_ended(officer: User, client: Client) -> None:
    other = Client()
    sign_in(other, "officer")
    sign_in(client, "officer")
    page = Page(client.get("/accounts/sessions/").content.decode())
    assert len(page.rows()) == 2
    assert sum("this browser" in row[0] for row in page.rows()) == 1
    client.post("/accounts/sessions/")
    assert other.get("/st-albans/returns/").status_code == 302
    assert client.get("/st-albans/returns/").status_code == 200
    assert "You are signed in nowhere else." in client.get("/accounts/sessions/").content.decode()


def test_ones_account_leads_to_all_of_it(officer: User, client: Client) -> None:
    sign_in(client, "officer")
    page = Page(client.get("/accounts/").content.decode())
    assert page.links("main li a") == ["/accounts/password/change/", "/accounts/2fa/", "/accounts/sessions/"]
