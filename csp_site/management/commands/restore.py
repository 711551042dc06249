from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db import connection
from django.db.migrations.loader import MigrationLoader

from csp_site.backups import kind
from csp_site.management.commands.backup import make_backup


class Command(BaseCommand):
    help = "Put a backup in the place of the database and bring it up to date; what was there is backed up first."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--replace", action="store_true", help="also where the database holds something")
        folder = settings.BASE_DIR / "var" / "backups"
        parser.add_argument("--folder", type=Path, default=folder, help="for the backup of what was there")

    def handle(self, *args: Any, file: Path, replace: bool, folder: Path, **options: Any) -> None:
        database = kind()
        try:
            self._check(database.migrations_in(file))
        except OSError as error:
            raise CommandError(f"{file} is no whole backup, and nothing was changed: {error}") from error
        before = self._backed_up(folder, replace)
        try:
            database.put_back(file)
        except OSError as error:
            raise CommandError(f"The backup could not be put back, and nothing was changed: {error}") from error
        self._bring_up_to_date(before)
        self.stdout.write(f"{file} is put back and brought up to date.")

    def _check(self, run: set[tuple[str, str]]) -> None:
        known = MigrationLoader(None).disk_migrations
        unknown = sorted(f"{app} {name}" for app, name in run if (app, name) not in known)
        if not run or unknown:
            of_what = unknown[0] if unknown else "it holds no database of this application"
            raise OSError(f"it is of a later version, or of something else ({of_what})")

    def _backed_up(self, folder: Path, replace: bool) -> Path | None:
        """What is there, as a backup of its own; nothing where there is nothing."""
        with connection.cursor() as cursor:
            tables = connection.introspection.table_names(cursor)
        if not tables:
            return None
        if not replace:
            raise CommandError("The database holds something. With --replace it is backed up first, then replaced.")
        try:
            before = make_backup(folder, keep=1_000)
        except OSError as error:
            raise CommandError(f"What is there could not be backed up, and nothing was changed: {error}") from error
        self.stdout.write(f"What was there is in {before}")
        return before

    def _bring_up_to_date(self, before: Path | None) -> None:
        try:
            call_command("migrate", verbosity=0)
            call_command("createcachetable")
        except Exception as error:
            if before is not None:
                kind().put_back(before)
                raise CommandError("The backup could not be brought up to date; what was there is back.") from error
            raise CommandError("The backup is put back, but could not be brought up to date.") from error
