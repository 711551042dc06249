"""Files as sheets: bytes in, cells with their addresses out, or words on why a file is not read.

Text is read here; workbooks are read in a child process with limits of memory and time, because the reader of one bad
cell can take a whole process with it. Nothing here imports Django.
"""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from .sheets import MOST_ROWS, Sheet, TooLargeError, separator_of

MOST_BYTES = 10 * 1024 * 1024
MOST_CELLS = 100_000
"""So many filled cells are kept of one file: 40 rows by quarter for 50 years are 8,000."""
PATIENCE = 15
"""Seconds until a workbook is given up."""

_ROOT = Path(__file__).resolve().parents[2]
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"BM", b"II*\x00", b"MM\x00*", b"RIFF")
_OLDER_EXCEL = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")


class UnreadableError(ValueError):
    """A file is not read. The message says what it is and what to do."""


def read_file(name: str, content: bytes) -> tuple[Sheet, ...]:
    """The sheets of a CSV, Excel (.xlsx) or OpenDocument (.ods) file, known by what is in it and not by its name."""
    shown = f"“{_shortened(name)}”"
    if not content:
        raise UnreadableError(f"{shown} is empty. Was it saved before it was filled in?")
    if len(content) > MOST_BYTES:
        size = len(content) / 1024 / 1024
        raise UnreadableError(
            f"{shown} is {size:,.0f} MB; up to {MOST_BYTES // 1024 // 1024} MB can be read. "
            "Save only the sheet with the figures as a file of its own."
        )
    if content[:4] == b"PK\x03\x04":
        sheets = _read_workbook(shown, content)
    else:
        _refuse_other_kinds(shown, content)
        sheets = (_read_text(shown, content),)
    if not any(sheet.rows for sheet in sheets):
        raise UnreadableError(f"There is nothing in {shown}. Was it saved before it was filled in?")
    if sum(1 for sheet in sheets for row in sheet.rows for cell in row if cell.text) > MOST_CELLS:
        raise UnreadableError(
            f"{shown} has more than {MOST_CELLS:,} filled cells. Save only the sheet with the figures on its own."
        )
    return sheets


def _shortened(name: str) -> str:
    printable = "".join(letter if letter.isprintable() else " " for letter in name)
    return printable if len(printable) <= 60 else f"{printable[:60]}…"


def _refuse_other_kinds(shown: str, content: bytes) -> None:
    """Files that are no spreadsheets, by how they begin."""
    what = ""
    if content.startswith(_OLDER_EXCEL):
        if _ENCRYPTED in content:
            raise UnreadableError(f"{shown} needs a password to open. Save a copy without one, and upload the copy.")
        raise UnreadableError(
            f"{shown} is in Excel’s older format. Open it in Excel, choose Save As, “Excel Workbook (.xlsx)”, "
            "and upload that."
        )
    if content.startswith(b"%PDF"):
        what = "a PDF"
    elif content.startswith(_PICTURES):
        what = "a picture"
    elif content.lstrip()[:200].lower().startswith((b"<!doctype", b"<html", b"<table", b"<?xml")):
        what = "a web page or an XML file"
    elif content.startswith((b"\x1f\x8b", b"PK", b"7z\xbc\xaf", b"Rar!")):
        what = "a compressed file"
    if what:
        raise UnreadableError(
            f"{shown} is {what}. Figures are read from .xlsx, .ods or .csv only. Ask for the spreadsheet behind it."
        )


# Text ----------------------------------------------------------------------------------------------------------------


def _read_text(shown: str, content: bytes) -> Sheet:
    text = _decoded(shown, content).replace("\r\n", "\n").replace("\r", "\n")
    separator = separator_of(text)
    rows: list[Sequence[str]] = []
    try:
        if not separator:
            rows = [[line] for line in text.split("\n")]
        else:
            for row in csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True):
                rows.append(row)
                if len(rows) > MOST_ROWS:
                    break
        return Sheet.of(rows)
    except csv.Error as error:
        raise UnreadableError(
            f"Line {len(rows) + 1} of {shown} has a quotation mark that is not closed, or a cell that is too long. "
            "Save the file again as CSV from your spreadsheet program."
        ) from error
    except TooLargeError as error:
        raise UnreadableError(f"{shown} is too large. {error}") from error


def _decoded(shown: str, content: bytes) -> str:
    """The text of a file: UTF-8, UTF-16 where it says so, else what Windows writes in Western Europe."""
    is_wide = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ["utf-16"] if is_wide else ["utf-8-sig", "cp1252"]:
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\x00" not in text:
            return text
    raise UnreadableError(f"{shown} is not text that can be read. Save it as CSV, .xlsx or .ods, and upload that.")


# Workbooks -----------------------------------------------------------------------------------------------------------


def _read_workbook(shown: str, content: bytes) -> tuple[Sheet, ...]:
    """The visible sheets of a workbook, as the child process reads them."""
    command = [sys.executable, "-X", "utf8", "-m", "performance.imports.reading_child"]
    try:
        # Our own program with no argument that came in; the file goes in as its input, and no secret as environment.
        done = subprocess.run(  # noqa: S603
            command, input=content, capture_output=True, timeout=PATIENCE, cwd=_ROOT, env={"PATH": ""}, check=False
        )
    except subprocess.TimeoutExpired as error:
        raise UnreadableError(
            f"{shown} takes too long to read. Save only the sheet with the figures as a file of its own."
        ) from error
    answer: dict[str, Any] = {}
    if done.returncode == 0:
        answer = json.loads(done.stdout)
    if "sheets" not in answer:
        words = answer.get("refused") or "is damaged or too large inside. Open it, save it again, and upload that."
        raise UnreadableError(f"{shown} {words}")
    return tuple(Sheet.of(each["rows"], each["name"]) for each in answer["sheets"] if each["rows"])


def kept(sheets: Sequence[Sheet]) -> list[dict[str, Any]]:
    """Sheets as they are kept with a preview: names and texts by row."""
    return [{"name": sheet.name, "rows": [[cell.text for cell in row] for row in sheet.rows]} for sheet in sheets]


def from_kept(rows: Sequence[dict[str, Any]]) -> tuple[Sheet, ...]:
    return tuple(Sheet.of(each["rows"], each["name"]) for each in rows)
