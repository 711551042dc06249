"""Signing in and out, and passwords: in our words, without telling who has an account, and not for ever."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from django.contrib.auth.hashers import MD5PasswordHasher
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from tests.conftest import PASSWORD
from tests.pages import Page

Person = Callable[..., User]
NEW_PASSWORD = "another three words together"


@pytest.fixture(autouse=True)
def _no_guesses_yet(db: None) -> None:
    cache.clear()


def sign_in(client: Client, login: str, password: str = PASSWORD, **headers: str) -> Page | None:
    """The page with its errors, or None for who is in."""
    response = client.post("/accounts/login/", {"login": login, "password": password}, headers=headers)
    return None if response.status_code == 302 else Page(response.content.decode())


def is_signed_in(client: Client) -> bool:
    return client.get("/accounts/password/change/").status_code == 200


@pytest.mark.parametrize("login", ["officer", "OFFICER", " officer ", "officer@example.org", "Officer@Example.org"])
def test_by_user_name_or_address(person: Person, client: Client, login: str) -> None:
    person("officer")
    assert sign_in(client, login) is None
    assert is_signed_in(client)


def test_one_comes_back_to_the_page_one_was_on(st_albans: object, person: Person, client: Client) -> None:
    person("officer")
    (address,) = [
        link for link in Page(client.get("/st-albans/plan/").content.decode()).links("header a") if "login" in link
    ]
    response = client.post(address, {"login": "officer", "password": PASSWORD})
    assert response["Location"] == "/st-albans/plan/"


@pytest.mark.parametrize("target", ["https://example.org/", "//example.org/", "javascript:alert(1)"])
def test_nobody_is_sent_elsewhere(person: Person, client: Client, target: str) -> None:
    person("officer")
    response = client.post(f"/accounts/login/?next={target}", {"login": "officer", "password": PASSWORD})
    assert response["Location"] == "/"


def test_what_was_typed_stays_and_the_error_says_what_to_do(person: Person, client: Client) -> None:
    person("officer")
    page = sign_in(client, "officer", "wrong")
    assert page is not None
    assert page.one(".govuk-error-summary li") == "The user name or password is not right. Check both and try again."
    assert page.soup.select_one("#id_login")["value"] == "officer"  # type: ignore[index]
    assert page.soup.title is not None
    assert page.soup.title.get_text(strip=True).startswith("Error: ")


def test_an_empty_form_leads_to_its_fields(db: None, client: Client) -> None:
    page = sign_in(client, "", "")
    assert page is not None
    assert page.all(".govuk-error-summary li") == ["Enter your user name or e-mail address", "Enter your password"]
    assert page.links(".govuk-error-summary a") == ["#id_login", "#id_password"]
    for field in ("#id_login", "#id_password"):
        found = page.soup.select_one(field)
        assert found is not None
        assert found["aria-invalid"] == "true"
        described = str(found["aria-describedby"]).split()
        assert all(page.soup.find(id=name) for name in described), described


def test_nobody_is_told_who_has_an_account(person: Person, client: Client) -> None:
    person("officer")
    known, unknown = sign_in(client, "officer", "wrong"), sign_in(client, "nobody", "wrong")
    by_address = sign_in(client, "nobody@example.org", "wrong")
    assert known is not None
    assert unknown is not None
    assert by_address is not None
    assert known.all(".govuk-error-summary li") == unknown.all(".govuk-error-summary li")
    assert known.all(".govuk-error-summary li") == by_address.all(".govuk-error-summary li")


@pytest.mark.parametrize("login", ["officer", "nobody", "officer@example.org", "nobody@example.org"])
def test_every_wrong_guess_takes_as_long(
    person: Person, client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch, login: str
) -> None:
    """The hash is what takes time: it is worked out once, whoever is there."""
    person("officer")
    worked_out: list[str] = []
    encode = MD5PasswordHasher.encode

    def counting(self: MD5PasswordHasher, password: str, salt: str) -> str:
        worked_out.append(password)
        return encode(self, password, salt)

    monkeypatch.setattr(MD5PasswordHasher, "encode", counting)
    sign_in(client, login, "wrong")
    assert worked_out == ["wrong"]


@pytest.mark.parametrize(
    "disguise",
    [
        {"login": "OFFICER"},
        {"login": " officer "},
        {"login": "officer", "x-forwarded-for": "10.0.0.1"},
        {"login": "officer", "x-real-ip": "10.0.0.2"},
        {"login": "officer@example.org"},
        {"login": "officer", "host": "LOCALHOST"},
        {"login": "officer", "host": "localhost:2"},
    ],
    ids=["case", "spaces", "a forwarded address", "a real address", "the e-mail address", "a host", "a port"],
)
def test_the_eleventh_guess_is_refused_whatever_the_disguise(
    person: Person, client: Client, disguise: dict[str, str]
) -> None:
    person("officer")
    for _ in range(10):
        sign_in(client, "officer", "wrong")
    headers = {name: value for name, value in disguise.items() if name != "login"}
    page = sign_in(client, disguise["login"], PASSWORD, **headers)
    assert page is not None
    assert "Too many tries" in page.one(".govuk-error-summary li")
    assert not is_signed_in(client)


def test_a_flood_of_names_does_not_wash_a_count_away(person: Person, client: Client) -> None:
    person("officer")
    for _ in range(10):
        sign_in(client, "officer", "wrong")
    for number in range(400):
        cache.set(f"other-{number}", [1], 300)
    page = sign_in(client, "officer", PASSWORD)
    assert page is not None
    assert "Too many tries" in page.one(".govuk-error-summary li")


def test_guessing_many_accounts_from_one_address_is_refused(person: Person, client: Client) -> None:
    person("officer")
    for number in range(30):
        sign_in(client, f"guess-{number}", "wrong")
    page = sign_in(client, "officer", PASSWORD)
    assert page is not None
    assert "Too many tries" in page.one(".govuk-error-summary li")


def test_a_closed_account_cannot_sign_in(person: Person, client: Client) -> None:
    person("leaver", is_active=False)
    sign_in(client, "leaver")
    assert not is_signed_in(client)


def test_the_session_gets_a_new_key_at_sign_in(person: Person, client: Client) -> None:
    person("officer")
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    assert sign_in(client, "officer") is None
    assert client.session.session_key != before
    assert not Session.objects.filter(session_key=before).exists()


def test_changing_the_password_ends_all_other_sessions(person: Person, client: Client) -> None:
    person("officer")
    elsewhere = Client()
    assert sign_in(client, "officer") is None
    assert sign_in(elsewhere, "officer") is None
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    response = client.post("/accounts/password/change/", change, follow=True)
    assert "Your password is changed." in Page(response.content.decode()).text
    assert is_signed_in(client)
    assert not is_signed_in(elsewhere)


@pytest.mark.parametrize(
    ("typed", "error"),
    [
        ({"oldpassword": "wrong"}, "The current password is not right. Type it again."),
        ({"password2": "something else"}, "You must type the same password each time."),
        ({"password1": "short", "password2": "short"}, "at least 12 characters"),
        ({"password1": "officer12345", "password2": "officer12345"}, "too similar to the username"),
        ({"password1": "", "password2": ""}, "Enter a new password"),
        ({"password1": "123456789012", "password2": "123456789012"}, "entirely numeric"),
    ],
)
def test_a_password_that_will_not_do_says_why(
    person: Person, client: Client, typed: dict[str, str], error: str
) -> None:
    client.force_login(person("officer"))
    change = {"oldpassword": PASSWORD, "password1": NEW_PASSWORD, "password2": NEW_PASSWORD} | typed
    page = Page(client.post("/accounts/password/change/", change).content.decode())
    assert any(error in line for line in page.all(".govuk-error-summary li"))
    assert User.objects.get().check_password(PASSWORD)


def test_a_forgotten_password_is_set_anew_once(person: Person, client: Client) -> None:
    person("officer")
    response = client.post("/accounts/password/reset/", {"email": "officer@example.org"}, follow=True)
    assert Page(response.content.decode()).one("h1") == "Look at your e-mail"
    (message,) = mail.outbox
    assert message.subject == "Set a new password"
    link = re.search(r"http://testserver(/accounts/password/reset/\S+)", str(message.body))
    assert link is not None
    form = client.get(link[1], follow=True)
    assert Page(form.content.decode()).one("h1") == "Set a new password"
    new = {"password1": NEW_PASSWORD, "password2": NEW_PASSWORD}
    done = client.post(form.request["PATH_INFO"], new, follow=True)
    assert Page(done.content.decode()).one("h1") == "Your password is set"
    assert Page(Client().get(link[1]).content.decode()).one("h1") == "This link does not work any more"
    assert sign_in(client, "officer", NEW_PASSWORD) is None


def test_an_unknown_address_gets_the_same_page_and_no_mail(person: Person, client: Client) -> None:
    person("officer")
    known = client.post("/accounts/password/reset/", {"email": "officer@example.org"}, follow=True)
    mail.outbox.clear()
    unknown = client.post("/accounts/password/reset/", {"email": "nobody@example.org"}, follow=True)
    assert known.content == unknown.content
    assert mail.outbox == []


def test_signing_out_takes_one_press(person: Person, client: Client) -> None:
    client.force_login(person("officer"))
    page = Page(client.get("/").content.decode())
    assert page.one("header form button") == "Sign out"
    assert client.post("/accounts/logout/")["Location"] == "/"
    assert not is_signed_in(client)


def test_an_account_without_a_password_can_set_one(person: Person, client: Client) -> None:
    user = person("invited")
    user.set_unusable_password()
    user.save()
    client.force_login(user)
    assert client.get("/accounts/password/change/")["Location"] == "/accounts/password/set/"
    page = Page(client.get("/accounts/password/set/").content.decode())
    assert page.one("h1") == "Set a password"


def test_there_is_no_page_to_sign_up(db: None, client: Client) -> None:
    assert client.get("/accounts/signup/").status_code == 404


def test_the_admin_has_no_door_of_its_own(db: None, client: Client) -> None:
    assert client.get("/admin/login/")["Location"].startswith("/accounts/login/")
    assert client.post("/admin/login/", {"username": "owner", "password": "x"}).status_code == 302


def test_who_signed_in_in_another_window_is_sent_on(person: Person) -> None:
    stale = Client(enforce_csrf_checks=True)
    stale.force_login(person("officer"))
    assert stale.post("/accounts/login/", {"login": "officer", "password": PASSWORD})["Location"] == "/accounts/login/"
    assert stale.get("/accounts/login/")["Location"] == "/"


@pytest.mark.parametrize("key", ['"aaaaaaaaaaaa\\000bbbbbbbbbbbbbbbbbbb"', "x", "A" * 32, "%00", "é" * 32])
def test_an_odd_session_cookie_is_no_session(db: None, key: str) -> None:
    response = Client(headers={"cookie": f"sessionid={key}"}).get("/")
    assert response.status_code == 200


def test_the_admins_own_password_page_leads_to_ours(person: Person, client: Client) -> None:
    client.force_login(person("owner", is_staff=True, is_superuser=True))
    assert client.get("/admin/password_change/")["Location"] == "/accounts/password/change/"


def test_pages_for_members_stay_out_of_shared_caches(person: Person, client: Client) -> None:
    assert "Cache-Control" not in client.get("/").headers
    client.force_login(person("officer"))
    assert client.get("/").headers["Cache-Control"] == "private, no-cache, no-store"


def test_cookies_end_when_they_should(person: Person, client: Client) -> None:
    person("officer")
    client.get("/accounts/login/")
    assert client.cookies["csrftoken"]["max-age"] == ""
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    assert client.cookies["sessionid"]["max-age"] == ""
    other = Client()
    other.post("/accounts/login/", {"login": "officer", "password": PASSWORD, "remember": "on"})
    assert other.cookies["sessionid"]["max-age"] == 12 * 3600
