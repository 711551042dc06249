"""Whether an error is an outage, after which trying again helps: decided by what happened, not by a class alone."""

from __future__ import annotations

import errno
import sqlite3
from collections.abc import Iterator

from django.db import DatabaseError, Error, InterfaceError, OperationalError

_SQLITE = {
    sqlite3.SQLITE_BUSY,
    sqlite3.SQLITE_LOCKED,
    sqlite3.SQLITE_READONLY,
    sqlite3.SQLITE_IOERR,
    sqlite3.SQLITE_FULL,
    sqlite3.SQLITE_CANTOPEN,
    sqlite3.SQLITE_PROTOCOL,
}
"""Locked, no room, no access: the low byte of SQLite's code. https://www.sqlite.org/rescode.html"""

_POSTGRESQL = ("08", "40", "53", "55", "57", "58", "25006")
"""The connection, a deadlock, no resources, a lock, an operator or a time-out, the system, read-only for a while.
Beginnings of PostgreSQL's codes: https://www.postgresql.org/docs/current/errcodes-appendix.html"""

_FILES = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EMFILE, errno.ENFILE}


def is_outage(error: BaseException | None) -> bool:
    """Whether the error, or one that it followed from, is the database or the disk that is away for a while."""
    return any(_is_outage(each) for each in _chain(error))


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    seen: set[int] = set()
    while error is not None and id(error) not in seen:
        seen.add(id(error))
        yield error
        error = error.__cause__ or error.__context__


def _is_outage(error: BaseException) -> bool:
    if isinstance(error, OSError):
        return error.errno in _FILES
    if not isinstance(error, Error):
        return False
    cause = error.__cause__
    if (code := getattr(cause, "sqlite_errorcode", None)) is not None:
        return (code & 0xFF) in _SQLITE
    if code := getattr(cause, "pgcode", None):
        return str(code).startswith(_POSTGRESQL)
    # Without a code the server has said nothing: the connection broke. psycopg2 has a plain DatabaseError for that.
    is_broken = type(error) is DatabaseError and cause is not None
    is_away = isinstance(error, (OperationalError, InterfaceError))
    return (is_broken or is_away) and not str(error).startswith("no such ")
