"""The way to a target: milestones by year, and a year's target spread over its quarters.

Whole numbers throughout. Each category is rounded, and totals add up the rounded.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from itertools import accumulate

from .change import rounded
from .history import Profile
from .periods import FinancialYear, Quarter


class Shape(Enum):
    """How a target over several years is approached. The value is what may be stored."""

    LINEAR = "linear"
    COMPOUND = "compound"


@dataclass(frozen=True, slots=True)
class Milestone:
    """What a year on the way should come to; `step` 1 is the first year of work, `steps` the target's."""

    year: FinancialYear
    step: int
    count: int


@dataclass(frozen=True, slots=True)
class Trajectory:
    """A baseline, a target, and the milestones between them; the last is the target itself.

    `parts` are the trajectories that a total adds up. A total has no shape of its own where theirs differ.
    """

    baseline: int
    target: int
    shape: Shape | None
    milestones: tuple[Milestone, ...]
    parts: tuple[Trajectory, ...] = ()

    def in_year(self, year: FinancialYear) -> int | None:
        """The milestone of a year; None before the work starts and after the target."""
        return next((milestone.count for milestone in self.milestones if milestone.year == year), None)


def trajectory(
    baseline: int,
    target: int,
    starts: FinancialYear,
    target_year: FinancialYear,
    shape: Shape = Shape.LINEAR,
) -> Trajectory:
    """The milestones from the first year of work to the target's.

    Step j of n: baseline + (target − baseline) × j ÷ n, or, compound, baseline × (target ÷ baseline)^(j ÷ n), rounded
    half up. The baseline's own year may lie earlier: before the work starts nothing is asked for. Negative counts, a
    compound way from or to 0, and a start after the target's year are a ValueError.
    """
    if min(baseline, target) < 0:
        raise ValueError("A baseline and a target are 0 or more.")
    if starts > target_year:
        raise ValueError(f"Work that starts in {starts} has no year before its target of {target_year}.")
    if shape is Shape.COMPOUND and min(baseline, target) == 0:
        raise ValueError("A compound way needs a baseline and a target above 0.")
    steps = target_year.start - starts.start + 1
    step_count = _linear_step if shape is Shape.LINEAR else _compound_step
    milestones = tuple(
        Milestone(starts + (step - 1), step, step_count(baseline, target, step, steps)) for step in range(1, steps + 1)
    )
    return Trajectory(baseline, target, shape, milestones)


def total_trajectory(parts: Sequence[Trajectory]) -> Trajectory | None:
    """The sum of rounded milestones; None without parts, or where their years differ."""
    years = [tuple(milestone.year for milestone in part.milestones) for part in parts]
    if not parts or any(each != years[0] for each in years):
        return None
    shapes = {part.shape for part in parts}
    by_step = zip(*(part.milestones for part in parts), strict=True)
    milestones = tuple(
        Milestone(step[0].year, step[0].step, sum(milestone.count for milestone in step)) for step in by_step
    )
    return Trajectory(
        baseline=sum(part.baseline for part in parts),
        target=sum(part.target for part in parts),
        shape=shapes.pop() if len(shapes) == 1 else None,
        milestones=milestones,
        parts=tuple(parts),
    )


def _linear_step(baseline: int, target: int, step: int, steps: int) -> int:
    return int(rounded(baseline + Fraction((target - baseline) * step, steps)))


def _compound_step(baseline: int, target: int, step: int, steps: int) -> int:
    """The whole number nearest to the root, found in whole numbers: floating point only makes the first guess.

    m is the answer when (2m − 1)^n ≤ 2^n b^(n − j) T^j < (2m + 1)^n.
    """
    power: int = 2**steps * baseline ** (steps - step) * target**step
    count: int = round(baseline * (target / baseline) ** (step / steps))
    while (2 * count + 1) ** steps <= power:
        count += 1
    while (2 * count - 1) ** steps > power:
        count -= 1
    return count


@dataclass(frozen=True, slots=True)
class YearPath:
    """A year's target over its quarters, Q1 first; they add up to it exactly."""

    year: FinancialYear
    target: int
    profile: Profile
    quarters: tuple[int, ...]

    @property
    def cumulative(self) -> tuple[int, ...]:
        return tuple(accumulate(self.quarters))

    def in_quarter(self, quarter: Quarter) -> int:
        return self.quarters[quarter.number - 1]

    def to_date(self, quarter: Quarter) -> int:
        """What the year may (or should) have come to by the end of a quarter."""
        return self.cumulative[quarter.number - 1]


def year_path(year: FinancialYear, target: int, profile: Profile) -> YearPath:
    """A year's target spread over its quarters by their season."""
    return YearPath(year, target, profile, apportion(target, profile.shares))


def apportion(total: int, shares: Sequence[Fraction]) -> tuple[int, ...]:
    """Whole numbers in proportion to shares that add up to 1; the numbers add up to the total.

    Largest remainder: each share's quota without its fraction, and one more for the largest fractions until all is
    given; of equal fractions the earlier. A negative total or share is a ValueError, and so are shares that do not add
    up to 1.
    """
    if total < 0 or min(shares) < 0 or sum(shares) != 1:
        raise ValueError("A total of 0 or more is spread over shares of 0 or more that add up to 1.")
    quotas = [total * share for share in shares]
    numbers = [quota.numerator // quota.denominator for quota in quotas]
    by_fraction = sorted(range(len(quotas)), key=lambda place: (numbers[place] - quotas[place], place))
    for place in by_fraction[: total - sum(numbers)]:
        numbers[place] += 1
    return tuple(numbers)
