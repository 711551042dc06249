"""A return as it stands, for entering its figures: each category with what it had before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.utils.timezone import localtime

from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.calculations.plausibility import LOOKS_BACK, Doubt, WholeYear, doubts, year_check
from performance.calculations.series import Series
from performance.models import CrimeCategory, Partnership, PeriodReturn, ReturnEvent, ReturnState
from performance.wording import name_of

from .category_tree import Category
from .figures import Entered, FigureTable
from .returns import returns_entered

_YEARS_BACK = LOOKS_BACK // 4 + 1


@dataclass(frozen=True)
class EntryRow:
    """A category: its figure in this return, if there is one, and those that it is compared with.

    Of a total `figure` is the sum of its parts, and `held` the sum as it was supplied, to check them by.
    `before` is the quarter before, `year_before` the same quarter last year; of a whole year the two years before.
    """

    pk: int
    category: Category
    held: Entered | None
    figure: Figure
    before: Figure
    year_before: Figure
    series: Series
    counted_since: Quarter | None
    whole_year: int | None
    suppliers: tuple[str, ...]
    is_expected: bool
    parts: tuple[EntryRow, ...] = ()
    last_whole_year: WholeYear | None = None
    """The last year before, where only the whole of it is held: a quarter is hardly as much."""

    def doubts(self, value: int | None, period: Period) -> tuple[Doubt, ...]:
        """What is odd about a count for this category in a period."""
        if value is None or not isinstance(period, Quarter):
            return ()
        found = doubts(value, self.series, period, self.counted_since, self.last_whole_year)
        with_it = Series(dict(self.series.figures) | {period: Figure.of(value)})
        check = year_check(with_it, period.year, self.whole_year)
        return (*found, check) if check else found

    @property
    def leaves(self) -> tuple[EntryRow, ...]:
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)

    @property
    def in_order(self) -> tuple[EntryRow, ...]:
        """It and its parts at any depth, a total after its parts."""
        return (*(each for part in self.parts for each in part.in_order), self)

    @property
    def differs_by(self) -> int:
        """By how many the parts of a total exceed the sum that was supplied; 0 where either is not known."""
        if not self.parts or self.held is None or self.held.count is None or self.figure.known is None:
            return 0
        return self.figure.known - self.held.count


@dataclass(frozen=True)
class Step:
    """The latest event of a kind in the life of a return."""

    by: str
    at: datetime
    reason: str


@dataclass(frozen=True)
class EntrySheet:
    """A period's return, begun or not; `rows` are the tops of the tree of categories that are counted here."""

    period: Period
    state: ReturnState
    figures_as_at: date | None
    rows: tuple[EntryRow, ...]
    steps: dict[str, Step]

    @property
    def leaves(self) -> tuple[EntryRow, ...]:
        return tuple(leaf for row in self.rows for leaf in row.leaves)

    @property
    def in_order(self) -> tuple[EntryRow, ...]:
        return tuple(each for row in self.rows for each in row.in_order)

    @property
    def missing(self) -> tuple[EntryRow, ...]:
        """The categories that are expected and have no figure, nor a reason that is final."""
        late = (NoFigure.NOT_HELD, NoFigure.NOT_YET_AVAILABLE)
        return tuple(row for row in self.leaves if row.is_expected and row.figure.reason in late)


def entry_sheet(partnership: Partnership, period: Period) -> EntrySheet:
    """The return of a period with everything that stands beside it. Nine queries."""
    years = [period.year - back for back in range(_YEARS_BACK + 1)]
    entered = PeriodReturn.objects.filter(partnership=partnership, financial_year__in=years)
    table = FigureTable.load(partnership, returns_entered(entered), years)
    held = table.held(period)
    steps = _steps(held.pk) if held else []
    lines = _Rows(table, period, _expected(partnership, table, period.year))
    return EntrySheet(
        period=period,
        state=held.state if held else ReturnState.DRAFT,
        figures_as_at=held.figures_as_at if held else None,
        rows=tuple(lines.row(top) for top in table.tree.tops(period.year) if lines.is_shown(top)),
        steps={step.kind: Step(name_of(step.by), localtime(step.at), step.reason) for step in steps},
    )


