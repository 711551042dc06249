"""Every quarter of one category."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from performance.calculations.change import Change, change
from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.series import Series
from performance.models import Actual, CrimeCategory, Partnership, RecordingChange

from .returns import Return
from .rows import figure_of
from .tree import CategoryTree


@dataclass(frozen=True)
class QuarterLine:
    """A quarter's figure, its year to date, its rolling four quarters, and the change from the same quarter before."""

    quarter: Quarter
    held: Return
    figure: Figure
    year_to_date: Figure
    rolling_four: Figure
    change: Change
    is_broken: bool
    """Whether the way of counting changed between the quarter and the one that it is compared with."""
    breaks_here: bool
    is_sum_broken: bool
    note: str

    @property
    def figures(self) -> tuple[Figure, ...]:
        return self.figure, self.year_to_date, self.rolling_four


def quarter_lines(
    partnership: Partnership, returns: tuple[Return, ...], category: CrimeCategory
) -> tuple[QuarterLine, ...]:
    """The quarters that are held, the latest first; of a total the sums of its parts. Four queries at most."""
    held = {each.period: each for each in returns if isinstance(each.period, Quarter)}
    if not held:
        return ()
    tree = CategoryTree(partnership, max(each.year for each in held))
    leaves = tree.leaves_ever(category)
    rows: dict[int, dict[int, Actual]] = defaultdict(dict)
    returns_held = [each.pk for each in held.values()]
    for row in Actual.objects.filter(
        period_return__in=returns_held, category__in=tree.successions.with_those_before(leaves)
    ).with_revised():
        rows[row.period_return_id][row.category_id] = row
    if not rows:
        return ()
    breaks = _breaks(partnership, leaves)
    sums = {quarter: _sum(category, quarter.year, tree, rows[each.pk]) for quarter, each in held.items()}
    series = Series(sums, is_level=category.is_level)
    found = []
    for quarter in sorted(held, reverse=True):
        own = rows[held[quarter].pk].get(category.pk)
        figure = series.quarter(quarter)
        found.append(
            QuarterLine(
                quarter=quarter,
                held=held[quarter],
                figure=figure,
                year_to_date=series.year_to_date(quarter),
                rolling_four=series.rolling_four(quarter),
                change=change(series.quarter(quarter - 4), figure),
                is_broken=any(quarter - 4 < each <= quarter for each in breaks),
                breaks_here=quarter in breaks,
                is_sum_broken=any(quarter - 3 < each <= quarter for each in breaks),
                note=own.note if own else "",
            )
        )
    return tuple(found)


def _breaks(partnership: Partnership, leaves: list[CrimeCategory]) -> set[Quarter]:
    """The quarters from which one of some categories is counted differently."""
    here = Q(partnership=partnership) | Q(partnership__isnull=True)
    rows = RecordingChange.objects.filter(here, category__in=leaves)
    return {Quarter(row.financial_year, row.quarter) for row in rows}


def _sum(category: CrimeCategory, year: FinancialYear, tree: CategoryTree, rows: dict[int, Actual]) -> Figure:
    """A category's figure of a quarter in a year, of a total the sum of its parts."""

    def find(pk: int) -> Figure | None:
        return figure_of(rows[pk]) if pk in rows else None

    return tree.total_in(category, year, lambda leaf: tree.successions.joined(leaf.pk, year, find) or NOT_HELD)
