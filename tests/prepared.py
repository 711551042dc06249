"""The database that the tests begin with, prepared once and then copied.

To make the tables by all migrations takes seconds, and to load the published plan a fifth of one: too much for each
process and for each test. On SQLite the empty database is kept as a file and copied. On both databases the rows of the
published plan are kept in tables of their own and copied within the transaction of the test, which takes them back.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
from pathlib import Path
from typing import Any

from django.apps import apps
from django.core.management import call_command
from django.db import connection, transaction

ROOT = Path(__file__).resolve().parent.parent
KEPT = "kept_"
"""How the names of the tables begin that keep the rows of the published plan."""


def empty_database() -> Path:
    """The file of the empty SQLite database that the migrations of today make, whether it is there yet or not.

    Its name follows from all that the migrations depend on. Files of other days are deleted.
    """
    digest = hashlib.sha256(sys.version.encode())
    for pattern in ("*/migrations/*.py", "*/models/*.py", "csp_site/**/*.py", "requirements/dev.txt"):
        for source in sorted(ROOT.glob(pattern)):
            digest.update(source.read_bytes())
    file = ROOT / "var" / f"test-empty-{digest.hexdigest()[:16]}.sqlite3"
    for other in set(file.parent.glob("test-empty-*.sqlite3")) - {file}:
        other.unlink(missing_ok=True)
    return file


def copy_empty_database(target: Path) -> None:
    """Put the empty database where the tests expect theirs; nothing where it has not been made yet."""
    for old in (target, Path(f"{target}-wal"), Path(f"{target}-shm")):
        old.unlink(missing_ok=True)
    if (empty := empty_database()).exists():
        shutil.copyfile(empty, target)


def keep_empty_database() -> None:
    """Keep the database that the migrations have just made, for the next process."""
    if (empty := empty_database()).exists():
        return
    unfinished = empty.with_suffix(f".{os.getpid()}")
    with connection.cursor() as cursor:
        cursor.execute("VACUUM INTO %s", [str(unfinished)])
    unfinished.replace(empty)  # at once and whole: another process may be about to copy it


def keep_published_plan() -> list[str]:
    """Load the published plan as an installation does, keep its rows, and take them back.

    Returns the statements that copy the kept rows to where they belong.
    """
    primary_keys = {model._meta.db_table: model._meta.pk.column for model in apps.get_models(include_auto_created=True)}
    with transaction.atomic():
        before = {table: _rows(table) for table in primary_keys}
        call_command("load_published_plan", verbosity=0)
        after = {table: _rows(table) for table in primary_keys}
        transaction.set_rollback(True)
    copying = []
    for table, primary_key in primary_keys.items():
        new = [row for row in after[table] if row not in before[table]]
        if new:
            _keep(table, new)
            columns = ", ".join(f'"{column}"' for column in new[0])
            kept = f'"{KEPT}{table}"'
            if before[table]:
                copying.append(f'DELETE FROM "{table}" WHERE "{primary_key}" IN (SELECT "{primary_key}" FROM {kept})')
            copying.append(f'INSERT INTO "{table}" ({columns}) SELECT {columns} FROM {kept}')
    return copying


def _rows(table: str) -> list[dict[str, Any]]:
    """The rows of a table as the database gives them, by column."""
    with connection.cursor() as cursor:
        cursor.execute(f'SELECT * FROM "{table}"')
        columns = [column[0] for column in cursor.description]
        return [dict(zip(columns, row, strict=True)) for row in cursor.fetchall()]


def _keep(table: str, rows: list[dict[str, Any]]) -> None:
    """Make a table like this one that holds the rows given, and never give their numbers to other rows."""
    columns = ", ".join(f'"{column}"' for column in rows[0])
    places = ", ".join(["%s"] * len(rows[0]))
    with connection.cursor() as cursor:
        cursor.execute(f'DROP TABLE IF EXISTS "{KEPT}{table}"')
        cursor.execute(f'CREATE TABLE "{KEPT}{table}" AS SELECT {columns} FROM "{table}" WHERE 1 = 0')
        values = [list(row.values()) for row in rows]
        cursor.executemany(f'INSERT INTO "{KEPT}{table}" ({columns}) VALUES ({places})', values)
        if connection.vendor == "sqlite":  # PostgreSQL's sequences stay where the load has left them
            cursor.execute("DELETE FROM sqlite_sequence WHERE name = %s", [table])
            cursor.execute(
                f'INSERT INTO sqlite_sequence (name, seq) SELECT %s, MAX(id) FROM "{KEPT}{table}"',
                [table],
            )
