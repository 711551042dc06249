"""Rows -> values, in a fixed number of queries whatever the number of categories, periods or partnerships.

The one bridge between the models and everything that reasons, draws or writes: charts and sentences get the values made
here and never see a row; pages ask here and never query themselves.
"""

from .agencies import agencies_with_supplies, agency_with_supplies
from .categories import offence_codes, parts_of, recording_changes, successions_of
from .category_tree import Category, load_successions, load_tree
from .entry import EntryRow, EntrySheet, entry_sheet
from .figures import Entered, FigureTable
from .history import AuditEntry, changes_of, figure_changes, return_changes, setting_changes, target_changes
from .members import Member, members_of, officers_of, people_of
from .period_figures import category_row, period_figures
from .quarters import QuarterLine, quarter_lines
from .returns import Return, latest_published, returns_held
from .rows import PeriodFigures, Point, Row
from .surveys import survey_questions
from .target_table import TargetTable
from .targets_ahead import targets_ahead

__all__ = [
    "AuditEntry",
    "Category",
    "Entered",
    "EntryRow",
    "EntrySheet",
    "FigureTable",
    "Member",
    "PeriodFigures",
    "Point",
    "QuarterLine",
    "Return",
    "Row",
    "TargetTable",
    "agencies_with_supplies",
    "agency_with_supplies",
    "category_row",
    "changes_of",
    "entry_sheet",
    "figure_changes",
    "latest_published",
    "load_successions",
    "load_tree",
    "members_of",
    "offence_codes",
    "officers_of",
    "parts_of",
    "people_of",
    "period_figures",
    "quarter_lines",
    "recording_changes",
    "return_changes",
    "returns_held",
    "setting_changes",
    "successions_of",
    "survey_questions",
    "target_changes",
    "targets_ahead",
]
