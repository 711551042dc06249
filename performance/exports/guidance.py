"""Whether a spreadsheet of ours keeps to what the UK government's Analysis Function asks of published ones.

It reads the file itself, XLSX or ODS, and not what we meant to write. For our own files only: what strangers send goes
through `imports`, with its limits.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass, field
from xml.etree import ElementTree
from zipfile import ZipFile

from .workbooks import LONGEST_TAB

_MARK = re.compile(r"\[(?:[a-z]{1,2}|note [0-9]+)\]")
_NUMBER_AS_TEXT = re.compile(r"[-−]?[0-9]{1,3}(,?[0-9]{3})*(\.[0-9]+)?%?")
_ODS = {
    "table": "{urn:oasis:names:tc:opendocument:xmlns:table:1.0}",
    "text": "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}",
    "office": "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}",
}
_XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_LANGUAGE = "{http://purl.org/dc/elements/1.1/}language"


@dataclass
class Sheet:
    """A sheet as it is in the file: its rows of shown text with whether each is a number, and what is odd about it."""

    name: str
    rows: list[list[tuple[str, bool]]] = field(default_factory=list)
    is_hidden: bool = False
    has_merged: bool = False
    tables: int = 0


def faults_in(content: bytes) -> list[str]:
    """What is wrong with a file, in sentences that name the sheet; empty where nothing is."""
    with ZipFile(io.BytesIO(content)) as archive:
        is_ods = "mimetype" in archive.namelist()
        sheets = _ods_sheets(archive) if is_ods else _xlsx_sheets(archive)
        properties = archive.read("meta.xml" if is_ods else "docProps/core.xml")
    faults = _faults_of_file(sheets, properties)
    explained = _explained(sheets)
    for sheet in sheets[1:]:
        faults += _faults_of_sheet(sheet)
        faults += _unexplained(sheet, explained)
    return faults


def _faults_of_file(sheets: list[Sheet], properties: bytes) -> list[str]:
    faults = []
    names = [sheet.name for sheet in sheets]
    if names[:2] != ["Cover", "Notes"]:
        faults.append("The file does not begin with a cover and notes.")
    if ElementTree.fromstring(properties).find(f".//{_LANGUAGE}") is None:  # noqa: S314
        faults.append("The file does not say its language.")
    for sheet in sheets:
        if len(sheet.name) > LONGEST_TAB or sheet.name != sheet.name.strip():
            faults.append(f"{sheet.name}: the sheet's name is too long or has spaces around it.")
        if sheet.is_hidden:
            faults.append(f"{sheet.name}: the sheet is hidden.")
        if sheet.has_merged:
            faults.append(f"{sheet.name}: cells are merged.")
        if not sheet.rows or not sheet.rows[0] or not sheet.rows[0][0][0]:
            faults.append(f"{sheet.name}: there is no title in the first cell.")
    return faults


def _faults_of_sheet(sheet: Sheet) -> list[str]:
    faults = []
    if sheet.tables != 1:
        faults.append(f"{sheet.name}: {sheet.tables} tables are marked up; there is to be one.")
    width = max((len(row) for row in sheet.rows), default=0)
    table = [row for row in sheet.rows if len(row) > 1]
    for number, row in enumerate(table):
        words = [text for text, _ in row]
        if len(row) != width or "" in words:
            faults.append(f"{sheet.name}: row {number + 1} of the table has an empty cell.")
        if any(not is_number and _NUMBER_AS_TEXT.fullmatch(text) for text, is_number in row):
            faults.append(f"{sheet.name}: row {number + 1} of the table has a number written as text.")
    if any(not row for row in sheet.rows):
        faults.append(f"{sheet.name}: there is an empty row.")
    return faults


def _explained(sheets: list[Sheet]) -> set[str]:
    """The marks that the sheet of notes explains."""
    notes = next((sheet for sheet in sheets if sheet.name == "Notes"), Sheet("Notes"))
    return {row[0][0] for row in notes.rows if row}


def _unexplained(sheet: Sheet, explained: set[str]) -> list[str]:
    if sheet.name == "Notes":
        return []
    used = {mark for row in sheet.rows for text, _ in row for mark in _MARK.findall(text)}
    return [f"{sheet.name}: {mark} is not explained among the notes." for mark in sorted(used - explained)]


def _ods_sheets(archive: ZipFile) -> list[Sheet]:
    root = ElementTree.fromstring(archive.read("content.xml"))  # noqa: S314
    table, text, office = _ODS["table"], _ODS["text"], _ODS["office"]
    ranges = [each.get(f"{table}target-range-address", "") for each in root.iter(f"{table}database-range")]
    sheets = []
    for element in root.iter(f"{table}table"):
        name = element.get(f"{table}name", "")
        sheet = Sheet(name, tables=sum(each.startswith((f"'{name}'.", f"{name}.")) for each in ranges))
        for row in element.iter(f"{table}table-row"):
            cells = list(row.iter(f"{table}table-cell"))
            sheet.has_merged |= any(f"{table}number-columns-spanned" in cell.attrib for cell in cells)
            sheet.rows.append(
                [
                    (
                        "\n".join("".join(words.itertext()) for words in cell.iter(f"{text}p")),
                        cell.get(f"{office}value-type") == "float",
                    )
                    for cell in cells
                ]
            )
        sheets.append(sheet)
    return sheets


def _xlsx_sheets(archive: ZipFile) -> list[Sheet]:
    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))  # noqa: S314
    shared = [
        "".join(item.itertext())
        for item in ElementTree.fromstring(archive.read("xl/sharedStrings.xml")).iter(f"{_XLSX}si")  # noqa: S314
    ]
    sheets = []
    for place, entry in enumerate(book.iter(f"{_XLSX}sheet"), start=1):
        root = ElementTree.fromstring(archive.read(f"xl/worksheets/sheet{place}.xml"))  # noqa: S314
        sheet = Sheet(
            entry.get("name", ""),
            is_hidden=entry.get("state", "visible") != "visible",
            has_merged=next(root.iter(f"{_XLSX}mergeCell"), None) is not None,
            tables=sum(1 for _ in root.iter(f"{_XLSX}tablePart")),
        )
        for row in root.iter(f"{_XLSX}row"):
            sheet.rows.append([_xlsx_cell(cell, shared) for cell in row.iter(f"{_XLSX}c")])
        sheets.append(sheet)
    return sheets


def _xlsx_cell(cell: ElementTree.Element, shared: list[str]) -> tuple[str, bool]:
    value = cell.findtext(f"{_XLSX}v") or ""
    if cell.get("t") == "s":
        return shared[int(value)], False
    return value, bool(value)
