"""What a spreadsheet of ours is made of, whichever format it is written in.

As the Analysis Function of the UK government asks: a cover, the notes on a sheet of their own, one table a sheet that
begins in its first column, numbers as numbers, a mark where there is none, nothing merged and nothing blank.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

Cell = str | int | Decimal
"""A number, or words: a name, or a mark such as [x] where there is no number."""

LONGEST_TAB = 31
"""Characters that a sheet's name may have in the strictest of the programs that open it."""
LANGUAGE, COUNTRY = "en", "GB"


def text_of(cell: Cell | Fraction) -> str:
    """A cell as text: a number without separators, as machines read it."""
    return str(cell)


@dataclass(frozen=True)
class Table:
    """One sheet with one table. Each row is as long as the headings; no cell is empty.

    `name` is the sheet's, at most 31 characters; `source` says where the figures come from and how old they are.
    """

    name: str
    title: str
    headings: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    source: str = ""

    def __post_init__(self) -> None:
        if not 0 < len(self.name) <= LONGEST_TAB:
            raise ValueError(f"“{self.name}” is no name of a sheet: it takes 1 to {LONGEST_TAB} characters.")
        if len({heading.lower() for heading in self.headings}) != len(self.headings):
            raise ValueError(f"Two columns of “{self.title}” have one heading.")
        if any(len(row) != len(self.headings) for row in self.rows):
            raise ValueError(f"A row of “{self.title}” is not as long as its headings.")
        if any(cell == "" for row in self.rows for cell in row):
            raise ValueError(f"A cell of “{self.title}” is empty. Put a mark or “none” where there is nothing.")

    @property
    def introduction(self) -> tuple[str, ...]:
        """The lines above the table: whoever cannot see the sheet hears them first."""
        lines = [self.title, "This sheet has one table. Marks and notes are explained on the sheet Notes."]
        return (*lines, self.source) if self.source else tuple(lines)


@dataclass(frozen=True)
class Workbook:
    """A file: its title, what stands on its cover, the notes and marks that its tables use, and its tables."""

    title: str
    about: tuple[str, ...]
    notes: tuple[tuple[str, str], ...]
    tables: tuple[Table, ...]

    def __post_init__(self) -> None:
        names = ["Cover", "Notes", *(table.name for table in self.tables)]
        if len({name.lower() for name in names}) != len(names):
            raise ValueError("Two sheets of a file have one name.")

    @property
    def cover(self) -> tuple[str, ...]:
        """The lines of the first sheet, with the list of those that follow."""
        sheets = [f"{table.name}: {table.title}" for table in self.tables]
        return (self.title, *self.about, "Sheets in this file", "Notes: notes and marks", *sheets)

    @property
    def notes_table(self) -> Table:
        """The notes as a table, one a row; where there are none it says so."""
        rows = self.notes or (("none", "No notes and no marks are needed."),)
        return Table("Notes", "Notes and marks", ("Mark", "Meaning"), rows)
