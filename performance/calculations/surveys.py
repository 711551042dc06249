"""A percentage of people who were asked: how sure it is, and whether two differ by more than chance.

Surveys that ask in clusters, or weight their answers, are less sure than a simple random sample of as many people. By
how much is the design effect: so many answers count for one.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import comb, sqrt

CLEAR_CHANGE = 1.96
"""|z| from which two shares are said to differ: 1 in 20 by chance. Also the width of the intervals, 95%."""
CLEAR_CHANGE_P = 0.05
SMALL_SAMPLE = 50
"""With fewer answers in either wave the exact test is used, for z promises too much."""
DEFAULT_DESIGN_EFFECT = Decimal("1.5")


@dataclass(frozen=True, slots=True)
class Share:
    """`percent`, 0 to 100, of a `sample` of at least one person; never a count, and never added up.

    `design_effect` is 1 for a simple random sample and more for others.
    """

    percent: Decimal
    sample: int
    design_effect: Decimal = Decimal(1)

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"A percentage is 0 to 100, not {self.percent}.")
        if self.sample < 1:
            raise ValueError(f"A sample is at least one person, not {self.sample}.")
        if self.design_effect < 1:
            raise ValueError(f"A design effect is at least 1, not {self.design_effect}.")

    @property
    def part(self) -> float:
        """As a part of 1."""
        return float(self.percent) / 100

    @property
    def effective(self) -> float:
        """How many people of a simple random sample would be as sure: sample ÷ design effect."""
        return self.sample / float(self.design_effect)

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval in per cent (Wilson 1927): never below 0 or above 100, and not empty at either end.

        centre = (p + z²/2n) ÷ (1 + z²/n), half = z √(p(1 − p)/n + z²/4n²) ÷ (1 + z²/n), n the effective sample.
        """
        z2, n, p = CLEAR_CHANGE**2, self.effective, self.part
        centre = p + z2 / (2 * n)
        half = CLEAR_CHANGE * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low, high = ((centre + way * half) / (1 + z2 / n) for way in (-1, 1))
        return 100 * max(0.0, low), 100 * min(1.0, high)


def z_of_change(before: Share, after: Share) -> float:
    """z = (p₁ − p₀) ÷ √(p̄(1 − p̄)(1/n₀ + 1/n₁)), n effective, p̄ pooled; positive when the share rose.

    0 where neither can vary.
    """
    n0, n1 = before.effective, after.effective
    pooled = (before.part * n0 + after.part * n1) / (n0 + n1)
    spread = pooled * (1 - pooled) * (1 / n0 + 1 / n1)
    return (after.part - before.part) / sqrt(spread) if spread > 0 else 0.0


def exact_p(before: Share, after: Share) -> float:
    """Two-sided p of Fisher's exact test: the tables with the same margins that are no likelier than the one seen.

    Of the effective samples in whole people, rounded down, and of as many of them as gave the counted answer.
    """
    n0, n1 = (max(1, int(each.effective)) for each in (before, after))
    seen, yes = round(after.part * n1), round(before.part * n0) + round(after.part * n1)
    ways = {k: comb(n0, yes - k) * comb(n1, k) for k in range(max(0, yes - n0), min(n1, yes) + 1)}
    return sum(each for each in ways.values() if each <= ways[seen]) / comb(n0 + n1, yes)


def is_clear_change(before: Share, after: Share) -> bool:
    """Whether two independent samples differ by more than chance alone would explain, at 1 in 20."""
    if min(before.sample, after.sample) < SMALL_SAMPLE:
        return exact_p(before, after) < CLEAR_CHANGE_P
    return abs(z_of_change(before, after)) >= CLEAR_CHANGE
