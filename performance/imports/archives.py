"""A look into a workbook before anything parses it: what kind it is, how large inside, and which cells are no values.

Standard library only. The parts of the archive are read as a stream and none is kept: a file of two kilobytes may hold
a cell in the last row of the last column, or unpack to gigabytes.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from xml.parsers import expat

from .sheets import MOST_COLUMNS, MOST_ROWS, address

MOST_PARTS = 200
MOST_UNPACKED = 30 * 1024 * 1024
MOST_EXPANSION = 200
"""A part of a megabyte or more may be so many times as large as it is packed. Sheets of numbers reach some 20 times."""
_MEGABYTE = 1024 * 1024
_PIECE = 64 * 1024


_OF_ITS_OWN = "Save only the sheet with the figures as a file of its own."
_DAMAGE = (
    zipfile.BadZipFile,
    zipfile.LargeZipFile,
    zlib.error,
    EOFError,
    OSError,
    ValueError,
    KeyError,
    RuntimeError,  # also NotImplementedError, of a way of packing that is not known
    expat.ExpatError,
)
"""What a damaged archive, or damaged XML in it, raises."""


class RefusedError(ValueError):
    """The workbook is not read. The message follows its name."""


@dataclass
class Look:
    """What was seen: the sheets that are hidden, and by sheet the cells whose text the library would lose."""

    hidden: set[str] = field(default_factory=set)
    marks: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)

    def visible(self, names: Sequence[str]) -> list[str]:
        return [name for name in names if name not in self.hidden]


def look_into(content: bytes) -> Look:
    """Refuse what is no workbook, or too large inside; else say what is to be known of it."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            names = _checked(archive)
            if "xl/workbook.xml" in names:
                return _look_into_excel(archive, names)
            if "content.xml" in names:
                return _look_into_open_document(archive)
            if any(name.startswith("word/") for name in names):
                raise RefusedError("is a Word document. Figures are read from .xlsx, .ods or .csv only.")
            if any(name.endswith(".bin") and name.startswith("xl/") for name in names):
                raise RefusedError(
                    "is a binary workbook (.xlsb). Save it as “Excel Workbook (.xlsx)”, and upload that."
                )
    except RefusedError:
        raise
    except _DAMAGE as error:
        raise RefusedError("is damaged. Open it in a spreadsheet program, save it again, and upload that.") from error
    raise RefusedError("is a compressed file and no spreadsheet. Unpack it, and upload the spreadsheet in it.")


def _checked(archive: zipfile.ZipFile) -> set[str]:
    parts = archive.infolist()
    if len(parts) > MOST_PARTS:
        raise RefusedError(f"has {len(parts):,} parts inside. {_OF_ITS_OWN}")
    if any(part.flag_bits & 1 for part in parts):
        raise RefusedError("needs a password to open. Save a copy without one, and upload the copy.")
    unpacked = sum(part.file_size for part in parts)
    grows = any(
        part.file_size >= _MEGABYTE and part.file_size > MOST_EXPANSION * max(part.compress_size, 1) for part in parts
    )
    if unpacked > MOST_UNPACKED or grows:
        raise RefusedError(f"is {unpacked / _MEGABYTE:,.0f} MB when unpacked. {_OF_ITS_OWN}")
    names = {part.filename for part in parts}
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise RefusedError("has macros in it. Save it as “Excel Workbook (.xlsx)”, and upload that.")
    return names


def _stream(archive: zipfile.ZipFile, part: str, start: Any, end: Any = None, text: Any = None) -> None:
    """Give the elements of a part to handlers, piece by piece; a document type is refused before it does anything."""
    parser = expat.ParserCreate()

    def refuse(*_: Any) -> None:
        raise RefusedError("has a document type in it, which spreadsheets never have. It is not read.")

    parser.StartDoctypeDeclHandler = refuse
    parser.EntityDeclHandler = refuse
    parser.StartElementHandler = start
    if end is not None:
        parser.EndElementHandler = end
    if text is not None:
        parser.CharacterDataHandler = text
    with archive.open(part) as stream:
        while piece := stream.read(_PIECE):
            parser.Parse(piece)
        parser.Parse(b"", True)


def _refuse_far(row: int, column: int) -> None:
    if row > MOST_ROWS or column > MOST_COLUMNS:
        raise RefusedError(
            f"has something in cell {address(row, column)}. {MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns can "
            f"be read. {_OF_ITS_OWN}"
        )


# Excel ---------------------------------------------------------------------------------------------------------------

_REFERENCE = re.compile(r"([A-Z]{1,3})([0-9]{1,7})")


def _look_into_excel(archive: zipfile.ZipFile, names: set[str]) -> Look:
    look = Look()
    sheets: dict[str, str] = {}  # the relation of each sheet, by its name
    targets: dict[str, str] = {}

    def sheet(tag: str, found: dict[str, str]) -> None:
        if _local(tag) == "sheet":
            relation = next((value for key, value in found.items() if _local(key) == "id"), "")
            sheets[found.get("name", "")] = relation
            if found.get("state", "visible") != "visible":
                look.hidden.add(found.get("name", ""))

    def relation(tag: str, found: dict[str, str]) -> None:
        if _local(tag) == "Relationship" and found.get("TargetMode") != "External":
            targets[found.get("Id", "")] = found.get("Target", "")

    _stream(archive, "xl/workbook.xml", sheet)
    if "xl/_rels/workbook.xml.rels" in names:
        _stream(archive, "xl/_rels/workbook.xml.rels", relation)
    if "xl/sharedStrings.xml" in names:
        _stream(archive, "xl/sharedStrings.xml", _pass_by)
    for name, relation_id in sheets.items():
        target = targets.get(relation_id, "")
        part = target.lstrip("/") if target.startswith("/") else posixpath.normpath(f"xl/{target}")
        if part in names and part.endswith(".xml"):
            look.marks[name] = _ExcelSheet().look(archive, part)
    return look


