"""Rows -> values, in a fixed number of queries whatever the number of categories, periods or partnerships.

The one bridge between the models and everything that reasons, draws or writes: charts and sentences get the values made
here and never see a row; pages ask here and never query themselves.
"""

from .figures import Category, PeriodFigures, Point, Row, period_figures
from .reference import agencies_with_supplies, offence_codes, parts_of, recording_changes
from .returns import Return, latest_published, returns_held

__all__ = [
    "Category",
    "PeriodFigures",
    "Point",
    "Return",
    "Row",
    "agencies_with_supplies",
    "latest_published",
    "offence_codes",
    "parts_of",
    "period_figures",
    "recording_changes",
    "returns_held",
]
