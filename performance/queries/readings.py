"""The readings of a quarter: every category with its series, its target, and what follows from them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction

from performance.calculations.categories import Successions
from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.readings import Reading, Target, read, total_series
from performance.calculations.status import DEFAULT_TOLERANCE, Sense
from performance.models import Partnership

from .category_tree import Category
from .figures import FigureTable
from .returns import Return
from .target_table import TargetTable

YEARS_READ = 9
"""A season, a level and limits are learnt from the last years, not from all that are held."""


@dataclass(frozen=True)
class ReadingRow:
    """A category with its reading, and its parts if it is a total.

    `alike` is a total without the parts named in `left_out`, which are counted differently or have a target that is
    not like for like; None where nothing had to be left out, or nothing would be left.
    """

    category: Category
    reading: Reading
    baseline_year: FinancialYear | None
    basis: str
    notes: tuple[str, ...]
    suppliers: tuple[str, ...]
    parts: tuple[ReadingRow, ...] = ()
    alike: Reading | None = None
    left_out: tuple[str, ...] = ()

    def walk(self) -> Iterator[ReadingRow]:
        """Every row, a total after its parts."""
        for part in self.parts:
            yield from part.walk()
        yield self

    @property
    def is_total(self) -> bool:
        return bool(self.parts)

    @property
    def judged(self) -> Reading:
        """The reading that speaks for the row: of a total that is not like for like, the one that is."""
        return self.alike or self.reading


@dataclass(frozen=True)
class QuarterReadings:
    """The tops of the tree of categories in their order; none without a single figure in the quarter's return."""

    quarter: Quarter
    current: Return | None
    rows: tuple[ReadingRow, ...]
    successions: Successions = field(default_factory=Successions)

    @property
    def leaves(self) -> tuple[ReadingRow, ...]:
        return tuple(row for top in self.rows for row in top.walk() if not row.is_total)


def quarter_readings(partnership: Partnership, returns: tuple[Return, ...], quarter: Quarter) -> QuarterReadings:
    """The readings of all categories in a quarter. Seven queries; none without a return with figures."""
    current = next((each for each in returns if each.period == quarter), None)
    if current is None or not current.has_figures:
        return QuarterReadings(quarter, current, ())
    maker = _Maker(figure_table(partnership, returns, quarter), current, quarter)
    tops = [top for top in maker.tree.tops(quarter.year) if maker.has_any(top)]
    rows = tuple(maker.row(top) for top in tops)
    return QuarterReadings(quarter, current, rows, maker.tree.successions)


def category_reading(table: FigureTable, current: Return, quarter: Quarter, category: int) -> ReadingRow:
    """The reading of one category, and of its parts."""
    return _Maker(table, current, quarter).row(category)


def figure_table(partnership: Partnership, returns: tuple[Return, ...], quarter: Quarter) -> FigureTable:
    """What a quarter's readings are made of: the last years, and the targets of its own. Seven queries."""
    years = [FinancialYear(quarter.year.start - back) for back in range(YEARS_READ)]
    targets = TargetTable.load(partnership, [quarter.year])
    return FigureTable.load(partnership, returns, years, targets=targets).protected()


