"""The settings that keep figures safe, read back from live connections."""

from __future__ import annotations

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

ON_SQLITE = connection.vendor == "sqlite"
sqlite_only = pytest.mark.skipif(not ON_SQLITE, reason="a setting of SQLite")
postgresql_only = pytest.mark.skipif(ON_SQLITE, reason="a setting of PostgreSQL")


def value_of(statement: str) -> object:
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchone()[0]


@sqlite_only
@pytest.mark.parametrize(
    ("pragma", "value"), [("journal_mode", "wal"), ("synchronous", 2), ("foreign_keys", 1), ("busy_timeout", 20_000)]
)
def test_pragmas(db: None, pragma: str, value: object) -> None:
    assert value_of(f"PRAGMA {pragma}") == value


@sqlite_only
@pytest.mark.django_db(transaction=True)
def test_a_transaction_takes_its_lock_at_once() -> None:
    with CaptureQueriesContext(connection) as queries, transaction.atomic():
        value_of("SELECT 1")
    assert queries[0]["sql"] == "BEGIN IMMEDIATE"


@postgresql_only
@pytest.mark.parametrize(("setting", "value"), [("lock_timeout", "2s"), ("statement_timeout", "15s")])
def test_limits(db: None, setting: str, value: str) -> None:
    assert value_of(f"SHOW {setting}") == value


def test_requests_are_not_wrapped_in_a_transaction(db: None) -> None:
    assert connection.settings_dict["ATOMIC_REQUESTS"] is False
