"""The categories of a partnership as a tree, named as pages name them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass

from django.db.models import Q

from performance.calculations import categories as calculations
from performance.calculations.categories import Successions
from performance.models import CrimeCategory, Partnership, Succession


@dataclass(frozen=True, slots=True)
class Category:
    """What is counted, as pages name it, and its place in the tree."""

    name: str
    full_name: str
    slug: str
    counted_as: str
    is_plural: bool
    is_recorded_crime: bool
    kind: str = CrimeCategory.Kind.RECORDED_CRIME.value
    pk: int = 0
    parent: int | None = None
    is_level: bool = False
    """Whether it is how many there are when a period ends, which is not added up over time."""


CategoryTree = calculations.CategoryTree[Category]

_COLUMNS = ("name", "full_name", "slug", "counted_as", "is_plural", "kind", "pk", "parent", "partnership")


def load_tree(partnership: Partnership) -> CategoryTree:
    """The categories that a partnership counts, counted or is going to, in order. Two queries."""
    return load_trees([partnership.pk])[partnership.pk]


def load_trees(partnerships: Collection[int]) -> dict[int, CategoryTree]:
    """The trees of some partnerships, by the partnership's number. Two queries."""
    mine = Q(partnership__isnull=True) | Q(partnership__in=partnerships)
    owned: dict[int | None, dict[int, Category]] = defaultdict(dict)
    in_order: list[Category] = []
    for *columns, owner in CrimeCategory.objects.filter(mine).values_list(*_COLUMNS):
        category = _category(*columns)
        owned[owner][category.pk] = category
        in_order.append(category)
    successions = load_all_successions(partnerships)
    shared = owned[None]
    trees = {}
    for pk in partnerships:
        own = owned.get(pk, {})
        categories = [each for each in in_order if each.pk in shared or each.pk in own]
        trees[pk] = CategoryTree(categories, successions[pk])
    return trees


def load_successions(partnership: Partnership) -> Successions:
    """From when on a partnership counts what instead of what. One query."""
    return load_all_successions([partnership.pk])[partnership.pk]


def load_all_successions(partnerships: Collection[int]) -> dict[int, Successions]:
    """The successions of some partnerships, by the partnership's number. One query."""
    rows = Succession.objects.filter(partnership__in=partnerships).values_list(
        "partnership", "first_year", "before", "after", "after__partnership"
    )
    found: dict[int, list[calculations.Succession]] = {pk: [] for pk in partnerships}
    for partnership, first_year, before, after, made_for in rows:
        # What all share was counted before, whoever's place it takes here.
        begins = made_for is not None
        found[partnership].append(calculations.Succession(first_year, before, after, begins=begins))
    return {pk: Successions(successions) for pk, successions in found.items()}


def _category(
    name: str, full_name: str, slug: str, counted_as: str, is_plural: bool, kind: str, pk: int, parent: int | None
) -> Category:
    return Category(
        name=name,
        full_name=full_name or name,
        slug=slug,
        counted_as=counted_as,
        is_plural=is_plural,
        is_recorded_crime=kind == CrimeCategory.Kind.RECORDED_CRIME,
        kind=kind,
        pk=pk,
        parent=parent,
        is_level=kind == CrimeCategory.Kind.COHORT,
    )
