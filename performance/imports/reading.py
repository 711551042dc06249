"""What was read from a sheet: what goes where, what is left out and why, and what has to be asked.

Standard library only. A reading is a value: the same cells, asked the same, with the same answers, give the same.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import Enum

from performance.calculations.figures import NoFigure
from performance.calculations.periods import Period

from .sheets import letters


class Asks(Enum):
    """What a row is asked about before its figure can be taken."""

    CATEGORY = "category"
    TWICE = "twice"
    WHY_NONE = "why_none"


@dataclass(frozen=True, slots=True)
class Line:
    """A row of the sheet with the figure that it holds for one period.

    Ready to be taken when it has a category, and a count or a reason, and nothing is asked or wrong. Rows that are
    parts of one category by their offence codes are one line with several cells.
    """

    cells: tuple[str, ...]
    label: str
    period: Period
    text: str
    category: int | None = None
    matched_by: str = ""
    count: int | None = None
    reason: NoFigure | None = None
    note: str = ""
    problem: str = ""
    asks: Asks | None = None
    suggestion: int | None = None

    @property
    def address(self) -> str:
        return self.cells[0]

    @property
    def is_ready(self) -> bool:
        has_answer = self.count is not None or self.reason is not None
        return self.category is not None and has_answer and not self.problem and self.asks is None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row, a column or a sheet of which nothing is taken: "row 18", what stands there, and why."""

    place: str
    text: str
    why: str


@dataclass(frozen=True, slots=True)
class Total:
    """A total that the sheet gives, as a check: it is never a figure.

    `added` is the sum of the rows above it that are taken, `not_taken` are the cells of those that are not; `because`
    names these where they are just what is missing.
    """

    address: str
    label: str
    value: int
    added: int
    because: tuple[str, ...] = ()
    not_taken: tuple[str, ...] = ()

    @property
    def differs_by(self) -> int:
        return self.value - self.added


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why nothing is taken from the whole sheet: the cell, what it is, and what to do."""

    address: str
    words: str
    remedy: str = ""


@dataclass(frozen=True, slots=True)
class Column:
    """A column with figures in it: its heading, the period that it is of if that is known, or why it is not taken."""

    number: int
    heading: str
    period: Period | None = None
    why_not: str = ""
    is_assumed: bool = False

    @property
    def letters(self) -> str:
        """Its name in the spreadsheet: D."""
        return letters(self.number)


@dataclass(frozen=True)
class Layout:
    """How a sheet is laid out. Rows and columns are counted from 1; None where there is no such row or column.

    `figures` are the columns from which figures are taken. In a long layout every row says its own period, in the
    columns `periods`.
    """

    heading_row: int | None = None
    names: int | None = None
    codes: int | None = None
    notes: int | None = None
    areas: int | None = None
    periods: tuple[int, ...] = ()
    figures: tuple[Column, ...] = ()
    others: tuple[Column, ...] = ()
    is_turned: bool = False

    def place(self, number: int) -> str:
        """A column as the person sees it; where categories stand across the sheet it is a row."""
        return f"row {number}" if self.is_turned else f"column {letters(number)}"


@dataclass(frozen=True)
class Choices:
    """What a person has said about a sheet. Addresses are those of the figures' cells.

    `column` is where the figures asked for stand; `categories` says where a row goes, None for nowhere; `reasons` why
    there is no figure; `zeros` are cells that mean 0; `added` are categories whose rows are added up; `is_in_order`
    that a column without names has the order of the page.
    """

    sheet: str = ""
    heading_row: int | None = None
    names: int | None = None
    column: int | None = None
    is_in_order: bool = False
    categories: Mapping[str, int | None] = field(default_factory=dict)
    reasons: Mapping[str, NoFigure] = field(default_factory=dict)
    zeros: frozenset[str] = frozenset()
    added: frozenset[int] = frozenset()


@dataclass(frozen=True)
class Reading:
    """Everything that was read from one sheet for the period asked for, or for all that it names."""

    layout: Layout = Layout()
    lines: tuple[Line, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
    totals: tuple[Total, ...] = ()
    refusals: tuple[Refusal, ...] = ()
    remarks: tuple[str, ...] = ()
    asks_column: tuple[Column, ...] = ()
    asks_order: bool = False

    @property
    def ready(self) -> tuple[Line, ...]:
        """The lines whose figures can be taken."""
        if self.refusals or self.asks_column or self.asks_order:
            return ()
        return tuple(line for line in self.lines if line.is_ready)

    @property
    def asked(self) -> tuple[Line, ...]:
        """The lines about which something has to be said first."""
        return tuple(line for line in self.lines if line.asks is not None)

    @property
    def refused(self) -> tuple[Line, ...]:
        return tuple(line for line in self.lines if line.problem)


def name_of(period: Period) -> str:
    """A period as a reading names it: 2008/09, or Q1 2008/09."""
    text = str(period)
    year, _, quarter = text.partition(" ")
    return f"{quarter} {year}" if quarter else year
