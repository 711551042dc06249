"""A reading in lines that an officer can check against the block it was read from."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.imports.names import Catalogue, Known
from performance.imports.reading import Asks, Line, Reading, name_of

FIXTURES = Path(__file__).parents[2] / "fixtures" / "categories.json"
BLOCKS = Path(__file__).with_name("pasted_blocks.txt")

POLICE = (
    "theft-of-vehicle theft-from-vehicle vehicle-interference domestic-burglary theft-of-cycle theft-from-person "
    "common-assault wounding robbery criminal-damage"
).split()
ASKED = {
    "the police": POLICE,
    "the council": ["anti-social-behaviour", "acceptable-behaviour-contracts", "injunctions", "mediations"],
    "the fire service": ["accidental-dwelling-fires", "road-casualties"],
    "everybody": [
        *POLICE, "burglary-of-other-premises", "drug-misuse", "anti-social-behaviour", "accidental-dwelling-fires",
        "road-casualties",
    ],
}  # fmt: skip


def catalogue(whose: str) -> Catalogue:
    """The categories and codes that the project starts with, and those whose figures an agency is asked for."""
    rows = json.loads(FIXTURES.read_text())
    categories = [row["fields"] for row in rows if row["model"] == "performance.crimecategory"]
    codes = [row["fields"] for row in rows if row["model"] == "performance.offencecode"]
    numbers = {each["slug"]: number for number, each in enumerate(categories, start=1)}
    known = tuple(
        Known(
            numbers[each["slug"]],
            each["name"],
            (each["full_name"],) if each.get("full_name") else (),
            tuple(code["code"] for code in codes if code["category"] == [each["slug"]]),
            tuple(code["title"] for code in codes if code["category"] == [each["slug"]] and code.get("title")),
            tuple(numbers[part["slug"]] for part in categories if part.get("parent") == [each["slug"]]),
        )
        for each in categories
    )
    return Catalogue(known, tuple(numbers[slug] for slug in ASKED[whose]), ("St Albans",))


@dataclass(frozen=True)
class Block:
    """A pasted block: what it shows, for which period and of whom it was asked, its text, and its reading."""

    title: str
    period: str
    whose: str
    text: str
    reading: str

    @property
    def asked(self) -> Period | None:
        if self.period == "all periods":
            return None
        quarter, _, year = self.period.rpartition(" ")
        financial_year = FinancialYear.parse(year)
        return Quarter(financial_year, int(quarter[1])) if quarter else financial_year

    @property
    def pasted(self) -> str:
        """The cells between tabs, as spreadsheets copy them."""
        return "\n".join(re.sub(r"\s*\|\s*", "\t", line) for line in self.text.split("\n"))


def blocks() -> list[Block]:
    return [_block(part) for part in re.split(r"^## ", BLOCKS.read_text(), flags=re.MULTILINE)[1:]]


def _block(part: str) -> Block:
    head, _, reading = part.partition("\nis read as\n")
    title, asked, *rows = head.split("\n")
    period, _, whose = asked.removeprefix("asked: ").partition(" of ")
    return Block(title, period, whose, "\n".join(rows).replace("\\n", "\\n"), reading.strip("\n"))


def told(reading: Reading, names: Catalogue, asked: Period | None) -> str:
    return "\n".join(_lines(reading, names, asked))


def _lines(reading: Reading, names: Catalogue, asked: Period | None) -> Iterator[str]:
    for refusal in reading.refusals:
        yield f"refused: {refusal.words} {refusal.remedy}".rstrip()
    for column in reading.asks_column:
        heading = f" “{column.heading}”" if column.heading else ""
        yield f"asks: is it {reading.layout.place(column.number)}{heading}, {column.why_not}?"
    if reading.asks_order:
        yield "asks: are the numbers in the order of the page?"
    for line in reading.lines:
        yield _line(line, names, asked)
    for total in reading.totals:
        because = f", which is {' and '.join(total.because)}" if total.because else ""
        verdict = f"differs by {total.differs_by:,}{because}" if total.differs_by else "agrees"
        yield f"check {total.address} {total.label}: {total.value:,} against {total.added:,}, {verdict}"
    for each in reading.left_out:
        yield f"left out {each.place}{f' “{each.text}”' if each.text else ''}: {each.why}"
    for remark in reading.remarks:
        yield f"note: {remark}"


def _line(line: Line, names: Catalogue, asked: Period | None) -> str:
    cells = "+".join(line.cells)
    name = names[line.category].name if line.category else f"“{line.label}”"
    period = "" if line.period == asked else f" {name_of(line.period)}"
    if line.problem:
        return f"not taken: {name}{period}: {line.problem}"
    if line.asks is Asks.CATEGORY:
        like = f" (like {names[line.suggestion].name})" if line.suggestion else ""
        return f"asks: where do the {line.text} of {cells} “{line.label}” go?{like}"
    if line.asks is Asks.TWICE:
        return f"asks: {name}{period} is there twice: {cells} “{line.label}” {line.text}"
    if line.asks is Asks.WHY_NONE:
        return f"asks: why is there no figure for {name}{period}? {cells} reads “{line.text}”"
    figure = line.reason.words if line.reason else f"{line.count:,}"
    note = f", note “{line.note}”" if line.note else ""
    return f"{cells} {name}{period}: {figure} (by {line.matched_by}){note}"
