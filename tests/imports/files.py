"""Spreadsheet files as bytes, written by hand so that each can be wrong in a way of its own."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping, Sequence
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from performance.imports.sheets import address

GOOD: list[list[Any]] = [["Offence", "Q1 2008/09"], ["Robbery", 17], ["Wounding", 121]]
_TYPES = (
    '<?xml version="1.0" encoding="UTF-8"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType='
    '"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>'
)
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_SHEET = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006/relationships"


class Raw(str):
    """The markup of a cell, as it is to stand in the file."""


def packed(parts: Mapping[str, str | bytes], **options: Any) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w", options.pop("compression", zipfile.ZIP_DEFLATED)) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return file.getvalue()


def xlsx_parts(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None, hidden: Sequence[str] = ()
) -> dict[str, str | bytes]:
    sheets = sheets or {"Sheet1": GOOD}
    names = "".join(
        f'<sheet name={quoteattr(name)} sheetId="{number}" r:id="rId{number}"'
        f"{' state=' + quoteattr('hidden') if name in hidden else ''}/>"
        for number, name in enumerate(sheets, start=1)
    )
    relations = "".join(
        f'<Relationship Id="rId{number}" Type="{_RELATIONS}/worksheet" Target="worksheets/sheet{number}.xml"/>'
        for number, _ in enumerate(sheets, start=1)
    )
    parts: dict[str, str | bytes] = {
        "[Content_Types].xml": _TYPES,
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}"><Relationship Id="rId1" Type="{_RELATIONS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_SHEET}" xmlns:r="{_RELATIONS}"><sheets>{names}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{_PACKAGE}">{relations}</Relationships>',
    }
    for number, rows in enumerate(sheets.values(), start=1):
        parts[f"xl/worksheets/sheet{number}.xml"] = xlsx_sheet(rows)
    return parts


def xlsx_sheet(rows: Sequence[Sequence[Any]], extra: str = "") -> str:
    body = "".join(
        f'<row r="{row}">{"".join(_xlsx_cell(row, column, value) for column, value in enumerate(cells, start=1))}</row>'
        for row, cells in enumerate(rows, start=1)
    )
    return f'<worksheet xmlns="{_SHEET}"><sheetData>{body}{extra}</sheetData></worksheet>'


def _xlsx_cell(row: int, column: int, value: Any) -> str:
    here = address(row, column)
    if isinstance(value, Raw):
        return value.replace("HERE", here)
    if isinstance(value, str):
        return f'<c r="{here}" t="inlineStr"><is><t xml:space="preserve">{escape(value)}</t></is></c>' if value else ""
    return f'<c r="{here}"><v>{value}</v></c>'


def xlsx(rows: Sequence[Sequence[Any]] = GOOD) -> bytes:
    return packed(xlsx_parts({"Sheet1": rows}))


_ODS = (
    '<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
    'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
    'xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
    'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:automatic-styles>'
    '<style:style style:name="ta_hidden" style:family="table"><style:table-properties table:display="false"/>'
    "</style:style></office:automatic-styles><office:body><office:spreadsheet>{}</office:spreadsheet></office:body>"
    "</office:document-content>"
)
_MIMETYPE = "application/vnd.oasis.opendocument.spreadsheet"
_MANIFEST = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0">'
    f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{_MIMETYPE}"/></manifest:manifest>'
)


def ods_parts(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | None = None, hidden: Sequence[str] = (), extra: str = ""
) -> dict[str, str | bytes]:
    tables = ""
    for name, rows in (sheets or {"Sheet1": GOOD}).items():
        style = ' table:style-name="ta_hidden"' if name in hidden else ""
        body = "".join(
            f"<table:table-row>{''.join(_ods_cell(value) for value in cells)}</table:table-row>" for cells in rows
        )
        tables += f"<table:table table:name={quoteattr(name)}{style}>{body}{extra}</table:table>"
    return {"mimetype": _MIMETYPE, "META-INF/manifest.xml": _MANIFEST, "content.xml": _ODS.format(tables)}


def _ods_cell(value: Any) -> str:
    if isinstance(value, Raw):
        return str(value)
    if isinstance(value, str):
        if not value:
            return "<table:table-cell/>"
        return f'<table:table-cell office:value-type="string"><text:p>{escape(value)}</text:p></table:table-cell>'
    shown = f"<text:p>{value}</text:p>"
    return f'<table:table-cell office:value-type="float" office:value="{value}">{shown}</table:table-cell>'


def ods(rows: Sequence[Sequence[Any]] = GOOD) -> bytes:
    return packed(ods_parts({"Sheet1": rows}))
