"""The areas that a partnership is compared with, and their counts and populations: in a fixed number of queries."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from performance.calculations.comparisons import AreaCount
from performance.calculations.periods import Quarter
from performance.models import Area, AreaFigure, AreaPopulation, ComparisonGroup, Partnership


@dataclass(frozen=True, slots=True)
class Group:
    """The areas compared with from a day on, one's own first, and why these."""

    name: str
    reason: str
    areas: tuple[tuple[int, str], ...]
    own: str
    """The name of one's own area, empty where it is not in the list of areas."""


@dataclass(frozen=True, slots=True)
class AreaSums:
    """What the areas counted over four quarters, and for whom: residents, or households where all have them."""

    counts: tuple[AreaCount, ...]
    population_year: int | None
    per: str
    is_invented: bool
    """Whether a count or a population among them is invented, for a demonstration."""


def group_on(partnership: Partnership, day: date) -> Group | None:
    """The group that began last by a day and has not ended. Three queries."""
    lasting = Q(last_day__isnull=True) | Q(last_day__gte=day)
    groups = ComparisonGroup.objects.filter(lasting, partnership=partnership, first_day__lte=day)
    group = groups.order_by("-first_day").first()
    if group is None:
        return None
    own = Area.objects.filter(code=partnership.home_office_code).values_list("pk", "name").first()
    others = [each for each in group.areas.values_list("pk", "name") if own is None or each[0] != own[0]]
    areas = ([own] if own else []) + others
    return Group(group.name, group.reason, tuple(areas), own[1] if own else "")


def categories_compared(group: Group) -> list[int]:
    """The numbers of the categories of which any area of the group has a figure. One query."""
    rows = AreaFigure.objects.filter(area__in=[pk for pk, _ in group.areas])
    return list(rows.order_by().values_list("category", flat=True).distinct())


def latest_quarter(group: Group, categories: Collection[int]) -> Quarter | None:
    """The last quarter of which an area of the group has a figure. One query."""
    rows = AreaFigure.objects.filter(area__in=[pk for pk, _ in group.areas], category__in=categories)
    last = rows.order_by("-financial_year", "-quarter").values_list("financial_year", "quarter").first()
    return Quarter(*last) if last else None


def area_sums(group: Group, categories: Sequence[int], last: Quarter, *, households: bool) -> AreaSums:
    """Each area's sum over the four quarters up to one, of a category or of the parts of a total. Two queries.

    An area that lacks one of the quarters of one of the parts has no sum. The population is that of the year in which
    the four quarters begin, or of the last year before it that is held.
    """
    quarters = [last - back for back in (3, 2, 1, 0)]
    pks = [pk for pk, _ in group.areas]
    years = {quarter.year for quarter in quarters}
    rows = AreaFigure.objects.filter(area__in=pks, category__in=categories, financial_year__in=years).order_by()
    found: dict[int, dict[tuple[int, Quarter], int]] = defaultdict(dict)
    is_invented = False
    columns = rows.values_list("area", "category", "financial_year", "quarter", "count", "source")
    for area, category, year, number, count, source in columns:
        quarter = Quarter(year, number)
        if quarter in quarters:
            found[area][category, quarter] = count
            is_invented |= source == AreaFigure.Source.DEMONSTRATION
    wanted = [(category, quarter) for category in categories for quarter in quarters]
    populations, population_year, has_households, has_invented = _populations(pks, quarters[0].begins.year)
    by_household = households and has_households
    counts = []
    for pk, name in group.areas:
        values = [found[pk].get(each) for each in wanted]
        known = [value for value in values if value is not None]
        people = populations.get(pk)
        counts.append(
            AreaCount(
                name=name,
                count=sum(known) if len(known) == len(wanted) else None,
                population=(people[1] if by_household else people[0]) if people else None,
            )
        )
    per = "households" if by_household else "residents"
    return AreaSums(tuple(counts), population_year, per, is_invented or has_invented)


def _populations(areas: Sequence[int], year: int) -> tuple[dict[int, tuple[int, int | None]], int | None, bool, bool]:
    """Residents and households of the last year up to one that is held; that year; whether all have households."""
    rows = AreaPopulation.objects.filter(area__in=areas, year__lte=year).order_by("year")
    latest: dict[int, tuple[int, int | None]] = {}
    years: set[int] = set()
    is_invented = False
    for area, held_in, residents, households, invented in rows.values_list(
        "area", "year", "residents", "households", "is_invented"
    ):
        latest[area] = (residents, households)
        years.add(held_in)
        is_invented |= invented
    has_households = bool(latest) and all(households is not None for _, households in latest.values())
    return latest, max(years, default=None), has_households, is_invented
