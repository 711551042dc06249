"""What is done with a return: save figures, hand in, send back, publish, revise.

Each takes the lock of the return's row, reads its state and the person's rights under it, and only then writes: what a
page has shown before may be out of date. The token of the form that was sent is kept with what it did, so that a form
sent twice is done once. See docs/reliability.md.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F
from django.utils.timezone import localtime

from performance.access import Act, Person, Standing, standing_of, supplied_by
from performance.calculations.periods import FinancialYear, Period, Quarter, day
from performance.models import (
    Actual,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    ReturnEvent,
    ReturnState,
    Revision,
)
from performance.queries.people import name_of
from performance.queries.tree import Successions


class Refused(Exception):  # noqa: N818 (not a fault: an answer)
    """What was asked for is not done, and nothing was changed. The message is for the person."""


@dataclass(frozen=True, slots=True)
class Entry:
    """What a person says of one category: a count, or why there is none; None and "" is an empty row."""

    count: int | None
    missing: str = ""
    is_provisional: bool = False
    note: str = ""
    is_confirmed: bool = False

    @property
    def is_empty(self) -> bool:
        return self.count is None and not self.missing

    @classmethod
    def of(cls, row: Actual | None) -> Entry:
        """What a row says."""
        if row is None:
            return NOTHING
        return cls(row.count, row.missing, row.is_provisional, row.note, row.is_confirmed)


NOTHING = Entry(None)


@dataclass(frozen=True, slots=True)
class Offer:
    """An entry with the version of the figure that the person saw; 0 where there was none."""

    entry: Entry
    seen: int


@dataclass(frozen=True, slots=True)
class Conflict:
    """A figure that somebody else changed since the person saw it: theirs as it now stands, with its version."""

    theirs: Entry
    version: int
    by: str
    at: datetime | None


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a save, by category: the versions written, the conflicts met, and newer figures that stay.

    `newer` are those that the sender did not touch and somebody else changed meanwhile.
    """

    written: Mapping[int, int] = field(default_factory=dict)
    conflicts: Mapping[int, Conflict] = field(default_factory=dict)
    newer: Mapping[int, Conflict] = field(default_factory=dict)
    is_repeated: bool = False


def save_figures(
    *,
    partnership: Partnership,
    period: Period,
    offers: Mapping[int, Offer],
    token: UUID,
    by: Person,
    today: date,
    at: datetime,
) -> Saved:
    """Save the figures offered, by category, in a return that is a draft; begins the return where there is none.

    What somebody else changed since is not overwritten but told; all else is kept. Refused where the period is not
    over, the return is no draft, or a category is not the person's to enter.
    """
    if period.ends >= today:
        raise Refused(f"{_name(period)} ends on {day(period.ends)}. Enter its figures after that.")
    with transaction.atomic():
        # Before a return is begun for somebody who may not, and again under its lock.
        _refuse_strangers(standing_of(partnership, by, today), ReturnState.DRAFT, Act.ENTER_OWN)
        held = _locked(partnership, period, begins=True)
        stamp = _stamp(token, held, by, sorted(offers.items()))
        if _is_done(stamp):
            return _saved_before(stamp)
        standing = standing_of(partnership, by, today)
        _refuse_strangers(standing, ReturnState.DRAFT, Act.ENTER_OWN)
        _refuse_state(held, ReturnState.DRAFT)
        _refuse_categories(standing, offers)
        return _write(held, offers, ReturnEvent.Kind.SAVED, "", stamp, by, at)


def submit(
    *, partnership: Partnership, period: Period, token: UUID, by: Person, today: date, at: datetime, accepted: bool
) -> None:
    """Hand a draft in. What is missing must have been accepted; a return without a figure is refused."""
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.SUBMIT)
        stamp = _stamp(token, held, by, "submit", after=ReturnEvent.Kind.SENT_BACK)
        if _is_done(stamp):
            return
        _refuse_state(held, ReturnState.DRAFT)
        if not held.actuals.filter(count__isnull=False, category__children__isnull=True).exists():
            raise Refused("No figure has been entered yet, so there is nothing to hand in.")
        if not accepted and _lacking(held):
            raise Refused("Some figures are missing. Say that the return is to be handed in without them.")
        held.state = ReturnState.SUBMITTED
        held.submitted_by_id, held.submitted_at = by.pk, at
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        _event(held, ReturnEvent.Kind.SUBMITTED, "", stamp, by, at)


