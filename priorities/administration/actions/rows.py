"""Order and ends of what a partnership manages. Nothing that has figures or history is deleted."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import QuerySet

from performance.access import Person
from performance.actions.recording import lock_partnership, record_change
from performance.models import Partnership
from performance.refusals import Refused


@transaction.atomic
def move(*, partnership: Partnership, siblings: QuerySet[Any], pk: int, up: bool, by: Person) -> bool:
    """Move a row one place among its siblings, which come in order; False where it is at the end already."""
    lock_partnership(partnership)
    rows = list(siblings.all())
    order = [row.pk for row in rows]
    if pk not in order:
        return False
    here = order.index(pk)
    there = here - 1 if up else here + 1
    if not 0 <= there < len(order):
        return False
    order[here], order[there] = order[there], order[here]
    by_pk = {row.pk: row for row in rows}
    for position, each in enumerate(order, 1):
        if by_pk[each].position != position:
            by_pk[each].position = position
            record_change(by_pk[each], by, "Moved", only=["position"])
    return True


@transaction.atomic
def end(*, partnership: Partnership, row: Any, on: date | None, reason: str, by: Person) -> None:
    """End a row on a day, or with None take its end back. Refused while live actions stand in it."""
    lock_partnership(partnership)
    row.refresh_from_db()
    actions = getattr(row, "actions", None)
    at_work = actions.live().count() if on is not None and actions is not None else 0
    if at_work:
        them = "It has a live action" if at_work == 1 else f"It has {at_work} live actions"
        raise Refused(f"{them}. Move or end what is still at work, so that no action is lost from the plan.")
    row.ended_on = on
    record_change(row, by, reason, only=["ended_on"])