class _Maker:
    """Makes the rows of one quarter from a table of figures."""

    def __init__(self, table: FigureTable, current: Return, quarter: Quarter) -> None:
        self.table = table
        self.tree = table.tree
        self.current = current
        self.quarter = quarter
        self.year = quarter.year
        self.suppliers = table.suppliers(quarter.ends)
        # What is published is read from published figures only; a draft from all that its readers may see.
        self.figures = table.published() if current.is_published else table

    def has_any(self, category: int) -> bool:
        """Whether anything was entered for a category in this quarter, or is to be reached in its year."""
        return any(
            self.table.has_entries(leaf, self.current) or self.table.targets.is_set(leaf, self.year)
            for leaf in self.tree.leaves(category, self.year)
        )

    def row(self, category: int) -> ReadingRow:
        parts = tuple(self.row(part) for part in self.tree.parts(category, self.year))
        return self._total(category, parts) if parts else self._leaf(category)

    def _leaf(self, pk: int) -> ReadingRow:
        category = self.tree.nodes[pk]
        line = self.tree.successions.line(pk, self.year)
        set_for = next((each for each in line if self.table.targets.is_set(each, self.year)), pk)
        target = self.table.target(set_for, self.year)
        baseline = self.table.baseline(set_for, self.year)
        changes = self.table.breaks(pk)
        aim = Target(
            count=Figure.of(target.count) if target else NOT_HELD,
            baseline=Figure.of(baseline.count) if baseline else NOT_HELD,
            baseline_year=baseline.financial_year if baseline else None,
            sense=Sense(target.sense) if target else Sense.WATCH,
            tolerance=Fraction(target.tolerance_percent) / 100 if target else DEFAULT_TOLERANCE,
        )
        entered = self.table.entered(pk, self.current)
        notes = [each.note for each in (target, entered) if each is not None and each.note]
        notes += [
            f"Counted differently from {change.begins.dates}: {change.description}"
            for change in changes
            if self._concerns(change.begins)
        ]
        return ReadingRow(
            category=category,
            reading=read(
                category.name,
                self.figures.series(pk),
                self.quarter,
                target=aim,
                breaks=[change.begins for change in changes],
            ),
            baseline_year=baseline.financial_year if baseline else None,
            basis=target.basis if target else "",
            notes=tuple(dict.fromkeys(notes)),
            suppliers=tuple(self.suppliers[pk]),
        )

    def _concerns(self, begins: Quarter) -> bool:
        """Whether a change of counting lies among the quarters that the page shows."""
        return (self.year - (YEARS_READ - 1)).quarters[0] < begins <= self.quarter

    def _total(self, pk: int, parts: tuple[ReadingRow, ...]) -> ReadingRow:
        category = self.tree.nodes[pk]
        leaves = [leaf for part in parts for leaf in part.walk() if not leaf.is_total]
        breaks = {begins for leaf in leaves for begins in leaf.reading.breaks} | self._other_parts(pk)
        unlike = [leaf for leaf in leaves if _is_unlike(leaf.reading)]
        alike = [leaf for leaf in leaves if leaf not in unlike]
        return ReadingRow(
            category=category,
            reading=read(
                category.name,
                self.figures.series(pk),
                self.quarter,
                target=_sum_of_targets(leaves),
                breaks=breaks,
            ),
            baseline_year=None,
            basis="",
            notes=(),
            suppliers=tuple(dict.fromkeys(name for leaf in leaves for name in leaf.suppliers)),
            parts=parts,
            alike=self._alike(category, alike) if unlike and alike else None,
            left_out=tuple(leaf.category.name for leaf in unlike) if alike else (),
        )

    def _alike(self, category: Category, leaves: Sequence[ReadingRow]) -> Reading:
        series = total_series({leaf.category.name: leaf.reading.series for leaf in leaves})
        breaks = {begins for leaf in leaves for begins in leaf.reading.breaks}
        return read(category.name, series, self.quarter, target=_sum_of_targets(leaves), breaks=breaks)

    def _other_parts(self, total: int) -> set[Quarter]:
        """The first quarters of the years from which a total is the sum of something else."""
        years = [year for year in self.tree.successions.years_of_change if year <= self.year]
        return {year.quarters[0] for year in years if not self.tree.runs_on(total, year, year - 1)}


def _is_unlike(reading: Reading) -> bool:
    """Whether a part keeps a total from being compared with last year, or judged by its target."""
    pairs = (reading.against_last_year, reading.to_date, reading.four_quarters)
    is_broken = any(pair.is_broken for pair in pairs)
    return is_broken or reading.is_set_on_another_count or reading.target.allows_a_rise


def _sum_of_targets(leaves: Sequence[ReadingRow]) -> Target:
    """The sum of the parts' targets, judged as they are where all are judged alike, else only watched."""
    senses = {leaf.reading.target.sense for leaf in leaves}
    tolerances = {leaf.reading.target.tolerance for leaf in leaves}
    return Target(
        count=Figure.total({leaf.category.name: leaf.reading.target.count for leaf in leaves}),
        baseline=Figure.total({leaf.category.name: leaf.reading.target.baseline for leaf in leaves}),
        sense=senses.pop() if len(senses) == 1 else Sense.WATCH,
        tolerance=tolerances.pop() if len(tolerances) == 1 else DEFAULT_TOLERANCE,
    )
