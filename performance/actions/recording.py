"""What all writes to a partnership's rows share: its lock, and who changed what and why in the rows' history."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from performance.access import Person
from performance.actions.editions import raise_edition
from performance.models import Partnership


def lock_partnership(partnership: Partnership) -> None:
    """Lock the partnership's row until the transaction ends: management is done one at a time.

    There may be no other row yet that two people who add the first of something could both lock. Rows that point to
    the partnership can be written meanwhile, so that nobody waits who enters figures.
    What is managed may stand on readers' pages, so their edition is raised.
    """
    Partnership.objects.order_by().select_for_update(no_key=True).get(pk=partnership.pk)
    raise_edition(partnership)


def record_change(row: Any, by: Person, reason: str = "", only: Sequence[str] | None = None) -> None:
    """Save a row whose history is kept, or some of its columns, with who changed it and why."""
    note_change(row, by, reason)
    row.save(update_fields=only)


def note_change(row: Any, by: Person, reason: str = "") -> None:
    """Say who changes a row and why, for the entry in its history that its next save or change of a list makes."""
    row._history_user = by
    row._change_reason = reason.strip() or None
