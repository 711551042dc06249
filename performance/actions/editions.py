"""Raise the edition of what readers see. To be called in the transaction of each write that changes it.

Readers' pages are kept by their edition (`performance/public_pages.py`): a write that forgets to raise it leaves
readers with the page of before. tests/test_editions.py sends every form and runs every command to find one that does.
"""

from __future__ import annotations

import time

from django.db.models import F, Value
from django.db.models.functions import Greatest

from performance.models import Edition, Partnership


def raise_edition(partnership: Partnership) -> None:
    """What readers see of a partnership changes: its figures, targets, plan, work, surveys or agencies."""
    _raise(partnership)


def raise_shared_edition() -> None:
    """What readers see of every partnership changes: categories that all share, or whatever the owner changed."""
    _raise(None)


def _raise(partnership: Partnership | None) -> None:
    """The next number, locked until the transaction ends.

    At least the microseconds since 1970: a database that is restored from a copy, or a partnership that is made anew
    under an old address, does not come by a number under which somebody still keeps a page.
    """
    moment = time.time_ns() // 1_000
    rows = Edition.objects.filter(partnership=partnership)
    next_number = Greatest(F("number") + 1, Value(moment))
    if rows.update(number=next_number):
        return
    _, is_new = Edition.objects.get_or_create(partnership=partnership, defaults={"number": moment})
    if not is_new:
        rows.update(number=next_number)
