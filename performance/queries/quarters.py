"""Every quarter of one category."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Q

from performance.calculations.change import Change, change
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import Quarter
from performance.calculations.series import Series
from performance.models import Actual, CrimeCategory, Partnership, RecordingChange

from .figures import figure_of
from .returns import Return


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
    """The quarters that are held, the latest first; of a total the sums of its parts. Three queries at most."""
    held = {each.period: each for each in returns if isinstance(each.period, Quarter)}
    if not held:
        return ()
    leaves = _leaves(category)
    rows: dict[int, dict[int, Actual]] = defaultdict(dict)
    returns_held = [each.pk for each in held.values()]
    for row in Actual.objects.filter(period_return__in=returns_held, category__in=leaves).with_revised():
        rows[row.period_return_id][row.category_id] = row
    if not rows:
        return ()
    breaks = _breaks(partnership, leaves)
    series = Series({quarter: _sum(category, leaves, rows[each.pk]) for quarter, each in held.items()})
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


def _leaves(category: CrimeCategory) -> list[CrimeCategory]:
    children: dict[int | None, list[CrimeCategory]] = defaultdict(list)
    for row in CrimeCategory.objects.all():
        children[row.parent_id].append(row)

    def under(row: CrimeCategory) -> list[CrimeCategory]:
        return [leaf for part in children[row.pk] for leaf in under(part)] if children[row.pk] else [row]

    return under(category)


def _breaks(partnership: Partnership, leaves: list[CrimeCategory]) -> set[Quarter]:
    """The quarters from which one of some categories is counted differently."""
    here = Q(partnership=partnership) | Q(partnership__isnull=True)
    rows = RecordingChange.objects.filter(here, category__in=leaves)
    return {Quarter(row.financial_year, row.quarter) for row in rows}


def _sum(category: CrimeCategory, leaves: list[CrimeCategory], rows: dict[int, Actual]) -> Figure:
    if leaves == [category]:
        return figure_of(rows.get(category.pk))
    absent = Figure.missing(NoFigure.NOT_HELD)
    return Figure.total({leaf.name: figure_of(rows[leaf.pk]) if leaf.pk in rows else absent for leaf in leaves})
