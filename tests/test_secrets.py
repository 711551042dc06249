"""What breaks tells the owner where, and never what was typed: every form, every log line, every mail."""

from __future__ import annotations

import io
import logging
import re
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.db import DataError, OperationalError, connection, transaction
from django.test import Client
from django.urls import get_resolver
from django.utils.log import AdminEmailHandler
from django.views.debug import ExceptionReporter
from pytest_django import Settings

from background import queue
from csp_site.error_mail import ErrorMail
from csp_site.logs import SECRET_ARGUMENTS, Line, OutagesSeldom, address_without_keys
from performance.models import Partnership, Role
from tests.pages import Page
from tests.priorities.administration.test_people import invite
from tests.priorities.conftest import Person
from tests.test_access import ARGUMENTS, DECLARED, address_of, addresses
from tests.test_errors import broken_database

SECRET = "hunter2-is-secret"
FORMAT = "{levelname} {name} {message}"


@pytest.fixture
def owner_is_told(settings: Settings) -> None:
    settings.ADMINS = [("Owner", "owner@example.org")]


@pytest.fixture
def administrator(st_albans: Partnership, person: Callable[..., User]) -> Person:
    return Person(person("administrator", st_albans, Role.ADMINISTRATOR))


@contextmanager
def everything_told(*more: logging.Handler) -> Iterator[io.StringIO]:
    """What the log says inside, down to its last detail, and mails to the owner as an installation sends them."""
    said = io.StringIO()
    line, post, root = logging.StreamHandler(said), ErrorMail(), logging.getLogger()
    ours: list[logging.Handler] = [line, post]
    for handler in ours:
        handler.setFormatter(Line(FORMAT, style="{"))
    line.addFilter(OutagesSeldom())
    level = root.level
    for handler in (*ours, *more):
        root.addHandler(handler)
    root.setLevel(logging.DEBUG)
    try:
        yield said
    finally:
        root.setLevel(level)
        for handler in (*ours, *more):
            root.removeHandler(handler)


@contextmanager
def failing_statement(number: int, words: str = SECRET) -> Iterator[list[int]]:
    """The statement of that number fails with an error that quotes what was typed, as databases do."""
    run = [0]

    def fail(execute: Callable[..., object], *rest: object) -> object:
        run[0] += 1
        if run[0] == number:
            raise DataError(f"value too long: {words}")
        return execute(*rest)

    with connection.execute_wrapper(fail):
        yield run


def typed_into(page: str) -> dict[str, str]:
    """Every field of every form on a page, filled in with a secret."""
    found = Page(page).soup.select("main input[name], main select[name], main textarea[name]")
    return {str(field["name"]): SECRET for field in found} | dict.fromkeys(("password", "code", "login"), SECRET)


def told(log: io.StringIO) -> str:
    mails = "\n".join(str(message.message()) for message in mail.outbox)
    return log.getvalue() + mails


@pytest.mark.slow
@pytest.mark.usefixtures("owner_is_told")
def test_every_form_that_breaks_keeps_what_was_typed(
    st_albans: Partnership, administrator: Person, settings: Settings
) -> None:
    client = administrator.client
    client.raise_request_exception = False
    broken = 0
    for name in sorted(DECLARED):
        if name in ("account_logout", "openid_connect_login", "openid_connect_callback"):
            continue
        address = address_of(name, "st-albans")
        data = typed_into(client.get(address).content.decode())
        for number in (2, 4, 7):
            mail.outbox.clear()
            client.force_login(administrator.user)
            with everything_told() as log, transaction.atomic(), failing_statement(number):
                answer = client.post(address, data, headers={"cookie-secret": SECRET})
                transaction.set_rollback(True)
            broken += answer.status_code == 500
            assert SECRET not in told(log), f"{name} at statement {number}"
    assert broken > 50


@pytest.mark.usefixtures("owner_is_told")
def test_the_links_of_mails_stand_in_no_log(st_albans: Partnership, administrator: Person) -> None:
    """The case met: an invitation's password and its link, which still works, in a mail about a fault."""
    address = invite(administrator)
    key = address.rstrip("/").split("/")[-1]
    mail.outbox.clear()
    client = Client(raise_request_exception=False)
    with everything_told() as log:
        with failing_statement(3):
            answer = client.post(address, {"first_name": "Jo", "last_name": "M", "password": SECRET})
        refused = Client(enforce_csrf_checks=True).post(address, {"password": SECRET})
        client.get(address.rstrip("/") + "x/y/")
    assert (answer.status_code, refused.status_code) == (500, 403)
    (message,) = mail.outbox
    assert key not in told(log)
    assert SECRET not in told(log)
    assert "POST /accounts/invitation/…/" in log.getvalue()
    assert message.to == ["owner@example.org"]
    reference = Page(answer.content.decode()).one("main strong")
    assert f"reference={reference}" in str(message.body)
    assert f"reference={reference}" in log.getvalue()
    assert "csp_site/accounts/invitation.py" in str(message.body), "where it broke is told"


