"""The rows of a plan, in a fixed number of queries."""

from __future__ import annotations

from performance.calculations.periods import FinancialYear
from performance.models import Partnership
from performance.queries import Change, changes_of
from priorities.models import Aim, Objective, Plan, Priority


def latest_plan(partnership: Partnership) -> Plan | None:
    """The plan that began last. One query."""
    return Plan.objects.filter(partnership=partnership).order_by("-first_year").first()


def aims_with_priorities(plan: Plan) -> tuple[Aim, ...]:
    """The aims in order, each with its priorities and their categories. Three queries."""
    return tuple(Aim.objects.filter(plan=plan).prefetch_related("priorities__categories"))


def objectives_of(plan: Plan) -> tuple[Objective, ...]:
    """One query."""
    return tuple(Objective.objects.filter(plan=plan))


def plan_years(partnership: Partnership) -> tuple[FinancialYear, ...]:
    """The years of every plan, in order. One query."""
    plans = Plan.objects.filter(partnership=partnership)
    starts = {year for plan in plans for year in range(plan.first_year.start, plan.last_year.start + 1)}
    return tuple(FinancialYear(start) for start in sorted(starts))


def plan_changes(partnership: Partnership) -> list[Change]:
    """Changes of the plan, its aims, objectives and priorities, each model in two or three queries."""
    found: list[Change] = []
    # Through their history, which stays when they are gone.
    plans = Plan.history.filter(partnership=partnership)
    aims = Aim.history.filter(plan_id__in=plans.values("id"))
    for model, place in (
        (Plan, {"partnership": partnership}),
        (Aim, {"plan_id__in": plans.values("id")}),
        (Objective, {"plan_id__in": plans.values("id")}),
    ):
        rows = model.history.filter(**place).select_related("history_user")
        found += changes_of(model, rows, model.__name__, lambda row: str(row.title))
    rows = Priority.history.filter(aim_id__in=aims.values("id")).select_related("history_user")
    found += changes_of(Priority, rows, "Priority", lambda row: str(row.title))
    return found
