"""PostgreSQL: pg_dump's custom format, and back by psql in one transaction.

pg_dump, pg_restore and psql are looked for on the PATH; they must not be older than the server.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from pathlib import Path

from django.db import connection

SUFFIX = ".dump"
_PARTS = {
    "host": "PGHOST",
    "port": "PGPORT",
    "user": "PGUSER",
    "password": "PGPASSWORD",
    "dbname": "PGDATABASE",
    "sslmode": "PGSSLMODE",
}
_FIRST = """\
SET lock_timeout = '20s';
DROP SCHEMA public CASCADE;
CREATE SCHEMA public;
"""
"""What is there goes first, whole: a later version's tables hang on the ones of before."""


def dump(file: Path) -> None:
    _run("pg_dump", "--format=custom", "--no-owner", "--no-privileges", "--schema=public", f"--file={file}")
    _run("pg_restore", "--list", str(file))


def migrations_in(file: Path) -> set[tuple[str, str]]:
    """Reads the whole file, so that one that was cut short is found out before anything is touched."""
    with tempfile.TemporaryDirectory() as folder:
        script = _script(file, Path(folder))
        lines = iter(script.read_text(errors="replace").splitlines())
        for line in lines:
            if line.startswith("COPY public.django_migrations "):
                columns = line.partition("(")[2].partition(")")[0].split(", ")
                rows = _until_end(lines)
                return {(row[columns.index("app")], row[columns.index("name")]) for row in rows}
    raise OSError("it holds no database of this application")


def put_back(file: Path) -> None:
    connection.close()
    with tempfile.TemporaryDirectory() as folder:
        script = _script(file, Path(folder))
        first = Path(folder) / "first.sql"
        first.write_text(_FIRST)
        files = [f"--file={first}", f"--file={script}"]
        _run("psql", "--no-psqlrc", "--quiet", "--set=ON_ERROR_STOP=1", "--single-transaction", *files)


def _until_end(lines: object) -> list[list[str]]:
    found: list[list[str]] = []
    for line in lines:  # type: ignore[attr-defined]
        if line == "\\.":
            break
        found.append(line.split("\t"))
    return found


def _script(file: Path, folder: Path) -> Path:
    """The dump as SQL; without the schema itself, which is made anew."""
    script = folder / "backup.sql"
    _run("pg_restore", "--no-owner", "--no-privileges", f"--file={script}", str(file))
    text = script.read_text()
    kept = [line for line in text.splitlines(keepends=True) if not line.startswith("CREATE SCHEMA public")]
    script.write_text("".join(kept))
    return script


def _run(program: str, *arguments: str) -> None:
    given = connection.get_connection_params()
    environment = {name: str(given[part]) for part, name in _PARTS.items() if given.get(part)}
    try:
        done = subprocess.run(  # noqa: S603
            [program, *arguments], env=os.environ | environment, capture_output=True, text=True, check=False
        )
    except FileNotFoundError as missing:
        raise OSError(f"{program} is not on this machine; it comes with PostgreSQL's client") from missing
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines()
        raise OSError("; ".join(lines[:2]) if lines else f"{program} failed and said nothing")
