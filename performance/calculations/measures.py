"""One category over one period: its figures, and all that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .change import Change, NoChange, change
from .figures import Figure
from .periods import FinancialYear
from .significance import is_clear_change, strength
from .status import DEFAULT_TOLERANCE, Sense, Verdict, year_over


@dataclass(frozen=True)
class Measure:
    """A category's baseline, target and actual. A total is made from its parts, never typed in.

    `baseline_years` are the years of the baselines that it is measured from: one, unless the parts of a total differ.
    `is_counted_differently`: whether the way of counting changed between that year and the actual's.
    `dispersion` is how much more than Poisson its own series varies, None without enough history.
    """

    name: str
    baseline: Figure
    target: Figure
    actual: Figure
    sense: Sense = Sense.REDUCE
    tolerance: Fraction = DEFAULT_TOLERANCE
    parts: tuple[Measure, ...] = ()
    baseline_years: tuple[FinancialYear, ...] = ()
    is_counted_differently: bool = False
    dispersion: float | None = None

    @classmethod
    def total(cls, name: str, parts: tuple[Measure, ...], dispersion: float | None = None) -> Measure:
        """The sum of parts, column by column: counts are added, percentages never averaged.

        Judged as its parts are where all are judged alike, else as "reduce"; with a part that is only watched among
        them the total is watched too. The tolerance is that of the parts where they share one.
        """
        senses = {part.sense for part in parts}
        tolerances = {part.tolerance for part in parts}
        return cls(
            name=name,
            baseline=Figure.total({part.name: part.baseline for part in parts}),
            target=Figure.total({part.name: part.target for part in parts}),
            actual=Figure.total({part.name: part.actual for part in parts}),
            sense=senses.pop() if len(senses) == 1 else Sense.WATCH if Sense.WATCH in senses else Sense.REDUCE,
            tolerance=tolerances.pop() if len(tolerances) == 1 else DEFAULT_TOLERANCE,
            parts=parts,
            baseline_years=tuple(sorted({year for part in parts for year in part.baseline_years})),
            is_counted_differently=any(part.is_counted_differently for part in parts),
            dispersion=dispersion,
        )

    @property
    def baseline_year(self) -> FinancialYear | None:
        """None without a baseline, and where the parts of a total have baselines of different years."""
        return self.baseline_years[0] if len(self.baseline_years) == 1 else None

    @cached_property
    def change(self) -> Change:
        """From the baseline to the actual. Sums of different years make none."""
        if len(self.baseline_years) > 1:
            return Change(self.baseline, self.actual, None, NoChange.BASELINES_OF_DIFFERENT_YEARS)
        return change(self.baseline, self.actual)

    @cached_property
    def is_clear_change(self) -> bool:
        """Whether the actual differs from the baseline by more than chance: what may be told as news."""
        counts = self._countable
        return counts is not None and is_clear_change(*counts, self.dispersion)

    @cached_property
    def strength(self) -> float:
        """|z| of the change since the baseline; 0 where it cannot be tested."""
        return strength(*self._countable, self.dispersion) if self._countable is not None else 0.0

    @property
    def _countable(self) -> tuple[int, int] | None:
        counts = self.change.counts
        return counts if counts is not None and min(counts) >= 0 and len(self.baseline_years) <= 1 else None

    @cached_property
    def fair(self) -> Measure | None:
        """What may be told of the change: itself, or the total without the parts that are counted differently now."""
        if not self.is_counted_differently:
            return self
        alike = tuple(leaf for leaf in self.leaves if not leaf.is_counted_differently)
        return Measure.total(self.name, alike, self.dispersion) if self.parts and alike else None

    @cached_property
    def counted_differently(self) -> tuple[Measure, ...]:
        """The categories, at any depth, of which the way of counting changed since the baseline."""
        return tuple(leaf for leaf in self.leaves if leaf.is_counted_differently)

    @cached_property
    def planned_change(self) -> Change:
        """From the baseline to the target. Sums of different years make none."""
        if len(self.baseline_years) > 1:
            return Change(self.baseline, self.target, None, NoChange.BASELINES_OF_DIFFERENT_YEARS)
        return change(self.baseline, self.target)

    @cached_property
    def verdict(self) -> Verdict:
        """The verdict on a year that is over."""
        return year_over(
            baseline=self.baseline,
            target=self.target,
            actual=self.actual,
            sense=self.sense,
            tolerance=self.tolerance,
            dispersion=self.dispersion,
            limit_is_observed=self.target.known == self.baseline.known,
        )

    @cached_property
    def unlike(self) -> tuple[Measure, ...]:
        """The parts, at any depth, whose target is not like for like with their baseline."""
        if not self.parts:
            return () if self.verdict.is_like_for_like else (self,)
        return tuple(leaf for part in self.parts for leaf in part.unlike)

    def like_for_like(self) -> Measure | None:
        """The total without the parts that are not like for like; None where nothing would change or be left."""
        if not self.unlike or not self.parts:
            return None
        alike = tuple(leaf for leaf in self.leaves if leaf not in self.unlike)
        return Measure.total(self.name, alike, self.dispersion) if alike else None

    @property
    def leaves(self) -> tuple[Measure, ...]:
        """What a total is made of in the end; a category without parts is its own only leaf."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)
