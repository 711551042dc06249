"""All quarterly series that are held, in stretches counted in one way: what forecasts are tried on."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from performance.calculations.history import History
from performance.calculations.periods import FinancialYear, Quarter
from performance.models import Actual, AreaFigure, CrimeCategory, Partnership, RecordingChange, ReturnState

Key = tuple[int, int]
"""Whose series it is, a partnership or an area, and of which category."""
Row = tuple[int, int, FinancialYear, int | None, int | None]
"""The key, the year, the quarter and the count."""


def published_histories(partnerships: Iterable[Partnership]) -> list[History]:
    """The published quarters of every category of some partnerships.

    A category by itself, as it was entered: totals are not added up, and what it took the place of is a series of its
    own. Levels, which have no sum of a year, are left out. Three queries.
    """
    owners = [partnership.pk for partnership in partnerships]
    levels = {category.pk for category in CrimeCategory.objects.all() if category.is_level}
    rows = (
        Actual.objects.filter(
            period_return__partnership__in=owners,
            period_return__state=ReturnState.PUBLISHED,
            period_return__quarter__isnull=False,
            count__isnull=False,
        )
        .exclude(category__in=levels)
        .values_list(
            "period_return__partnership",
            "category",
            "period_return__financial_year",
            "period_return__quarter",
            "count",
        )
    )
    national: dict[int, set[Quarter]] = defaultdict(set)
    own: dict[Key, set[Quarter]] = defaultdict(set)
    for change in RecordingChange.objects.all():
        begins = Quarter(change.financial_year, change.quarter)
        if change.partnership_id is None:
            national[change.category_id].add(begins)
        else:
            own[change.partnership_id, change.category_id].add(begins)
    counts = _by_key(rows)
    return [
        history
        for (owner, category), by_quarter in counts.items()
        for history in History.all_of(by_quarter, national[category] | own[owner, category])
    ]


def area_histories(source: str) -> list[History]:
    """The quarters of every area and category from one official table, cut at the national changes. Two queries."""
    rows = AreaFigure.objects.filter(source=source).values_list(
        "area", "category", "financial_year", "quarter", "count"
    )
    changes: dict[int, set[Quarter]] = defaultdict(set)
    for change in RecordingChange.objects.filter(partnership__isnull=True):
        changes[change.category_id].add(Quarter(change.financial_year, change.quarter))
    return [
        history
        for (_, category), by_quarter in _by_key(rows).items()
        for history in History.all_of(by_quarter, changes[category])
    ]


def _by_key(rows: Iterable[Row]) -> dict[Key, dict[Quarter, int]]:
    counts: dict[Key, dict[Quarter, int]] = defaultdict(dict)
    for owner, category, year, quarter, count in rows:
        if quarter is None or count is None:
            continue
        counts[owner, category][Quarter(year, quarter)] = count
    return counts
