"""The tree of categories, and which took whose place when: worked out from numbers and names, without rows.

A category is known by its number, the primary key of its row. A total is the sum of its parts; what has no parts is a
leaf. What is counted changes from one financial year to another, so every question names the year that it is about.
"""

from __future__ import annotations

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, Protocol, TypeVar

from .figures import NOT_HELD, Figure
from .periods import FinancialYear


class Node(Protocol):
    """A category's place in the tree: its number, its name, and the number of the total that it is part of."""

    @property
    def pk(self) -> int: ...

    @property
    def name(self) -> str: ...

    @property
    def parent(self) -> int | None: ...


AnyNode = TypeVar("AnyNode", bound=Node)


@dataclass(frozen=True, slots=True)
class CategoryNode:
    """The least that a tree is made of."""

    pk: int
    name: str
    parent: int | None = None


@dataclass(frozen=True, slots=True)
class Succession:
    """From a year on `after` is counted in the place of `before`, or nothing where `after` is None.

    `begins` says that `after` was made for this, so that it was not counted earlier.
    """

    first_year: FinancialYear
    before: int
    after: int | None = None
    begins: bool = False


class Successions:
    """Which categories took the place of which, and from when on.

    Renamed: one succession. Merged: several with one `after`. Split: several with one `before`. Retired: one with
    nothing after it. Figures stay where they were entered, so a series that runs on is joined when it is read; what
    was split cannot be told apart earlier, so its parts have no figures then.
    """

    def __init__(self, successions: Iterable[Succession] = ()) -> None:
        self._ends: dict[int, FinancialYear] = {}
        self._begins: dict[int, FinancialYear] = {}
        self._took_place: dict[int, list[Succession]] = defaultdict(list)
        self._beside: dict[int, set[int]] = defaultdict(set)
        successors: dict[int, set[int]] = defaultdict(set)
        for each in successions:
            self._ends[each.before] = min(each.first_year, self._ends.get(each.before, each.first_year))
            if each.after is None:
                continue
            successors[each.before].add(each.after)
            self._beside[each.before].add(each.after)
            self._beside[each.after].add(each.before)
            self._took_place[each.after].append(each)
            if each.begins:
                self._begins[each.after] = min(each.first_year, self._begins.get(each.after, each.first_year))
        self._runs_on: dict[int, list[Succession]] = {
            after: [each for each in befores if len(successors[each.before]) == 1]
            for after, befores in self._took_place.items()
        }

    @property
    def years_of_change(self) -> tuple[FinancialYear, ...]:
        """The years from which something else is counted than in the year before, in order."""
        return tuple(sorted({*self._ends.values(), *self._begins.values()}))

    def is_counted(self, category: int, year: FinancialYear) -> bool:
        """Whether a category is counted in a year, as far as successions tell."""
        begins = self._begins.get(category)
        has_begun = begins is None or year >= begins
        return has_begun and not self.has_ended(category, year)

    def has_ended(self, category: int, year: FinancialYear) -> bool:
        """Whether something else, or nothing, is counted in its place by a year."""
        ends = self._ends.get(category)
        return ends is not None and year >= ends

    def came_from(self, category: int, year: FinancialYear) -> tuple[int, ...]:
        """The categories whose figures of a year stand for those of one that took their place later."""
        return tuple(each.before for each in self._runs_on.get(category, ()) if year < each.first_year)

    def line(self, category: int, year: FinancialYear) -> tuple[int, ...]:
        """A category and those whose place was taken, one after another, as far as each took the place of one only."""
        found = [category]
        earlier = self.came_from(category, year)
        while len(earlier) == 1 and earlier[0] not in found:
            found.append(earlier[0])
            earlier = self.came_from(earlier[0], year)
        return tuple(found)

    def split_from(self, category: int, year: FinancialYear) -> tuple[int, ...]:
        """What it was counted as or within in a year before it took a place, a split included."""
        return tuple(each.before for each in self._took_place.get(category, ()) if year < each.first_year)

    def stands_for(self, category: int, year: FinancialYear) -> frozenset[int]:
        """The categories counted in a year whose figures a category's series is made of then; itself if it was."""
        return self._stands_for(category, year, frozenset())

    def _stands_for(self, category: int, year: FinancialYear, asked: frozenset[int]) -> frozenset[int]:
        if self.is_counted(category, year):
            return frozenset([category])
        asked |= {category}
        earlier = [each for each in self.came_from(category, year) if each not in asked]
        return frozenset(pk for each in earlier for pk in self._stands_for(each, year, asked))

    def strand(self, category: int) -> frozenset[int]:
        """All that it is connected with by renamings, splits and mergers, before or after, itself among them.

        What counts the same things through all changes of names and parts: two sums of one strand are of like things.
        """
        found = {category}
        waiting = [category]
        while waiting:
            beside = [each for pk in waiting for each in self._beside.get(pk, ())]
            waiting = [pk for pk in beside if pk not in found]
            found.update(waiting)
        return frozenset(found)

    def ancestors(self, category: int) -> tuple[int, ...]:
        """All whose place it took, and all whose place they took, also by a split; the nearest first."""
        return self._followed([category], self._took_place)[1:]

    def with_those_before(self, categories: Iterable[int]) -> tuple[int, ...]:
        """Some categories, and all whose figures their series are made of in earlier years."""
        return self._followed(categories, self._runs_on)

    @staticmethod
    def _followed(categories: Iterable[int], befores: dict[int, list[Succession]]) -> tuple[int, ...]:
        """The categories, then those before them, each once."""
        found = dict.fromkeys(categories)
        waiting = list(found)
        while waiting:
            earlier = [each.before for pk in waiting for each in befores.get(pk, ())]
            waiting = [pk for pk in dict.fromkeys(earlier) if pk not in found]
            found |= dict.fromkeys(waiting)
        return tuple(found)


