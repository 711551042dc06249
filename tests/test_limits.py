"""Limits that say what to do, headers and cookies that close what nobody needs, passwords that are no patterns."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.contrib.auth.password_validation import validate_password
from django.core.cache import cache
from django.core.exceptions import ValidationError
from django.db import OperationalError, connection
from django.test import Client

from tests.conftest import PASSWORD
from tests.environment import ROOT
from tests.pages import Page
from tests.test_access import digest

Somebody = Callable[..., User]
NEW = "four words apart today"


@pytest.fixture(autouse=True)
def _no_guesses_yet(db: None) -> None:
    cache.clear()


def guess(client: Client, password: str) -> str:
    answer = client.post("/accounts/login/", {"login": "officer", "password": password})
    return "in" if answer.status_code == 302 else Page(answer.content.decode()).one(".govuk-error-summary li")


def test_a_strangers_guesses_do_not_lock_the_owner_out(person: Somebody) -> None:
    """From the usual computer one gets in; from a strange one nobody does, with the right password neither."""
    person("officer")
    at_home, stranger = Client(), Client(REMOTE_ADDR="10.0.0.9")
    assert guess(at_home, PASSWORD) == "in"
    at_home.post("/accounts/logout/")
    for _ in range(10):
        assert "not right" in guess(stranger, "wrong")
    assert "Too many tries" in guess(stranger, PASSWORD)
    assert guess(at_home, PASSWORD) == "in"


def test_the_usual_computer_has_a_limit_too(person: Somebody) -> None:
    person("officer")
    at_home = Client()
    guess(at_home, PASSWORD)
    at_home.post("/accounts/logout/")
    for _ in range(10):
        guess(at_home, "wrong")
    assert "Too many tries" in guess(at_home, PASSWORD)


@pytest.mark.parametrize("cookie", ["", "1", "1:x:y", "ImEi:1t:x"])
def test_a_forged_mark_of_a_known_browser_is_none(person: Somebody, cookie: str) -> None:
    person("officer")
    stranger = Client()
    stranger.cookies["known"] = cookie
    for _ in range(10):
        guess(stranger, "wrong")
    assert "Too many tries" in guess(stranger, PASSWORD)


def test_the_mark_of_another_account_is_none(person: Somebody) -> None:
    person("officer")
    person("other")
    stranger = Client()
    stranger.post("/accounts/login/", {"login": "other", "password": PASSWORD})
    stranger.post("/accounts/logout/")
    for _ in range(10):
        guess(Client(REMOTE_ADDR="10.0.0.9"), "wrong")
    assert "Too many tries" in guess(stranger, PASSWORD)


def test_too_many_of_anything_is_a_page_of_ours_that_says_when(person: Somebody, client: Client) -> None:
    for _ in range(5):
        assert client.post("/accounts/password/reset/", {"email": "a@example.org"}).status_code == 302
    answer = client.post("/accounts/password/reset/", {"email": "A@example.org"})
    assert answer.status_code == 429
    assert answer["Retry-After"] == "300"
    page = Page(answer.content.decode())
    assert page.one("h1") == "Too many tries"
    assert "Wait 5 minutes" in page.text


@pytest.mark.parametrize(
    "password",
    [
        "aaaaaaaaaaaa",
        "abababababab",
        "abcabcabcabc",
        "passwordpassword",
        "qwertyuiopas1234",
        "1234 5678 7890 abcd",
        "zyxwvutsrqponm",
        "Community Safety 2",
        "stalbans-partnership",
    ],
)
def test_a_pattern_is_no_password(password: str) -> None:
    with pytest.raises(ValidationError):
        validate_password(password)


@pytest.mark.parametrize(
    "password", [PASSWORD, NEW, "correct horse battery", "Safety pins in a drawer", "xK4-9vQz!mLw2p"]
)
def test_words_that_do_not_belong_together_are_one(password: str) -> None:
    validate_password(password)


@pytest.mark.parametrize("address", ["/about/", "/none-such/", "/accounts/login/", "/health/", "/too-large/"])
def test_what_no_page_needs_is_closed(db: None, client: Client, address: str) -> None:
    policy = client.get(address)["Permissions-Policy"]
    for name in ("camera", "microphone", "geolocation", "payment", "usb"):
        assert f"{name}=()" in policy
    assert "publickey-credentials-get=(self)" in policy


def test_cookies_are_bound_to_the_host_where_https_is_on() -> None:
    script = (
        "import os; os.environ['HTTPS'] = 'on'\n"
        "import django; django.setup()\n"
        "from django.conf import settings as s\n"
        "from csp_site.accounts.known_browser import name\n"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, name(), s.SESSION_COOKIE_SECURE, s.SESSION_COOKIE_DOMAIN)"
    )
    command = [sys.executable, "-W", "ignore", "-c", "import tests.environment\n" + script]
    environment = {"DJANGO_SETTINGS_MODULE": "csp_site.settings", "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["__Host-sessionid", "__Host-csrftoken", "__Host-known", "True", "None"]


def test_pages_for_members_are_kept_by_nobody(person: Somebody, client: Client) -> None:
    person("officer")
    assert "no-store" not in client.get("/about/").headers.get("Cache-Control", "")
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    assert "no-store" in client.get("/accounts/").headers["Cache-Control"]


CHANGES = {
    "change": ("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW}),
    "sessions": ("/accounts/sessions/", {}),
}


@pytest.mark.parametrize("name", CHANGES)
def test_a_fault_at_any_write_leaves_how_one_signs_in_as_it_was(person: Somebody, name: str) -> None:
    """Each write in turn fails: a clear page, nothing changed, and the retry works."""
    address, data = CHANGES[name]
    person("officer")
    at_home, elsewhere = Client(raise_request_exception=False), Client()
    for client in (at_home, elsewhere):
        assert guess(client, PASSWORD) == "in"
    for number in range(1, 60):
        before = digest()
        cache.clear()
        with failing_write(number) as met:
            answer = at_home.post(address, data)
        if not met:
            break
        assert answer.status_code == 503, number
        assert digest() == before, f"write {number} left something behind"
        assert at_home.get("/accounts/").status_code == 200, f"signed out by write {number}"
    assert number > 2
    assert answer.status_code == 302


class failing_write:  # noqa: N801 (used as a context)
    """The write of that number fails as when the disk is full; true once it was met."""

    def __init__(self, number: int) -> None:
        self._left, self._met = number, list[str]()

    def __enter__(self) -> list[str]:
        self._wrapper = connection.execute_wrapper(self._run)
        self._wrapper.__enter__()
        return self._met

    def __exit__(self, *error: object) -> None:
        self._wrapper.__exit__(None, None, None)

    def _run(self, execute: Callable[..., object], sql: str, *rest: object) -> object:
        # A count of tries that cannot be kept stops nobody: the cache's own table is left out.
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")) and '"cache"' not in sql:
            self._left -= 1
            if self._left == 0:
                self._met.append(sql)
                raise OperationalError("database or disk is full")
        return execute(sql, *rest)
