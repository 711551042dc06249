"""Order, ends and successions of what a partnership manages. Nothing that has figures or history is deleted."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils.text import slugify

from performance.access import Person
from performance.actions.recording import lock_partnership, note_change, record_change
from performance.calculations.periods import FinancialYear, day
from performance.models import CrimeCategory, Membership, PartnerAgency, Partnership, Succession
from performance.people.actions import administrator_stays, higher
from performance.refusals import Refused
from priorities.models import Action
from priorities.queries import latest_plan, plans_of


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


@transaction.atomic
def retire(
    *, partnership: Partnership, category: CrimeCategory, first_year: FinancialYear, reason: str, by: Person
) -> None:
    """Stop counting a category in a partnership from a year on; what is held of it stays.

    Refused where something else is counted in its place: that is what can be retired.
    """
    lock_partnership(partnership)
    replaced = Succession.objects.filter(partnership=partnership, before=category, after__isnull=False).first()
    if replaced is not None:
        raise Refused(f"It is counted as {replaced.after} from {replaced.first_year}. End that instead.")
    held = Succession.objects.filter(partnership=partnership, before=category, after__isnull=True).first()
    row = held or Succession(partnership=partnership, before=category)
    row.first_year = first_year
    record_change(row, by, reason)


@transaction.atomic
def count_again(*, partnership: Partnership, category: CrimeCategory, by: Person) -> None:
    """Take back that a category is no longer counted."""
    lock_partnership(partnership)
    for row in Succession.objects.filter(partnership=partnership, before=category, after__isnull=True):
        row._history_user = by  # type: ignore[attr-defined]
        row.delete()


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


def free_slug(model: type[Model], title: str) -> str:
    """An address made of a title that no row of a model has yet."""
    longest = 46  # of 50, with room for a number
    stem = slugify(title)[:longest].strip("-") or "item"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)
