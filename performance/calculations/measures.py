"""One category over one period: its figures, and all that follows from them."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from functools import cached_property

from .change import Change, change
from .figures import Figure
from .status import DEFAULT_TOLERANCE, Sense, Verdict, year_over


@dataclass(frozen=True)
class Measure:
    """A category's baseline, target and actual. A total is made from its parts, never typed in."""

    name: str
    baseline: Figure
    target: Figure
    actual: Figure
    sense: Sense = Sense.REDUCE
    tolerance: Fraction = DEFAULT_TOLERANCE
    parts: tuple[Measure, ...] = ()

    @classmethod
    def total(cls, name: str, parts: tuple[Measure, ...]) -> Measure:
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
        )

    @cached_property
    def change(self) -> Change:
        """From the baseline to the actual."""
        return change(self.baseline, self.actual)

    @cached_property
    def planned_change(self) -> Change:
        """From the baseline to the target."""
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
        return Measure.total(self.name, alike) if alike else None

    @property
    def leaves(self) -> tuple[Measure, ...]:
        """What a total is made of in the end; a category without parts is its own only leaf."""
        return tuple(leaf for part in self.parts for leaf in part.leaves) if self.parts else (self,)
