"""A state in a word and a shape, for whoever does not see its colour."""

from __future__ import annotations

from enum import Enum
from typing import Self


class StatusWord(Enum):
    """The value names the colour; beside it stand the word and the shape that say the same."""

    word: str
    shape: str

    def __new__(cls, value: str, word: str = "", shape: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = value
        member.word = word
        member.shape = shape
        return member

    @property
    def look(self) -> str:
        """Its class in the style sheet, after "status-": off-track."""
        return str(self.value).replace("_", "-")
