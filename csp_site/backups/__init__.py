"""Backups of the database and their return: `manage.py backup`, `manage.py restore`."""

from __future__ import annotations

from pathlib import Path
from typing import Protocol

from django.db import connection

from csp_site.backups import postgresql, sqlite


class BackupError(Exception):
    """Says why a backup could not be made or put back; the database is as it was."""


class Kind(Protocol):
    """What each database does in its own way."""

    SUFFIX: str

    def dump(self, file: Path) -> None:
        """Write everything into a file, as it was at one moment. Raises OSError with the reason."""

    def migrations_in(self, file: Path) -> set[tuple[str, str]]:
        """The migrations that a file's database had run. Raises OSError for what is no whole backup."""

    def put_back(self, file: Path) -> None:
        """Put a file's contents in the place of everything, in one transaction. Raises OSError with the reason."""


def kind() -> Kind:
    """That of the database in the settings."""
    found: Kind = postgresql if connection.vendor == "postgresql" else sqlite
    return found
