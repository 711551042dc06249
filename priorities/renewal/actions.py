"""A new plan from the one that ends: what is kept, what takes whose place, from which baselines to which targets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from django.db import transaction

from performance.access import Person, standing_of
from performance.actions.recording import lock_partnership, note_change, record_change
from performance.models import (
    Baseline,
    CrimeCategory,
    OffenceCode,
    PartnerAgency,
    Partnership,
    Succession,
    Target,
)
from performance.refusals import Refused
from priorities.administration.actions.agencies import leave
from priorities.administration.actions.slugs import free_slug
from priorities.models import Action, Aim, Milestone, Objective, Plan, Priority, StrategicPriority
from priorities.renewal.category_changes import BaselineAndTarget, CategoryChange, CategoryPlan, Renewal


@transaction.atomic
def renew(*, plan: Plan, renewal: Renewal, by: Person, today: date) -> Plan:
    """Make the new plan. The old one, its figures and its work stay as they are. Refused where the years overlap,
    or where another plan was made from it meanwhile.
    """
    partnership = plan.partnership
    lock_partnership(partnership)
    if not standing_of(partnership, by, today).may_manage:
        raise Refused("Only administrators make a new plan.")
    overlapping = Plan.objects.filter(
        partnership=partnership, first_year__lte=renewal.last_year, last_year__gte=renewal.first_year
    ).first()
    if overlapping is not None:
        raise Refused(f"{overlapping.title} runs in some of these years already.")
    newest = Plan.objects.filter(partnership=partnership).latest("last_year")
    if newest.pk != plan.pk:
        raise Refused(f"{newest.title} was made meanwhile. Load the page again, and begin from that plan.")
    new = Plan(partnership=partnership, title=renewal.title, first_year=renewal.first_year, last_year=renewal.last_year)
    record_change(new, by, f"Renewed from {plan.title}")
    successors = _agencies(partnership, new, renewal, by, today)
    after = _categories(partnership, renewal, by)
    aims, objectives = _parts(plan, new, after, by)
    _strategies(partnership, aims, by)
    if renewal.carries_actions:
        _actions(plan, _Parts(new, aims, objectives, after, successors), by)
    return new


def _agencies(
    partnership: Partnership, new: Plan, renewal: Renewal, by: Person, today: date
) -> dict[int, PartnerAgency]:
    """The bodies that take the places of agencies, by agency. They come first: what is new goes to them at once."""
    there = PartnerAgency.objects.filter(partnership=partnership, left_on__isnull=True)
    by_name = {row.name.casefold(): row for row in there}
    successors: dict[int, PartnerAgency] = {}
    for agency in [row for row in there if row.pk in renewal.agencies]:
        name = renewal.agencies[agency.pk]
        known = by_name.get(name.casefold())
        successor = leave(
            agency=agency,
            on=renewal.first_year.begins - timedelta(days=1),
            successor=known,
            new_name="" if known else name,
            hands_over=True,
            reason=f"With {new.title}",
            by=by,
            today=today,
        )
        if successor is not None:
            successors[agency.pk] = by_name[name.casefold()] = successor
    return successors


def _categories(partnership: Partnership, renewal: Renewal, by: Person) -> dict[int, list[CrimeCategory]]:
    """What each category of before is now, with successions, baselines and targets."""
    before = CrimeCategory.objects.of(partnership).in_bulk([each.category for each in renewal.categories])
    merged: dict[str, CrimeCategory] = {}
    counts: dict[int, list[CategoryPlan]] = {}
    after: dict[int, list[CrimeCategory]] = {}
    for each in renewal.categories:
        old = before[each.category]
        if each.change is CategoryChange.KEEP:
            after[old.pk] = [old]
        elif each.change is CategoryChange.RETIRE:
            after[old.pk] = []
            _succeed(partnership, old, None, renewal, by)
        else:
            after[old.pk] = [
                merged.get(name.casefold())
                or merged.setdefault(
                    name.casefold(),
                    _take_place(partnership, old, name, by, is_renamed=each.change is CategoryChange.RENAME),
                )
                for name in each.names
            ]
            for new in after[old.pk]:
                _succeed(partnership, old, new, renewal, by)
        if len(after[old.pk]) == 1:
            counts.setdefault(after[old.pk][0].pk, []).append(each)
    for pk, category_plans in counts.items():
        _aim(partnership, pk, category_plans, renewal, by)
    return after


def _take_place(
    partnership: Partnership, old: CrimeCategory, name: str, by: Person, *, is_renamed: bool
) -> CrimeCategory:
    """A category of this partnership's own, standing where the old one stood and meaning what it is said to mean."""
    new = CrimeCategory(
        partnership=partnership,
        name=name,
        slug=free_slug(CrimeCategory, name),
        parent=old.parent,
        kind=old.kind,
        counted_as=old.counted_as,
        position=old.position,
        definition=old.definition if is_renamed else "",
        is_plural=old.is_plural if is_renamed else False,
    )
    record_change(new, by, f"Takes the place of {old.name}")
    if is_renamed:
        for code in OffenceCode.objects.filter(category=old):
            code.pk, code.category = None, new
            code.save()
    for agency in PartnerAgency.objects.filter(partnership=partnership, supplies=old, left_on__isnull=True):
        note_change(agency, by, f"Takes the place of {old.name}")
        agency.supplies.add(new)
    return new


