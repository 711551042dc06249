"""What was written about figures: why, what is being done, what is asked of the board."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from performance.models import Commentary

from .returns import Return


@dataclass(frozen=True, slots=True)
class CommentaryText:
    """The words on one category in one period, and when they were written."""

    why: str
    doing: str
    asked: str
    written_at: datetime


def commentaries_in(held: Return) -> dict[int, CommentaryText]:
    """The commentaries of a return by the number of the category. One query."""
    rows = Commentary.objects.filter(period_return=held.pk).order_by()
    columns = rows.values_list("category", "why", "doing", "asked", "written_at")
    return {
        category: CommentaryText(why, doing, asked, written_at) for category, why, doing, asked, written_at in columns
    }
