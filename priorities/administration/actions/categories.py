"""A category is no longer counted, or counted again."""

from __future__ import annotations

from django.db import transaction

from performance.access import Person
from performance.actions.recording import lock_partnership, record_change
from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, Partnership, Succession
from performance.refusals import Refused


@transaction.atomic
def retire(
    *, partnership: Partnership, category: CrimeCategory, first_year: FinancialYear, reason: str, by: Person
) -> None:
    """Stop counting a category in a partnership from a year on; what is held of it stays.

    Refused where something else is counted in its place: that is what can be retired.
    """
    lock_partnership(partnership)
    replaced = Succession.objects.filter(partnership=partnership, before=category, after__isnull=False).first()
    if replaced is not None:
        raise Refused(f"It is counted as {replaced.after} from {replaced.first_year}. End that instead.")
    held = Succession.objects.filter(partnership=partnership, before=category, after__isnull=True).first()
    row = held or Succession(partnership=partnership, before=category)
    row.first_year = first_year
    record_change(row, by, reason)


@transaction.atomic
def count_again(*, partnership: Partnership, category: CrimeCategory, by: Person) -> None:
    """Take back that a category is no longer counted."""
    lock_partnership(partnership)
    for row in Succession.objects.filter(partnership=partnership, before=category, after__isnull=True):
        row._history_user = by  # type: ignore[attr-defined]
        row.delete()
