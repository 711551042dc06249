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
    quarters: tuple[Return, ...] = ()
    """Of a year without a return of its own: the four that add up to it."""

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
    """The returns selected, oldest first, a whole year after its quarters. One query.

    A year that has no return of its own, but all its quarters, is the sum of them.
    """
    rows = returns.order_by().annotate(figures=Count("actuals"))
    held = [
        Return(row.pk, row.period, ReturnState(row.state), row.figures_as_at, row.source, row.figures > 0)
        for row in rows
    ]
    sums = {each.period: each for each in _years_of_quarters(held)}
    # A draft for a year does not hide what its quarters have published.
    held = [each for each in held if each.period not in sums] + list(sums.values())
    return tuple(sorted(held, key=lambda each: (each.period.ends, each.is_whole_year)))


def _years_of_quarters(held: list[Return]) -> list[Return]:
    by_period = {each.period: each for each in held}
    found = []
    for year in sorted({each.period.year for each in held}):
        quarters = tuple(by_period[each] for each in year.quarters if each in by_period)
        if len(quarters) == 4 and all(each.has_figures for each in quarters):
            total, own = _sum_of(year, quarters), by_period.get(year)
            if own is None or (total.is_published and not own.is_published):
                found.append(total)
    return found


def _sum_of(year: FinancialYear, quarters: tuple[Return, ...]) -> Return:
    """Published once all its quarters are, and as true as the last of them."""
    days = [each.figures_as_at for each in quarters if each.figures_as_at]
    return Return(
        pk=0,
        period=year,
        state=ReturnState.PUBLISHED if all(each.is_published for each in quarters) else ReturnState.DRAFT,
        figures_as_at=max(days) if len(days) == 4 else None,
        source="Sum of the four quarters",
        has_figures=True,
        quarters=quarters,
    )


def latest_published(returns: tuple[Return, ...]) -> Return | None:
    """The last period that was published with at least one figure."""
    return next((each for each in reversed(returns) if each.is_published and each.has_figures), None)
