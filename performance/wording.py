"""How numbers and names are written, in sentences, cells and drawings alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction

from performance.calculations.change import Change, rounded


def percent(value: Decimal) -> str:
    """18.5%, 1,140% or −27%: a nought after the point is left out, a minus is a real one."""
    return f"{value:,f}".removesuffix(".0").replace("-", "−") + "%"


def in_percent(share: Fraction, places: int = 0) -> str:
    """A share of 1 as a percentage, rounded for showing."""
    return percent(rounded(share * 100, places))


def in_sentence(name: str) -> str:
    """A category's name inside a sentence: theft of cycle, but ASB incidents."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def moved(change: Change) -> str:
    """down 44%, up 27%, no change; marked [u] where the baseline is very small. Empty where nothing can be said."""
    if change.reduction is None:
        return ""
    if change.reduction == 0:
        return "no change"
    way = "down" if change.reduction > 0 else "up"
    size = "by less than 1%" if change.percent() == 0 else in_percent(abs(change.reduction))
    return f"{way} {size}{' [u]' if change.is_unreliable else ''}"


_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: int) -> str:
    """In words up to ten, in digits above: seven, 11, 1,148."""
    return _NUMBERS[value] if 0 <= value <= 10 else f"{value:,}"


def listed(names: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def count(value: int) -> str:
    """1,148, and −3 with a real minus."""
    return f"{value:,}".replace("-", "−")


def times(value: int, one: str, many: str = "") -> str:
    """1 figure, 9 figures."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"
