"""What the lists of management ask about their rows."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from performance.calculations.periods import day
from performance.models import CrimeCategory, Partnership, Succession


def endings_of(partnership: Partnership, rows: Sequence[Any]) -> dict[int, str]:
    """When each ended, in words, by number. One query for categories, none for others."""
    if rows and isinstance(rows[0], CrimeCategory):
        retired = Succession.objects.filter(partnership=partnership, after__isnull=True)
        return {row.before_id: f"not counted from {row.first_year}" for row in retired}
    ends = {row.pk: getattr(row, "ended_on", None) or getattr(row, "left_on", None) for row in rows}
    return {pk: f"ended on {day(ended)}" for pk, ended in ends.items() if ended is not None}


def shared_categories() -> frozenset[int]:
    """Those that all partnerships share: what they mean is not one partnership's to change. One query."""
    return frozenset(CrimeCategory.objects.filter(partnership__isnull=True).values_list("pk", flat=True))
