from .areas import Area, AreaFigure, AreaPopulation, ComparisonGroup
from .categories import CrimeCategory, OffenceCode, RecordingChange, Succession
from .commentary import Commentary
from .editions import Edition
from .imports import ImportPreview, RememberedName
from .partnerships import PartnerAgency, Partnership
from .people import Invitation, Membership, Role
from .reminders import Reminder
from .returns import Actual, PeriodReturn, ReturnState
from .revisions import ReturnEvent, Revision
from .surveys import SurveyQuestion, SurveyWave
from .targets import Baseline, Target

__all__ = [
    "Actual",
    "Area",
    "AreaFigure",
    "AreaPopulation",
    "Baseline",
    "Commentary",
    "ComparisonGroup",
    "CrimeCategory",
    "Edition",
    "ImportPreview",
    "Invitation",
    "Membership",
    "OffenceCode",
    "PartnerAgency",
    "Partnership",
    "PeriodReturn",
    "RecordingChange",
    "RememberedName",
    "Reminder",
    "ReturnEvent",
    "ReturnState",
    "Revision",
    "Role",
    "Succession",
    "SurveyQuestion",
    "SurveyWave",
    "Target",
]
