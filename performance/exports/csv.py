"""Comma-separated values that a spreadsheet opens as they are meant."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence

from .workbooks import Cell, text_of

_FORMULA = ("=", "+", "-", "@", "\t", "\r")


def as_csv(headings: Sequence[str], rows: Iterable[Sequence[Cell]]) -> str:
    """Headings and rows with a mark of their encoding, for spreadsheets.

    Text that a spreadsheet would take for a formula is kept text by an apostrophe; numbers stay numbers.
    """
    file = io.StringIO()
    writer = csv.writer(file)
    writer.writerow([_as_text(heading) for heading in headings])
    writer.writerows([_as_text(cell) for cell in row] for row in rows)
    return "\ufeff" + file.getvalue()


def _as_text(cell: Cell) -> str:
    text = text_of(cell)
    is_number = text.removeprefix("-").replace(".", "", 1).isdecimal() and text.isascii()
    return f"'{text}" if text.startswith(_FORMULA) and not is_number else text
