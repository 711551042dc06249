"""The categories that a partnership counts in a year, as a tree, and what each took the place of."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, Partnership, Succession


class Successions:
    """From when on a partnership counts what instead of what. One query.

    A category that another took the place of is out from then on, and one that a partnership made to take another's
    place is out before. Its series still runs on: `joined` finds the figures of those before it.
    """

    def __init__(self, partnership: Partnership) -> None:
        rows = list(Succession.objects.filter(partnership=partnership).select_related("before", "after"))
        self.ends: dict[int, FinancialYear] = {}
        for row in rows:
            self.ends[row.before_id] = min(row.first_year, self.ends.get(row.before_id, row.first_year))
        self.begins = {row.after_id: row.first_year for row in rows if row.after and row.after.partnership_id}
        takes_over: dict[int, set[int]] = defaultdict(set)
        self._all_before: dict[int, list[Succession]] = defaultdict(list)
        for row in rows:
            if row.after_id is not None:
                takes_over[row.before_id].add(row.after_id)
                self._all_before[row.after_id].append(row)
        # What was split cannot be told apart before: its parts have no figures then.
        self._before: dict[int, list[Succession]] = defaultdict(list)
        for after, befores in self._all_before.items():
            self._before[after] = [row for row in befores if len(takes_over[row.before_id]) == 1]

    def is_counted(self, category: int, year: FinancialYear) -> bool:
        """Whether a category is counted in a year, as far as successions tell."""
        begins = self.begins.get(category)
        return not self.has_ended(category, year) and (begins is None or year >= begins)

    def has_ended(self, category: int, year: FinancialYear) -> bool:
        """Whether something else, or nothing, is counted in its place by a year."""
        ends = self.ends.get(category)
        return ends is not None and year >= ends

    def came_from(self, category: int, year: FinancialYear) -> list[CrimeCategory]:
        """The categories whose figures of a year stand for those of one that took their place later."""
        return [row.before for row in self._before[category] if year < row.first_year]

    def split_from(self, category: int, year: FinancialYear) -> list[CrimeCategory]:
        """What it was counted within in a year in which it was not told apart yet."""
        return [row.before for row in self._all_before[category] if year < row.first_year]

    def stands_for(self, category: int, year: FinancialYear) -> set[int]:
        """The categories counted in a year whose figures a category's series is made of then; itself if it was."""
        if self.is_counted(category, year):
            return {category}
        return {pk for row in self.came_from(category, year) for pk in self.stands_for(row.pk, year)}

    def ancestors(self, category: int) -> list[CrimeCategory]:
        """All whose place it took, and all whose place they took, also by a split."""
        found = [row.before for row in self._all_before[category]]
        return found + [earlier for row in found for earlier in self.ancestors(row.pk)]

    def joined(self, category: int, year: FinancialYear, find: Callable[[int], Figure | None]) -> Figure | None:
        """A category's own figure, or of a year before it was counted that of those whose place it took; or None."""
        own = find(category)
        earlier = self.came_from(category, year)
        if own is not None or not earlier:
            return own
        found = {row.name: self.joined(row.pk, year, find) for row in earlier}
        if all(figure is None for figure in found.values()):
            return None
        return Figure.total({name: figure or NOT_HELD for name, figure in found.items()})

    def with_those_before(self, categories: Iterable[CrimeCategory]) -> list[CrimeCategory]:
        """Some categories and all those whose place they took."""
        found = list(categories)
        for row in found:
            found += [each.before for each in self._before[row.pk] if each.before not in found]
        return found


class CategoryTree:
    """Tops under None, parts under the number of their total; those only that are counted in a year. Two queries."""

    def __init__(self, partnership: Partnership, year: FinancialYear) -> None:
        self.successions = Successions(partnership)
        everyone = list(CrimeCategory.objects.of(partnership))
        self.by_pk = {row.pk: row for row in everyone}
        self.children: dict[int | None, list[CrimeCategory]] = defaultdict(list)
        self._ever: dict[int | None, list[CrimeCategory]] = defaultdict(list)
        for category in everyone:
            self._ever[category.parent_id].append(category)
            if self.successions.is_counted(category.pk, year):
                self.children[category.parent_id].append(category)

    @property
    def tops(self) -> list[CrimeCategory]:
        return self.children[None]

    def parts(self, category: CrimeCategory) -> list[CrimeCategory]:
        return self.children[category.pk]

    def leaves(self, category: CrimeCategory) -> list[CrimeCategory]:
        """Those without parts under a category; itself where it has none."""
        parts = self.parts(category)
        return [leaf for part in parts for leaf in self.leaves(part)] if parts else [category]

    def leaves_ever(self, category: CrimeCategory) -> list[CrimeCategory]:
        """Those that are or were under a category, or are going to be; itself where it has none."""
        parts = self._ever[category.pk]
        return [leaf for part in parts for leaf in self.leaves_ever(part)] if parts else [category]

    def leaves_in(self, category: CrimeCategory, year: FinancialYear) -> list[CrimeCategory]:
        """Those that a category was the sum of in another year; itself where it is no total."""
        ever = self.leaves_ever(category)
        return [leaf for leaf in ever if self.successions.is_counted(leaf.pk, year)] if ever != [category] else ever

    def total_in(self, category: CrimeCategory, year: FinancialYear, find: Callable[[CrimeCategory], Figure]) -> Figure:
        """A category's own figure of a year, or the sum of what it was made of then; not held where that is nothing."""
        leaves = self.leaves_in(category, year)
        if leaves == [category]:
            return find(category)
        return Figure.total({leaf.name: find(leaf) for leaf in leaves}) if leaves else NOT_HELD

    def runs_on_from(self, category: CrimeCategory, year: FinancialYear) -> bool:
        """Whether the leaves of a category, as they are now, have between them all that was counted in a year."""
        now = {pk for leaf in self.leaves(category) for pk in self.successions.stands_for(leaf.pk, year)}
        return now == {leaf.pk for leaf in self.leaves_in(category, year)}
