"""Workbooks in the format of Excel."""

from __future__ import annotations

import io
import re
from datetime import datetime
from zipfile import ZIP_DEFLATED, ZipFile

import xlsxwriter
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from .workbooks import COUNTRY, LANGUAGE, Cell, Table, Workbook

_WIDEST, _NARROWEST = 60, 10
_CREATED = datetime(2000, 1, 1)  # noqa: DTZ001 (a fixed stamp, so that the same figures give the same file)


def as_xlsx(workbook: Workbook) -> bytes:
    """The file's bytes; the same figures give the same bytes.

    Not in the library's constant-memory mode, which drops marked-up tables with only a warning.
    """
    file = io.BytesIO()
    book = xlsxwriter.Workbook(file, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False})
    book.set_properties({"title": workbook.title, "created": _CREATED})
    bold = book.add_format({"bold": True, "font_size": 14})
    wrapped = book.add_format({"text_wrap": True, "valign": "top"})
    heading = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
    number = book.add_format({"num_format": "#,##0", "align": "right"})
    _write_cover(book.add_worksheet("Cover"), workbook, bold, wrapped)
    for place, table in enumerate((workbook.notes_table, *workbook.tables)):
        sheet = book.add_worksheet(table.name)
        _write_table(sheet, table, f"table_{place}", bold, heading, number, wrapped)
    book.close()
    return _with_language(file.getvalue())


def _write_cover(sheet: Worksheet, workbook: Workbook, bold: Format, wrapped: Format) -> None:
    sheet.set_column(0, 0, 100)
    for row, line in enumerate(workbook.cover):
        sheet.write_string(row, 0, line, bold if row == 0 else wrapped)


def _write_table(
    sheet: Worksheet, table: Table, name: str, bold: Format, heading: Format, number: Format, wrapped: Format
) -> None:
    introduction = table.introduction
    for row, line in enumerate(introduction):
        sheet.write_string(row, 0, line, bold if row == 0 else None)
    top = len(introduction)
    for column, words in enumerate(table.headings):
        cells = [row[column] for row in table.rows]
        sheet.set_column(column, column, _width(words, cells))
        for row, cell in enumerate(cells, start=top + 1):
            if isinstance(cell, str):
                sheet.write_string(row, column, cell, wrapped)
            else:
                sheet.write_number(row, column, float(cell), number)
    options = {
        "name": name,
        "autofilter": False,
        "style": None,
        "columns": [{"header": words, "header_format": heading} for words in table.headings],
    }
    last = top + max(1, len(table.rows))
    sheet.add_table(top, 0, last, len(table.headings) - 1, options)
    sheet.freeze_panes(top + 1, 1)


def _width(heading: str, cells: list[Cell]) -> int:
    longest = max([len(word) for word in heading.split()] + [len(str(cell)) for cell in cells])
    return min(max(longest + 2, _NARROWEST), _WIDEST)


def _with_language(content: bytes) -> bytes:
    """The file with its language in its properties, which the library has no option for."""
    language = f"<dc:language>{LANGUAGE}-{COUNTRY}</dc:language></cp:coreProperties>"
    file = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(file, "w", ZIP_DEFLATED) as new:
        for part in old.infolist():
            body = old.read(part)
            if part.filename == "docProps/core.xml":
                body = re.sub(rb"</cp:coreProperties>", language.encode(), body)
            new.writestr(part, body)
    return file.getvalue()