def _steps(held: int) -> list[ReturnEvent]:
    """The steps of a return in order, and the last of its saves, of which there may be very many. Two queries."""
    events = ReturnEvent.objects.filter(period_return=held).select_related("by")
    steps = list(events.exclude(kind__in=[ReturnEvent.Kind.SAVED, ReturnEvent.Kind.REVISED]))
    saved = events.filter(kind=ReturnEvent.Kind.SAVED).last()
    return [*steps, saved] if saved else steps


def _expected(partnership: Partnership, table: FigureTable, year: FinancialYear) -> set[int]:
    """The categories whose figures a return of a year is asked for. One query."""
    expected = CrimeCategory.objects.expected_of(partnership).values_list("pk", flat=True)
    return {pk for pk in expected if table.tree.successions.is_counted(pk, year)}


class _Rows:
    """The rows around one return, each made with those of its parts."""

    def __init__(self, table: FigureTable, period: Period, expected: set[int]) -> None:
        self.table = table
        self.period = period
        self.expected = expected
        self.return_held = table.held(period)
        self.suppliers = table.suppliers(period.ends)

    def is_shown(self, category: int) -> bool:
        """Whether it or one of its parts is expected, or was entered in the years before."""
        leaves = self.table.tree.leaves(category, self.period.year)
        return any(leaf in self.expected or self.table.is_entered(leaf) for leaf in leaves)

    def row(self, category: int) -> EntryRow:
        parts = [part for part in self.table.tree.parts(category, self.period.year) if self.is_shown(part)]
        return self._total(category, tuple(self.row(part) for part in parts)) if parts else self._leaf(category)

    def _leaf(self, pk: int) -> EntryRow:
        before, year_before = self._compared_with()
        series = self.table.series(pk)
        whole_year = self.table.figure(pk, self.period.year).known
        return EntryRow(
            pk=pk,
            category=self.table.tree.nodes[pk],
            held=self._held(pk),
            figure=self.table.figure(pk, self.period),
            before=self.table.figure(pk, before),
            year_before=self.table.figure(pk, year_before),
            series=series,
            counted_since=self._counted_since(pk),
            whole_year=whole_year if isinstance(self.period, Quarter) else None,
            suppliers=tuple(self.suppliers[pk]),
            is_expected=pk in self.expected,
            last_whole_year=self._last_whole_year(pk, series),
        )

    def _last_whole_year(self, category: int, series: Series) -> WholeYear | None:
        if series.is_level:
            return None
        for back in range(1, _YEARS_BACK + 1):
            year = self.period.year - back
            count = self.table.figure(category, year).known
            if count is not None:
                has_quarters = series.whole_year(year).known is not None
                return None if has_quarters else WholeYear(year, count)
        return None

    def _total(self, pk: int, parts: tuple[EntryRow, ...]) -> EntryRow:
        return EntryRow(
            pk=pk,
            category=self.table.tree.nodes[pk],
            held=self._held(pk),
            figure=Figure.total({part.category.name: part.figure for part in parts}),
            before=Figure.total({part.category.name: part.before for part in parts}),
            year_before=Figure.total({part.category.name: part.year_before for part in parts}),
            series=Series(),
            counted_since=None,
            whole_year=None,
            suppliers=(),
            is_expected=False,
            parts=parts,
        )

    def _held(self, category: int) -> Entered | None:
        return self.table.entered(category, self.return_held) if self.return_held else None

    def _compared_with(self) -> tuple[Period, Period]:
        """The quarter before and the same quarter last year; of a year the two before it."""
        if isinstance(self.period, Quarter):
            return self.period - 1, self.period - 4
        return self.period - 1, self.period - 2

    def _counted_since(self, category: int) -> Quarter | None:
        """The quarter from which a category is counted as it is now."""
        begun = [each.begins for each in self.table.own_breaks(category) if each.begins.begins <= self.period.ends]
        return begun[-1] if begun else None
