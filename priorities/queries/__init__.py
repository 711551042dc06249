"""The rows of a plan, in a fixed number of queries."""

from .plans import (
    aims_with_priorities,
    current_plan,
    latest_plan,
    named_in,
    objectives_of,
    plan_changes,
    plan_years,
    plans_of,
    strategies_with_aims,
)
from .work import Work, WorkState, actions_on, answering_for, milestones_of, updates_of, work_by, work_of, work_on

__all__ = [
    "Work",
    "WorkState",
    "actions_on",
    "aims_with_priorities",
    "answering_for",
    "current_plan",
    "latest_plan",
    "milestones_of",
    "named_in",
    "objectives_of",
    "plan_changes",
    "plan_years",
    "plans_of",
    "strategies_with_aims",
    "updates_of",
    "work_by",
    "work_of",
    "work_on",
]
