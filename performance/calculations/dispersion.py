"""How much more than Poisson counts a series varies, from its own quarters."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from .history import History, Profile

SMALL_BELOW = 50
"""A series whose last twelve quarters average less than this is small."""
PAIRS = 12
PRIOR_WEIGHT = 4
"""The usual dispersion of series of its size counts as much as so many of the series' own observations."""
FEWEST_FOR_TEST = 8
"""Under so many quarters a series does not say how much it varies."""


@dataclass(frozen=True, slots=True)
class SeriesSize:
    """What holds for series of a size, measured on the series of London boroughs and New South Wales.

    Small series cluster less (`usual_dispersion`), move more slowly (`smoothing`: the weight of the latest quarter in
    the level), and their forecasts need less room (`inflation` of the interval).
    """

    name: str
    usual_dispersion: float
    smoothing: float
    inflation: float


LARGE = SeriesSize("50 and more a quarter", usual_dispersion=2.3, smoothing=0.5, inflation=1.15)
SMALL = SeriesSize("under 50 a quarter", usual_dispersion=1.3, smoothing=0.3, inflation=1.05)


def size_of(history: History) -> SeriesSize:
    """Large where its last twelve quarters average 50 or more, else small; small without any."""
    mean = history.recent_mean
    return LARGE if mean is not None and mean >= SMALL_BELOW else SMALL


@dataclass(frozen=True, slots=True)
class Dispersion:
    """How many times more than Poisson a series varies from quarter to quarter, at least 1, and why.

    `own` is what the series itself shows over `pairs` pairs of neighbouring quarters, None without any.
    """

    value: float
    own: float | None
    pairs: int
    size: SeriesSize
    profile: Profile
    history: History


def dispersion(history: History) -> Dispersion | None:
    """The mean of (d_t − d_(t−1))² ÷ (d_t + d_(t−1)) over the last twelve pairs, drawn towards what is usual.

    d are the counts without their season. Pairs whose sum is not above 0 are left out. The value is
    max(1, (n × own + 4 × usual) ÷ (n + 4)) for n pairs, the usual one being that of series of its size.
    None under eight quarters. A difference of neighbours hardly sees a slow rise or fall, which is no scatter.
    """
    if len(history) < FEWEST_FOR_TEST:
        return None
    profile = history.profile
    level_counts = history.without_season(profile)
    last_pairs = list(pairwise(level_counts))[-PAIRS:]
    ratios = [(after - before) ** 2 / (after + before) for before, after in last_pairs if before + after > 0]
    size = size_of(history)
    own = sum(ratios) / len(ratios) if ratios else None
    value = shrunk(sum(ratios), len(ratios), size)
    return Dispersion(value, own, len(ratios), size, profile, history)


def shrunk(sum_of_ratios: float, number: int, size: SeriesSize) -> float:
    """max(1, (sum + 4 × usual) ÷ (number + 4)): few observations are drawn towards what is usual for the size."""
    return max(1.0, (sum_of_ratios + PRIOR_WEIGHT * size.usual_dispersion) / (number + PRIOR_WEIGHT))
