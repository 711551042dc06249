"""What is being done about the figures: the live actions on a category, or that there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.access import Standing, supplied_by
from performance.pages.category import CategoryPage
from performance.pages.category_quarter import CategoryQuarterPage
from performance.pages.dashboard import Dashboard
from performance.pages.quarter import QuarterPage
from performance.queries import Row, load_successions
from performance.queries.commentary import CommentaryText, commentaries_in
from performance.queries.readings import ReadingRow
from performance.sentences import quarters as words
from priorities.queries import Work, actions_on


@dataclass(frozen=True, slots=True)
class MissedTarget:
    """A category that missed its target, with the live actions that bear on it."""

    row: Row
    works: tuple[Work, ...]


def actions_on_missed_targets(page: Dashboard, today: date) -> tuple[MissedTarget, ...]:
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
    return tuple(MissedTarget(row, on.get(row.category.pk, ())) for row in missed)


def actions_on_category(page: CategoryPage, today: date) -> tuple[Work, ...]:
    """The live actions that bear on a category, or on one of its parts. Three queries."""
    found = actions_on(page.partnership, page.all_successions, today)
    here = [found.get(category.pk, ()) for category in (page.category, *page.parts)]
    return tuple(dict.fromkeys(work for works in here for work in works))


@dataclass(frozen=True, slots=True)
class Explained:
    """A category that is off track or at risk, with its numbers, its commentary if there is one, and its actions."""

    row: ReadingRow
    numbers: str
    disagreement: str
    commentary: CommentaryText | None
    works: tuple[Work, ...]
    may_explain: bool = False


def explained_in(page: QuarterPage, standing: Standing) -> tuple[Explained, ...]:
    """What is being done about a quarter. Four queries where something is off track or at risk, none otherwise.

    One more for members, who may be asked to explain.
    """
    if not page.to_explain or page.current is None:
        return ()
    on = actions_on(page.partnership, page.successions, standing.seen_on)
    supplied = supplied_by(standing) if standing.is_member else ()
    state = page.current.state
    commentaries = commentaries_in(page.current)
    return tuple(
        Explained(
            row=row,
            numbers=words.year_so_far(row.reading),
            disagreement=words.disagreement(row.reading),
            commentary=commentaries.get(row.category.pk),
            works=on.get(row.category.pk, ()),
            may_explain=standing.may_explain(state, row.category.pk, supplied),
        )
        for row in page.to_explain
    )


def works_on(page: CategoryQuarterPage, today: date) -> tuple[Work, ...]:
    """The live actions that bear on a category in a quarter, or on a part of it. Four queries."""
    if page.row is None:
        return ()
    on = actions_on(page.partnership, load_successions(page.partnership), today)
    categories = [row.category.pk for row in page.row.walk()]
    return tuple(dict.fromkeys(work for category in categories for work in on.get(category, ())))


def may_explain(page: CategoryQuarterPage, standing: Standing) -> bool:
    """Whether a reader may write what lies behind a category's figure; of a total nobody enters one."""
    if page.current is None or page.row is None or page.row.is_total or not standing.is_member:
        return False
    return standing.may_explain(page.current.state, page.category.pk, supplied_by(standing))
