from .plans import Aim, Objective, Plan, Priority

__all__ = ["Aim", "Objective", "Plan", "Priority"]
