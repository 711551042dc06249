"""The transitions of a return: hand in, send back, publish, revise."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import transaction

from performance.access import Act, Person
from performance.actions.editions import raise_edition
from performance.calculations.periods import Period
from performance.models import (
    Actual,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    ReturnEvent,
    ReturnState,
)
from performance.queries.category_tree import load_successions
from performance.refusals import Refused
from performance.returns.locking import (
    is_done,
    lock_for,
    record_event,
    refuse_state,
    stamp_of,
)
from performance.returns.saving import saved_before, write_figures
from performance.returns.values import FigureEdit, Saved


def submit(
    *, partnership: Partnership, period: Period, token: UUID, by: Person, today: date, at: datetime, accepted: bool
) -> None:
    """Hand a draft in. What is missing must have been accepted; a return without a figure is refused."""
    with transaction.atomic():
        held = lock_for(partnership, period, by, today, Act.SUBMIT)
        stamp = stamp_of(token, held, by, "submit", after=ReturnEvent.Kind.SENT_BACK)
        if is_done(stamp):
            return
        refuse_state(held, ReturnState.DRAFT)
        if not held.actuals.filter(count__isnull=False, category__children__isnull=True).exists():
            raise Refused("No figure has been entered yet, so there is nothing to hand in.")
        if not accepted and _lacking(held):
            raise Refused("Some figures are missing. Say that the return is to be handed in without them.")
        held.state = ReturnState.SUBMITTED
        held.submitted_by_id, held.submitted_at = by.pk, at
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        record_event(held, ReturnEvent.Kind.SUBMITTED, "", stamp, by, at)


def send_back(
    *, partnership: Partnership, period: Period, reason: str, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return a draft again, with the reason."""
    if not reason.strip():
        raise Refused("Say why the return is sent back.")
    with transaction.atomic():
        held = lock_for(partnership, period, by, today, Act.SEND_BACK)
        stamp = stamp_of(token, held, by, ("send back", reason))
        if is_done(stamp):
            return
        refuse_state(held, ReturnState.SUBMITTED)
        held.state = ReturnState.DRAFT
        held.submitted_by, held.submitted_at = None, None
        held.save(update_fields=["state", "submitted_by", "submitted_at"])
        record_event(held, ReturnEvent.Kind.SENT_BACK, reason.strip(), stamp, by, at)


def publish(
    *, partnership: Partnership, period: Period, figures_as_at: date, token: UUID, by: Person, today: date, at: datetime
) -> None:
    """Make a submitted return's figures visible to all readers, true as at a day."""
    with transaction.atomic():
        held = lock_for(partnership, period, by, today, Act.PUBLISH)
        stamp = stamp_of(token, held, by, ("publish", figures_as_at))
        if is_done(stamp):
            return
        refuse_state(held, ReturnState.SUBMITTED)
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
        record_event(held, ReturnEvent.Kind.PUBLISHED, "", stamp, by, at)
        raise_edition(partnership)


def revise(
    *,
    partnership: Partnership,
    period: Period,
    edits: Mapping[int, FigureEdit],
    reason: str,
    token: UUID,
    by: Person,
    today: date,
    at: datetime,
) -> Saved:
    """Change published figures, with the reason. The old values stay in the history."""
    if not reason.strip():
        raise Refused("Say why the figure is revised.")
    if any(edit.entry.is_empty for edit in edits.values()):
        raise Refused("A published figure is not emptied. Enter a number, or choose why there is none.")
    with transaction.atomic():
        held = lock_for(partnership, period, by, today, Act.REVISE)
        stamp = stamp_of(token, held, by, ("revise", reason, sorted(edits.items())))
        if is_done(stamp):
            return saved_before(stamp)
        refuse_state(held, ReturnState.PUBLISHED)
        saved = write_figures(held, edits, ReturnEvent.Kind.REVISED, reason.strip(), stamp, by, at)
        if not saved.written and not saved.conflicts:
            raise Refused("Nothing differs from what is published.")
        raise_edition(partnership)
        return saved


def _lacking(held: PeriodReturn) -> bool:
    """Whether a category that is expected has no figure, and no reason that is final."""
    answered = held.actuals.exclude(missing=Actual.Missing.NOT_YET_AVAILABLE).values("category")
    lacking = CrimeCategory.objects.expected_of(held.partnership).exclude(pk__in=answered)
    successions = load_successions(held.partnership)
    return any(successions.is_counted(row.pk, held.financial_year) for row in lacking)
