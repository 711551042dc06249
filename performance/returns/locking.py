"""The lock of a return, and what is read and refused under it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from performance.access import Act, Person, Standing, standing_of
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.models import (
    Partnership,
    PeriodReturn,
    ReturnEvent,
    ReturnState,
)
from performance.refusals import Refused
from performance.wording import name_of


def lock_return(partnership: Partnership, period: Period, *, begins: bool = False) -> PeriodReturn:
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
        raise Refused(f"There is no return for {name_of_period(period)}.")
    return held


def lock_for(partnership: Partnership, period: Period, by: Person, today: date, act: Act) -> PeriodReturn:
    """The return, locked, for somebody who may do this with it in some state."""
    held = lock_return(partnership, period)
    standing = standing_of(partnership, by, today)
    if not any(standing.may(act, state) for state in ReturnState):
        raise Refused(f"You may not {act.value}.")
    return held


def stamp_of(
    token: UUID, held: PeriodReturn, by: Person, content: object, after: ReturnEvent.Kind = ReturnEvent.Kind.SUBMITTED
) -> UUID:
    """What a form that is sent twice is known by: its token with who sent it, for what, and what it said.

    A page that was gone back to sends its old token with something else to say, and that is done. How often the
    step before it was taken belongs to it: to hand in what came back is another act than to hand it in first.
    """
    rounds = ReturnEvent.objects.filter(period_return=held, kind=after).count()
    return uuid5(token, repr((held.pk, by.pk, rounds, content)))


def is_done(stamp: UUID) -> bool:
    return ReturnEvent.objects.filter(token=stamp).exists()


def refuse_strangers(standing: Standing, state: ReturnState, act: Act) -> None:
    if not standing.may(act, state):
        raise Refused(f"You may not {act.value}.")


def refuse_state(held: PeriodReturn, state: ReturnState) -> None:
    if held.state == state:
        return
    since = f" by {name_of(held.submitted_by)}" if held.state == ReturnState.SUBMITTED and held.submitted_by else ""
    now = {
        ReturnState.DRAFT: "is a draft",
        ReturnState.SUBMITTED: f"has been handed in{since}",
        ReturnState.PUBLISHED: "has been published",
    }
    raise Refused(f"The return for {name_of_period(held.period)} {now[ReturnState(held.state)]}. Nothing was changed.")


def record_event(
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


def name_of_period(period: Period) -> str:
    return str(period) if isinstance(period, FinancialYear) else period.dates
