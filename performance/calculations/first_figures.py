"""How far first figures move until they are final: what to think of a provisional one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from statistics import median

FEWEST = 8
"""With fewer final figures nothing is said."""


@dataclass(frozen=True, slots=True)
class UsualMoves:
    """By which share of themselves first figures moved: from the lowest to the highest, and in the middle.

    −1/100 is one per cent down. `figures` of them were looked at, those that did not move among them.
    """

    lowest: Fraction
    highest: Fraction
    middle: Fraction
    figures: int


def usual_moves(figures: Sequence[tuple[int, int]]) -> UsualMoves | None:
    """From pairs of the first figure and the final one; None under eight pairs.

    (final − first) ÷ first. Give every figure that has become final, not those alone that were revised, or figures will
    seem to move more than they do. A first figure of 0 or less has no percentage and is left out.
    """
    moves = [Fraction(final - first, first) for first, final in figures if first > 0]
    if len(moves) < FEWEST:
        return None
    return UsualMoves(min(moves), max(moves), median(moves), len(moves))
