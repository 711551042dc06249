"""A percentage of people who were asked: how sure it is, and whether two differ by more than chance.

Both take the answers as a simple random sample. Surveys that ask in clusters, or weight, are less sure than that.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from math import sqrt

CLEAR_CHANGE = 1.96
"""|z| from which two shares are said to differ: 1 in 20 by chance. Also the width of the intervals, 95%."""


@dataclass(frozen=True, slots=True)
class Share:
    """`percent`, 0 to 100, of a `sample` of at least one person; never a count, and never added up."""

    percent: Decimal
    sample: int

    def __post_init__(self) -> None:
        if not 0 <= self.percent <= 100:
            raise ValueError(f"A percentage is 0 to 100, not {self.percent}.")
        if self.sample < 1:
            raise ValueError(f"A sample is at least one person, not {self.sample}.")

    @property
    def part(self) -> float:
        """As a part of 1."""
        return float(self.percent) / 100

    @property
    def interval(self) -> tuple[float, float]:
        """The 95% interval in per cent (Wilson 1927): never below 0 or above 100, and not empty at either end.

        centre = (p + z²/2n) ÷ (1 + z²/n), half = z √(p(1 − p)/n + z²/4n²) ÷ (1 + z²/n).
        """
        z2, n, p = CLEAR_CHANGE**2, self.sample, self.part
        centre = p + z2 / (2 * n)
        half = CLEAR_CHANGE * sqrt(p * (1 - p) / n + z2 / (4 * n * n))
        low, high = ((centre + way * half) / (1 + z2 / n) for way in (-1, 1))
        return 100 * max(0.0, low), 100 * min(1.0, high)


def z_of_change(before: Share, after: Share) -> float:
    """z = (p₁ − p₀) ÷ √(p̄(1 − p̄)(1/n₀ + 1/n₁)), p̄ pooled; positive when the share rose, 0 where neither can vary."""
    pooled = (before.part * before.sample + after.part * after.sample) / (before.sample + after.sample)
    spread = pooled * (1 - pooled) * (1 / before.sample + 1 / after.sample)
    return (after.part - before.part) / sqrt(spread) if spread > 0 else 0.0


def is_clear_change(before: Share, after: Share) -> bool:
    """Whether two independent samples differ by more than chance alone would explain, at 1 in 20."""
    return abs(z_of_change(before, after)) >= CLEAR_CHANGE
