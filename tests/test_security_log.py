"""Who came in, who was refused, what changed: one line of JSON each, without a secret, for the owner to read."""

from __future__ import annotations

import json
import logging
from collections.abc import Callable, Iterator
from logging.handlers import WatchedFileHandler
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.cache import cache
from django.test import Client
from pytest_django import Settings

from csp_site.security_log import latest, note
from performance.models import Membership, Partnership, Role
from tests.conftest import PASSWORD
from tests.pages import Page

NEW = "four words apart today"
Somebody = Callable[..., User]


@pytest.fixture
def log(db: None, settings: Settings, tmp_path: Path) -> Iterator[Path]:
    file = tmp_path / "security.log"
    settings.SECURITY_LOG = str(file)
    handler = WatchedFileHandler(file, encoding="utf-8")
    logging.getLogger("security").addHandler(handler)
    cache.clear()
    yield file
    logging.getLogger("security").removeHandler(handler)
    handler.close()


def events(log: Path) -> list[str]:
    return [json.loads(line)["event"] for line in log.read_text().splitlines()]


def test_signing_in_and_out_and_passwords(log: Path, person: Somebody, client: Client) -> None:
    officer = person("officer")
    client.post("/accounts/login/", {"login": "officer", "password": "wrong-but-secret"})
    client.post("/accounts/login/", {"login": "officer", "password": PASSWORD})
    client.post("/accounts/password/change/", {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW})
    client.post("/accounts/logout/")
    assert events(log) == ["sign-in failed", "signed in", "password changed", "signed out"]
    assert [line.get("person") for line in latest()] == [str(officer.pk)] * 3 + ["-"]
    for secret in ("wrong-but-secret", PASSWORD, NEW, "officer"):
        assert secret not in log.read_text()


def test_too_many_tries_are_told(log: Path, person: Somebody, client: Client) -> None:
    person("officer")
    for _ in range(11):
        client.post("/accounts/login/", {"login": "officer", "password": "wrong"})
    assert events(log)[-1] == "too many tries"


def test_who_was_refused_is_told(log: Path, st_albans: Partnership, person: Somebody, client: Client) -> None:
    partner = person("partner", st_albans)
    client.force_login(partner)
    assert client.get("/st-albans/manage/").status_code == 403
    line = latest()[0]
    assert (line["event"], line["person"], line["address"]) == ("refused", str(partner.pk), "/st-albans/manage/")
    assert Client(enforce_csrf_checks=True).post("/accounts/login/", {}).status_code == 403
    assert latest()[0]["event"] == "form without its key"


def test_a_change_of_role_is_told(log: Path, st_albans: Partnership, person: Somebody) -> None:
    person("officer", st_albans)
    membership = Membership.objects.get()
    membership.role = Role.ADMINISTRATOR
    membership.save()
    assert latest()[0]["role"] == "administrator"


def test_nothing_that_comes_in_makes_a_line_of_its_own(log: Path, client: Client) -> None:
    note("said", what='a\n{"event": "forged"}\r\u2028b')
    assert len(log.read_text().splitlines()) == 1
    assert latest()[0]["what"] == 'a {"event": "forged"} b'


def test_the_owner_reads_it_and_nobody_else(
    log: Path, st_albans: Partnership, person: Somebody, client: Client
) -> None:
    note("signed in", what="<script>")
    client.force_login(person("owner", is_superuser=True, is_staff=True))
    page = Page(client.get("/admin/security-log/").content.decode())
    assert page.one("h1") == "Security log"
    assert "signed in" in page.text
    client.force_login(person("administrator", st_albans, Role.ADMINISTRATOR))
    assert client.get("/admin/security-log/").status_code == 404
