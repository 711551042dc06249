"""What a category or a total is made of in each year, so that it is compared like for like; and how much it varies."""

from __future__ import annotations

from dataclasses import replace

from performance.calculations.comparability import Span, Sum, breaks_between, breaks_within, strands_of
from performance.calculations.dispersion import dispersion
from performance.calculations.history import History
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.calculations.series import total_series
from performance.calculations.to_date import Strand, ToDate

from .figures import FigureTable

YEARS_OF_HISTORY = 5
"""So many years back a series is read to see how much it varies: thirteen quarters, and three whole years of season."""


class Comparisons:
    """The comparisons that a table of figures allows, each judged by itself."""

    def __init__(self, table: FigureTable) -> None:
        self.table = table
        self.tree = table.tree
        befores = self.tree.successions.ancestors
        self._strands = strands_of((earlier, pk) for pk in self.tree.nodes for earlier in befores(pk))
        self._made: dict[int, Strand] = {}

    def to_date(self, category: int, quarter: Quarter, baseline_year: FinancialYear | None) -> ToDate:
        """A quarter and its year so far beside last year and the baseline year."""
        return ToDate.of(
            self.tree.name(category),
            quarter,
            lambda year: self.parts_in(category, year),
            baseline_year,
            self.dispersion(category, quarter),
        )

    def four_to(self, category: int, quarter: Quarter) -> Sum:
        """Four quarters up to one, of what the category is made of at their end. Without parts that came in between."""
        span = Span.four_to(quarter)
        return Sum(span, tuple(part.over(span) for part in self.parts_in(category, quarter.year)))

    def parts_in(self, category: int, year: FinancialYear) -> tuple[Strand, ...]:
        """What a total is the sum of in a year; of a leaf itself, whose series runs on through those before it."""
        if not self.tree.is_total(category):
            return (self._strand(category),)
        leaves = self.tree.leaves(category, year)
        return tuple(self._part(leaf, leaves, year) for leaf in leaves)

    def is_counted_differently(self, leaf: int, since: FinancialYear | None, period: Period) -> bool:
        """Whether the way of counting a category changed between its baseline's year and a period's end."""
        if since is None or since > period.year:
            return False
        return breaks_between(self.changes(leaf), Span.of(since), Span.of(period))

    def is_broken_within(self, category: int, span: Span) -> bool:
        """Whether a sum over some quarters is itself counted in two ways."""
        return any(breaks_within(self.changes(leaf), span) for leaf in self.tree.leaves(category, span.last.year))

    def years_of_breaks(self, category: int) -> tuple[FinancialYear, ...]:
        """The years in which the way of counting a category, or a part of a total, changed."""
        leaves = self.tree.leaves_ever(category)
        return tuple(sorted({begins.year for leaf in leaves for begins in self.changes(leaf)}))

    def dispersion(self, category: int, last: Quarter) -> float | None:
        """How much more than Poisson its own series varies up to a quarter; None without enough of it."""
        leaves = self.tree.leaves(category, last.year)
        if not leaves:
            return None
        series = total_series([self._strand(leaf).series for leaf in leaves])
        begins = [each for leaf in leaves for each in self.changes(leaf) if each <= last]
        found = dispersion(History.of(series, last, max(begins, default=None)))
        return found.value if found else None

    def changes(self, leaf: int) -> tuple[Quarter, ...]:
        """The quarters from which a category, or one whose place it took, is counted differently."""
        line = self.tree.successions.with_those_before([leaf])
        return tuple(sorted(begins for each in line for begins in self._own_breaks(each)))

    def _own_breaks(self, category: int) -> list[Quarter]:
        return [each.begins for each in self.table.own_breaks(category)]

    def _strand(self, leaf: int) -> Strand:
        if leaf not in self._made:
            strand = self._strands.get(leaf, leaf)
            self._made[leaf] = Strand(self.tree.name(leaf), self.table.series(leaf), strand, self.changes(leaf))
        return self._made[leaf]

    def _part(self, leaf: int, leaves: tuple[int, ...], year: FinancialYear) -> Strand:
        """One of a total's parts, which is whole if all that hangs together with it is counted in the total too."""
        strand = self._strand(leaf)
        together = [pk for pk, name in self._strands.items() if name == strand.strand and pk in self.tree.nodes]
        counted = {pk for pk in together if isinstance(pk, int) and self.tree.successions.is_counted(pk, year)}
        return replace(strand, is_whole=counted <= {*leaves})
