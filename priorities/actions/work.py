"""Reports on actions: added, never changed, and each sent form once."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID, uuid5

from django.db import transaction

from performance.access import Person, Standing, standing_of
from performance.actions.editions import raise_edition
from performance.calculations.periods import Quarter
from performance.refusals import Refused
from priorities.models import Action, ActionUpdate


def held_for_report(*, action: Action, by: Person, today: date) -> tuple[Action, Standing]:
    """The action, its row locked until the transaction ends, with the person's standing.

    Refused without the right to report on it, and once it has ended.
    """
    held = Action.objects.select_for_update(of=("self",)).select_related("plan__partnership").get(pk=action.pk)
    standing = standing_of(held.plan.partnership, by, today)
    if not standing.may_report(held.lead_id):
        raise Refused("Only the agency that leads an action, and officers, report on it.")
    if held.ended_on is not None:
        raise Refused("This action has ended, so nothing more is reported on it.")
    raise_edition(held.plan.partnership)
    return held, standing


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

    Locks the action's row. The same report sent twice is kept once; another under the same token is kept as well.
    """
    with transaction.atomic():
        held, standing = held_for_report(action=action, by=by, today=today)
        stamp = uuid5(token, repr((held.pk, quarter.slug, status, words, evidence)))
        if ActionUpdate.objects.filter(token=stamp).exists():
            return
        ActionUpdate.objects.create(
            action=held,
            financial_year=quarter.year,
            quarter=quarter.number,
            status=status,
            words=words,
            evidence=evidence,
            agency_id=held.lead_id if held.lead_id in standing.agencies else next(iter(standing.agencies), None),
            by_id=by.pk,  # type: ignore[misc]
            at=at,
            token=stamp,
        )
