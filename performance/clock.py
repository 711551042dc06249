"""What time it is: read by views, commands and middleware, which pass it down to all else."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone


def today() -> date:
    """The day in St Albans: the financial year turns at midnight there, not in Greenwich."""
    return timezone.localdate()


def now() -> datetime:
    """The moment, for what is kept with the time at which it was done."""
    return timezone.now()  # noqa: TID251 (a moment, not a day)