def send_back(
    *, partnership: Partnership, period: Period, reason: str, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return a draft again, with the reason."""
    if not reason.strip():
        raise Refused("Say why the return is sent back.")
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.SEND_BACK)
        stamp = _stamp(token, held, by, ("send back", reason))
        if _is_done(stamp):
            return
        _refuse_state(held, ReturnState.SUBMITTED)
        held.state = ReturnState.DRAFT
        held.submitted_by, held.submitted_at = None, None
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        _event(held, ReturnEvent.Kind.SENT_BACK, reason.strip(), stamp, by, at)


def publish(
    *, partnership: Partnership, period: Period, figures_as_at: date, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return's figures visible to all readers, true as at a day."""
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.PUBLISH)
        stamp = _stamp(token, held, by, ("publish", figures_as_at))
        if _is_done(stamp):
            return
        _refuse_state(held, ReturnState.SUBMITTED)
        held.figures_as_at = figures_as_at
        try:
            held.refuse_undated()
        except ValidationError as refusal:
            raise Refused(" ".join(refusal.messages)) from refusal
        if figures_as_at > today:
            raise Refused("The figures cannot be of a day that has not come yet.")
        held.state = ReturnState.PUBLISHED
        held.published_by_id, held.published_at = by.pk, at
        held.save(update_fields=["state", "figures_as_at", "published_by", "published_at"])
        _event(held, ReturnEvent.Kind.PUBLISHED, "", stamp, by, at)


def revise(
    *,
    partnership: Partnership,
    period: Period,
    offers: Mapping[int, Offer],
    reason: str,
    token: UUID,
    by: Person,
    today: date,
    at: datetime,
) -> Saved:
    """Change published figures, with the reason. The old values stay in the history."""
    if not reason.strip():
        raise Refused("Say why the figure is revised.")
    if any(offer.entry.is_empty for offer in offers.values()):
        raise Refused("A published figure is not emptied. Enter a number, or choose why there is none.")
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.REVISE)
        stamp = _stamp(token, held, by, ("revise", reason, sorted(offers.items())))
        if _is_done(stamp):
            return _saved_before(stamp)
        _refuse_state(held, ReturnState.PUBLISHED)
        saved = _write(held, offers, ReturnEvent.Kind.REVISED, reason.strip(), stamp, by, at)
        if not saved.written and not saved.conflicts:
            raise Refused("Nothing differs from what is published.")
        return saved


# ----------------------------------------------------------------------------------------------------------------------


def _locked(partnership: Partnership, period: Period, *, begins: bool = False) -> PeriodReturn:
    """The return's row, locked until the end of the transaction."""
    quarter = period.number if isinstance(period, Quarter) else None
    key: dict[str, Any] = {"partnership": partnership, "financial_year": period.year, "quarter": quarter}
    if begins:
        # Made before it is locked: the unique constraint lets one of two who begin at once make it.
        PeriodReturn.objects.get_or_create(**key)
    # The partnership comes with the order of returns, and is not to be locked: its other quarters would wait.
    rows = PeriodReturn.objects.order_by().select_for_update(of=("self",))
    held: PeriodReturn | None = rows.filter(**key).first()
    if held is None:
        raise Refused(f"There is no return for {_name(period)}.")
    return held


def _held(partnership: Partnership, period: Period, by: Person, today: date, act: Act) -> PeriodReturn:
    """The return, locked, for somebody who may do this with it in some state."""
    held = _locked(partnership, period)
    standing = standing_of(partnership, by, today)
    if not any(standing.may(act, state) for state in ReturnState):
        raise Refused(f"You may not {act.value}.")
    return held


def _stamp(
    token: UUID, held: PeriodReturn, by: Person, content: object, after: ReturnEvent.Kind = ReturnEvent.Kind.SUBMITTED
) -> UUID:
    """What a form that is sent twice is known by: its token with who sent it, for what, and what it said.

    A page that was gone back to sends its old token with something else to say, and that is done. How often the
    step before it was taken belongs to it: to hand in what came back is another act than to hand it in first.
    """
    rounds = ReturnEvent.objects.filter(period_return=held, kind=after).count()
    return uuid5(token, repr((held.pk, by.pk, rounds, content)))


def _is_done(stamp: UUID) -> bool:
    return ReturnEvent.objects.filter(token=stamp).exists()


def _refuse_strangers(standing: Standing, state: ReturnState, act: Act) -> None:
    if not standing.may(act, state):
        raise Refused(f"You may not {act.value}.")