@pytest.mark.usefixtures("owner_is_told")
def test_the_control_djangos_own_mail_has_the_password(st_albans: Partnership, administrator: Person) -> None:
    """Without our handlers the same fault tells the secret: the tests above read where it would stand."""
    address = invite(administrator)
    mail.outbox.clear()
    djangos = AdminEmailHandler(reporter_class="django.views.debug.ExceptionReporter")
    with everything_told(djangos), failing_statement(3):
        Client(raise_request_exception=False).post(address, {"first_name": "Jo", "last_name": "M", "password": "x"})
    assert any(SECRET in str(message.message()) for message in mail.outbox)


def test_whatever_of_django_prints_a_request_prints_no_form(rf: object) -> None:
    request = rf.post("/", {"anything": SECRET}, headers={"cookie": f"sessionid={SECRET}"})  # type: ignore[attr-defined]
    typed = SECRET
    try:
        raise ValueError("broken" if typed else "")
    except ValueError as error:
        text = ExceptionReporter(request, type(error), error, error.__traceback__).get_traceback_text()
        page = ExceptionReporter(request, type(error), error, error.__traceback__).get_traceback_html()
    assert SECRET not in text
    assert SECRET not in re.sub(r"typed = SECRET", "", page)


def test_each_argument_of_an_address_is_known_as_a_key_or_as_none() -> None:
    """A new name of an argument must be put into one of the two."""
    names = set(re.findall(r"<(?:\w+:)?(\w+)>", " ".join(route for _, route in addresses(get_resolver().url_patterns))))
    public = set(ARGUMENTS) | {"slug", "milestone"}
    assert names - public - SECRET_ARGUMENTS == set()
    assert {"key", "uidb36"} <= names & SECRET_ARGUMENTS


@pytest.mark.parametrize(
    ("path", "shown"),
    [
        ("/st-albans/2007-08/", "/st-albans/2007-08/"),
        ("/accounts/invitation/abc/", "/accounts/invitation/…/"),
        ("/accounts/invitation/abc", "/accounts/invitation/…"),
        ("/accounts/password/reset/1-c8xyz-0123456789abcdef/", "/accounts/password/reset/…/"),
        ("/accounts/password/reset/1-c8xyz-0123/x/", "/accounts/password/…/…/…/"),
        (f"/somewhere/{'k' * 43}/", "/somewhere/…/"),
        ("/somewhere/aB3dE5gH7jK9mN/", "/somewhere/…/"),
        ("/st-albans/\nERROR forged/", "/st-albans/…/"),
        ("/no-such-place/", "/no-such-place/"),
    ],
)
def test_an_address_in_the_log_has_no_key(path: str, shown: str) -> None:
    assert address_without_keys(path) == shown


def test_a_line_of_the_log_cannot_be_forged() -> None:
    record = logging.LogRecord("x", logging.WARNING, "", 1, "said %s", ("a\nERROR root b\u2028c\x1b[31m",), None)
    assert Line(FORMAT, style="{").format(record) == "WARNING x said a ERROR root b c [31m"


@pytest.mark.usefixtures("owner_is_told")
def test_one_mail_of_a_kind_in_a_quarter_of_an_hour_and_then_a_count(settings: Settings) -> None:
    settings.WORK_BESIDE_REQUESTS = True
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "kinds"}}
    one_worker, another = ErrorMail(), ErrorMail()
    for handler in (one_worker, another):
        handler.setFormatter(Line(FORMAT, style="{"))
    for number in range(20):
        try:
            int(f"{SECRET}{number}")
        except ValueError as error:
            fault = (type(error), error, error.__traceback__)
            record = logging.LogRecord("django.request", logging.ERROR, "", 1, "broken", (), fault)
            (one_worker if number < 15 else another).handle(record)
    assert queue._queue.finish(10)
    assert [message.subject.split(" at ")[0] for message in mail.outbox] == ["Fault: ValueError"] * 3
    assert [message.subject.rpartition(", ")[2] for message in mail.outbox[1:]] == ["15 times", "5 times"]
    assert SECRET not in told(io.StringIO())


@pytest.mark.usefixtures("owner_is_told")
def test_an_outage_is_one_line_and_no_mail(st_albans: Partnership) -> None:
    client = Client(raise_request_exception=False)
    with everything_told() as log, broken_database(OperationalError("server closed the connection")):
        for _ in range(50):
            assert client.get("/st-albans/").status_code == 503
    assert len(log.getvalue().splitlines()) == 1
    assert "503 GET /st-albans/" in log.getvalue()
    assert mail.outbox == []
