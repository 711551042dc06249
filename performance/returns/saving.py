"""What is done with a return: save figures, hand in, send back, publish, revise.

Each takes the lock of the return's row, reads its state and the person's rights under it, and only then writes: what a
page has shown before may be out of date. The token of the form that was sent is kept with what it did, so that a form
sent twice is done once. See docs/reliability.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from performance.access import Act, Person, Standing, standing_of, supplied_by
from performance.calculations.periods import Period, day
from performance.models import (
    Actual,
    Partnership,
    PeriodReturn,
    ReturnEvent,
    ReturnState,
    Revision,
)
from performance.queries.figures import Entered
from performance.refusals import Refused
from performance.returns.locking import (
    is_done,
    lock_return,
    name_of_period,
    record_event,
    refuse_state,
    refuse_strangers,
    stamp_of,
)
from performance.returns.values import Conflict, Entry, FigureEdit, Saved
from performance.wording import name_of


def save_figures(
    *,
    partnership: Partnership,
    period: Period,
    edits: Mapping[int, FigureEdit],
    token: UUID,
    by: Person,
    today: date,
    at: datetime,
) -> Saved:
    """Save figures, by category, in a return that is a draft; begins the return where there is none.

    What somebody else changed since is not overwritten but told; all else is kept. Refused where the period is not
    over, the return is no draft, or a category is not the person's to enter.
    """
    if period.ends >= today:
        raise Refused(f"{name_of_period(period)} ends on {day(period.ends)}. Enter its figures after that.")
    with transaction.atomic():
        # Before a return is begun for somebody who may not, and again under its lock.
        refuse_strangers(standing_of(partnership, by, today), ReturnState.DRAFT, Act.ENTER_OWN)
        held = lock_return(partnership, period, begins=True)
        stamp = stamp_of(token, held, by, sorted(edits.items()))
        if is_done(stamp):
            return saved_before(stamp)
        standing = standing_of(partnership, by, today)
        refuse_strangers(standing, ReturnState.DRAFT, Act.ENTER_OWN)
        refuse_state(held, ReturnState.DRAFT)
        _refuse_categories(standing, edits)
        return write_figures(held, edits, ReturnEvent.Kind.SAVED, "", stamp, by, at)


def _refuse_categories(standing: Standing, edits: Mapping[int, FigureEdit]) -> None:
    supplied: frozenset[int] = frozenset()
    if not standing.may(Act.ENTER, ReturnState.DRAFT):
        supplied = supplied_by(standing)
    if not all(standing.may_enter(ReturnState.DRAFT, category, supplied) for category in edits):
        raise Refused("You may enter the figures that your agency supplies, and no others.")


def write_figures(
    held: PeriodReturn,
    edits: Mapping[int, FigureEdit],
    kind: ReturnEvent.Kind,
    reason: str,
    token: UUID,
    by: Person,
    at: datetime,
) -> Saved:
    rows = {row.category_id: row for row in Actual.objects.filter(period_return=held, category__in=list(edits))}
    conflicts: dict[int, Conflict] = {}
    newer: dict[int, Conflict] = {}
    changes: dict[int, Entry] = {}
    older = _revisions_since(rows.values(), edits)
    for category, edit in edits.items():
        row = rows.get(category)
        current = Entry.of(row)
        if edit.entry.is_empty or edit.entry == current:
            continue
        version = row.version if row else 0
        if edit.version == version:
            changes[category] = edit.entry
            continue
        revisions = older.get(category, [])
        theirs = _conflict(current, version, revisions)
        # Who did not touch the figure since it was shown leaves somebody else's newer one as it is, and is told.
        if revisions and replace(edit.entry, is_confirmed=False) == _before(revisions[0]):
            newer[category] = theirs
        else:
            conflicts[category] = theirs
    if changes:
        event = record_event(held, kind, reason, token, by, at)
        Revision.objects.bulk_create(
            [_change(held, category, entry, rows.get(category), event) for category, entry in changes.items()]
        )
    return Saved({category: edits[category].version + 1 for category in changes}, conflicts, newer)


def saved_before(stamp: UUID) -> Saved:
    """What the same form wrote when it was sent first, for whom the answer to that never reached."""
    rows = Revision.objects.filter(event__token=stamp).values_list("actual__category", "version")
    return Saved(dict(rows), is_repeated=True)


def newest(row: Actual | Entered) -> Conflict:
    """A figure as it stands now, for somebody who has still to choose between it and another."""
    revisions = Revision.objects.filter(actual=row.pk).select_related("event__by").order_by("version")
    return _conflict(Entry.of(row), row.version, list(revisions))


def _conflict(current: Entry, version: int, revisions: Sequence[Revision]) -> Conflict:
    """A figure as it stands now, with who made its last revision and when; nobody where it was loaded."""
    if not revisions:
        return Conflict(current, version, "", None)
    last = revisions[-1].event
    return Conflict(current, version, name_of(last.by), localtime(last.at))


def _revisions_since(rows: Iterable[Actual], edits: Mapping[int, FigureEdit]) -> dict[int, list[Revision]]:
    """What was changed since the versions that were shown, oldest first, by category."""
    stale = {row.pk: row for row in rows if row.version != edits[row.category_id].version}
    found: dict[int, list[Revision]] = {}
    if stale:
        for revision in Revision.objects.filter(actual__in=stale).select_related("event__by").order_by("version"):
            category = stale[revision.actual_id].category_id
            if revision.version > edits[category].version:
                found.setdefault(category, []).append(revision)
    return found


def _before(revision: Revision) -> Entry:
    return Entry(revision.was_count, revision.was_missing, revision.was_provisional, revision.was_note)


def _change(held: PeriodReturn, category: int, entry: Entry, row: Actual | None, event: ReturnEvent) -> Revision:
    """Write one figure, and give the revision that says so. The condition stands on the row's own columns."""
    was = Entry.of(row)
    now = {
        "count": entry.count,
        "missing": entry.missing,
        "is_provisional": entry.is_provisional,
        "is_confirmed": entry.is_confirmed,
        "note": entry.note,
    }
    if row is None:
        row = Actual.objects.create(period_return=held, category_id=category, **now)
        version = 1
    else:
        version = row.version + 1
        changed = Actual.objects.filter(pk=row.pk, version=row.version).update(version=F("version") + 1, **now)
        if changed != 1:
            raise Refused("Somebody changed the figure at the same moment. Look at it and save again.")
    return Revision(
        actual=row,
        event=event,
        version=version,
        was_count=was.count,
        was_missing=was.missing,
        was_provisional=was.is_provisional,
        was_note=was.note,
        **now,
    )
