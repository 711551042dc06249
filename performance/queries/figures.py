"""The one loader of figures: what a partnership counted in the years asked for, and all that stands beside it.

Pages, charts, exports and packs read figures from a `FigureTable` and from nothing else. It is loaded once, with a
fixed number of queries; nothing that is asked of it afterwards runs one.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import NamedTuple

from django.db.models import Q

from performance.calculations.disclosure import protect
from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.calculations.series import Series, sum_over_time
from performance.models import Actual, Partnership, RecordingChange, ReturnState

from .category_tree import CategoryTree, load_tree, load_trees
from .returns import Return, published_returns
from .suppliers import Suppliers
from .target_table import BaselineSet, TargetSet, TargetTable


class Entered(NamedTuple):
    """What was entered for a category in a return: a count, or why there is none, with its marks.

    Of a total it is the sum as it was supplied, to check the parts by.
    """

    pk: int
    count: int | None  # type: ignore[assignment]  # a tuple's method of this name is not used
    missing: str
    is_provisional: bool
    is_confirmed: bool
    note: str
    version: int
    is_revised: bool

    @property
    def figure(self) -> Figure:
        if self.count is None:
            return Figure.missing(NoFigure(self.missing), revised=self.is_revised)
        return Figure.of(self.count, provisional=self.is_provisional, revised=self.is_revised)


class Break(NamedTuple):
    """From a quarter on, a category is counted differently: figures before and after are not alike."""

    begins: Quarter
    description: str


class FigureTable:
    """A partnership's figures, by category and period.

    Categories are known by their numbers, and `tree` says what is made of what in which year. A figure of a total is
    the sum of its parts; of a category that took another's place it is that one's in years before; of a year without a
    return of its own it is the sum of its quarters. What was not asked for when it was loaded is not held.
    """

    def __init__(
        self,
        *,
        tree: CategoryTree,
        returns: tuple[Return, ...],
        entered: dict[int, dict[int, Entered]],
        breaks: dict[int, tuple[Break, ...]],
        suppliers: Suppliers,
        targets: TargetTable | None = None,
    ) -> None:
        self.tree = tree
        self.returns = returns
        self.targets = targets or TargetTable()
        self._suppliers = suppliers
        self._entered = entered
        self._breaks = breaks
        self._by_period = {each.period: each for each in returns}

    @classmethod
    def load(
        cls,
        partnership: Partnership,
        returns: tuple[Return, ...],
        years: Collection[FinancialYear],
        *,
        targets: TargetTable | None = None,
        tree: CategoryTree | None = None,
        under: int | None = None,
    ) -> FigureTable:
        """The figures of some years in the returns that a reader may see, `under` one category or of all.

        Five queries: two for the tree, unless it is given, and one each for figures, breaks and suppliers.
        """
        tree = tree or load_tree(partnership)
        asked_for = tuple(each for each in returns if each.period.year in years)
        wanted = {each.pk: partnership.pk for each in asked_for if each.has_own_figures}
        categories = None if under is None else tree.successions.with_those_before(tree.leaves_ever(under))
        return cls(
            tree=tree,
            returns=asked_for,
            entered=_entered(wanted, categories)[partnership.pk],
            breaks=_breaks([partnership.pk])[partnership.pk],
            suppliers=Suppliers.load(partnership),
            targets=targets,
        )

    @classmethod
    def load_published(
        cls, partnerships: Collection[Partnership], years: Collection[FinancialYear], *, slugs: Collection[str] = ()
    ) -> dict[int, FigureTable]:
        """What some partnerships have published of some years, by the partnership's number, for comparing them.

        Of all categories, or of those with the addresses given and their parts. Six queries, however many they are.
        """
        pks = [each.pk for each in partnerships]
        trees = load_trees(pks)
        returns = published_returns(pks, years)
        wanted = {each.pk: pk for pk, held in returns.items() for each in held if each.has_own_figures}
        categories = _under(trees.values(), slugs) if slugs else None
        entered = _entered(wanted, categories)
        breaks = _breaks(pks)
        suppliers = Suppliers.load_many(pks)
        return {
            pk: cls(
                tree=trees[pk],
                returns=returns[pk],
                entered=entered[pk],
                breaks=breaks[pk],
                suppliers=suppliers[pk],
            )
            for pk in pks
        }

    def published(self) -> FigureTable:
        """The same without what is not published yet."""
        return self.seen_in(tuple(each for each in self.returns if each.is_published))

    def protected(self) -> FigureTable:
        """The same with a second quarter withheld where one that is could be worked out from its year's own return."""
        entered = {pk: dict(figures) for pk, figures in self._entered.items()}
        for held in self.returns:
            if held.is_whole_year and held.has_own_figures:
                self._protect_quarters(held, entered)
        return FigureTable(
            tree=self.tree,
            returns=self.returns,
            entered=entered,
            breaks=self._breaks,
            suppliers=self._suppliers,
            targets=self.targets,
        )

    def _protect_quarters(self, whole: Return, entered: dict[int, dict[int, Entered]]) -> None:
        """Withhold quarters of a year of which each quarter and the whole are held."""
        quarters = [self._by_period.get(quarter) for quarter in whole.period.year.quarters]
        returns = [each.pk for each in quarters if each is not None]
        if len(returns) < len(quarters):
            return
        for category, year in self._entered.get(whole.pk, {}).items():
            parts = {pk: entered[pk][category].figure for pk in returns if category in entered.get(pk, {})}
            if len(parts) < len(returns):
                continue
            for pk, figure in protect(parts, year.figure).items():
                if figure != parts[pk]:
                    entered[pk][category] = entered[pk][category]._replace(count=None, missing=NoFigure.WITHHELD.value)

    def seen_in(self, returns: tuple[Return, ...]) -> FigureTable:
        """The same figures, as far as they stand in some of its returns."""
        return FigureTable(
            tree=self.tree,
            returns=returns,
            entered=self._entered,
            breaks=self._breaks,
            suppliers=self._suppliers,
            targets=self.targets,
        )

    def held(self, period: Period) -> Return | None:
        """The return of a period: its state, its source, the day on which its figures were true."""
        return self._by_period.get(period)

    def state(self, period: Period) -> ReturnState | None:
        """In which state the return of a period is; None where there is none."""
        held = self.held(period)
        return held.state if held else None

    def figure(self, category: int, period: Period) -> Figure:
        held = self.held(period)
        return self.figure_in(held, category) if held else NOT_HELD

    def figure_in(self, held: Return, category: int) -> Figure:
        """A category's figure in a return; not held where nothing was entered."""
        if self.tree.is_total(category):
            return self.tree.total(category, held.period.year, lambda leaf: self.figure_in(held, leaf))
        if held.quarters:
            return self._sum_of_quarters(held, category)
        return self._joined(held, category) or NOT_HELD

    def entered(self, category: int, held: Return) -> Entered | None:
        """What was entered for a category itself, not for another whose place it took nor for its parts."""
        return self._entered.get(held.pk, {}).get(category)

    def is_entered(self, category: int) -> bool:
        """Whether anything was entered for a category itself in any of the years loaded."""
        return any(category in entered for entered in self._entered.values())

    def has_entries(self, category: int, held: Return) -> bool:
        """Whether anything was entered for a category itself in a return or in the quarters that it is made of."""
        return any(self.entered(category, each) for each in held.quarters or (held,))

    def has_any_in(self, returns: Iterable[Return]) -> bool:
        """Whether anything was entered in one of some returns."""
        return any(self._entered.get(each.pk) for each in returns)

    @property
    def quarters(self) -> list[tuple[Quarter, Return]]:
        """The quarters that have a return, the oldest first."""
        return [(each.period, each) for each in self.returns if isinstance(each.period, Quarter)]

    def series(self, category: int) -> Series:
        """The quarters of a category that are held; of a total, of what it was made of in each."""
        figures = {quarter: self._figure_or_none(held, category) for quarter, held in self.quarters}
        known = {quarter: figure for quarter, figure in figures.items() if figure is not None}
        return Series(known, is_level=self.tree.nodes[category].is_level)

    def baseline(self, category: int, year: FinancialYear) -> BaselineSet | None:
        """What a category is measured from in a year."""
        return self.targets.baseline(category, year)

    def target(self, category: int, year: FinancialYear) -> TargetSet | None:
        return self.targets.target(category, year)

    def own_breaks(self, category: int) -> tuple[Break, ...]:
        """The changes in recording of a category itself, the oldest first."""
        return self._breaks.get(category, ())

    def breaks(self, category: int) -> tuple[Break, ...]:
        """The changes in recording of a category, or of all that a total ever was the sum of; the oldest first."""
        leaves = self.tree.leaves_ever(category)
        return tuple(sorted(each for leaf in leaves for each in self.own_breaks(leaf)))

    def suppliers(self, day: date) -> dict[int, list[str]]:
        """The names of the agencies that supply each category on a day, by the category's number."""
        return self._suppliers.on(day)

    def _figure_or_none(self, held: Return, category: int) -> Figure | None:
        return self.figure_in(held, category) if self.tree.is_total(category) else self._joined(held, category)

    def _joined(self, held: Return, leaf: int) -> Figure | None:
        """A leaf's figure in a return, or of those whose place it took; None where neither has one."""
        entered = self._entered.get(held.pk, {})
        if leaf in entered:
            return entered[leaf].figure

        def find(category: int) -> Figure | None:
            return entered[category].figure if category in entered else None

        return self.tree.joined(leaf, held.period.year, find)

    def _sum_of_quarters(self, held: Return, leaf: int) -> Figure:
        figures = [self._joined(each, leaf) or NOT_HELD for each in held.quarters]
        quarters = held.period.year.quarters
        return sum_over_time(quarters, figures, is_level=self.tree.nodes[leaf].is_level)


