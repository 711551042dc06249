"""The periods that a reader may choose from: those that have a return, the latest first."""

from __future__ import annotations

from dataclasses import dataclass

from performance.calculations.periods import FinancialYear, Period
from performance.queries import Return


@dataclass(frozen=True, slots=True)
class PeriodChoice:
    year: FinancialYear
    returns: tuple[Return, ...]
    chosen: Period | None


def period_choices(returns: tuple[Return, ...], chosen: Period | None) -> tuple[PeriodChoice, ...]:
    """One choice a year, with its whole year first and then its quarters."""
    years = sorted({each.period.year for each in returns}, reverse=True)
    return tuple(
        PeriodChoice(
            year,
            tuple(
                sorted(
                    (each for each in returns if each.period.year == year),
                    key=lambda each: (not each.is_whole_year, each.period.ends),
                )
            ),
            chosen,
        )
        for year in years
    )
