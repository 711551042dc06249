"""What a new plan is made from: the categories that are counted, and the agencies that are there."""

from __future__ import annotations

from collections.abc import Collection

from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, PartnerAgency, Partnership
from performance.queries.category_tree import Category, load_tree


def counted_in(
    partnership: Partnership, year: FinancialYear, also: Collection[int] = ()
) -> tuple[tuple[Category, Category | None], ...]:
    """The categories without parts that a partnership counts in a year and after it, and others by number, if so.

    Each with the total that it is part of; totals' parts together. Three queries.
    """
    tree = load_tree(partnership)
    expected = {*CrimeCategory.objects.expected_of(partnership).values_list("pk", flat=True), *also}
    leaves = [leaf for top in tree.tops(year) for leaf in tree.leaves(top, year) if leaf in expected]
    found = [tree.nodes[leaf] for leaf in leaves if tree.successions.is_counted(leaf, year + 1)]
    return tuple((each, tree.nodes.get(each.parent or 0)) for each in found)


def agencies_there(partnership: Partnership) -> tuple[PartnerAgency, ...]:
    """Those that have not left, in order. One query."""
    return tuple(PartnerAgency.objects.filter(partnership=partnership, left_on__isnull=True))


def category_names(partnership: Partnership) -> frozenset[str]:
    """The names that are taken, without their capitals. One query."""
    names = CrimeCategory.objects.of(partnership).values_list("name", flat=True)
    return frozenset(name.casefold() for name in names)
