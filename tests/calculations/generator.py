"""Series like those of recorded crime: a season, a level that drifts, and crimes that come in clusters.

No figure of the forecast was chosen by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from math import exp
from random import Random

from performance.calculations.history import History

from .examples import history_of

QUARTERS = 48


def generated(number: int, *, smallest: float, largest: float, seed: int) -> Iterator[History]:
    """Twelve years of so many series, each beginning at a level between the smallest and the largest."""
    chance = Random(seed)  # noqa: S311
    for _ in range(number):
        level = chance.uniform(smallest, largest)
        season = [chance.uniform(0.85, 1.15) for _ in range(4)]
        clustering = chance.uniform(*((1.0, 1.8) if level < 50 else (1.2, 3.5)))
        drift = chance.uniform(0.03, 0.09)
        counts = []
        for place in range(QUARTERS):
            counts.append(clustered_count(chance, level * season[place % 4], clustering))
            level *= exp(chance.gauss(0, drift))
        yield history_of(counts)


def clustered_count(chance: Random, mean: float, clustering: float) -> int:
    """A count whose variance is `clustering` times its mean: Poisson around a mean that is gamma distributed."""
    if clustering > 1:
        mean = chance.gammavariate(mean / (clustering - 1), clustering - 1)
    count, waited = 0, chance.expovariate(1)
    while waited < mean:
        count += 1
        waited += chance.expovariate(1)
    return count
