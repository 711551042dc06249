"""The milestones of an action, and how each stands on a day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from performance.calculations.periods import day
from priorities.models import Milestone


@dataclass(frozen=True, slots=True)
class MilestoneLine:
    """A milestone; `is_late` where it is not done and was to be. Nothing is late in an action that is over."""

    milestone: Milestone
    is_late: bool
    is_over: bool = False
    """Whether its action is: done, stopped, or gone on in another plan."""

    @property
    def is_open(self) -> bool:
        return self.milestone.done_on is None

    @property
    def words(self) -> str:
        """Done on 1 May 2008; overdue, due on 1 May 2008; was due on it, of what is over; nothing without a day."""
        if self.milestone.done_on is not None:
            return f"done on {day(self.milestone.done_on)}"
        if self.milestone.due_on is None:
            return ""
        due = f"due on {day(self.milestone.due_on)}"
        if self.is_over:
            return f"was {due}"
        return f"overdue, {due}" if self.is_late else due

    def __str__(self) -> str:
        return f"{self.milestone.title}: {self.words}" if self.words else self.milestone.title


def milestone_lines(milestones: Iterable[Milestone], today: date, *, is_live: bool) -> tuple[MilestoneLine, ...]:
    """In the order that they come in; `is_live` says whether their action still is."""
    return tuple(MilestoneLine(each, is_live and _is_late(each, today), is_over=not is_live) for each in milestones)


def _is_late(milestone: Milestone, today: date) -> bool:
    return milestone.done_on is None and milestone.due_on is not None and milestone.due_on < today
