"""What is being done about the figures: the live actions on a category, or that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.pages.category import CategoryPage
from performance.pages.dashboard import Dashboard
from performance.queries import Row
from priorities.queries import Work, actions_on


@dataclass(frozen=True, slots=True)
class Doing:
    """A category that missed its target, with the live actions that bear on it."""

    row: Row
    works: tuple[Work, ...]


def doing_about(page: Dashboard, today: date) -> tuple[Doing, ...]:
    """For each category that missed its target, not for totals. Three queries where there is one, none otherwise."""
    missed = [
        line.row
        for group in page.groups
        for line in group.lines
        if not line.is_total and line.row.measure.verdict.status.is_missed
    ]
    if not missed:
        return ()
    on = actions_on(page.partnership, page.successions, today)
    return tuple(Doing(row, on.get(row.category.pk, ())) for row in missed)


def doing_on(page: CategoryPage, today: date) -> tuple[Work, ...]:
    """The live actions that bear on a category, or on one of its parts. Three queries."""
    found = actions_on(page.partnership, page.all_successions, today)
    here = [found.get(category.pk, ()) for category in (page.category, *page.parts)]
    return tuple(dict.fromkeys(work for works in here for work in works))
