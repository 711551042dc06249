"""Reports on actions: added, never changed, and each sent form once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from django.db import transaction

from performance.access import Person, standing_of
from performance.actions.returns import Refused
from performance.calculations.periods import Quarter
from priorities.models import Action, ActionUpdate


def report(
    *,
    action: Action,
    quarter: Quarter,
    status: str,
    words: str,
    evidence: str,
    by: Person,
    today: date,
    at: datetime,
    token: UUID,
) -> None:
    """Add what an agency reports on an action for a quarter. Refused without the right to it, and on what has ended.

    Locks the action's row. A token that was used before does nothing more.
    """
    with transaction.atomic():
        held = Action.objects.select_for_update(of=("self",)).select_related("plan__partnership").get(pk=action.pk)
        if not standing_of(held.plan.partnership, by, today).may_report(held.lead_id):
            raise Refused("Only the agency that leads an action, and officers, report on it.")
        if held.ended_on is not None:
            raise Refused("This action has ended, so nothing more is reported on it.")
        if ActionUpdate.objects.filter(token=token).exists():
            return
        ActionUpdate.objects.create(
            action=held,
            financial_year=quarter.year,
            quarter=quarter.number,
            status=status,
            words=words,
            evidence=evidence,
            by_id=by.pk,  # type: ignore[misc]
            at=at,
            token=token,
        )
