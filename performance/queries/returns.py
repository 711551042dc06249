"""Which periods have a return, in which state."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Count

from performance.calculations.periods import FinancialYear, Period
from performance.models import ReturnState
from performance.querysets import PeriodReturnQuerySet


@dataclass(frozen=True, slots=True)
class Return:
    """The figures of a period as handed in: which period, in which state, true on which day."""

    pk: int
    period: Period
    state: ReturnState
    figures_as_at: date | None
    source: str
    has_figures: bool

    @property
    def is_whole_year(self) -> bool:
        return isinstance(self.period, FinancialYear)

    @property
    def is_comparable(self) -> bool:
        """Whether it may stand beside baselines and targets, which are for whole years: a year, and over."""
        return self.is_whole_year and (self.figures_as_at is None or self.figures_as_at >= self.period.ends)

    @property
    def name(self) -> str:
        """2007/08, or July to September 2008 (Q2)."""
        return str(self.period) if self.is_whole_year else self.period.dates

    @property
    def is_published(self) -> bool:
        return self.state is ReturnState.PUBLISHED


def returns_held(returns: PeriodReturnQuerySet) -> tuple[Return, ...]:
    """The returns selected, oldest first, a whole year after its quarters. One query."""
    rows = returns.order_by().annotate(figures=Count("actuals"))
    held = [
        Return(row.pk, row.period, ReturnState(row.state), row.figures_as_at, row.source, row.figures > 0)
        for row in rows
    ]
    return tuple(sorted(held, key=lambda each: (each.period.ends, each.is_whole_year)))


def latest_published(returns: tuple[Return, ...]) -> Return | None:
    """The last period that was published with at least one figure."""
    return next((each for each in reversed(returns) if each.is_published and each.has_figures), None)
