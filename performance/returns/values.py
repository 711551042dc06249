"""What is said of a figure, and what became of saving it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from performance.models import (
    Actual,
)
from performance.queries.figures import Entered


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says of one category: a count, or why there is none; None and "" is an empty row."""

    count: int | None
    missing: str = ""
    is_provisional: bool = False
    note: str = ""
    is_confirmed: bool = False

    @property
    def is_empty(self) -> bool:
        return self.count is None and not self.missing

    @classmethod
    def of(cls, row: Actual | Entered | None) -> Entry:
        """What a row says."""
        if row is None:
            return NOTHING
        return cls(row.count, row.missing, row.is_provisional, row.note, row.is_confirmed)


NOTHING = Entry(None)


@dataclass(frozen=True, slots=True)
class FigureEdit:
    """An entry with the version of the figure that the person saw; 0 where there was none."""

    entry: Entry
    version: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that somebody else changed since the person saw it: theirs as it now stands, with its version."""

    theirs: Entry
    version: int
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save, by category: the versions written, the conflicts, and newer figures that stay.

    `newer` are those that the sender did not touch and somebody else changed meanwhile.
    """

    written: Mapping[int, int] = field(default_factory=dict)
    conflicts: Mapping[int, Conflict] = field(default_factory=dict)
    newer: Mapping[int, Conflict] = field(default_factory=dict)
    is_repeated: bool = False
