"""Tables as files."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Comma-separated values with a mark of their encoding, for spreadsheets.

    A cell that a spreadsheet would take for a formula is made text by an apostrophe; numbers stay numbers.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow(headings)
    writer.writerows([_safe(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _safe(cell: str) -> str:
    is_number = cell.removeprefix("-").replace(".", "", 1).isdecimal()
    return f"'{cell}" if cell.startswith(_FORMULA) and not is_number else cell
