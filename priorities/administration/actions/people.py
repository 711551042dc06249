"""What a leaver held goes over to somebody else: the actions that the person answers for, and contacts."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import transaction

from performance.access import Person
from performance.actions.recording import record_change
from performance.models import Membership
from performance.people.actions import end_membership, hand_over_contact
from performance.wording import name_of
from priorities.models import Action


@transaction.atomic
def end_and_hand_over(*, membership: Membership, successor: Any | None, reason: str, by: Person, today: date) -> int:
    """End a person's membership and hand over what the person held in the partnership; how many actions it were.

    Who still acts for another agency there, and names nobody, goes on answering for them.
    """
    end_membership(membership=membership, reason=reason, by=by, today=today)
    hand_over_contact(agency=membership.agency, leaver=membership.user, successor=successor, by=by)
    partnership = membership.agency.partnership_id
    stays = Membership.objects.going_on(today).filter(user=membership.user_id, agency__partnership=partnership)
    if successor is None and stays.exists():
        return 0
    held = Action.objects.live().filter(plan__partnership=partnership, responsible=membership.user_id)
    for action in held:
        action.responsible = successor
        record_change(action, by, f"{name_of(membership.user)} has left")
    return len(held)
