"""How often series like one have changed as much in as long: is a target within reach?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from .history import History


@dataclass(frozen=True, slots=True)
class PastChanges:
    """Of `pairs` of whole years that lie `years` apart, `reached` changed at least as far as a target asks for."""

    baseline: int
    target: int
    years: int
    reached: int
    pairs: int


def past_changes(histories: Iterable[History], baseline: int, target: int, years: int) -> PastChanges:
    """Looked for in every pair of years of every history, such as those of all areas that hold the category.

    A target below its baseline was reached where the later year ÷ the earlier is at most target ÷ baseline, one above
    where it is at least that; compared in whole numbers. Earlier years of 0 or less are left out. A baseline that is
    not above 0, a negative target or less than one year is a ValueError.
    """
    if baseline <= 0 or target < 0 or years < 1:
        raise ValueError("A change is from a baseline above 0 to a target of 0 or more, in a year or more.")
    reached = pairs = 0
    for history in histories:
        totals = history.whole_years
        for year, before in totals.items():
            if before <= 0 or year + years not in totals:
                continue
            after = totals[year + years]
            is_reached = (
                after * baseline <= before * target if target <= baseline else after * baseline >= before * target
            )
            pairs += 1
            reached += is_reached
    return PastChanges(baseline, target, years, reached, pairs)
