"""Who is reminded on which day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from performance.calculations.deadlines import Lateness, Party, lateness

DUE = date(2008, 7, 31)
DAYS: list[tuple[int, Lateness | None, Lateness | None, Lateness | None]] = [
    (-8, None, None, None),
    (-7, Lateness.SOON, None, None),
    (-1, Lateness.SOON, None, None),
    (0, Lateness.DUE, Lateness.DUE, None),
    (6, Lateness.DUE, Lateness.DUE, None),
    (7, Lateness.OVERDUE, Lateness.OVERDUE, None),
    (13, Lateness.OVERDUE, Lateness.OVERDUE, None),
    (14, Lateness.OVERDUE, Lateness.OVERDUE, Lateness.ESCALATED),
    (5000, Lateness.OVERDUE, Lateness.OVERDUE, Lateness.ESCALATED),
]


@pytest.mark.parametrize(("days", "supplier", "officer", "administrator"), DAYS)
def test_each_party_day_by_day(
    days: int, supplier: Lateness | None, officer: Lateness | None, administrator: Lateness | None
) -> None:
    today = DUE + timedelta(days=days)
    assert lateness(DUE, today, Party.SUPPLIER) is supplier
    assert lateness(DUE, today, Party.OFFICER) is officer
    assert lateness(DUE, today, Party.ADMINISTRATOR) is administrator