class CategoryTree(Generic[AnyNode]):
    """The categories of a partnership, in their order, as they were, are and are going to be counted.

    A total of which no part is counted in a year is not counted in it either.
    """

    def __init__(self, categories: Iterable[AnyNode], successions: Successions | None = None) -> None:
        self.successions = successions or Successions()
        self.nodes = {node.pk: node for node in categories}
        self._children: dict[int | None, list[int]] = defaultdict(list)
        for node in self.nodes.values():
            self._children[node.parent].append(node.pk)
        self._changes = self.successions.years_of_change
        self._parts_between_changes: dict[int, dict[int | None, tuple[int, ...]]] = {}

    def name(self, category: int) -> str:
        return self.nodes[category].name

    def is_total(self, category: int) -> bool:
        """Whether it has parts, in whatever year."""
        return category in self._children

    def tops(self, year: FinancialYear) -> tuple[int, ...]:
        """Those counted in a year that are part of no total."""
        return self._parts_in(year).get(None, ())

    def parts(self, category: int, year: FinancialYear) -> tuple[int, ...]:
        """Those of which a category is the sum in a year; none of a leaf."""
        return self._parts_in(year).get(category, ())

    def leaves(self, category: int, year: FinancialYear) -> tuple[int, ...]:
        """What a category is the sum of in the end in a year: itself if it is a leaf; nothing if nothing is counted."""
        if not self.is_total(category):
            return (category,)
        return tuple(leaf for part in self.parts(category, year) for leaf in self.leaves(part, year))

    def leaves_ever(self, category: int) -> tuple[int, ...]:
        """What a category was, is or is going to be the sum of; itself if it is a leaf."""
        if not self.is_total(category):
            return (category,)
        return tuple(leaf for part in self._children[category] for leaf in self.leaves_ever(part))

    def runs_on(self, category: int, year: FinancialYear, earlier: FinancialYear) -> bool:
        """Whether what a category is made of in a year has between it all that it was made of in an earlier one."""
        now = {pk for leaf in self.leaves(category, year) for pk in self.successions.stands_for(leaf, earlier)}
        return now == set(self.leaves(category, earlier))

    def joined(self, leaf: int, year: FinancialYear, find: Callable[[int], Figure | None]) -> Figure | None:
        """A leaf's own figure of a year, or where it has none the sum of those whose place it took later.

        `find` gives the figure that was entered for a category in the year, None where there is none; so does this.
        """
        return self._joined(leaf, year, find, frozenset())

    def _joined(
        self, leaf: int, year: FinancialYear, find: Callable[[int], Figure | None], asked: frozenset[int]
    ) -> Figure | None:
        own = find(leaf)
        if own is not None:
            return own
        asked |= {leaf}
        earlier = [each for each in self.successions.came_from(leaf, year) if each not in asked]
        found = {self.name(each): self._joined(each, year, find, asked) for each in earlier}
        if all(figure is None for figure in found.values()):
            return None
        return Figure.total({name: figure or NOT_HELD for name, figure in found.items()})

    def total(self, category: int, year: FinancialYear, find: Callable[[int], Figure]) -> Figure:
        """A leaf's figure, or the sum of what a total is made of in a year; not held where that is nothing."""
        if not self.is_total(category):
            return find(category)
        leaves = self.leaves(category, year)
        return Figure.total({self.name(leaf): find(leaf) for leaf in leaves}) if leaves else NOT_HELD

    def _parts_in(self, year: FinancialYear) -> dict[int | None, tuple[int, ...]]:
        """The parts of every total in a year, the tops under None. The same for all years between two changes."""
        changes_before = bisect_right(self._changes, year)
        if changes_before not in self._parts_between_changes:
            found: dict[int | None, tuple[int, ...]] = {}
            self._collect(None, year, found)
            self._parts_between_changes[changes_before] = found
        return self._parts_between_changes[changes_before]

    def _collect(self, total: int | None, year: FinancialYear, found: dict[int | None, tuple[int, ...]]) -> None:
        counted = []
        for part in self._children[total]:
            if not self.successions.is_counted(part, year):
                continue
            if self.is_total(part):
                self._collect(part, year, found)
                if not found[part]:
                    continue
            counted.append(part)
        found[total] = tuple(counted)
