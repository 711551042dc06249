"""Lists to choose from above a table; what is chosen stands in the address."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Filter:
    """One list to choose from, with what is chosen."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]
    chosen: str

    @classmethod
    def of(
        cls, name: str, label: str, values: Iterable[tuple[str, str]], chosen: str, *, descending: bool = False
    ) -> Filter:
        """Of the values that occur, in order of what they are called; what does not occur cannot be chosen."""
        choices = tuple(sorted(set(values), key=lambda each: each[1], reverse=descending))
        is_known = any(value == chosen for value, _ in choices)
        return cls(name, label, choices, chosen if is_known else "")

    def lets_through(self, values: Iterable[tuple[str, str]]) -> bool:
        return not self.chosen or any(value == self.chosen for value, _ in values)