def _pass_by(tag: str, found: dict[str, str]) -> None:
    """Nothing is to be known of the elements; that the part can be read is."""


class _ExcelSheet:
    """The cells of one sheet as they go by: how far they reach, and those that hold no value."""

    def __init__(self) -> None:
        self.marks: dict[tuple[int, int], str] = {}
        self._row, self._column = 0, 0
        self._is_error = False
        self._reads = ""
        self._texts: dict[str, str] = {}

    def look(self, archive: zipfile.ZipFile, part: str) -> dict[tuple[int, int], str]:
        _stream(archive, part, self._start, self._end, self._text)
        return self.marks

    def _start(self, tag: str, found: dict[str, str]) -> None:
        name = _local(tag)
        if name == "row":
            self._row = int(found["r"]) if found.get("r", "").isdigit() else self._row + 1
            self._column = 0
        elif name == "c":
            match = _REFERENCE.fullmatch(found.get("r", ""))
            if match:
                self._row, self._column = int(match[2]), _number_of(match[1])
            else:
                self._column += 1
            _refuse_far(self._row, self._column)
            self._is_error = found.get("t") == "e"
            self._texts = {}
        elif name in ("f", "v", "is"):
            self._reads = name
            self._texts.setdefault(name, "")

    def _text(self, text: str) -> None:
        if self._reads:
            self._texts[self._reads] = (self._texts[self._reads] + text)[:200]

    def _end(self, tag: str) -> None:
        name = _local(tag)
        if name in ("f", "v", "is"):
            self._reads = ""
        elif name == "c" and self._is_error:
            self.marks[self._row, self._column] = self._texts.get("v") or "#N/A"
        elif name == "c" and "f" in self._texts and not self._texts.get("v"):
            self.marks[self._row, self._column] = f"={self._texts['f']}"


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _number_of(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number


# OpenDocument --------------------------------------------------------------------------------------------------------


def _look_into_open_document(archive: zipfile.ZipFile) -> Look:
    if "mimetype" in archive.namelist():
        kind = archive.read("mimetype")[:100]
        if b"spreadsheet" not in kind:
            raise RefusedError("is no spreadsheet. Figures are read from .xlsx, .ods or .csv only.")
    if "META-INF/manifest.xml" in archive.namelist():
        _stream(archive, "META-INF/manifest.xml", _refuse_encrypted)
    tables = _OpenDocumentTables()
    _stream(archive, "content.xml", tables.start, tables.end, tables.text)
    return tables.look


def _refuse_encrypted(tag: str, found: dict[str, str]) -> None:
    if _local(tag) == "encryption-data":
        raise RefusedError("needs a password to open. Save a copy without one, and upload the copy.")


class _OpenDocumentTables:
    """The cells of all tables as they go by. A cell or a row may stand for a million like it."""

    def __init__(self) -> None:
        self.look = Look()
        self._table = ""
        self._hidden_styles: set[str] = set()
        self._style = ""
        self._row, self._column, self._rows, self._columns = 0, 0, 1, 1
        self._cell: dict[str, str] | None = None
        self._shown = ""
        self._is_comment = False

    def start(self, tag: str, found: dict[str, str]) -> None:
        if tag == "style:style":
            self._style = found.get("style:name", "")
        elif tag == "style:table-properties" and found.get("table:display") == "false":
            self._hidden_styles.add(self._style)
        elif tag == "table:table":
            self._table = found.get("table:name", "")
            self._row = self._column = 0
            self.look.marks[self._table] = {}
            if found.get("table:style-name") in self._hidden_styles:
                self.look.hidden.add(self._table)
        elif tag == "table:table-row":
            self._rows, self._column = _repeated(found, "table:number-rows-repeated"), 0
        elif tag in ("table:table-cell", "table:covered-table-cell"):
            self._columns = _repeated(found, "table:number-columns-repeated")
            self._cell, self._shown = found, ""
        elif tag == "office:annotation":
            self._is_comment = True

    def text(self, text: str) -> None:
        if self._cell is not None and not self._is_comment:
            self._shown = (self._shown + text)[:200]

    def end(self, tag: str) -> None:
        if tag == "office:annotation":
            self._is_comment = False
        elif tag == "table:table-row":
            self._row += self._rows
        elif tag in ("table:table-cell", "table:covered-table-cell") and self._cell is not None:
            self._leave_cell(self._cell)
            self._cell = None
            self._column += self._columns

    def _leave_cell(self, cell: dict[str, str]) -> None:
        kind = cell.get("office:value-type", "")
        shown = self._shown.strip()
        if kind or shown:
            _refuse_far(self._row + self._rows, self._column + self._columns)
        text = ""
        if shown.startswith(("#", "Err:")):
            text = shown
        elif cell.get("table:formula") and not kind and not shown:
            text = f"={cell['table:formula'].partition('=')[2]}"
        elif kind == "percentage" or (kind == "float" and re.search(r"[A-Za-z*%]", shown)):
            text = shown
        if text:
            self.look.marks[self._table][self._row + 1, self._column + 1] = text


def _repeated(found: dict[str, str], name: str) -> int:
    text = found.get(name, "1")
    return max(1, int(text)) if text.isdigit() and len(text) < 10 else 1
