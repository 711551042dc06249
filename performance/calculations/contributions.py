"""What moved a total: the parts of its change, which add up to it; by count, and by harm."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction


@dataclass(frozen=True, slots=True)
class PartCounts:
    """A part of a total before and after, in counts that may be added to those of the other parts."""

    name: str
    before: int
    after: int


@dataclass(frozen=True, slots=True)
class Contribution:
    """A part's change, and its share of the total's earlier sum: 1/20 where it alone moved the total by 5%.

    `share` is None where the total's earlier sum is not above 0.
    """

    part: PartCounts
    change: int
    share: Fraction | None


@dataclass(frozen=True, slots=True)
class Contributions:
    """The parts, those that moved the total most first; changes and shares add up to the total's exactly."""

    before: int
    after: int
    parts: tuple[Contribution, ...]

    @property
    def change(self) -> int:
        return self.after - self.before


def contributions(parts: Sequence[PartCounts]) -> Contributions:
    """Each part's after − before, by size whichever way it went; of equal ones the order stays.

    No parts at all are a ValueError, as in `Figure.total`. A part that is not known on both sides has no place here:
    the totals must be of the same parts (`comparability`).
    """
    if not parts:
        raise ValueError("A total needs at least one part.")
    before = sum(part.before for part in parts)
    found = [
        Contribution(
            part=part,
            change=part.after - part.before,
            share=Fraction(part.after - part.before, before) if before > 0 else None,
        )
        for part in parts
    ]
    by_size = sorted(found, key=lambda contribution: -abs(contribution.change))
    return Contributions(before, sum(part.after for part in parts), tuple(by_size))


@dataclass(frozen=True, slots=True)
class HarmContribution:
    """A part's harm before and after: its count times its weight."""

    part: PartCounts
    weight: Fraction
    before: Fraction
    after: Fraction

    @property
    def change(self) -> Fraction:
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class HarmContributions:
    """The harm of a total, its parts by how far they moved it; `unweighted` ones have no weight and are left out."""

    before: Fraction
    after: Fraction
    parts: tuple[HarmContribution, ...]
    unweighted: tuple[str, ...]

    @property
    def change(self) -> Fraction:
        return self.after - self.before


def harm_contributions(parts: Sequence[PartCounts], weights: Mapping[str, Fraction]) -> HarmContributions:
    """Counts weighted by the harm of one offence, such as the ONS crime severity scores, by the part's name."""
    weighted = [part for part in parts if part.name in weights]
    found = [
        HarmContribution(part, weights[part.name], part.before * weights[part.name], part.after * weights[part.name])
        for part in weighted
    ]
    by_size = sorted(found, key=lambda contribution: -abs(contribution.change))
    return HarmContributions(
        before=sum((contribution.before for contribution in found), Fraction(0)),
        after=sum((contribution.after for contribution in found), Fraction(0)),
        parts=tuple(by_size),
        unweighted=tuple(part.name for part in parts if part.name not in weights),
    )
