"""What a new plan is made of: what becomes of each category, with which baseline and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from performance.calculations.periods import FinancialYear


class Fate(Enum):
    """What becomes of a category in the new plan."""

    KEEP = "keep"
    RENAME = "rename"
    SPLIT = "split"
    MERGE = "merge"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class CategoryFate:
    """What becomes of one category, under which names, with the count it starts from and the one it is to reach.

    What was split starts from nothing that is known: its parts get their baselines once they have figures.
    """

    category: int
    fate: Fate
    names: tuple[str, ...] = ()
    baseline: int | None = None
    target: int | None = None
    basis: str = ""
    is_actual: bool = False
    """Whether the baseline is the actual of the baseline year as it was proposed, not one that was typed."""

    @property
    def results(self) -> tuple[str, ...]:
        """The names of what is counted in its place from now on; none where it is kept or retired."""
        return () if self.fate in (Fate.KEEP, Fate.RETIRE) else self.names


@dataclass(frozen=True, slots=True)
class Outcome:
    """What one category starts from and is to reach: of what is merged the sums, none where a part has none."""

    baseline: int | None
    target: int | None
    basis: str
    is_actual: bool

    @classmethod
    def of(cls, fates: Sequence[CategoryFate]) -> Outcome:
        baseline = _sum(each.baseline for each in fates)
        return cls(
            baseline=baseline,
            target=_sum(each.target for each in fates) if baseline is not None else None,
            basis=fates[0].basis if len({each.basis for each in fates}) == 1 else "",
            is_actual=all(each.is_actual for each in fates),
        )


def _sum(counts: Iterable[int | None]) -> int | None:
    found = list(counts)
    return None if None in found else sum(each for each in found if each is not None)


@dataclass(frozen=True, slots=True)
class Renewal:
    """Everything that a new plan is made of."""

    title: str
    first_year: FinancialYear
    last_year: FinancialYear
    baseline_year: FinancialYear
    categories: tuple[CategoryFate, ...]
    agencies: Mapping[int, str]
    """The name of the body that takes an agency's place, new or there already, by agency; the others stay."""
    carries_actions: bool
