"""Files that are odd or hostile, each with what must become of it: figures, a refusal in words, or one of the two."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from .files import GOOD, Raw, ods, ods_parts, packed, xlsx, xlsx_parts, xlsx_sheet

FIGURES: Mapping[str, int | str] = {"Robbery": 17, "Wounding": 121}


@dataclass(frozen=True)
class Case:
    """A file and its outcome: `figures` that are read of it, or `refused` with these words; neither: any of the two."""

    title: str
    name: str
    content: bytes
    figures: Mapping[str, int | str] | None = None
    refused: str = ""

    @property
    def is_workbook(self) -> bool:
        return self.content[:4] == b"PK\x03\x04"


def cases() -> list[Case]:
    return [*_texts(), *_cells_of_texts(), *_headings(), *_other_kinds(), *_workbooks(), *_cells_of_workbooks(),
            *_xml(), *_archives(), *_damaged()]  # fmt: skip


def _texts() -> Iterator[Case]:
    """Every encoding, separator and line end in which programs write text."""
    encodings = [("UTF-8", "utf-8"), ("UTF-8 with BOM", "utf-8-sig"), ("UTF-16", "utf-16"), ("Windows", "cp1252")]
    rows: list[list[Any]] = [*GOOD, ["Résumé – note", ""]]
    ends = [("\n", "LF"), ("\r\n", "CRLF"), ("\r", "CR")]
    for said, encoding in encodings:
        for separator in ",;\t|":
            for end, called in ends:
                lines = [separator.join(map(str, row)) for row in rows]
                yield Case(f"{said}, {separator!r}, {called}", "Q1.csv", end.join(lines).encode(encoding), FIGURES)


_VALUES: list[tuple[str, int | str | None]] = [
    ("0", 0), ("00017", 17), ("1,898", 1898), ("1148.00", 1148), ("17.0", 17), (" 17 ", 17), ("\u00a017", 17),
    ("12,345,678", 12345678), ("999999999", 999999999), ("NYA", "not yet available"),
    ("n/a", "not applicable"), ("N/A", "not applicable"), ("TBC", "not yet available"), ("[c]", "withheld"),
    ("[z]", "not applicable"), ("awaited", "not yet available"), ("suppressed", "withheld"),
    ("Not applicable", "not applicable"), ("1 898", None), ("1\u00a0898", None), ("1\u202f898", None),
    ("1’898", None), ("1.898", None), ("1,89", None), ("-3", None), ("−3", None), ("(3)", None), ("3-", None),
    ("17.5", None), ("0.5", None), ("1e3", None), ("1E+03", None), ("17%", None), ("£17", None),
    ("=1+1", None), ("=SUM(B1:B9)", None), ("=cmd|' /C calc'!A0", None), ("@SUM(1)", None), ("+17", None),
    ("17*", None), ("17p", None), ("17 (r)", None), ("c. 17", None), ("seventeen", None), ("#N/A", None),
    ("#REF!", None), ("#DIV/0!", None), ("#VALUE!", None), ("#NAME?", None), ("#####", None), ("..", None),
    ("-", None), ("–", None), (":", None), ("[x]", None), ("*", None), ("?", None), ("nil", None),
    ("none", None), ("1000000000", None), ("9" * 30, None), ("９９", None), ("١٧", None), ("Ⅻ", None),
    ("²", None), ("1_000", None), ("0x11", None), ("0b1", None), ("Infinity", None), ("NaN", None),
    ("TRUE", None), ("2008-04-01", None), ("01/04/2008", None), ("17\u200b", 17), ("1;7", None),
    ("1|7", None), ("<b>17</b>", None), ("17\u202e", None), ("17 18", None), ("1.1.1", None), ("--17", None),
]  # fmt: skip


def _cells_of_texts() -> Iterator[Case]:
    """One cell in every way in which people write a number, or something else. What is None is not taken."""
    for separator, called in (("\t", "tab"), (";", "semicolon"), (",", "comma")):
        for value, figure in _VALUES:
            quoted = f'"{value}"' if separator in value else value
            text = f"Offence{separator}Q1 2008/09\nRobbery{separator}{quoted}\nWounding{separator}121\n"
            figures: dict[str, int | str] = (
                {"Wounding": 121} if figure is None else {"Robbery": figure, "Wounding": 121}
            )
            yield Case(f"a cell that reads {value[:12]!r}, {called}", "Q1.csv", text.encode(), figures)


def _headings() -> Iterator[Case]:
    """Headings that name another period, none, or something that is no figure: nothing is taken by itself."""
    for heading in (
        "Q1 2009/10", "Q2 2008/09", "2007/08", "2008/09", "Apr-08", "Q1 2008", "2008", "YTD", "% change", "Target",
        "Baseline 2003/04", "Last year", "Rolling 12 months", "Rate per 1,000", "Average", "Detections Q1 2008/09",
        "Q1 and Q2 2008/09", "Forecast", "Jul-Sep 2008", "Feb to Apr 2008", "Q5 2008/09", "Q1 2008/10", "xyzzy",
    ):  # fmt: skip
        yield Case(f"headed {heading}", "Q1.csv", f'Offence;"{heading}"\nRobbery;17\n'.encode(), {})
    wide = "Offence;" + ";".join(f"Column {number}" for number in range(10_000)) + "\nRobbery" + ";1" * 10_000
    yield Case("10,000 columns", "Q1.csv", wide.encode(), refused="columns can be read")
    yield Case("100,000 rows", "Q1.csv", b"Offence;Q1 2008/09\n" + b"Robbery;17\n" * 100_000, refused="rows and")
    yield Case("another area", "Q1.csv", b"Dacorum CSP\nOffence;Q1 2008/09\nRobbery;17\n", {})
    yield Case(
        "two areas", "Q1.csv", b"CSP;Offence;Q1 2008/09\nSt Albans;Robbery;17\nDacorum;Robbery;9\n", {"Robbery": 17}
    )
    yield Case("a category twice", "Q1.csv", b"Offence;Q1 2008/09\nRobbery;17\nRobbery;19\n", {})
    yield Case("half empty", "Q1.csv", b"Offence;Q1 2008/09\nRobbery;17\nWounding;\n", {"Robbery": 17})
    yield Case("blank rows", "Q1.csv", b"\n\n;\nOffence;Q1 2008/09\n;\nRobbery;17\n;\n\nWounding;121\n;;;\n", FIGURES)
    yield Case(
        "a quotation mark that is not closed", "Q1.csv", b'Offence;Q1 2008/09\n"Robbery;17\n', refused="quotation mark"
    )
    yield Case("a short row", "Q1.csv", b"Offence;Q1 2008/09\nRobbery\nWounding;121\n", {"Wounding": 121})
    yield Case("a long row", "Q1.csv", b"Offence;Q1 2008/09\nRobbery;17;x;y;z\nWounding;121\n", FIGURES)


def _other_kinds() -> Iterator[Case]:
    """Files that are no spreadsheets, whatever they are called."""
    kinds = [
        (b"%PDF-1.7 1 0 obj", "a PDF"), (b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "a picture"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "a picture"), (b"GIF89a" + b"\0" * 50, "a picture"),
        (b"<!DOCTYPE html><html><table>", "a web page"), (b"<html><body>17", "a web page"),
        (b"  <table><tr><td>Robbery</td></tr></table>", "a web page"),
        (b"<?xml version='1.0'?><a/>", "an XML file"), (b"\x1f\x8b\x08" + b"\0" * 50, "a compressed file"),
        (b"Rar!\x1a\x07" + b"\0" * 50, "a compressed file"),
        (b"7z\xbc\xaf\x27\x1c" + b"\0" * 50, "a compressed file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600, "older format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "needs a password"),
        (b"", "is empty"), (b"\n\n  \n", "nothing in"), (b";;;\n;;;\n", "nothing in"),
        (b"Offence;Q1\x00\nRobbery;17", "not text"), (b"\x00" * 1000, "not text"),
        (b"\xff\xfeO\x00f\x00\x00", "not text"), (b"PK\x05\x06" + b"\0" * 18, "compressed file"),
        (b"a" * (10 * 1024 * 1024 + 1), "MB can be read"),
    ]  # fmt: skip
    for name in ("Q1.csv", "Q1.xlsx", "Q1.ods"):
        for content, words in kinds:
            yield Case(f"{words}, called {name}", name, content, refused=words)


def _workbooks() -> Iterator[Case]:
    """Workbooks as programs write them, and those that hold something that is not read."""
    other: list[list[Any]] = [["Offence", "Q1 2008/09"], ["Robbery", 99]]
    for kind, parts in (("xlsx", xlsx_parts), ("ods", ods_parts)):
        name = f"Q1.{kind}"
        yield Case(f"{kind}, one sheet", name, packed(parts()), FIGURES)
        yield Case(f"{kind}, called csv", "Q1.csv", packed(parts()), FIGURES)
        yield Case(f"{kind}, hidden sheet", name, packed(parts({"Old": other, "Now": GOOD}, hidden=["Old"])), FIGURES)
        yield Case(f"{kind}, all hidden", name, packed(parts({"Old": other}, hidden=["Old"])), refused="nothing in")
        yield Case(
            f"{kind}, the sheet of the area", name, packed(parts({"Dacorum": other, "St Albans": GOOD})), FIGURES
        )
        yield Case(f"{kind}, empty", name, packed(parts({"Sheet1": [[""]]})), refused="nothing in")
        yield Case(f"{kind}, not packed", name, packed(parts(), compression=zipfile.ZIP_STORED), FIGURES)
        left: list[list[Any]] = [
            ["", "", ""],
            ["", "Offence", "Q1 2008/09"],
            ["", "Robbery", 17],
            ["", "Wounding", 121],
        ]
        yield Case(f"{kind}, empty column and row first", name, packed(parts({"Sheet1": left})), FIGURES)
        breaks: list[list[Any]] = [["Offence", "Q1\n2008/09"], *GOOD[1:]]
        yield Case(f"{kind}, a heading with a line break", name, packed(parts({"Sheet1": breaks})), FIGURES)
        many = {f"Sheet{number}": GOOD for number in range(20)}
        yield Case(f"{kind}, twenty sheets", name, packed(parts(many)), FIGURES)
    yield Case("macros", "Q1.xlsm", packed(xlsx_parts() | {"xl/vbaProject.bin": b"x"}), refused="has macros")
    yield Case("a Word document", "Q1.docx", packed({"word/document.xml": "<a/>"}), refused="Word document")
    yield Case("a binary workbook", "Q1.xlsb", packed({"xl/workbook.bin": b"x"}), refused="binary workbook")
    yield Case("a zip of a CSV", "Q1.zip", packed({"Q1.csv": "Robbery,17"}), refused="compressed file")
    yield Case(
        "a text document",
        "Q1.odt",
        packed({"mimetype": "application/vnd.oasis.opendocument.text", "content.xml": "<a/>"}),
        refused="no spreadsheet",
    )


def _odf(value: str, kind: str, shown: str, *, more: str = "", before: str = "") -> str:
    """A cell of an ODS sheet: `value` is its attribute with the value, `shown` the text, `before` what stands first."""
    inside = f"{before}<text:p>{shown}</text:p>"
    return f'<table:table-cell {more} office:value-type="{kind}" {value}>{inside}</table:table-cell>'


def _cells_of_workbooks() -> Iterator[Case]:
    """One cell of a workbook that is not simply a number: nothing of it is lost on the way."""
    only_wounding: dict[str, int | str] = {"Wounding": 121}
    for error in ("#N/A", "#REF!", "#DIV/0!", "#VALUE!", "#NAME?", "#NUM!", "#NULL!"):
        cell = Raw(f'<c r="HERE" t="e"><v>{error}</v></c>')
        yield Case(f"xlsx, {error}", "Q1.xlsx", xlsx([GOOD[0], ["Robbery", cell], GOOD[2]]), only_wounding)
        odf = Raw(_odf('office:string-value=""', "string", error, more='table:formula="of:=A1"'))
        yield Case(f"ods, {error}", "Q1.ods", ods([GOOD[0], ["Robbery", odf], GOOD[2]]), only_wounding)
    cells: list[tuple[str, str, int | str | None]] = [
        ("a formula with its result", '<c r="HERE"><f>8+9</f><v>17</v></c>', 17),
        ("a formula without its result", '<c r="HERE"><f>8+9</f></c>', None),
        ("a formula with an empty result", '<c r="HERE"><f>8+9</f><v></v></c>', None),
        ("a shared formula without its result", '<c r="HERE"><f t="shared" si="0"/></c>', None),
        ("a text that a formula gives", '<c r="HERE" t="str"><f>A1</f><v>NYA</v></c>', "not yet available"),
        ("a number as text", '<c r="HERE" t="inlineStr"><is><t>1,898</t></is></c>', 1898),
        ("true", '<c r="HERE" t="b"><v>1</v></c>', None),
        ("a decimal", '<c r="HERE"><v>17.5</v></c>', None),
        ("nearly a whole number", '<c r="HERE"><v>16.999999999999996</v></c>', None),
        ("a whole number with a point", '<c r="HERE"><v>17.0</v></c>', 17),
        ("a number with an exponent", '<c r="HERE"><v>1.7E1</v></c>', 17),
        ("a negative number", '<c r="HERE"><v>-1</v></c>', None),
        ("a huge number", '<c r="HERE"><v>1E300</v></c>', None),
        ("a number that is none", '<c r="HERE"><v>abc</v></c>', None),
        ("rich text", '<c r="HERE" t="inlineStr"><is><r><t>1</t></r><r><t>7</t></r></is></c>', 17),
        ("an unknown type", '<c r="HERE" t="zz"><v>17</v></c>', None),
        ("a string that is not there", '<c r="HERE" t="s"><v>99</v></c>', None),
    ]  # fmt: skip
    for title, markup, figure in cells:
        figures: dict[str, int | str] | None = only_wounding if figure is None else {"Robbery": figure, "Wounding": 121}
        if title in ("a number that is none", "an unknown type", "a string that is not there"):
            figures = None  # the library may refuse the whole file
        yield Case(f"xlsx, {title}", "Q1.xlsx", xlsx([GOOD[0], ["Robbery", Raw(markup)], GOOD[2]]), figures)
    comment = "<office:annotation><text:p>see note</text:p></office:annotation>"
    odf_cells: list[tuple[str, str, int | None]] = [
        ("a formula without its result", '<table:table-cell table:formula="of:=8+9"/>', None),
        ("a formula with its result", _odf('office:value="17"', "float", "17", more='table:formula="of:=8+9"'), 17),
        ("a number shown as a code", _odf('office:value="28"', "float", "28A"), None),
        ("a percentage", _odf('office:value="0.17"', "percentage", "17%"), None),
        ("a number with a star", _odf('office:value="17"', "float", "17*"), None),
        ("a number shown with commas", _odf('office:value="1898"', "float", "1,898"), 1898),
        ("a number with a comment", _odf('office:value="17"', "float", "17", before=comment), 17),
        ("a day", _odf('office:date-value="2008-04-01"', "date", "1 April"), None),
    ]  # fmt: skip
    for title, markup, number in odf_cells:
        taken: dict[str, int | str] = only_wounding if number is None else {"Robbery": number, "Wounding": 121}
        yield Case(f"ods, {title}", "Q1.ods", ods([GOOD[0], ["Robbery", Raw(markup)], GOOD[2]]), taken)
    for row, column in ((1048576, "XFD"), (1048576, "A"), (1, "XFD"), (20001, "B"), (2, "OK")):
        far = xlsx_sheet(GOOD, f'<row r="{row}"><c r="{column}{row}"><v>1</v></c></row>')
        content = packed(xlsx_parts() | {"xl/worksheets/sheet1.xml": far})
        yield Case(f"xlsx, a cell in {column}{row}", "Q1.xlsx", content, refused=f"{column}{row}")
    for what in ('table:number-rows-repeated="1048576"', 'table:number-rows-repeated="30000"'):
        one = _odf('office:value="1"', "float", "1")
        extra = f"<table:table-row {what}>{one}</table:table-row>"
        yield Case(f"ods, a cell with {what}", "Q1.ods", packed(ods_parts(extra=extra)), refused="rows and")
        filler = f"<table:table-row {what}><table:table-cell/></table:table-row>"
        yield Case(f"ods, empty rows with {what}", "Q1.ods", packed(ods_parts(extra=filler)), FIGURES)
    every = _odf('office:value="1"', "float", "1", more='table:number-columns-repeated="16384"')
    wide = f"<table:table-row>{every}</table:table-row>"
    yield Case("ods, a cell in every column", "Q1.ods", packed(ods_parts(extra=wide)), refused="columns can")


def _xml() -> Iterator[Case]:
    """Document types, entities and markup that is not closed, in each part that is read."""
    laughs = '<!DOCTYPE a [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>'
    outside = '<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    for part in ("xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels", "xl/sharedStrings.xml"):
        parts = {"xl/sharedStrings.xml": "<sst/>"} | xlsx_parts()
        for title, kind in (
            ("entities of entities", laughs),
            ("an outside entity", outside),
            ("a document type", "<!DOCTYPE a>"),
        ):
            content = packed(parts | {part: f"{kind}{parts[part]!s}"})
            yield Case(f"{title} in {part}", "Q1.xlsx", content, refused="document type")
        yield Case(f"{part} cut short", "Q1.xlsx", packed(parts | {part: str(parts[part])[:-9]}), refused="damaged")
        yield Case(f"{part} empty", "Q1.xlsx", packed(parts | {part: ""}), refused="damaged")
        yield Case(f"{part} of zeros", "Q1.xlsx", packed(parts | {part: b"\0" * 500}), refused="damaged")
    for title, kind in (
        ("entities of entities", laughs),
        ("an outside entity", outside),
        ("a document type", "<!DOCTYPE a>"),
    ):
        ods_ = ods_parts()
        content = packed(ods_ | {"content.xml": f"{kind}{ods_['content.xml']!s}"})
        yield Case(f"{title} in content.xml", "Q1.ods", content, refused="document type")
    yield Case(
        "content.xml cut short",
        "Q1.ods",
        packed(ods_parts() | {"content.xml": str(ods_parts()["content.xml"])[:-30]}),
        refused="damaged",
    )


def _archives() -> Iterator[Case]:
    """Archives that unpack to far more than they are."""
    for kind, parts in (("xlsx", xlsx_parts()), ("ods", ods_parts())):
        name = f"Q1.{kind}"
        yield Case(
            f"{kind}, 60 MB of zeros", name, packed(parts | {"zeros.bin": b"\0" * 60_000_000}), refused="when unpacked"
        )
        yield Case(
            f"{kind}, 25 MB of zeros", name, packed(parts | {"zeros.bin": b"\0" * 25_000_000}), refused="when unpacked"
        )
        yield Case(
            f"{kind}, 300 parts",
            name,
            packed(parts | {f"part{n}.xml": "<a/>" for n in range(300)}),
            refused="parts inside",
        )
        yield Case(f"{kind}, a part outside", name, packed(parts | {"../../etc/passwd": "x"}), FIGURES)
        yield Case(f"{kind}, an archive in it", name, packed(parts | {"inner.zip": packed(parts)}), FIGURES)
        content = bytearray(packed(parts))
        start = content.find(b"PK\x01\x02")
        while start >= 0:
            content[start + 8] |= 1
            start = content.find(b"PK\x01\x02", start + 4)
        yield Case(f"{kind}, encrypted", name, bytes(content), refused="needs a password")


def _damaged() -> Iterator[Case]:
    """Cut short, and with bytes turned: read or refused, whatever it is, and never worse."""
    for kind, content in (("xlsx", xlsx()), ("ods", ods())):
        for tenth in range(1, 10):
            cut = content[: len(content) * tenth // 10]
            yield Case(f"{kind} cut at {tenth}0%", f"Q1.{kind}", cut, refused="damaged")
        for place in range(40, len(content), max(1, len(content) // 30)):
            turned = content[:place] + bytes([content[place] ^ 0xFF]) + content[place + 1 :]
            yield Case(f"{kind} with byte {place} turned", f"Q1.{kind}", turned)
