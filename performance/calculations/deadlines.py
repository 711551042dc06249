"""Whom a late return concerns, day by day: first who supplies its figures, then the officer, then the administrator."""

from __future__ import annotations

from datetime import date
from enum import Enum

SOON_BEFORE, OVERDUE_AFTER, ESCALATED_AFTER = 7, 7, 14
"""Days before and after the day on which a return is due."""


class Party(Enum):
    """Who is reminded."""

    SUPPLIER = "supplier"
    OFFICER = "officer"
    ADMINISTRATOR = "administrator"


class Lateness(Enum):
    """How near or how far past its day a return is. The value is what is stored."""

    SOON = "soon"
    DUE = "due"
    OVERDUE = "overdue"
    ESCALATED = "escalated"


def lateness(due: date, today: date, party: Party) -> Lateness | None:
    """The stage at which somebody is reminded of a return that is not in; None where it is too early for that.

    Suppliers: soon (from 7 days before), due (from the day), overdue (from 7 days after). Officers: due, overdue.
    Administrators: escalated (from 14 days after). Each stage lasts until the next, so that a day without a run is
    made up for by the next. Source: ours.
    """
    late = (today - due).days
    if party is Party.ADMINISTRATOR:
        return Lateness.ESCALATED if late >= ESCALATED_AFTER else None
    if late >= OVERDUE_AFTER:
        return Lateness.OVERDUE
    if late >= 0:
        return Lateness.DUE
    return Lateness.SOON if party is Party.SUPPLIER and late >= -SOON_BEFORE else None
