"""What a sheet may speak of in one partnership: its categories with their codes, and names that were said before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from django.db.models import Q

from performance.calculations.periods import FinancialYear
from performance.models import Area, CrimeCategory, OffenceCode, Partnership, RememberedName

from .names import Catalogue, Known


def catalogue_of(partnership: Partnership, asked: Iterable[int], year: FinancialYear | None) -> Catalogue:
    """All categories of a partnership with the codes that each counts in a year, or ever; `asked` in their order.

    Four queries.
    """
    rows = list(CrimeCategory.objects.of(partnership))
    codes, titles = _codes(year)
    parts: dict[int | None, list[int]] = defaultdict(list)
    for row in rows:
        parts[row.parent_id].append(row.pk)
    known = tuple(
        Known(
            row.pk,
            row.name,
            (row.full_name,) if row.full_name else (),
            tuple(codes[row.pk]),
            tuple(titles[row.pk]),
            tuple(_leaves(row.pk, parts)) if parts[row.pk] else (),
        )
        for row in rows
    )
    areas = Area.objects.exclude(code=partnership.home_office_code).values_list("name", flat=True)
    remembered = RememberedName.objects.filter(partnership=partnership).values_list("name", "category")
    own = (partnership.name, partnership.home_office_name)
    return Catalogue(known, tuple(asked), own, tuple(areas), dict(remembered))


def _codes(year: FinancialYear | None) -> tuple[dict[int, list[str]], dict[int, list[str]]]:
    """The codes of each category, and what they are called."""
    rows = OffenceCode.objects.order_by("category", "code")
    if year is not None:
        begun = Q(first_year__isnull=True) | Q(first_year__lte=year)
        rows = rows.filter(begun, Q(last_year__isnull=True) | Q(last_year__gte=year))
    codes: dict[int, list[str]] = defaultdict(list)
    titles: dict[int, list[str]] = defaultdict(list)
    for category, code, title in rows.values_list("category", "code", "title"):
        codes[category].append(code)
        if title:
            titles[category].append(title)
    return codes, titles


def _leaves(category: int, parts: dict[int | None, list[int]]) -> list[int]:
    below = parts.get(category, [])
    return [leaf for part in below for leaf in _leaves(part, parts)] if below else [category]
