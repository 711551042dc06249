"""The rows of a plan, in a fixed number of queries."""

from __future__ import annotations

from performance.models import Partnership
from priorities.models import Aim, Objective, Plan


def latest_plan(partnership: Partnership) -> Plan | None:
    """The plan that began last. One query."""
    return Plan.objects.filter(partnership=partnership).order_by("-first_year").first()


def aims_with_priorities(plan: Plan) -> tuple[Aim, ...]:
    """The aims in order, each with its priorities and their categories. Three queries."""
    return tuple(Aim.objects.filter(plan=plan).prefetch_related("priorities__categories"))


def objectives_of(plan: Plan) -> tuple[Objective, ...]:
    """One query."""
    return tuple(Objective.objects.filter(plan=plan))
