"""A sheet: texts at addresses, whether they were pasted or stood in a file. Standard library only."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MOST_ROWS, MOST_COLUMNS = 20_000, 400
"""What is read of one sheet. A return needs some dozens of rows; ten years by quarter need 40 columns."""

_SPACES = " \t\r\n\u00a0\u2007\u2009\u202f\ufeff\u200b"


class TooLargeError(ValueError):
    """A sheet has more rows or columns than are read. The message is for the person."""


def letters(column: int) -> str:
    """The name of a column, counted from 1: A, Z, AA, XFD."""
    name = ""
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(ord("A") + rest) + name
    return name


def address(row: int, column: int) -> str:
    """Row 6 and column 4 are D6; both are counted from 1."""
    return f"{letters(column)}{row}"


@dataclass(frozen=True, slots=True)
class Cell:
    """A text as it is shown, without the spaces around it, and where it stands."""

    text: str
    row: int
    column: int

    @property
    def address(self) -> str:
        return address(self.row, self.column)


@dataclass(frozen=True)
class Sheet:
    """The cells of one sheet by row, from A1 on; every row has the same number of them."""

    name: str
    rows: tuple[tuple[Cell, ...], ...]

    @classmethod
    def of(cls, texts: Iterable[Sequence[str]], name: str = "") -> Sheet:
        """From texts by row. Empty rows at the end are left off; the others keep their numbers."""
        lines = [[text.strip(_SPACES) for text in line] for line in texts]
        while lines and not any(lines[-1]):
            lines.pop()
        width = max((last_filled(line) for line in lines), default=0)
        if len(lines) > MOST_ROWS or width > MOST_COLUMNS:
            raise TooLargeError(
                f"There are {len(lines):,} rows and {width:,} columns. "
                f"{MOST_ROWS:,} rows and {MOST_COLUMNS:,} columns can be read."
            )
        return cls(
            name,
            tuple(
                tuple(Cell(line[column] if column < len(line) else "", number, column + 1) for column in range(width))
                for number, line in enumerate(lines, start=1)
            ),
        )

    @property
    def width(self) -> int:
        return len(self.rows[0]) if self.rows else 0

    def column(self, number: int) -> tuple[Cell, ...]:
        """All cells of a column, counted from 1."""
        return tuple(row[number - 1] for row in self.rows)

    @property
    def filled_columns(self) -> tuple[int, ...]:
        """The numbers of the columns in which anything stands."""
        return tuple(number for number in range(1, self.width + 1) if any(cell.text for cell in self.column(number)))

    @property
    def turned(self) -> Sheet:
        """Rows as columns and columns as rows; each cell keeps its address."""
        return Sheet(self.name, tuple(zip(*self.rows, strict=True)))


def last_filled(line: Sequence[str]) -> int:
    """How many cells of a row there are up to the last that is not empty."""
    filled = [number for number, text in enumerate(line, start=1) if text]
    return filled[-1] if filled else 0


def pasted(text: str) -> Sheet:
    """What was pasted: cells between tabs as spreadsheets copy them, else between semicolons or commas.

    Spreadsheets put a cell with a line break or a quotation mark into quotation marks. One column of numbers has
    no separators at all: "1,148" on a line of its own is a number and not two cells.
    """
    plain = text.replace("\r\n", "\n").replace("\r", "\n").lstrip("\ufeff")
    separator = separator_of(plain)
    if not separator:
        return Sheet.of([line] for line in plain.split("\n"))
    return Sheet.of(csv.reader(io.StringIO(plain, newline=""), delimiter=separator))


def separator_of(text: str) -> str:
    """The tab where there is one; else what stands between words in most lines; none where each line is one cell."""
    if "\t" in text:
        return "\t"
    lines = [line for line in text.split("\n") if line.strip()]
    used = {separator: sum(1 for line in lines if _separates(separator, line)) for separator in ";,|"}
    best = max(used, key=lambda separator: used[separator])
    return best if used[best] else ""


def _separates(separator: str, line: str) -> bool:
    """Whether a separator stands between a name and something else, and not within one number."""
    has_letters = any(letter.isalpha() for letter in line)
    return separator in line and (has_letters or separator != ",")
