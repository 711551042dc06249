"""Bad addresses, failures, a database that is away: pages in our words, never a traceback, never a 500 for a typo."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager, suppress

import psycopg2  # type: ignore[import-untyped]
import pytest
from django.db import (
    DEFAULT_DB_ALIAS,
    DatabaseError,
    IntegrityError,
    InterfaceError,
    OperationalError,
    connection,
    connections,
)
from django.db.transaction import TransactionManagementError
from django.test import Client, RequestFactory

from csp_site import errors
from csp_site.outages import is_outage
from performance.models import Partnership
from tests.pages import Page

BAD = [
    "/st-albans/2007-09/",
    "/st-albans/2007-8/",
    "/st-albans/2007/",
    "/st-albans/07-08/",
    "/st-albans/0000-01/",
    "/st-albans/9999-00/",
    "/st-albans/1899-00/",
    "/st-albans/٢٠٠٧-٠٨/",
    "/st-albans/2007-08/q0/",
    "/st-albans/2007-08/q5/",
    "/st-albans/2008-09/q1/q2/",
    "/st-albans/2008-10/q1/",
    "/st-albans/2007-08/q１/",
    "/st-albans/2007-09/chart/",
    "/st-albans/categories/none-such/",
    "/st-albans/categories/none-such/chart/",
    "/st-albans/categories/",
    "/st-albans/none-such/",
    "/none-such/",
    "/none-such/2007-08/",
    "/none-such/categories/robbery/",
    "/none-such/agencies/",
    "/none-such/plan/",
    "/st-albans/%00/",
    "/%00/",
    "/st-albans/%ff%fe/",
    "/%c0%ae%c0%ae/",
    "/st-albans/..%2f..%2fetc/",
    "/st-albans/categories/%27%20OR%201=1--/",
    "/st-albans/categories/<script>/",
    "/" + "a" * 5000 + "/",
    "/st-albans/categories/" + "b" * 5000 + "/",
    "/favicon.ico",
]


@pytest.mark.parametrize("address", BAD, ids=lambda address: address[:40])
def test_a_bad_address_is_a_page_not_found(st_albans: Partnership, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 404
    assert Page(response.content.decode()).one("h1") == "Page not found"


@pytest.mark.parametrize("query", ["?x=%00", "?next=%ff", "?" + "a" * 2000, "?=&&=", "?page=1e999"])
def test_odd_queries_change_nothing(st_albans: Partnership, client: Client, query: str) -> None:
    assert client.get(f"/st-albans/2007-08/{query}").status_code == 200
    assert client.get(f"/accounts/login/{query}").status_code == 200


@pytest.mark.parametrize("typed", ["\x00", "a" * 10_000, "'; DROP TABLE auth_user; --", "😀", "<b>"])
def test_odd_words_in_a_form_come_back_with_an_error(db: None, client: Client, typed: str) -> None:
    for address, field in (("/accounts/login/", "login"), ("/accounts/password/reset/", "email")):
        response = client.post(address, {field: typed, "password": typed})
        assert response.status_code == 200
        assert Page(response.content.decode()).soup.select(".govuk-error-summary")


def test_an_expired_form_says_so(st_albans: Partnership) -> None:
    response = Client(enforce_csrf_checks=True).post("/accounts/login/", {"login": "x", "password": "y"})
    assert response.status_code == 403
    assert Page(response.content.decode()).one("h1") == "This page had expired"


@pytest.mark.parametrize(
    ("view", "status", "heading"),
    [
        (errors.bad_request, 400, "This request could not be read"),
        (errors.forbidden, 403, "You may not do this"),
        (errors.not_found, 404, "Page not found"),
    ],
)
def test_the_error_pages(rf: RequestFactory, view: object, status: int, heading: str) -> None:
    response = view(rf.get("/"), Exception())  # type: ignore[operator]
    assert response.status_code == status
    assert Page(response.content.decode()).one("h1") == heading


def test_a_request_for_another_host_is_refused_with_a_page(db: None, client: Client) -> None:
    response = client.get("/", headers={"host": "elsewhere.example"})
    assert response.status_code == 400
    assert Page(response.content.decode()).one("h1") == "This request could not be read"


@contextmanager
def broken_database(error: Exception) -> Iterator[None]:
    """Every statement fails, as if the server had gone."""

    def fail(*args: object) -> None:
        raise error

    with connection.execute_wrapper(fail):
        yield


def coded(error: Exception, **code: object) -> Exception:
    """Django's error with the database's own beneath it, as the drivers of both databases raise it."""
    cause = psycopg2.DatabaseError() if "pgcode" in code else sqlite3.OperationalError()
    for name, value in code.items():
        if name != "pgcode" or value is not None:
            with suppress(AttributeError):
                setattr(cause, name, value)
    error.__cause__ = cause
    return error


OUTAGES = [
    OperationalError("database is locked"),
    InterfaceError("connection already closed"),
    coded(DatabaseError("server closed the connection unexpectedly"), pgcode=None),
    coded(OperationalError("disk I/O error"), sqlite_errorcode=sqlite3.SQLITE_IOERR_WRITE),
    coded(OperationalError("database or disk is full"), sqlite_errorcode=sqlite3.SQLITE_FULL),
    coded(OperationalError("attempt to write a readonly database"), sqlite_errorcode=sqlite3.SQLITE_READONLY),
    OSError(errno.ENOSPC, "No space left on device"),
]
FAULTS = [
    DatabaseError("Save with update_fields did not affect any rows."),
    coded(OperationalError("no such table: x"), sqlite_errorcode=sqlite3.SQLITE_ERROR),
    coded(OperationalError("near SELEC: syntax error"), sqlite_errorcode=sqlite3.SQLITE_ERROR),
    IntegrityError("UNIQUE constraint failed"),
    OSError(errno.ENOENT, "No such file"),
    ValueError(),
    None,
]


@pytest.mark.parametrize("error", OUTAGES, ids=str)
def test_an_outage_is_known_by_what_happened(error: Exception) -> None:
    assert is_outage(error)
    following = TransactionManagementError("cannot go on")
    following.__context__ = error
    assert is_outage(following), "what follows from an outage is one"


@pytest.mark.parametrize("error", FAULTS, ids=str)
def test_a_fault_of_ours_is_no_outage(error: Exception | None) -> None:
    assert not is_outage(error)


@pytest.mark.parametrize(
    "error",
    [
        OperationalError("database is locked"),
        InterfaceError("connection already closed"),
        coded(DatabaseError("server closed the connection unexpectedly"), pgcode=None),
    ],
    ids=str,
)
def test_while_the_database_is_away_readers_are_asked_to_come_back(
    st_albans: Partnership, client: Client, error: Exception
) -> None:
    client.raise_request_exception = False
    with broken_database(error):
        response = client.get("/st-albans/2007-08/")
        health = client.get("/health/")
    assert response.status_code == 503
    assert response["Retry-After"] == "30"
    assert Page(response.content.decode()).one("h1") == "Busy, try again"
    assert health.status_code == 503
    assert client.get("/st-albans/2007-08/").status_code == 200
    assert client.get("/health/").status_code == 200


def test_a_missing_table_is_not_a_passing_fault(st_albans: Partnership, client: Client) -> None:
    """SQLite calls it operational; nobody should be told to come back in half a minute."""
    client.raise_request_exception = False
    with broken_database(OperationalError("no such table: performance_partnership")):
        assert client.get("/st-albans/").status_code == 500
        assert client.get("/health/").status_code == 503


def test_any_other_failure_is_our_fault_and_says_so(st_albans: Partnership, client: Client) -> None:
    client.raise_request_exception = False
    with broken_database(ZeroDivisionError()):
        response = client.get("/st-albans/2007-08/")
    assert response.status_code == 500
    assert Page(response.content.decode()).one("h1") == "Something went wrong here"
    assert "ZeroDivisionError" not in response.content.decode()


@pytest.mark.django_db(transaction=True)
def test_a_server_that_cannot_be_reached_gives_503(client: Client) -> None:
    """Not a statement that fails, but a connection that cannot be made."""
    client.raise_request_exception = False
    database = connections[DEFAULT_DB_ALIAS]
    database.close()
    kept = dict(database.settings_dict)
    options = dict(kept["OPTIONS"])
    options.pop("host", None)
    database.settings_dict.update(NAME="/nowhere/none.sqlite3", HOST="127.0.0.1", PORT="1", OPTIONS=options)
    try:
        assert client.get("/").status_code == 503
        assert client.get("/health/").status_code == 503
    finally:
        database.close()
        database.settings_dict.update(kept)
    assert client.get("/health/").status_code == 200
