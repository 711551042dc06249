"""What stands beside the figures: offence codes, changes in recording, agencies."""

from __future__ import annotations

from django.db.models import F, Q

from performance.models import (
    CrimeCategory,
    OffenceCode,
    Partnership,
    RecordingChange,
    Succession,
)

# Said in full, because databases disagree on where an empty year stands.
_OLDEST_FIRST = (F("first_year").asc(nulls_first=True), F("last_year").asc(nulls_last=True), "pk")


def parts_of(partnership: Partnership, category: CrimeCategory) -> tuple[CrimeCategory, ...]:
    """The categories of which one is the sum. One query."""
    return tuple(CrimeCategory.objects.of(partnership).filter(parent=category))


def offence_codes(category: CrimeCategory) -> tuple[OffenceCode, ...]:
    """The codes that a category counts, those of old first. One query."""
    return tuple(OffenceCode.objects.filter(category=category).order_by(*_OLDEST_FIRST))


def recording_changes(partnership: Partnership, categories: list[CrimeCategory]) -> tuple[RecordingChange, ...]:
    """Changes that bear on a partnership, its own and national ones. One query."""
    here = Q(partnership=partnership) | Q(partnership__isnull=True)
    return tuple(RecordingChange.objects.filter(here, category__in=categories))


def successions_of(partnership: Partnership, category: CrimeCategory) -> tuple[Succession, ...]:
    """Whose place a category took, and what took its. One query."""
    rows = Succession.objects.filter(Q(before=category) | Q(after=category), partnership=partnership)
    return tuple(rows.select_related("before", "after"))
