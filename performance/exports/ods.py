"""Workbooks in the open format of the standard, which public bodies are asked to publish in.

A small writer of our own: what libraries there are for it take minutes or gigabytes, and set no language.
"""

from __future__ import annotations

import io
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile, ZipInfo

from .workbooks import COUNTRY, LANGUAGE, Cell, Table, Workbook

_STAMP = (2000, 1, 1, 0, 0, 0)
"""A fixed stamp, so that the same figures give the same file."""
_TYPE = "application/vnd.oasis.opendocument.spreadsheet"
_NAMESPACES = " ".join(
    f'xmlns:{prefix}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
    for prefix, name in (
        ("office", "office"),
        ("table", "table"),
        ("text", "text"),
        ("style", "style"),
        ("number", "datastyle"),
        ("meta", "meta"),
    )
) + (
    ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0"'
    ' xmlns:dc="http://purl.org/dc/elements/1.1/"'
)
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_MANIFEST = (
    f'{_HEAD}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" '
    'manifest:version="1.3">'
    f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" manifest:media-type="{_TYPE}"/>'
    '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="styles.xml" manifest:media-type="text/xml"/>'
    '<manifest:file-entry manifest:full-path="meta.xml" manifest:media-type="text/xml"/>'
    "</manifest:manifest>"
)
_STYLES = (
    f'{_HEAD}<office:document-styles {_NAMESPACES} office:version="1.3"><office:styles>'
    '<style:default-style style:family="table-cell"><style:text-properties fo:font-family="Arial" fo:font-size="11pt" '
    f'fo:language="{LANGUAGE}" fo:country="{COUNTRY}"/></style:default-style>'
    "</office:styles></office:document-styles>"
)
_AUTOMATIC = (
    "<office:automatic-styles>"
    '<number:number-style style:name="whole">'
    '<number:number number:decimal-places="0" number:min-integer-digits="1" number:grouping="true"/>'
    "</number:number-style>"
    '<style:style style:name="number" style:family="table-cell" style:data-style-name="whole"/>'
    '<style:style style:name="title" style:family="table-cell">'
    '<style:text-properties fo:font-weight="bold" fo:font-size="14pt"/></style:style>'
    '<style:style style:name="heading" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/><style:text-properties fo:font-weight="bold"/></style:style>'
    '<style:style style:name="words" style:family="table-cell">'
    '<style:table-cell-properties fo:wrap-option="wrap"/></style:style>'
    '<style:style style:name="wide" style:family="table-column">'
    '<style:table-column-properties style:column-width="7cm"/></style:style>'
    '<style:style style:name="narrow" style:family="table-column">'
    '<style:table-column-properties style:column-width="3.5cm"/></style:style>'
    '<style:style style:name="cover" style:family="table-column">'
    '<style:table-column-properties style:column-width="18cm"/></style:style>'
    "</office:automatic-styles>"
)


def as_ods(workbook: Workbook) -> bytes:
    """The file's bytes; the same figures give the same bytes."""
    file = io.BytesIO()
    with ZipFile(file, "w") as archive:
        # Programs know the format by this part, which comes first and is not compressed.
        archive.writestr(ZipInfo("mimetype", _STAMP), _TYPE, ZIP_STORED)
        parts = {
            "META-INF/manifest.xml": _MANIFEST,
            "content.xml": _content(workbook),
            "styles.xml": _STYLES,
            "meta.xml": _meta(workbook),
        }
        for name, body in parts.items():
            archive.writestr(ZipInfo(name, _STAMP), body, ZIP_DEFLATED)
    return file.getvalue()


def _meta(workbook: Workbook) -> str:
    return (
        f'{_HEAD}<office:document-meta {_NAMESPACES} office:version="1.3"><office:meta>'
        f"<dc:title>{escape(workbook.title)}</dc:title><dc:language>{LANGUAGE}-{COUNTRY}</dc:language>"
        "</office:meta></office:document-meta>"
    )


def _content(workbook: Workbook) -> str:
    tables = (workbook.notes_table, *workbook.tables)
    sheets = "".join(_sheet(table) for table in tables)
    ranges = "".join(_range(place, table) for place, table in enumerate(tables))
    return (
        f'{_HEAD}<office:document-content {_NAMESPACES} office:version="1.3">{_AUTOMATIC}'
        f"<office:body><office:spreadsheet>{_cover(workbook)}{sheets}"
        f"<table:database-ranges>{ranges}</table:database-ranges>"
        "</office:spreadsheet></office:body></office:document-content>"
    )


def _cover(workbook: Workbook) -> str:
    title, *lines = workbook.cover
    rows = [_row([_words(title, "title")]), *(_row([_words(line, "words")]) for line in lines)]
    return (
        f'<table:table table:name="Cover"><table:table-column table:style-name="cover"/>{"".join(rows)}</table:table>'
    )


def _sheet(table: Table) -> str:
    title, *lines = table.introduction
    narrow = (
        f'<table:table-column table:style-name="narrow" table:number-columns-repeated="{len(table.headings) - 1}"/>'
    )
    columns = f'<table:table-column table:style-name="wide"/>{narrow if len(table.headings) > 1 else ""}'
    above = [_row([_words(title, "title")]), *(_row([_words(line, "")]) for line in lines)]
    headings = _row([_words(heading, "heading") for heading in table.headings])
    rows = [_row([_cell(cell) for cell in row]) for row in table.rows]
    return (
        f"<table:table table:name={quoteattr(table.name)}>{columns}{''.join(above)}"
        f"<table:table-header-rows>{headings}</table:table-header-rows>{''.join(rows)}</table:table>"
    )


def _row(cells: list[str]) -> str:
    return f"<table:table-row>{''.join(cells)}</table:table-row>"


def _cell(cell: Cell) -> str:
    if isinstance(cell, str):
        return _words(cell, "words")
    return (
        f'<table:table-cell table:style-name="number" office:value-type="float" office:value="{cell}">'
        f"<text:p>{cell:,}</text:p></table:table-cell>"
    )


def _words(words: str, style: str) -> str:
    look = f' table:style-name="{style}"' if style else ""
    paragraphs = "".join(f"<text:p>{escape(line)}</text:p>" for line in words.splitlines() or [""])
    return f'<table:table-cell{look} office:value-type="string">{paragraphs}</table:table-cell>'


def _range(place: int, table: Table) -> str:
    """Marks the table as one, with its headings, for programs that read it aloud."""
    top = len(table.introduction) + 1
    last = top + len(table.rows)
    sheet = "'" + table.name.replace("'", "''") + "'"
    address = f"{sheet}.A{top}:{sheet}.{_letters(len(table.headings))}{last}"
    return (
        f'<table:database-range table:name="table_{place}" table:target-range-address={quoteattr(address)} '
        'table:contains-header="true"/>'
    )


def _letters(column: int) -> str:
    """A column's name by its number from 1: 1 is A, 27 is AA."""
    letters = ""
    while column:
        column, remainder = divmod(column - 1, 26)
        letters = chr(ord("A") + remainder) + letters
    return letters
