"""A withheld figure stays withheld: whatever it could be worked out from by subtraction is withheld with it."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from typing import TypeVar

from .figures import Figure, NoFigure

WITHHELD = Figure.missing(NoFigure.WITHHELD)
Key = TypeVar("Key", bound=Hashable)


def protect(parts: Mapping[Key, Figure], total: Figure) -> dict[Key, Figure]:
    """The parts of a known total, with a second one withheld where the first could be worked out from the rest.

    A year of 12 with quarters 4, withheld, 3, 2 gives the withheld one away: 3. The smallest of the others that is not
    nought is withheld with it, the earlier of equals, for it tells least; where all others are nought, the first of
    them. With two withheld, or with another missing, or without the total, nothing can be worked out and
    nothing is added.
    """
    kept = dict(parts)
    if total.known is None or _hidden(parts) != 1 or any(_is_missing(part) for part in parts.values()):
        return kept
    others = [key for key, part in parts.items() if part.known is not None]
    if others:
        kept[min(others, key=lambda key: (parts[key].known == 0, abs(parts[key].known or 0)))] = WITHHELD
    return kept


def _hidden(parts: Mapping[Key, Figure]) -> int:
    return sum(part.reason is NoFigure.WITHHELD for part in parts.values())


def _is_missing(part: Figure) -> bool:
    return part.known is None and part.reason is not NoFigure.WITHHELD
