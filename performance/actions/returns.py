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
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import F

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
    """What became of a save, by category: the versions written and the conflicts met; whether it was done before."""

    written: Mapping[int, int] = field(default_factory=dict)
    conflicts: Mapping[int, Conflict] = field(default_factory=dict)
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
        standing = standing_of(partnership, by, today)
        _refuse_strangers(standing, ReturnState.DRAFT, Act.ENTER_OWN)
        held = _locked(partnership, period, begins=True)
        if ReturnEvent.objects.filter(token=token).exists():
            return _saved_before(token)
        _refuse_state(held, ReturnState.DRAFT)
        _refuse_categories(standing, offers)
        return _write(held, offers, ReturnEvent.Kind.SAVED, "", token, by, at)


def submit(
    *, partnership: Partnership, period: Period, token: UUID, by: Person, today: date, at: datetime, accepted: bool
) -> None:
    """Hand a draft in. What is missing must have been accepted; a return without a figure is refused."""
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.SUBMIT, ReturnState.DRAFT, token)
        if held is None:
            return
        if not held.actuals.filter(count__isnull=False, category__children__isnull=True).exists():
            raise Refused("No figure has been entered yet, so there is nothing to hand in.")
        if not accepted and _lacking(held):
            raise Refused("Some figures are missing. Say that the return is to be handed in without them.")
        held.state = ReturnState.SUBMITTED
        held.submitted_by_id, held.submitted_at = by.pk, at
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        _event(held, ReturnEvent.Kind.SUBMITTED, "", token, by, at)


def send_back(
    *, partnership: Partnership, period: Period, reason: str, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return a draft again, with the reason."""
    if not reason.strip():
        raise Refused("Say why the return is sent back.")
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.SEND_BACK, ReturnState.SUBMITTED, token)
        if held is None:
            return
        held.state = ReturnState.DRAFT
        held.submitted_by, held.submitted_at = None, None
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        _event(held, ReturnEvent.Kind.SENT_BACK, reason.strip(), token, by, at)


def publish(
    *, partnership: Partnership, period: Period, figures_as_at: date, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return's figures visible to all readers, true as at a day."""
    with transaction.atomic():
        held = _held(partnership, period, by, today, Act.PUBLISH, ReturnState.SUBMITTED, token)
        if held is None:
            return
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
        _event(held, ReturnEvent.Kind.PUBLISHED, "", token, by, at)


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
        held = _held(partnership, period, by, today, Act.REVISE, ReturnState.PUBLISHED, token)
        if held is None:
            return _saved_before(token)
        saved = _write(held, offers, ReturnEvent.Kind.REVISED, reason.strip(), token, by, at)
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
    held: PeriodReturn | None = PeriodReturn.objects.select_for_update().filter(**key).first()
    if held is None:
        raise Refused(f"There is no return for {_name(period)}.")
    return held


def _held(
    partnership: Partnership, period: Period, by: Person, today: date, act: Act, state: ReturnState, token: UUID
) -> PeriodReturn | None:
    """The return, locked and in the state that the act needs; None where the form was sent before."""
    _refuse_strangers(standing_of(partnership, by, today), state, act)
    held = _locked(partnership, period)
    if ReturnEvent.objects.filter(token=token).exists():
        return None
    _refuse_state(held, state)
    return held


def _refuse_strangers(standing: Standing, state: ReturnState, act: Act) -> None:
    if not standing.may(act, state):
        raise Refused(f"You may not {act.value}.")


def _refuse_state(held: PeriodReturn, state: ReturnState) -> None:
    if held.state == state:
        return
    since = f" by {held.submitted_by}" if held.state == ReturnState.SUBMITTED and held.submitted_by else ""
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
    changes: dict[int, Entry] = {}
    older = _revisions_since(rows.values(), offers)
    for category, offer in offers.items():
        row = rows.get(category)
        now, version = Entry.of(row), row.version if row else 0
        if offer.entry.is_empty or _same(offer.entry, now):
            continue
        if offer.seen != version:
            met = older.get(category, ())
            # Who did not touch the figure since it was shown leaves somebody else's newer one as it is.
            if met and replace(offer.entry, is_confirmed=False) == _before(met[0]):
                continue
            last = met[-1].event if met else None
            conflicts[category] = Conflict(now, version, str(last.by) if last else "", last.at if last else None)
        else:
            changes[category] = offer.entry
    if changes:
        event = _event(held, kind, reason, token, by, at)
        Revision.objects.bulk_create(
            [_change(held, category, entry, rows.get(category), event) for category, entry in changes.items()]
        )
    return Saved({category: offers[category].seen + 1 for category in changes}, conflicts)


def _saved_before(token: UUID) -> Saved:
    """What the same form wrote when it was sent first, for whom the answer to that never reached."""
    rows = Revision.objects.filter(event__token=token).values_list("actual__category", "version")
    return Saved(dict(rows), is_repeated=True)


def _same(offered: Entry, held: Entry) -> bool:
    """Whether nothing differs. A confirmation that is already there is not taken back by one that is not repeated."""
    return offered == held or replace(offered, is_confirmed=True) == held


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
    return CrimeCategory.objects.expected_of(held.partnership).exclude(pk__in=answered).exists()


def _name(period: Period) -> str:
    return str(period) if isinstance(period, FinancialYear) else period.dates
