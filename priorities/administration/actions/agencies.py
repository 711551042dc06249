"""An agency leaves, perhaps because another body takes its place."""

from __future__ import annotations

from datetime import date, timedelta

from django.db import transaction
from django.db.models import Q

from performance.access import Person
from performance.actions.recording import lock_partnership, note_change, record_change
from performance.calculations.periods import day
from performance.models import Membership, PartnerAgency
from performance.people.actions import administrator_stays, higher
from performance.refusals import Refused
from priorities.administration.actions.slugs import free_slug
from priorities.models import Action
from priorities.queries import latest_plan, plans_of


@transaction.atomic
def leave(
    *,
    agency: PartnerAgency,
    on: date,
    successor: PartnerAgency | None,
    new_name: str,
    hands_over: bool,
    reason: str,
    by: Person,
    today: date,
) -> PartnerAgency | None:
    """End an agency's membership; the body that takes its place, made if it is new.

    What is past keeps the old name, and so does the work of plans that are over by then. What it supplies, leads and
    supports besides goes over with `hands_over`, and so do its people, from the day after.
    Refused before the day on which it joined, where it has left already, and where no administrator would be left
    from the day after, or today.
    """
    lock_partnership(agency.partnership)
    agency.refresh_from_db()
    if agency.left_on is not None:
        raise Refused(f"{agency.name} has left already, on {day(agency.left_on)}.")
    if agency.joined_on is not None and on < agency.joined_on:
        raise Refused(f"{agency.name} joined on {day(agency.joined_on)}, so it cannot leave on {day(on)}.")
    with administrator_stays(agency.partnership, max(on + timedelta(days=1), today)):
        if new_name:
            successor = PartnerAgency(
                partnership=agency.partnership,
                name=new_name,
                slug=free_slug(PartnerAgency, new_name),
                responsibility=agency.responsibility,
                joined_on=on + timedelta(days=1),
                position=agency.position,
            )
            record_change(successor, by, f"Takes the place of {agency.name}. {reason}")
        agency.left_on, agency.succeeded_by = on, successor
        record_change(agency, by, reason)
        if successor is not None and hands_over:
            _hand_over(agency, successor, on, by)
    return successor


def _hand_over(old: PartnerAgency, new: PartnerAgency, on: date, by: Person) -> None:
    why = f"{new.name} takes the place of {old.name}"
    note_change(new, by, why)
    new.supplies.add(*old.supplies.all())
    plan = latest_plan(plans_of(old.partnership), on + timedelta(days=1))
    at_work = Action.objects.live().filter(plan__partnership=old.partnership)
    if plan is not None:
        at_work = at_work.filter(plan__first_year__gte=plan.first_year)
    for action in at_work.filter(Q(lead=old) | Q(supporting=old)).distinct():
        action.lead = new if action.lead_id == old.pk else action.lead
        record_change(action, by, why)
        if action.supporting.filter(pk=old.pk).exists():
            action.supporting.remove(old)
            action.supporting.add(*({new} - {action.lead}))
    for membership in Membership.objects.filter(agency=old, ended_on__isnull=True):
        begins = on + timedelta(days=1)
        there = Membership.objects.filter(agency=new, user=membership.user_id).first()
        moved = there or Membership(agency=new, user_id=membership.user_id, role=membership.role)
        # A role of long ago does not come back; one that is held is not lowered.
        moved.role = membership.role if moved.has_ended(begins) else higher(moved.role, membership.role)
        moved.ended_on, moved.closed_account = None, False
        record_change(moved, by, why)
        membership.ended_on = begins
        record_change(membership, by, why)
