"""SQLite: through its own means, never by copying the file, which may be half written."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from django.db import connection

SUFFIX = ".sqlite3"


def dump(file: Path) -> None:
    try:
        with closing(_opened(_own())) as live:
            live.execute("VACUUM INTO ?", [str(file)])
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def migrations_in(file: Path) -> set[tuple[str, str]]:
    try:
        with closing(_opened(file)) as found:
            if (said := found.execute("PRAGMA integrity_check").fetchone()[0]) != "ok":
                raise OSError(f"the file is damaged: {said}")
            return set(found.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def put_back(file: Path) -> None:
    """Page by page into the live file, under its lock: a reader sees all of the old or all of the new."""
    connection.close()
    try:
        with closing(_opened(file)) as source, closing(sqlite3.connect(_own(), timeout=20)) as live:
            source.backup(live)
    except sqlite3.Error as error:
        raise OSError(str(error)) from error


def _own() -> Path:
    return Path(str(connection.settings_dict["NAME"]))


def _opened(file: Path) -> sqlite3.Connection:
    """To be read only: a file that is not there is not made."""
    return sqlite3.connect(f"file:{quote(str(file))}?mode=ro", uri=True, timeout=20)
