"""Baselines and targets: where each category starts from, and what it is to reach in a year."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal

from performance.calculations.periods import FinancialYear, day
from performance.models import Baseline, Partnership, Target


@dataclass(frozen=True, slots=True)
class BaselineSet:
    """The count of a year from which reductions are measured, in use from a year on."""

    pk: int
    category: int
    financial_year: FinancialYear
    count: int
    in_use_from: FinancialYear
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class TargetSet:
    """The count that a category is to reach in a year, measured from the baseline of that number."""

    pk: int
    category: int
    financial_year: FinancialYear
    count: int
    baseline: int
    sense: str
    tolerance_percent: Decimal
    basis: str
    note: str
    source: str
    revised_on: date | None = None
    revised_why: str = ""

    @property
    def told_source(self) -> str:
        """Where it comes from; of one that was changed after figures were published by it, when and why."""
        if self.revised_on is None:
            return self.source
        revised = f"Revised on {day(self.revised_on)}: {self.revised_why.rstrip('.')}."
        return f"{revised} Before that: {self.source}" if self.source else revised


_BASELINE = tuple(field.name for field in fields(BaselineSet))
_TARGET = tuple(field.name for field in fields(TargetSet))


class TargetTable:
    """What is set for a partnership's categories: all baselines, and the targets of the years asked for."""

    def __init__(self, baselines: Collection[BaselineSet] = (), targets: Collection[TargetSet] = ()) -> None:
        self._baselines = {each.pk: each for each in baselines}
        self._targets = {(each.category, each.financial_year): each for each in targets}
        self._of_category: dict[int, list[BaselineSet]] = defaultdict(list)
        for each in sorted(baselines, key=lambda each: each.in_use_from):
            self._of_category[each.category].append(each)

    @classmethod
    def load(cls, partnership: Partnership, years: Collection[FinancialYear]) -> TargetTable:
        """Two queries."""
        return cls.load_many([partnership.pk], years)[partnership.pk]

    @classmethod
    def load_many(cls, partnerships: Collection[int], years: Collection[FinancialYear]) -> dict[int, TargetTable]:
        """Of some partnerships, by the partnership's number. Two queries."""
        baselines: dict[int, list[BaselineSet]] = defaultdict(list)
        targets: dict[int, list[TargetSet]] = defaultdict(list)
        here = Baseline.objects.filter(partnership__in=partnerships).order_by()
        for partnership, *columns in here.values_list("partnership", *_BASELINE):
            baselines[partnership].append(BaselineSet(*columns))
        wanted = Target.objects.filter(partnership__in=partnerships, financial_year__in=years).order_by()
        for partnership, *columns in wanted.values_list("partnership", *_TARGET):
            targets[partnership].append(TargetSet(*columns))
        return {pk: cls(baselines[pk], targets[pk]) for pk in partnerships}

    def target(self, category: int, year: FinancialYear) -> TargetSet | None:
        return self._targets.get((category, year))

    def baseline(self, category: int, year: FinancialYear) -> BaselineSet | None:
        """What a category is measured from in a year: what its target is, or else the baseline in use."""
        target = self.target(category, year)
        baseline = self._baselines.get(target.baseline) if target else None
        if baseline is not None and baseline.category == category:
            return baseline
        return self.in_use(category, year)

    def in_use(self, category: int, year: FinancialYear) -> BaselineSet | None:
        """The baseline that came into use last by a year."""
        begun = self.baselines(category, year)
        return begun[-1] if begun else None

    def baselines(self, category: int, year: FinancialYear) -> list[BaselineSet]:
        """All baselines that a category had by a year, the oldest first."""
        return [each for each in self._of_category.get(category, ()) if each.in_use_from <= year]

    def is_set(self, category: int, year: FinancialYear) -> bool:
        """Whether a category has a baseline or a target in a year."""
        return self.target(category, year) is not None or self.in_use(category, year) is not None

    def baseline_years(self, year: FinancialYear) -> set[FinancialYear]:
        """The years of all baselines that are in use in a year or were before."""
        return {each.financial_year for each in self._baselines.values() if each.in_use_from <= year}

    def years_measured_from(self, year: FinancialYear) -> set[FinancialYear]:
        """The years of the baselines that are in use in a year, or that a target of it is measured from."""
        measured = [self.baseline(category, year) for category in self._of_category]
        in_use = [self.in_use(category, year) for category in self._of_category]
        return {each.financial_year for each in (*measured, *in_use) if each is not None}
