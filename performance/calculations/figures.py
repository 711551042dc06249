"""A figure is a count, or the reason why there is none.

Nought is a count. A figure that is missing is never nought and never blank: it carries its reason, and a
total with a missing part says which part is missing.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum


class NoFigure(Enum):
    """Why there is no figure: what is stored, what a reader sees in words, and the mark that stands in a cell."""

    NOT_YET_AVAILABLE = "not_yet_available", "not yet available", "[x]"
    NOT_APPLICABLE = "not_applicable", "not applicable", "[z]"
    WITHHELD = "withheld", "withheld", "[c]"
    NOT_HELD = "not_held", "not held", "[x]"
    QUARTER_MISSING = "quarter_missing", "missing for a quarter", "[x]"
    PART_MISSING = "part_missing", "part of the total is missing", "[x]"

    words: str
    mark: str

    def __new__(cls, value: str, words: str = "", mark: str = "") -> NoFigure:
        member = object.__new__(cls)
        member._value_ = value
        member.words = words
        member.mark = mark
        return member


@dataclass(frozen=True, slots=True)
class Figure:
    """A count in offences (or incidents), or the reason why there is none.

    Three forms, made by `Figure.of`, `Figure.missing` and `Figure.total`:
    known (a count, no reason), missing (no count, a reason) and partial (the count of the parts that are
    in, and the names of those that are not). Only a known figure may be compared: see `known`.
    """

    count: int | None
    reason: NoFigure | None = None
    missing_parts: tuple[str, ...] = ()
    provisional: bool = False
    revised: bool = False

    def __post_init__(self) -> None:
        if (self.count is None or self.missing_parts != ()) != (self.reason is not None):
            raise ValueError("A figure has a count, or a reason why there is none.")
        if isinstance(self.count, bool) or not isinstance(self.count, int | None):
            raise TypeError(f"A count is a whole number, not {self.count!r}.")

    @classmethod
    def of(cls, count: int, *, provisional: bool = False, revised: bool = False) -> Figure:
        """A known figure. Nought is one, and so is a negative count: crimes cancelled later.

        Provisional may still change; revised was changed after it was published.
        """
        return cls(count, provisional=provisional, revised=revised)

    @classmethod
    def missing(cls, reason: NoFigure, *, revised: bool = False) -> Figure:
        return cls(None, reason, revised=revised)

    @classmethod
    def total(cls, parts: Mapping[str, Figure]) -> Figure:
        """The sum of named parts.

        With a part missing the sum of the others is given as partial, naming what is missing. With every
        part missing there is no figure, for the reason that all share. Parts that are partial themselves
        pass on the names of what they lack; parts that are missing altogether are named themselves. No parts at all
        is a ValueError, not nought.
        """
        if not parts:
            raise ValueError("A total needs at least one part.")
        figures = list(parts.values())
        if all(figure.reason is None for figure in figures):
            return cls.sum_of(figures)
        lacking = tuple(name for label, part in parts.items() for name in part._lacking(label))
        counts = [figure.count for figure in figures if figure.count is not None]
        provisional = any(figure.provisional for figure in figures)
        revised = any(figure.revised for figure in figures)
        if counts:
            return cls(sum(counts), NoFigure.PART_MISSING, lacking, provisional, revised)
        reasons = {part.reason for part in parts.values()}
        shared = reasons.pop() if len(reasons) == 1 else None
        return cls(None, shared, revised=revised) if shared else cls(None, NoFigure.PART_MISSING, lacking)

    @classmethod
    def sum_of(cls, figures: Sequence[Figure]) -> Figure:
        """The sum of known figures: provisional or revised where one of them is. One that is missing is an error."""
        return cls(
            sum(figure.count for figure in figures),  # type: ignore[misc]
            provisional=any(figure.provisional for figure in figures),
            revised=any(figure.revised for figure in figures),
        )

    def _lacking(self, label: str) -> tuple[str, ...]:
        """What a total with this part lacks: the part itself, or what it lacks in its turn."""
        if self.known is not None:
            return ()
        return self.missing_parts if self.is_partial else (label,)

    @property
    def known(self) -> int | None:
        """The count, if it is whole: what may be compared, divided or judged."""
        return self.count if self.reason is None else None

    @property
    def is_partial(self) -> bool:
        return self.count is not None and self.reason is not None


NOT_HELD = Figure.missing(NoFigure.NOT_HELD)
"""The figure of what nobody has entered."""