def _entered(
    wanted: dict[int, int], categories: Collection[int] | None
) -> defaultdict[int, dict[int, dict[int, Entered]]]:
    """What was entered, by partnership, return and category. `wanted` gives each return's partnership. One query."""
    rows = Actual.objects.filter(period_return__in=wanted)
    if categories is not None:
        rows = rows.filter(category__in=categories)
    found: defaultdict[int, dict[int, dict[int, Entered]]] = defaultdict(lambda: defaultdict(dict))
    columns = rows.order_by().with_revised().values_list("period_return", "category", *Entered._fields)
    for held, category, *entered in columns:
        found[wanted[held]][held][category] = Entered._make(entered)
    return found


def _breaks(partnerships: Collection[int]) -> dict[int, dict[int, tuple[Break, ...]]]:
    """National changes in recording and those of some partnerships, by partnership and category. One query."""
    here = Q(partnership__isnull=True) | Q(partnership__in=partnerships)
    rows = RecordingChange.objects.filter(here).values_list(
        "partnership", "category", "financial_year", "quarter", "description"
    )
    found: dict[int, dict[int, tuple[Break, ...]]] = {pk: {} for pk in partnerships}
    for partnership, category, year, number, description in rows:
        change = Break(Quarter(year, number), description)
        for pk in partnerships if partnership is None else [partnership]:
            found[pk][category] = (*found[pk].get(category, ()), change)
    return found


def _under(trees: Iterable[CategoryTree], slugs: Collection[str]) -> set[int]:
    """All that categories of some addresses were ever made of."""
    found: set[int] = set()
    for tree in trees:
        asked = [pk for pk, category in tree.nodes.items() if category.slug in slugs]
        leaves = [leaf for pk in asked for leaf in tree.leaves_ever(pk)]
        found.update(tree.successions.with_those_before(leaves))
    return found
