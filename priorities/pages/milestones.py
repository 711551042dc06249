"""The milestones of an action, and how each stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from performance.calculations.periods import day
from priorities.models import Milestone


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone; `is_late` where it is not done and was to be."""

    milestone: Milestone
    is_late: bool

    @property
    def is_open(self) -> bool:
        return self.milestone.done_on is None

    @property
    def words(self) -> str:
        """Done on 1 May 2008; overdue, due on 1 May 2008; nothing where no day is set."""
        if self.milestone.done_on is not None:
            return f"done on {day(self.milestone.done_on)}"
        if self.milestone.due_on is None:
            return ""
        return f"{'overdue, ' if self.is_late else ''}due on {day(self.milestone.due_on)}"

    def __str__(self) -> str:
        return f"{self.milestone.title}: {self.words}" if self.words else self.milestone.title


def milestone_lines(milestones: Iterable[Milestone], today: date) -> tuple[MilestoneLine, ...]:
    """In the order that they come in."""
    return tuple(
        MilestoneLine(each, each.done_on is None and each.due_on is not None and each.due_on < today)
        for each in milestones
    )
