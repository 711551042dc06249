"""The periods that a reader may choose from: those that have a return, the latest first."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from performance.calculations.periods import FinancialYear, Period
from performance.queries import Return

YEARS_IN_FULL = 6
"""So many of the latest years list their quarters, and the chosen year does; of others the whole year is enough, whose
own page lists its quarters."""


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    year: FinancialYear
    returns: tuple[Return, ...]
    chosen: Period | None


def period_choices(returns: tuple[Return, ...], chosen: Period | None) -> tuple[PeriodChoice, ...]:
    """One choice a year, with its whole year first and then its quarters."""
    by_year: dict[FinancialYear, list[Return]] = defaultdict(list)
    for each in returns:
        by_year[each.period.year].append(each)
    years = sorted(by_year, reverse=True)
    in_full = {*years[:YEARS_IN_FULL], *([chosen.year] if chosen else [])}
    choices = []
    for year in years:
        listed = by_year[year] if year in in_full else _whole_year_or_quarters(by_year[year])
        choices.append(PeriodChoice(year, _in_order(listed), chosen))
    return tuple(choices)


def _whole_year_or_quarters(returns: list[Return]) -> list[Return]:
    """The whole year alone where there is one, so that no period is out of reach where there is none."""
    return [each for each in returns if each.is_whole_year] or returns


def _in_order(returns: list[Return]) -> tuple[Return, ...]:
    """The whole year, then its quarters."""
    return tuple(sorted(returns, key=lambda each: (not each.is_whole_year, each.period.ends)))