def _refuse_state(held: PeriodReturn, state: ReturnState) -> None:
    if held.state == state:
        return
    since = f" by {name_of(held.submitted_by)}" if held.state == ReturnState.SUBMITTED and held.submitted_by else ""
    now = {
        ReturnState.DRAFT: "is a draft",
        ReturnState.SUBMITTED: f"has been handed in{since}",
        ReturnState.PUBLISHED: "has been published",
    }
    raise Refused(f"The return for {_name(held.period)} {now[ReturnState(held.state)]}. Nothing was changed.")


def _refuse_categories(standing: Standing, offers: Mapping[int, Offer]) -> None:
    supplied: frozenset[int] = frozenset()
    if not standing.may(Act.ENTER, ReturnState.DRAFT):
        supplied = supplied_by(standing)
    if not all(standing.may_enter(ReturnState.DRAFT, category, supplied) for category in offers):
        raise Refused("You may enter the figures that your agency supplies, and no others.")


def _write(
    held: PeriodReturn,
    offers: Mapping[int, Offer],
    kind: ReturnEvent.Kind,
    reason: str,
    token: UUID,
    by: Person,
    at: datetime,
) -> Saved:
    rows = {row.category_id: row for row in Actual.objects.filter(period_return=held, category__in=list(offers))}
    conflicts: dict[int, Conflict] = {}
    newer: dict[int, Conflict] = {}
    changes: dict[int, Entry] = {}
    older = _revisions_since(rows.values(), offers)
    for category, offer in offers.items():
        row = rows.get(category)
        now, version = Entry.of(row), row.version if row else 0
        if offer.entry.is_empty or _same(offer.entry, now):
            continue
        if offer.seen != version:
            met = older.get(category, [])
            # Who did not touch the figure since it was shown leaves somebody else's newer one as it is, and is told.
            last = met[-1].event if met else None
            theirs = Conflict(now, version, name_of(last.by) if last else "", localtime(last.at) if last else None)
            is_untouched = bool(met) and replace(offer.entry, is_confirmed=False) == _before(met[0])
            (newer if is_untouched else conflicts)[category] = theirs
        else:
            changes[category] = offer.entry
    if changes:
        event = _event(held, kind, reason, token, by, at)
        Revision.objects.bulk_create(
            [_change(held, category, entry, rows.get(category), event) for category, entry in changes.items()]
        )
    return Saved({category: offers[category].seen + 1 for category in changes}, conflicts, newer)


def _saved_before(stamp: UUID) -> Saved:
    """What the same form wrote when it was sent first, for whom the answer to that never reached."""
    rows = Revision.objects.filter(event__token=stamp).values_list("actual__category", "version")
    return Saved(dict(rows), is_repeated=True)


def newest(row: Actual) -> Conflict:
    """A figure as it stands now, for somebody who has still to choose between it and another."""
    last = Revision.objects.filter(actual=row).select_related("event__by").order_by("version").last()
    by, at = (name_of(last.event.by), localtime(last.event.at)) if last else ("", None)
    return Conflict(Entry.of(row), row.version, by, at)


def _same(offered: Entry, held: Entry) -> bool:
    return offered == held


def _revisions_since(rows: Iterable[Actual], offers: Mapping[int, Offer]) -> dict[int, list[Revision]]:
    """What was changed since the versions seen, oldest first, by category."""
    stale = {row.pk: row for row in rows if row.version != offers[row.category_id].seen}
    found: dict[int, list[Revision]] = {}
    if stale:
        for revision in Revision.objects.filter(actual__in=stale).select_related("event__by").order_by("version"):
            category = stale[revision.actual_id].category_id
            if revision.version > offers[category].seen:
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


def _event(
    held: PeriodReturn, kind: ReturnEvent.Kind, reason: str, token: UUID, by: Person, at: datetime
) -> ReturnEvent:
    return ReturnEvent.objects.create(
        period_return=held,
        kind=kind,
        reason=reason,
        token=token,
        by_id=by.pk,
        at=at,  # type: ignore[misc]
    )


def _lacking(held: PeriodReturn) -> bool:
    """Whether a category that is expected has no figure, and no reason that is final."""
    answered = held.actuals.exclude(missing=Actual.Missing.NOT_YET_AVAILABLE).values("category")
    lacking = CrimeCategory.objects.expected_of(held.partnership).exclude(pk__in=answered)
    successions = Successions(held.partnership)
    return any(successions.is_counted(row.pk, held.financial_year) for row in lacking)


def _name(period: Period) -> str:
    return str(period) if isinstance(period, FinancialYear) else period.dates
