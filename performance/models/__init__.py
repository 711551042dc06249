from .categories import CrimeCategory, OffenceCode, RecordingChange
from .partnerships import Membership, PartnerAgency, Partnership, Role
from .returns import Actual, PeriodReturn, ReturnState
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
    "ReturnState",
    "Role",
    "Target",
]
