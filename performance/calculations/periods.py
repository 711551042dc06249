"""Financial years and their quarters.

The financial year 2007/08 runs from 1 April 2007 to 31 March 2008. Its first quarter is April to June,
its last January to March.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

FIRST_MONTH = 4
EARLIEST, LATEST = 1900, 2199
"""The years in which a financial year may start: wide enough for any series, narrow enough to catch a slip."""
_BEYOND = 100
"""So many years outside these may be reckoned with, for the year before the first is asked for like any other."""

_OUT_OF_RANGE = f"A financial year starts between {EARLIEST} and {LATEST}, not in {{}}."
_YEAR_TEXT = re.compile(r"(?P<start>[0-9]{4}|[0-9]{2})[/-](?P<end>[0-9]{4}|[0-9]{2})", re.ASCII)
_QUARTER_TEXT = re.compile(r"(?P<year>[^ ]+)[ /][qQ](?P<number>[1-4])", re.ASCII)
_CENTURY_TURNS_AT = 70
"""A two-digit year below this is in the 2000s: "07/08" is 2007/08, "99/00" is 1999/00."""

_MONTHS = ("April to June", "July to September", "October to December", "January to March")


def day(value: date) -> str:
    """A date in words: 31 March 2008."""
    return f"{value.day} {value:%B %Y}"


@dataclass(frozen=True, order=True, slots=True)
class FinancialYear:
    """A year from 1 April of `start` to 31 March of the next. Years compare in order of time."""

    start: int

    def __post_init__(self) -> None:
        if not EARLIEST - _BEYOND <= self.start <= LATEST + _BEYOND:
            raise ValueError(_OUT_OF_RANGE.format(self.start))

    @classmethod
    def parse(cls, text: str) -> FinancialYear:
        """Read "2007/08", "2007-08", "07/08" or "2007/2008". Anything else, "2007/09" too, is a ValueError."""
        match = _YEAR_TEXT.fullmatch(text.strip())
        if not match:
            raise ValueError(f"“{text}” is not a financial year. Write it as 2007/08.")
        start, end = match["start"], match["end"]
        if len(start) < len(end):
            raise ValueError(f"“{text}” is not a financial year. Write it as 2007/08.")
        first = int(start)
        if len(start) == 2:
            first += 2000 if first < _CENTURY_TURNS_AT else 1900
        if int(end) != (first + 1) % 10 ** len(end):
            raise ValueError(f"“{text}” is not one year: {first} is followed by {first + 1}.")
        if not EARLIEST <= first <= LATEST:
            raise ValueError(_OUT_OF_RANGE.format(first))
        return cls(first)

    @classmethod
    def containing(cls, when: date) -> FinancialYear:
        """The financial year in which a date lies; 31 March 2008 is in 2007/08."""
        return cls(when.year if when.month >= FIRST_MONTH else when.year - 1)

    @property
    def begins(self) -> date:
        return date(self.start, FIRST_MONTH, 1)

    @property
    def ends(self) -> date:
        """The last day, inclusive."""
        return date(self.start + 1, FIRST_MONTH, 1) - timedelta(days=1)

    @property
    def year(self) -> FinancialYear:
        """The year itself, so that a year and a quarter can both be asked for their year."""
        return self

    @property
    def quarters(self) -> tuple[Quarter, Quarter, Quarter, Quarter]:
        return Quarter(self, 1), Quarter(self, 2), Quarter(self, 3), Quarter(self, 4)

    def __add__(self, years: int) -> FinancialYear:
        return FinancialYear(self.start + years)

    def __sub__(self, years: int) -> FinancialYear:
        return FinancialYear(self.start - years)

    def __str__(self) -> str:
        return f"{self.start}/{(self.start + 1) % 100:02}"

    @property
    def slug(self) -> str:
        """As it stands in an address: 2007-08."""
        return str(self).replace("/", "-")

    @property
    def dates(self) -> str:
        return f"{day(self.begins)} to {day(self.ends)}"


@dataclass(frozen=True, order=True, slots=True)
class Quarter:
    """One of the four quarters of a financial year, numbered 1 (April to June) to 4 (January to March)."""

    year: FinancialYear
    number: int

    def __post_init__(self) -> None:
        if self.number not in (1, 2, 3, 4):
            raise ValueError(f"A quarter is 1, 2, 3 or 4, not {self.number}.")

    @classmethod
    def parse(cls, text: str) -> Quarter:
        """Read "2008/09 Q2" or, as in an address, "2008-09/q2". Anything else is a ValueError."""
        match = _QUARTER_TEXT.fullmatch(text.strip())
        if not match:
            raise ValueError(f"“{text}” is not a quarter. Write it as 2008/09 Q2.")
        return cls(FinancialYear.parse(match["year"]), int(match["number"]))

    @classmethod
    def containing(cls, when: date) -> Quarter:
        return cls(FinancialYear.containing(when), (when.month - FIRST_MONTH) % 12 // 3 + 1)

    @property
    def _index(self) -> int:
        return self.year.start * 4 + self.number - 1

    @property
    def begins(self) -> date:
        month = FIRST_MONTH + 3 * (self.number - 1)
        return date(self.year.start + (month > 12), (month - 1) % 12 + 1, 1)

    @property
    def ends(self) -> date:
        """The last day, inclusive."""
        return (self + 1).begins - timedelta(days=1) if self.number < 4 else self.year.ends

    def __hash__(self) -> int:
        return self._index

    def __add__(self, quarters: int) -> Quarter:
        return _quarter_at(self._index + quarters)

    def __sub__(self, quarters: int) -> Quarter:
        return self + -quarters

    def __str__(self) -> str:
        return f"{self.year} Q{self.number}"

    @property
    def slug(self) -> str:
        """As it stands in an address: 2008-09/q2."""
        return f"{self.year.slug}/q{self.number}"

    @property
    def dates(self) -> str:
        """In words: July to September 2008 (Q2)."""
        return f"{_MONTHS[self.number - 1]} {self.begins.year} (Q{self.number})"


@cache
def _quarter_at(index: int) -> Quarter:
    """The quarter so many after the first of the year 0: made once, for series are walked along very often."""
    year, number = divmod(index, 4)
    return Quarter(FinancialYear(year), number + 1)


Period = FinancialYear | Quarter
