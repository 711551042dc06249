"""Signing in with a council's own accounts: against a provider that runs here, over real connections."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlsplit

import jwt
import pytest
from allauth.account.models import EmailAddress
from django.contrib.auth.models import User
from django.test import Client
from pytest_django import Settings

from performance.models import Partnership, Role
from tests.conftest import PASSWORD
from tests.pages import Page


class Provider(ThreadingHTTPServer):
    """An OpenID provider: says who it is, gives a token for a code, and tells whose it is."""

    claims: dict[str, Any]
    codes: dict[str, str]
    asked: list[dict[str, list[str]]]

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    server: Provider

    def do_GET(self) -> None:
        at = self.server.address
        if self.path == "/.well-known/openid-configuration":
            self._say(
                {
                    "issuer": at,
                    "authorization_endpoint": f"{at}/authorize",
                    "token_endpoint": f"{at}/token",
                    "userinfo_endpoint": f"{at}/userinfo",
                    "jwks_uri": f"{at}/keys",
                    "token_endpoint_auth_methods_supported": ["client_secret_post"],
                }
            )
        elif self.path == "/userinfo" and self.headers["Authorization"] == "Bearer token-of-jo":
            self._say(self.server.claims)
        else:
            self._say({"error": "not found"}, 404)

    def do_POST(self) -> None:
        sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        self.server.asked.append(sent)
        if sent["code"] != ["right"] or sent["client_secret"] != ["hush"] or "code_verifier" not in sent:
            self._say({"error": "invalid_grant"}, 400)
            return
        told = self.server.claims | {"iss": self.server.address, "aud": "us", "exp": 4_000_000_000, "iat": 1}
        token = jwt.encode(told, "x" * 32, algorithm="HS256")
        self._say({"access_token": "token-of-jo", "token_type": "Bearer", "id_token": token})

    def _say(self, what: dict[str, Any], status: int = 200) -> None:
        said = json.dumps(what).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(said)))
        self.end_headers()
        self.wfile.write(said)

    def log_message(self, *args: object) -> None:
        """Nothing: the tests speak for themselves."""


@pytest.fixture
def provider(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    """The provider, and the settings with which an installation names it."""
    server = Provider(("127.0.0.1", 0), Answers)
    server.claims = {"sub": "1", "email": "jo@example.org", "email_verified": True, "name": "Jo Miller"}
    server.asked = []
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    settings.OIDC_SERVER_URL, settings.OIDC_NAME = server.address, "Council account"
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]
        | {
            "APPS": [
                {
                    "provider_id": "council",
                    "name": "Council account",
                    "client_id": "us",
                    "secret": "hush",
                    "settings": {"server_url": server.address},
                }
            ]
        }
    }
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


def go_and_come_back(client: Client, code: str = "right", **changes: str) -> tuple[int, Page]:
    """To the provider, where the person is known, and back with what it gave."""
    away = client.post("/accounts/oidc/council/login/", {"next": "/st-albans/returns/"})
    assert away.status_code == 302
    asked = parse_qs(urlsplit(away.headers["Location"]).query)
    assert asked["client_id"] == ["us"]
    assert "code_challenge" in asked
    back = {"code": code, "state": asked["state"][0]} | changes
    answer = client.get("/accounts/oidc/council/login/callback/", back, follow=True)
    return answer.status_code, Page(answer.content.decode())


@pytest.fixture
def jo(st_albans: Partnership, person: Callable[..., User]) -> User:
    user = person("jo", st_albans, Role.OFFICER)
    User.objects.filter(pk=user.pk).update(email="Jo@example.org")
    return user


def test_who_was_invited_gets_in(provider: Provider, jo: User, client: Client) -> None:
    page = Page(client.get("/accounts/login/").content.decode())
    assert "Sign in with Council account" in page.text
    status, page = go_and_come_back(client)
    assert (status, page.one("h1")) == (200, "Returns")
    # The second time by the account that was joined, whatever its address is by then.
    provider.claims["email"] = "new@example.org"
    other = Client()
    assert go_and_come_back(other)[1].one("h1") == "Returns"
    assert User.objects.count() == 1
    # The password that was set here still opens it.
    assert User.objects.get().check_password(PASSWORD)
    assert "Council account" in client.get("/accounts/").content.decode()
    assert client.get("/accounts/single-sign-on/").status_code == 200


def test_who_was_not_invited_gets_no_account(provider: Provider, jo: User, client: Client) -> None:
    provider.claims["email"] = "stranger@example.org"
    _, page = go_and_come_back(client)
    assert page.one("h1") == "There is no account for you here yet"
    assert User.objects.count() == 1


def test_an_address_that_nobody_vouches_for_opens_nothing(
    provider: Provider, jo: User, client: Client, settings: Settings
) -> None:
    """Whoever may choose an address at the provider would else be whoever has it here."""
    provider.claims["email_verified"] = False
    go_and_come_back(client)
    assert client.get("/st-albans/returns/").status_code == 302
    # An installation may say that its provider vouches for all of its addresses.
    settings.SOCIALACCOUNT_PROVIDERS["openid_connect"]["VERIFIED_EMAIL"] = True
    assert go_and_come_back(Client())[1].one("h1") == "Returns"


def test_an_address_that_two_accounts_have_opens_neither(
    provider: Provider, jo: User, person: Callable[..., User], client: Client
) -> None:
    other = person("other")
    User.objects.filter(pk=other.pk).update(email="jo@EXAMPLE.org")
    assert go_and_come_back(client)[1].one("h1") == "There is no account for you here yet"


def test_who_was_ended_stays_out(provider: Provider, jo: User, client: Client) -> None:
    User.objects.filter(pk=jo.pk).update(is_active=False)
    go_and_come_back(client)
    assert client.get("/st-albans/returns/").status_code == 302


@pytest.mark.parametrize(("code", "changes"), [("wrong", {}), ("right", {"state": "forged"})])
def test_what_is_forged_or_broken_is_said_to_have_failed(
    provider: Provider, jo: User, client: Client, code: str, changes: dict[str, str]
) -> None:
    status, page = go_and_come_back(client, code, **changes)
    assert (status, page.one("h1")) == (401, "Signing in did not work")
    assert client.get("/st-albans/returns/").status_code == 302


def test_a_provider_that_is_away_is_said_to_have_failed(provider: Provider, jo: User, client: Client) -> None:
    away = client.post("/accounts/oidc/council/login/")
    state = parse_qs(urlsplit(away.headers["Location"]).query)["state"][0]
    provider.claims = {}  # tells nobody apart any more
    answer = client.get("/accounts/oidc/council/login/callback/", {"code": "wrong", "state": state})
    assert answer.status_code == 401


def test_without_configuration_there_is_no_such_way(st_albans: Partnership, client: Client) -> None:
    assert "Sign in with your" not in client.get("/accounts/login/").content.decode()
    assert client.post("/accounts/oidc/council/login/").status_code == 404


def test_the_policy_lets_the_form_lead_on_to_the_provider() -> None:
    """A browser checks where a form ends up as well; without this it would stop at the button."""
    asks = "from csp_site.settings import CONTENT_SECURITY_POLICY as p; print(p['DIRECTIVES']['form-action'])"
    environment = os.environ | {"OIDC_SERVER_URL": "https://login.example.org/tenant/v2.0"}
    said = subprocess.run([sys.executable, "-c", asks], env=environment, capture_output=True, text=True, check=True)
    assert said.stdout.strip() == """["'self'", 'https://login.example.org']"""


def test_an_address_that_changed_hands_is_the_new_ones(
    provider: Provider, jo: User, person: Callable[..., User], client: Client
) -> None:
    other = person("other")
    # Jo had another address before, and hers was somebody else's once.
    EmailAddress.objects.create(user=jo, email="old@example.org", verified=True, primary=True)
    EmailAddress.objects.create(user=other, email=jo.email, verified=True, primary=True)
    assert go_and_come_back(client)[0] == 200
    assert client.session["_auth_user_id"] == str(jo.pk)
    held = EmailAddress.objects.filter(primary=True).values_list("user", "email")
    assert list(held) == [(jo.pk, jo.email)]
