"""How numbers and names are written, in sentences, cells and drawings alike."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from typing import Any

from performance.calculations.change import Change, rounded

MOST_PLACES = 2
"""So many decimals are shown at most, where fewer would make what differs look the same."""


def percent(value: Decimal) -> str:
    """18.5%, 1,140% or −27%: a point with nothing but noughts after it is left out, a minus is a real one."""
    shown = f"{value:,f}"
    whole, _, decimals = shown.partition(".")
    return (shown if decimals.strip("0") else whole).replace("-", "−") + "%"


def in_percent(share: Fraction, places: int = 0) -> str:
    """How large a share of 1 is, whatever its sign: 44%, less than 1%, more than 99%.

    0% and 100% are said of nothing and of all alone; of what comes near them, on which side it lies.
    """
    size = abs(share) * 100
    shown = rounded(size, places)
    if size == shown or shown not in (0, 100):
        return percent(shown)
    step = Decimal(1).scaleb(-places)
    if shown == 0:
        return f"less than {percent(step)}"
    if size < 100:
        return f"more than {percent(100 - step)}"
    return in_percent(share, places + 1) if places < MOST_PLACES else "more than 100%"


def places_for(fact: Fraction, planned: Fraction) -> int:
    """With how many decimals, at most two, a change and the change that was planned are both shown.

    One where the plan's is no whole percentage (18.5%), and as many more as it takes until what differs looks
    different: 24.6% is not 25%, and 18.51% is not 18.52%.
    """
    tenths = rounded(planned * 100, 1)
    fewest = 0 if tenths == tenths.to_integral_value() else 1
    for places in range(fewest, MOST_PLACES):
        if abs(fact) == abs(planned) or in_percent(fact, places) != in_percent(planned, places):
            return places
    return MOST_PLACES


def places_of(change: Change, planned: Change) -> int:
    """With how many decimals a change is told beside the one that was planned; none where they go opposite ways."""
    if change.reduction is None or planned.reduction is None or change.reduction * planned.reduction <= 0:
        return 0
    return places_for(change.reduction, planned.reduction)


def planned_in_percent(change: Change, planned: Change) -> str:
    """18.5%: how large a planned change is, in the words in which every page and chart says it."""
    return in_percent(planned.reduction or Fraction(0), max(1, places_of(change, planned)))


def in_sentence(name: str) -> str:
    """A category's name inside a sentence: theft of cycle, but ASB incidents."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def moved(change: Change, places: int = 0) -> str:
    """down 44%, up 27%, down by less than 1%, no change. Empty where no percentage can be worked out."""
    if change.reduction is None:
        return ""
    if change.reduction == 0:
        return "no change"
    size = in_percent(change.reduction, places)
    way = "down" if change.reduction > 0 else "up"
    return f"{way} {size}" if size[0].isdigit() else f"{way} by {size}"


def from_to(change: Change) -> str:
    """from 1,000 to 1,001; empty where one of the counts is missing."""
    return "" if change.counts is None else f"from {count(change.counts[0])} to {count(change.counts[1])}"


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


_AFTER_THE_NOUN = {"of", "from", "by", "in", "on", "to", "with", "at", "against", "for", "per", "who", "that", "killed"}


def singular(counted_as: str) -> str:
    """One of what is counted: robbery of robberies, theft of cycle of thefts of cycle, person of people."""
    words = counted_as.split(" ")
    head = next((place for place, word in enumerate(words) if word in _AFTER_THE_NOUN), len(words)) - 1
    words[max(head, 0)] = _one(words[max(head, 0)])
    return " ".join(words)


def _one(many: str) -> str:
    if many == "people":
        return "person"
    if many.endswith("ies"):
        return many.removesuffix("ies") + "y"
    if many.endswith(("shes", "ches", "xes", "sses")):
        return many.removesuffix("es")
    return many if many.endswith("ss") else many.removesuffix("s")


def counted(value: int, counted_as: str) -> str:
    """186 thefts of cycle, 1 robbery, −3 robberies."""
    return f"{count(value)} {singular(counted_as) if value == 1 else counted_as}"


def times(value: int, one: str, many: str = "") -> str:
    """1 figure, 9 figures."""
    return f"{value:,} {one if value == 1 else many or one + 's'}"


def on_one_line(text: str) -> str:
    """A name as it stands in an e-mail: line breaks and other control characters would forge lines of it."""
    return " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())


def name_of(user: Any) -> str:
    """As people know each other: the full name, or the user name where none is held."""
    return str(user.get_full_name() or user.get_username())
