"""A return as it stands, for entering its figures: each category with what it had before."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial

from django.db.models import Q
from django.utils.timezone import localtime

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.calculations.plausibility import LOOKS_BACK, Doubt, doubts, year_check
from performance.calculations.series import Series
from performance.models import (
    Actual,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    ReturnEvent,
    ReturnState,
)
from performance.wording import name_of

from .rows import Category, category_of, figure_of
from .suppliers import Suppliers
from .tree import CategoryTree

_YEARS_BACK = LOOKS_BACK // 4 + 1


@dataclass(frozen=True)
class EntryRow:
    """A category: its figure in this return, if there is one, and those that it is compared with.

    Of a total `figure` is the sum of its parts, and `held` the sum as it was supplied, to check them by.
    `before` is the quarter before, `year_before` the same quarter last year; of a whole year the two years before.
    """

    pk: int
    category: Category
    held: Actual | None
    figure: Figure
    before: Figure
    year_before: Figure
    series: Series
    counted_since: Quarter | None
    whole_year: int | None
    suppliers: tuple[str, ...]
    is_expected: bool
    parts: tuple[EntryRow, ...] = ()

    def doubts(self, value: int | None, period: Period) -> tuple[Doubt, ...]:
        """What is odd about a count for this category in a period."""
        if value is None or not isinstance(period, Quarter):
            return ()
        found = doubts(value, self.series, period, self.counted_since)
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
    quarter = period.number if isinstance(period, Quarter) else None
    found = PeriodReturn.objects.filter(partnership=partnership, financial_year=period.year, quarter=quarter).first()
    steps = _steps(found) if found else []
    tree = _Tree(partnership, period, found)
    return EntrySheet(
        period=period,
        state=ReturnState(found.state) if found else ReturnState.DRAFT,
        figures_as_at=found.figures_as_at if found else None,
        rows=tuple(tree.row(top) for top in tree.tree.tops if tree.is_shown(top)),
        steps={step.kind: Step(name_of(step.by), localtime(step.at), step.reason) for step in steps},
    )


def _steps(held: PeriodReturn) -> list[ReturnEvent]:
    """The steps of a return in order, and the last of its saves, of which there may be very many. Two queries."""
    events = ReturnEvent.objects.filter(period_return=held).select_related("by")
    steps = list(events.exclude(kind__in=[ReturnEvent.Kind.SAVED, ReturnEvent.Kind.REVISED]))
    saved = events.filter(kind=ReturnEvent.Kind.SAVED).last()
    return [*steps, saved] if saved else steps


class _Tree:
    """The rows around one return, looked up by category while the values are made."""

    def __init__(self, partnership: Partnership, period: Period, held: PeriodReturn | None) -> None:
        self.period = period
        self.tree = CategoryTree(partnership, period.year)
        expected = CrimeCategory.objects.expected_of(partnership).values_list("pk", flat=True)
        self.expected = {pk for pk in expected if self.tree.successions.is_counted(pk, period.year)}
        self.suppliers = Suppliers(partnership).on(period.ends)
        self.counted_since: dict[int, Quarter] = {}
        changes = RecordingChange.objects.filter(Q(partnership=partnership) | Q(partnership__isnull=True))
        for change in changes.order_by("financial_year", "quarter"):
            begins = Quarter(change.financial_year, change.quarter)
            if begins.begins <= period.ends:
                self.counted_since[change.category_id] = begins
        self.held: dict[int, Actual] = {}
        self.figures: dict[int, dict[Period, Figure]] = defaultdict(dict)
        rows = Actual.objects.filter(
            period_return__partnership=partnership,
            period_return__financial_year__gte=FinancialYear(period.year.start - _YEARS_BACK),
            period_return__financial_year__lte=period.year,
        )
        for row in rows.with_revised().select_related("period_return"):
            if held is not None and row.period_return_id == held.pk:
                self.held[row.category_id] = row
            self.figures[row.category_id][row.period_return.period] = figure_of(row)

    def is_shown(self, category: CrimeCategory) -> bool:
        if parts := self.tree.parts(category):
            return any(self.is_shown(part) for part in parts)
        return category.pk in self.expected or category.pk in self.figures

    def row(self, category: CrimeCategory) -> EntryRow:
        parts = tuple(self.row(part) for part in self.tree.parts(category) if self.is_shown(part))
        return self._total(category, parts) if parts else self._leaf(category)

    def _leaf(self, category: CrimeCategory) -> EntryRow:
        figures = self._joined(category)
        steps = (1, 4) if isinstance(self.period, Quarter) else (1, 2)
        whole = figures.get(self.period.year, NOT_HELD)
        return EntryRow(
            pk=category.pk,
            category=category_of(category),
            held=self.held.get(category.pk),
            figure=figures.get(self.period, NOT_HELD),
            before=figures.get(self.period - steps[0], NOT_HELD),
            year_before=figures.get(self.period - steps[1], NOT_HELD),
            series=Series(
                {each: figure for each, figure in figures.items() if isinstance(each, Quarter)},
                is_level=category.is_level,
            ),
            counted_since=self.counted_since.get(category.pk),
            whole_year=whole.known if isinstance(self.period, Quarter) else None,
            suppliers=tuple(self.suppliers[category.pk]),
            is_expected=category.pk in self.expected,
        )

    def _joined(self, category: CrimeCategory) -> dict[Period, Figure]:
        """A category's figures, in years before it was counted those of what it took the place of."""
        periods = {each for figures in self.figures.values() for each in figures}
        found = {}
        for each in periods:
            find = partial(self._find, each)
            if (figure := self.tree.successions.joined(category.pk, each.year, find)) is not None:
                found[each] = figure
        return found

    def _find(self, period: Period, category: int) -> Figure | None:
        return self.figures.get(category, {}).get(period)

    def _total(self, category: CrimeCategory, parts: tuple[EntryRow, ...]) -> EntryRow:
        return EntryRow(
            pk=category.pk,
            category=category_of(category),
            held=self.held.get(category.pk),
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
