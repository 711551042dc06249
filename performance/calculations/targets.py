"""A target as a count and as a percentage of its baseline: each gives the other."""

from __future__ import annotations

import re
from dataclasses import dataclass
from fractions import Fraction

from .change import rounded

_PERCENT = re.compile(r"(?P<sign>[-−–+]?)\s*(?P<number>[0-9]{1,4}(\.[0-9]{1,2})?)\s*%?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Derived:
    """A target worked out from a percentage: exactly, and as the whole number that is set."""

    exact: Fraction
    count: int

    @property
    def was_rounded(self) -> bool:
        return self.exact != self.count


def from_percentage(baseline: int, percent: Fraction) -> Derived:
    """baseline × (1 − percent ÷ 100), rounded half up: 558 less −25% is 697.5, so 698.

    The percentage is the reduction aimed at: 10 asks for a tenth less, −25 allows a quarter more. A negative baseline,
    or a reduction of more than all there is, is a ValueError.
    """
    if baseline < 0:
        raise ValueError("A baseline is not below 0.")
    if percent > 100:
        raise ValueError("Crime cannot fall by more than 100%.")
    exact = baseline * (1 - percent / 100)
    return Derived(exact, int(rounded(exact)))


def as_percentage(baseline: int, target: int) -> Fraction | None:
    """The reduction that a target asks for, in per cent; None where the baseline is 0, of which there is none."""
    return Fraction(baseline - target, baseline) * 100 if baseline > 0 else None


def read_percentage(text: str) -> Fraction | None:
    """A percentage as people type it: "10", "12.5%", "−25"; None for an empty box, ValueError in words for the rest."""
    typed = text.strip().replace("\u00a0", "")
    if not typed:
        return None
    match = _PERCENT.fullmatch(typed)
    if not match:
        raise ValueError(f"“{typed[:20]}” is not a percentage. Write it like 10 or 12.5; −25 for a quarter more.")
    number = Fraction(match["number"])
    return -number if match["sign"] and match["sign"] != "+" else number
