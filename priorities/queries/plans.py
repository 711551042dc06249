"""A plan, its aims, objectives and priorities, and the strategies that it serves."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db.models import Prefetch
from django.utils.timezone import localtime

from performance.calculations.periods import FinancialYear
from performance.models import Partnership, SurveyQuestion
from performance.queries import AuditEntry, changes_of
from performance.wording import name_of
from priorities.models import (
    Action,
    ActionUpdate,
    Aim,
    Milestone,
    Objective,
    Plan,
    Priority,
    StrategicPriority,
    Strategy,
)


def plans_of(partnership: Partnership) -> tuple[Plan, ...]:
    """Every plan of a partnership, the oldest first. One query."""
    return tuple(Plan.objects.filter(partnership=partnership).order_by("first_year"))


def latest_plan(plans: Sequence[Plan], today: date) -> Plan | None:
    """The plan that has begun last; before the first has begun that one."""
    begun = [plan for plan in plans if plan.first_year.begins <= today]
    return begun[-1] if begun else next(iter(plans), None)


def current_plan(partnership: Partnership, today: date) -> Plan | None:
    """One query."""
    return latest_plan(plans_of(partnership), today)


def aims_with_priorities(plan: Plan) -> tuple[Aim, ...]:
    """The aims in order, ended ones too, each with its priorities that go on.

    These have their categories, and the questions that are still asked with their waves. Five queries.
    """
    asked = SurveyQuestion.objects.filter(ended_on__isnull=True).prefetch_related("waves")
    going = Priority.objects.filter(ended_on__isnull=True)
    going = going.prefetch_related("categories", Prefetch("questions", queryset=asked))
    return tuple(Aim.objects.filter(plan=plan).prefetch_related(Prefetch("priorities", queryset=going)))


def named_in(plan: Plan) -> set[int]:
    """The numbers of the categories that a plan's priorities and actions name, as far as these go on. Two queries."""
    priorities = Priority.objects.filter(aim__plan=plan, ended_on__isnull=True, categories__isnull=False)
    actions = Action.objects.filter(plan=plan, ended_on__isnull=True, categories__isnull=False)
    return {*priorities.values_list("categories", flat=True), *actions.values_list("categories", flat=True)}


def strategies_with_aims(partnership: Partnership) -> tuple[Strategy, ...]:
    """The strategies that are served, each with its priorities and the aims that serve them. Three queries."""
    going = StrategicPriority.objects.filter(ended_on__isnull=True).prefetch_related("aims")
    rows = Strategy.objects.filter(partnership=partnership, ended_on__isnull=True)
    return tuple(rows.prefetch_related(Prefetch("priorities", queryset=going)))


def objectives_of(plan: Plan) -> tuple[Objective, ...]:
    """In order, ended ones too. One query."""
    return tuple(Objective.objects.filter(plan=plan))


def plan_years(partnership: Partnership) -> tuple[FinancialYear, ...]:
    """The years of every plan, in order. One query."""
    plans = Plan.objects.filter(partnership=partnership)
    starts = {year for plan in plans for year in range(plan.first_year.start, plan.last_year.start + 1)}
    return tuple(FinancialYear(start) for start in sorted(starts))


def plan_changes(partnership: Partnership) -> list[AuditEntry]:
    """Changes of the plan, its parts, its work and the strategies it serves, each model in two or three queries."""
    # Through their history, which stays when they are gone.
    plans = Plan.history.filter(partnership=partnership).values("id")
    aims = Aim.history.filter(plan_id__in=plans).values("id")
    actions = Action.history.filter(plan_id__in=plans).values("id")
    strategies = Strategy.history.filter(partnership=partnership).values("id")
    found: list[AuditEntry] = []
    for model, kind, place in (
        (Plan, "Plan", {"partnership": partnership}),
        (Aim, "Aim", {"plan_id__in": plans}),
        (Objective, "Objective", {"plan_id__in": plans}),
        (Priority, "Priority", {"aim_id__in": aims}),
        (Action, "Action", {"plan_id__in": plans}),
        (Milestone, "Milestone", {"action_id__in": actions}),
        (Strategy, "Strategy", {"partnership": partnership}),
        (StrategicPriority, "Strategic priority", {"strategy_id__in": strategies}),
    ):
        past: Any = model.history
        rows = past.filter(**place).select_related("history_user")
        found += changes_of(model, rows, kind, lambda row: str(row.title))
    return found + _reports(partnership)


def _reports(partnership: Partnership) -> list[AuditEntry]:
    """What was reported on actions. One query."""
    rows = ActionUpdate.objects.filter(action__plan__partnership=partnership).select_related("action", "by")
    return [
        AuditEntry(
            at=localtime(row.at),
            who=name_of(row.by),
            kind="Report",
            subject=f"{row.action.title}, {row.financial_year} Q{row.quarter}",
            was="",
            became=f"{row.get_status_display()}: {row.words}",
            why="",
        )
        for row in rows
    ]
