"""How others do: an area's rate beside those that it is compared with, and what of the difference means anything."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.calculations.comparisons import AreaComparison, AreaRate, Place, compare_areas, rank_in_words
from performance.calculations.periods import Quarter
from performance.charts.areas import AreasChart, areas_chart
from performance.models import Partnership
from performance.queries.areas import Group, area_sums, categories_compared, group_on, latest_quarter
from performance.queries.category_tree import Category, CategoryTree, load_tree
from performance.wording import capital, in_sentence, listed, number

BY_HOUSEHOLD = ("domestic-burglary",)
"""Homes are burgled, not residents: where households are held these are compared by them."""
_SHAPES = {Place.HIGHER: "▲", Place.SIMILAR: "●", Place.LOWER: "▼"}
_WORDS = {Place.HIGHER: "Higher", Place.SIMILAR: "Similar", Place.LOWER: "Lower"}


@dataclass(frozen=True, slots=True)
class AreaLine:
    """A row of the table."""

    rate: AreaRate
    is_own: bool
    shape: str
    word: str

    @property
    def shown(self) -> str:
        return f"{float(self.rate.rate):.1f}"

    @property
    def interval(self) -> str:
        return _between(self.rate.interval)

    @property
    def limits_95(self) -> str:
        return _between(self.rate.limits_95)

    @property
    def limits_998(self) -> str:
        return _between(self.rate.limits_998)


@dataclass(frozen=True)
class ComparePage:
    """Everything that the page prints. Without a group or figures `lines` is empty and `empty` says why."""

    partnership: Partnership
    group: Group | None
    choices: tuple[Category, ...]
    category: Category | None
    last: Quarter | None
    empty: str
    sentence: str
    rank: str
    missing: tuple[str, ...]
    lines: tuple[AreaLine, ...]
    chart: AreasChart | None
    per: str
    population_year: int | None
    is_invented: bool
    average: str

    @property
    def span(self) -> str:
        """October 2007 to September 2008."""
        if self.last is None:
            return ""
        return f"{(self.last - 3).begins:%B %Y} to {self.last.ends:%B %Y}"


def compare_page(partnership: Partnership, slug: str, last: Quarter | None, day: date) -> ComparePage:
    """A category's rates over the four quarters up to one, or the latest held. Nine queries at most."""
    group = group_on(partnership, day)
    if group is None:
        return _empty(partnership, None, "No areas to compare with have been chosen yet.")
    tree = load_tree(partnership)
    held = set(categories_compared(group))
    choices = tuple(each for each in tree.nodes.values() if _has_figures(tree, each.pk, held))
    category = next((each for each in choices if each.slug == slug), choices[0] if choices else None)
    if category is None:
        return _empty(partnership, group, "No figures of these areas are held yet.")
    leaves = list(tree.leaves_ever(category.pk))
    last = last or latest_quarter(group, leaves)
    if last is None:
        return _empty(partnership, group, "No figures of these areas are held yet.")
    sums = area_sums(group, leaves, last, households=category.slug in BY_HOUSEHOLD)
    compared = compare_areas(sums.counts)
    own = compared.by_name.get(group.own)
    return ComparePage(
        partnership=partnership,
        group=group,
        choices=choices,
        category=category,
        last=last,
        empty="" if compared.areas else f"No area has all four quarters of {in_sentence(category.name)}.",
        sentence=_sentence(own, group, category, sums.per),
        rank=_rank(own, compared),
        missing=compared.missing,
        lines=tuple(_line(area, group.own) for area in compared.areas),
        chart=areas_chart(compared, group.own, _finding(compared)),
        per=sums.per,
        population_year=sums.population_year,
        is_invented=sums.is_invented,
        average=f"{float(compared.average):.1f}" if compared.average is not None else "",
    )


def _empty(partnership: Partnership, group: Group | None, why: str) -> ComparePage:
    return ComparePage(
        partnership=partnership,
        group=group,
        choices=(),
        category=None,
        last=None,
        empty=why,
        sentence="",
        rank="",
        missing=(),
        lines=(),
        chart=None,
        per="residents",
        population_year=None,
        is_invented=False,
        average="",
    )


def _has_figures(tree: CategoryTree, pk: int, held: set[int]) -> bool:
    """Whether all that a category is the sum of is held of some area."""
    return set(tree.leaves_ever(pk)) <= held


def _line(area: AreaRate, own: str) -> AreaLine:
    is_own = area.name == own
    if area.place is None:
        return AreaLine(area, is_own, "○", "Cannot say")
    return AreaLine(area, is_own, _SHAPES[area.place], _WORDS[area.place])


def _sentence(own: AreaRate | None, group: Group, category: Category, per: str) -> str:
    """8.6 thefts from vehicle for every 1,000 residents of St Albans, similar to areas like it."""
    if own is None:
        name = group.own or "This area"
        return f"{name} has no rate: a quarter, or its population, is not held."
    how = {
        Place.HIGHER: "higher than in areas like it",
        Place.SIMILAR: "similar to areas like it",
        Place.LOWER: "lower than in areas like it",
    }
    said = f"{float(own.rate):.1f} {category.counted_as} for every 1,000 {per} of {own.name}"
    return f"{said}, {how[own.place]}." if own.place else f"{said}."


def _rank(own: AreaRate | None, compared: AreaComparison) -> str:
    """The rank, and how many of the areas differ by no more than is usual."""
    if own is None or own.place is None:
        return ""
    similar = sum(area.place is Place.SIMILAR for area in compared.areas)
    rank = capital(rank_in_words(own, len(compared.areas)))
    return (
        f"{rank}. {capital(number(similar))} of the {number(len(compared.areas))} differ by no more than is usual "
        "between such areas; their order says little."
    )


def _finding(compared: AreaComparison) -> str:
    """Watford is higher and East Hertfordshire lower than similar areas."""
    higher = [area.name for area in compared.areas if area.place is Place.HIGHER]
    lower = [area.name for area in compared.areas if area.place is Place.LOWER]
    clauses = [
        f"{listed(names)} {'is' if len(names) == 1 else 'are'} {word}"
        for names, word in ((higher, "higher"), (lower, "lower"))
        if names
    ]
    if clauses:
        return f"{listed(clauses)} than similar areas"
    has_limits = any(area.place is not None for area in compared.areas)
    return "No area differs from the others by more than is usual" if has_limits else "Too few areas to compare with"


def _between(limits: tuple[float, float] | None) -> str:
    return f"{limits[0]:.1f} to {limits[1]:.1f}" if limits else "–"
