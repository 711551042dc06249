"""What a new plan is made of: what becomes of each category, with which baseline and target."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum

from performance.calculations.periods import FinancialYear


class CategoryChange(Enum):
    """What becomes of a category in the new plan."""

    KEEP = "keep"
    RENAME = "rename"
    SPLIT = "split"
    MERGE = "merge"
    RETIRE = "retire"


@dataclass(frozen=True, slots=True)
class CategoryPlan:
    """What becomes of one category, under which names, with the count it starts from and the one it is to reach.

    What was split starts from nothing that is known: its parts get their baselines once they have figures.
    """

    category: int
    change: CategoryChange
    names: tuple[str, ...] = ()
    baseline: int | None = None
    target: int | None = None
    basis: str = ""
    is_actual: bool = False
    """Whether the baseline is the actual of the baseline year as it was proposed, not one that was typed."""

    @property
    def results(self) -> tuple[str, ...]:
        """The names of what is counted in its place from now on; none where it is kept or retired."""
        return () if self.change in (CategoryChange.KEEP, CategoryChange.RETIRE) else self.names


@dataclass(frozen=True, slots=True)
class BaselineAndTarget:
    """What one category starts from and is to reach: of what is merged the sums, none where a part has none."""

    baseline: int | None
    target: int | None
    basis: str
    is_actual: bool

    @classmethod
    def of(cls, category_plans: Sequence[CategoryPlan]) -> BaselineAndTarget:
        baseline = _sum(each.baseline for each in category_plans)
        return cls(
            baseline=baseline,
            target=_sum(each.target for each in category_plans) if baseline is not None else None,
            basis=category_plans[0].basis if len({each.basis for each in category_plans}) == 1 else "",
            is_actual=all(each.is_actual for each in category_plans),
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
    categories: tuple[CategoryPlan, ...]
    agencies: Mapping[int, str]
    """The name of the body that takes an agency's place, new or there already, by agency; the others stay."""
    carries_actions: bool
