"""One action: who does what by when, and how does it go?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.calculations.periods import Quarter
from performance.models import Partnership
from performance.wording import listed
from priorities.models import Action, ActionUpdate
from priorities.pages.milestones import MilestoneLine, milestone_lines
from priorities.pages.work_plan import place_of
from priorities.queries import Work, updates_of


@dataclass(frozen=True)
class ActionPage:
    """Everything that the page of one action prints."""

    partnership: Partnership
    work: Work
    updates: tuple[ActionUpdate, ...]
    milestones: tuple[MilestoneLine, ...]
    may_report: bool
    may_manage: bool

    @property
    def carried_from(self) -> Action | None:
        return self.work.action.carried_from

    @property
    def carried_to(self) -> Action | None:
        return getattr(self.work.action, "carried_to", None)

    @property
    def place(self) -> str:
        return place_of(self.work)

    @property
    def supporting(self) -> str:
        names = [each.name for each in self.work.action.supporting.all()]
        return listed(names) if names else ""


def action_page(partnership: Partnership, work: Work, today: date, *, may_report: bool, may_manage: bool) -> ActionPage:
    """Two queries."""
    return ActionPage(
        partnership=partnership,
        work=work,
        updates=updates_of(work.action),
        milestones=milestone_lines(work.action.milestones.all(), today, is_live=work.state.is_live),
        may_report=may_report and work.action.ended_on is None,
        may_manage=may_manage,
    )


QUARTERS_TO_REPORT = 12


def quarters_to_report(work: Work, today: date) -> tuple[Quarter, ...]:
    """The quarters of an action's plan that have begun, from its start on, the latest first.

    At least the one that a day is in. They end with the quarter before the next plan begins; without a next plan the
    work goes on.
    """
    begins = Quarter(work.action.plan.first_year, 1)
    if work.action.starts_on is not None:
        begins = max(begins, Quarter.containing(work.action.starts_on))
    last = Quarter.containing(today)
    if work.next_begins is not None:
        last = min(last, Quarter(work.next_begins, 1) - 1)
    found = tuple(last - back for back in range(QUARTERS_TO_REPORT))
    return tuple(each for each in found if each >= begins) or (last,)
