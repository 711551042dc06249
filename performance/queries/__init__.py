"""Rows -> values, in a fixed number of queries whatever the number of categories, periods or partnerships.

The one bridge between the models and everything that reasons, draws or writes: charts and sentences get the values made
here and never see a row; pages ask here and never query themselves.
"""

from .entry import EntryRow, EntrySheet, entry_sheet
from .figures import period_figures
from .history import Change, changes_of, figure_changes, return_changes, setting_changes
from .people import Member, members_of, officers_of, people_of, reminders_of
from .progress import Progress, Supply, due_on, returns_progress
from .promised import promised_in
from .quarters import QuarterLine, quarter_lines
from .reference import (
    agencies_with_supplies,
    agency_with_supplies,
    offence_codes,
    parts_of,
    recording_changes,
    successions_of,
    survey_questions,
)
from .returns import Return, latest_published, returns_held
from .rows import Category, PeriodFigures, Point, Row
from .tree import Successions

__all__ = [
    "Category",
    "Change",
    "EntryRow",
    "EntrySheet",
    "Member",
    "PeriodFigures",
    "Point",
    "Progress",
    "QuarterLine",
    "Return",
    "Row",
    "Successions",
    "Supply",
    "agencies_with_supplies",
    "agency_with_supplies",
    "changes_of",
    "due_on",
    "entry_sheet",
    "figure_changes",
    "latest_published",
    "members_of",
    "offence_codes",
    "officers_of",
    "parts_of",
    "people_of",
    "period_figures",
    "promised_in",
    "quarter_lines",
    "recording_changes",
    "reminders_of",
    "return_changes",
    "returns_held",
    "returns_progress",
    "setting_changes",
    "successions_of",
    "survey_questions",
]