def _succeed(
    partnership: Partnership, old: CrimeCategory, new: CrimeCategory | None, renewal: Renewal, by: Person
) -> None:
    row = Succession(partnership=partnership, first_year=renewal.first_year, before=old, after=new)
    record_change(row, by, f"With {renewal.title}")


def _aim(
    partnership: Partnership, category: int, category_plans: Sequence[CategoryPlan], renewal: Renewal, by: Person
) -> None:
    """The baseline and the target of a category. What was set for these years before takes the new values."""
    outcome = BaselineAndTarget.of(category_plans)
    if outcome.baseline is None:
        return
    of_it = {"partnership": partnership, "category_id": category}
    baseline = Baseline.objects.filter(**of_it, in_use_from=renewal.first_year).first()
    baseline = baseline or Baseline(**of_it, in_use_from=renewal.first_year)
    baseline.financial_year, baseline.count = renewal.baseline_year, outcome.baseline
    baseline.source = f"Actual of {renewal.baseline_year}" if outcome.is_actual else f"Set with {renewal.title}"
    record_change(baseline, by, f"With {renewal.title}")
    if outcome.target is not None:
        target = Target.objects.filter(**of_it, financial_year=renewal.last_year).first()
        target = target or Target(**of_it, financial_year=renewal.last_year)
        target.count, target.baseline = outcome.target, baseline
        target.basis = outcome.basis
        record_change(target, by, f"With {renewal.title}")


def _parts(
    plan: Plan, new: Plan, after: Mapping[int, list[CrimeCategory]], by: Person
) -> tuple[dict[int, Aim], dict[int, Objective]]:
    """Aims with their priorities, and objectives, as they stand; by the number of the one that each is made from."""
    aims: dict[int, Aim] = {}
    objectives: dict[int, Objective] = {}
    for aim in Aim.objects.filter(plan=plan, ended_on__isnull=True).order_by("position"):
        made = Aim(plan=new, title=aim.title, slug=aim.slug, summary=aim.summary, position=aim.position)
        record_change(made, by, f"From {plan.title}")
        aims[aim.pk] = made
        for priority in Priority.objects.filter(aim=aim, ended_on__isnull=True).prefetch_related(
            "categories", "questions"
        ):
            now = [each for row in priority.categories.all() for each in after.get(row.pk, [row])]
            asked = priority.questions.all()
            if now or asked:
                copy = Priority(
                    aim=made, title=priority.title, emphasis=priority.emphasis, note=priority.note,
                    position=priority.position,
                )  # fmt: skip
                record_change(copy, by, f"From {plan.title}")
                copy.categories.set(now)
                copy.questions.set(asked)
    for objective in Objective.objects.filter(plan=plan, ended_on__isnull=True).order_by("position"):
        objectives[objective.pk] = Objective(
            plan=new, title=objective.title, slug=objective.slug, summary=objective.summary,
            position=objective.position,
        )  # fmt: skip
        record_change(objectives[objective.pk], by, f"From {plan.title}")
    return aims, objectives


def _strategies(partnership: Partnership, aims: Mapping[int, Aim], by: Person) -> None:
    """What an aim served its successor serves."""
    rows = StrategicPriority.objects.filter(strategy__partnership=partnership, ended_on__isnull=True)
    for row in rows.prefetch_related("aims"):
        note_change(row, by, "Served by the new plan as well")
        row.aims.add(*(aims[aim.pk] for aim in row.aims.all() if aim.pk in aims))


@dataclass(frozen=True, slots=True)
class _Parts:
    """What stands in the new plan for what stood in the old, by the number of the old."""

    plan: Plan
    aims: Mapping[int, Aim]
    objectives: Mapping[int, Objective]
    categories: Mapping[int, list[CrimeCategory]]
    agencies: Mapping[int, PartnerAgency]

    def agency(self, old: PartnerAgency) -> PartnerAgency:
        return self.agencies.get(old.pk, old)

    def due(self, day: date | None) -> date | None:
        """A day by which something is due, unless it is over when the plan begins: then it is to be set anew."""
        return day if day is not None and day >= self.plan.first_year.begins else None


def _actions(plan: Plan, now: _Parts, by: Person) -> None:
    """The live actions go on in the new plan, with their open milestones; their reports stay with the old."""
    for action in Action.objects.filter(plan=plan).live().prefetch_related("supporting", "categories"):
        is_placed = action.aim_id in now.aims and action.objective_id in now.objectives
        copy = Action(
            plan=now.plan, carried_from=action, title=action.title, summary=action.summary,
            lead=now.agency(action.lead) if action.lead else None, responsible=action.responsible,
            aim=now.aims[action.aim_id] if is_placed else None,
            objective=now.objectives[action.objective_id] if is_placed else None,
            place_kind=action.place_kind, place=action.place, starts_on=action.starts_on,
            due_on=now.due(action.due_on), budget=action.budget, budget_source=action.budget_source,
            position=action.position,
        )  # fmt: skip
        record_change(copy, by, f"From {plan.title}")
        copy.supporting.set({now.agency(each) for each in action.supporting.all()} - {copy.lead})
        copy.categories.set([each for row in action.categories.all() for each in now.categories.get(row.pk, [row])])
        for milestone in action.milestones.filter(done_on__isnull=True):
            record_change(
                Milestone(action=copy, title=milestone.title, due_on=now.due(milestone.due_on)), by, "Goes on"
            )
