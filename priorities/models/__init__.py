from .plans import Aim, Objective, Plan, Priority
from .strategies import StrategicPriority, Strategy
from .work import OVER, Action, ActionStatus, ActionUpdate, Milestone

__all__ = [
    "OVER",
    "Action",
    "ActionStatus",
    "ActionUpdate",
    "Aim",
    "Milestone",
    "Objective",
    "Plan",
    "Priority",
    "StrategicPriority",
    "Strategy",
]
