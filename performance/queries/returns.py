"""Which periods have a return, in which state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, OuterRef

from performance.calculations.periods import FinancialYear, Period, Quarter, day
from performance.models import Actual, PeriodReturn, ReturnState
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
    figures_first_as_at: date | None = None
    """Of a sum of quarters: the day of the first of them, where it differs from that of the last."""
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
    def as_at(self) -> str:
        """31 May 2008; 24 July 2007 to 24 April 2008 where quarters were true on different days; or nothing."""
        if self.figures_as_at is None:
            return ""
        first = f"{day(self.figures_first_as_at)} to " if self.figures_first_as_at else ""
        return f"{first}{day(self.figures_as_at)}"

    @property
    def name(self) -> str:
        """2007/08, or July to September 2008 (Q2)."""
        return str(self.period) if self.is_whole_year else self.period.dates

    @property
    def has_own_figures(self) -> bool:
        """Whether anything was entered in it; a year that is the sum of its quarters has only theirs."""
        return self.has_figures and not self.quarters

    @property
    def is_published(self) -> bool:
        return self.state is ReturnState.PUBLISHED


_COLUMNS = ("pk", "financial_year", "quarter", "state", "figures_as_at", "source", "has_figures")


def returns_held(returns: PeriodReturnQuerySet) -> tuple[Return, ...]:
    """The returns selected, oldest first, a whole year after its quarters. One query.

    A year that has no return of its own, but all its quarters, is the sum of them.
    """
    return _with_sums(_return(*columns) for columns in _with_figures(returns).values_list(*_COLUMNS))


def returns_entered(returns: PeriodReturnQuerySet) -> tuple[Return, ...]:
    """The returns selected as they were entered, without years that are sums of their quarters. One query."""
    return tuple(_return(*columns) for columns in _with_figures(returns).values_list(*_COLUMNS))


def published_returns(partnerships: Collection[int], years: Collection[FinancialYear]) -> dict[int, tuple[Return, ...]]:
    """What some partnerships have published for some years, by the partnership's number. One query."""
    rows = PeriodReturn.objects.published().filter(partnership__in=partnerships, financial_year__in=years)
    found: dict[int, list[Return]] = defaultdict(list)
    for partnership, *columns in _with_figures(rows).values_list("partnership", *_COLUMNS):
        found[partnership].append(_return(*columns))
    return {pk: _with_sums(found[pk]) for pk in partnerships}


def _with_figures(returns: PeriodReturnQuerySet) -> Any:
    """Each return with `has_figures`: whether anything was entered in it."""
    return returns.order_by().annotate(has_figures=Exists(Actual.objects.filter(period_return=OuterRef("pk"))))


def _return(
    pk: int,
    year: FinancialYear,
    number: int | None,
    state: str,
    figures_as_at: date | None,
    source: str,
    has_figures: bool,
) -> Return:
    period = year if number is None else Quarter(year, number)
    return Return(pk, period, ReturnState(state), figures_as_at, source, has_figures)


def _with_sums(returns: Iterable[Return]) -> tuple[Return, ...]:
    """The returns in order, with the years that are the sums of their quarters."""
    by_period = {each.period: each for each in returns}
    # A draft for a year does not hide what its quarters have published.
    by_period |= {each.period: each for each in _years_of_quarters(by_period)}
    return tuple(by_period[period] for period in sorted(by_period, key=_place))


def _place(period: Period) -> tuple[int, int]:
    """Where a period stands among others: a year after its four quarters."""
    return period.year.start, period.number if isinstance(period, Quarter) else 5


def _years_of_quarters(by_period: dict[Period, Return]) -> list[Return]:
    quarters: dict[int, list[Return]] = defaultdict(list)
    for each in by_period.values():
        if isinstance(each.period, Quarter) and each.has_figures:
            quarters[each.period.year.start].append(each)
    whole = [sorted(found, key=lambda each: _place(each.period)) for found in quarters.values() if len(found) == 4]
    sums = [_sum_of(found[0].period.year, tuple(found)) for found in whole]
    return [each for each in sums if _stands_for_year(each, by_period.get(each.period))]


def _stands_for_year(total: Return, own: Return | None) -> bool:
    return own is None or (total.is_published and not own.is_published)


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
        figures_first_as_at=min(days) if len(days) == 4 and min(days) < max(days) else None,
        quarters=quarters,
    )


def latest_published(returns: tuple[Return, ...]) -> Return | None:
    """The last period that was published with at least one figure."""
    return next((each for each in reversed(returns) if each.is_published and each.has_figures), None)
