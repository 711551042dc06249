from .categories import CrimeCategory, OffenceCode, RecordingChange
from .partnerships import Membership, PartnerAgency, Partnership, Role
from .reminders import Reminder
from .returns import Actual, PeriodReturn, ReturnState
from .revisions import ReturnEvent, Revision
from .targets import Baseline, Target

__all__ = [
    "Actual",
    "Baseline",
    "CrimeCategory",
    "Membership",
    "OffenceCode",
    "PartnerAgency",
    "Partnership",
    "PeriodReturn",
    "RecordingChange",
    "Reminder",
    "ReturnEvent",
    "ReturnState",
    "Revision",
    "Role",
    "Target",
]
