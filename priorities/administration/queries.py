"""What the lists of management ask about their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from performance.calculations.periods import day
from performance.models import CrimeCategory, PartnerAgency, Partnership, Succession
from performance.wording import in_sentence, listed


@dataclass(frozen=True, slots=True)
class Ending:
    """When a row ended, in words, and whether that can be taken back."""

    words: str
    is_taken_back: bool


def endings_of(partnership: Partnership, rows: Sequence[Any]) -> dict[int, Ending]:
    """By number. One query for categories, none for others."""
    if rows and isinstance(rows[0], CrimeCategory):
        return _successions(partnership)
    ends = {row.pk: getattr(row, "ended_on", None) or getattr(row, "left_on", None) for row in rows}
    # An agency that has left joins again as another.
    is_taken_back = not (rows and isinstance(rows[0], PartnerAgency))
    return {pk: Ending(f"ended on {day(ended)}", is_taken_back) for pk, ended in ends.items() if ended is not None}


def _successions(partnership: Partnership) -> dict[int, Ending]:
    """What is no longer counted, or counted as something else. What a new plan replaced stays replaced."""
    after: dict[int, list[Succession]] = defaultdict(list)
    for row in Succession.objects.filter(partnership=partnership).select_related("after"):
        after[row.before_id].append(row)
    found = {}
    for pk, each in after.items():
        names = [in_sentence(row.after.name) for row in each if row.after is not None]
        words = f"counted as {listed(names)}" if names else "not counted"
        found[pk] = Ending(f"{words} from {each[0].first_year}", not names)
    return found


def shared_categories() -> frozenset[int]:
    """Those that all partnerships share: what they mean is not one partnership's to change. One query."""
    return frozenset(CrimeCategory.objects.filter(partnership__isnull=True).values_list("pk", flat=True))
