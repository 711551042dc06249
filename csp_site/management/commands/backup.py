from __future__ import annotations

from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from csp_site.backups import kind
from performance.clock import now


def make_backup(folder: Path, keep: int) -> Path:
    """A new backup in a folder, read back once; of the older ones so many are kept. Raises OSError with the reason."""
    database = kind()
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    moment = timezone.localtime(now()).strftime("%Y-%m-%d-%H%M%S-%f")
    file = folder / f"csp-{moment}{database.SUFFIX}"
    unfinished = file.with_name(f".{file.name}.unfinished")
    try:
        database.dump(unfinished)
        database.migrations_in(unfinished)
        unfinished.chmod(0o600)
        unfinished.rename(file)
    finally:
        unfinished.unlink(missing_ok=True)
    for old in sorted(folder.glob(f"csp-*{database.SUFFIX}"))[:-keep]:
        old.unlink()
    return file


class Command(BaseCommand):
    help = "Write a backup of the database into a folder, while the site runs. For cron."
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("folder", type=Path, nargs="?", default=settings.BASE_DIR / "var" / "backups")
        parser.add_argument("--keep", type=int, default=30, help="how many backups stay in the folder; 30")

    def handle(self, *args: Any, folder: Path, keep: int, **options: Any) -> None:
        if keep < 1:
            raise CommandError("Keep one backup at least: --keep 1")
        try:
            file = make_backup(folder, keep)
        except OSError as error:
            raise CommandError(f"No backup was made: {error}") from error
        self.stdout.write(f"{file} ({file.stat().st_size / 1e6:.1f} MB)")
