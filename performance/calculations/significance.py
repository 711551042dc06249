"""Is the change between two counts more than chance?"""

from __future__ import annotations

from math import erfc, sqrt
from statistics import NormalDist

CLEAR_CHANGE = 1.96
"""|z| from which a change is called clear: 1 in 20 by chance."""
CLEAR_CHANGE_P = 0.05
NEWS = 3.0
"""|z| from which one change among many is worth a sentence of its own: "rose most"."""
EXACT_UP_TO = 5_000
SMALLEST_P, BEYOND_DOUBT = 1e-15, 8.0
"""Below this p the normal distribution's tail is not worked out; such a change is as sure as |z| = 8."""


def z_score(before: int, after: int, dispersion: float) -> float:
    """z = 2 (sqrt(after) - sqrt(before)) / sqrt(2 x dispersion), for counts over periods of equal length.

    Positive when the count rose. `dispersion` is how many times more than Poisson the series varies from
    quarter to quarter, at least 1. A negative count or a dispersion under 1 is a ValueError.
    """
    _refuse_negative(before, after)
    if dispersion < 1:
        raise ValueError(f"A dispersion is at least 1, not {dispersion}.")
    return 2 * (sqrt(after) - sqrt(before)) / sqrt(2 * dispersion)


def exact_p(before: int, after: int) -> float:
    """Two-sided p of the exact conditional test of two Poisson counts over equal periods.

    The sum of the probabilities of all splits of before + after offences in two that are no likelier than the
    one seen, as R's `poisson.test`. It takes each crime as independent of the next and so ignores that
    crimes cluster: use it only where there is no history to take a dispersion from. Two noughts give 1; a
    negative count is a ValueError. Beyond 5,000 offences in all the normal approximation, which differs by less than
    0.01 there, for the exact sum would keep a reader waiting.
    """
    _refuse_negative(before, after)
    total = before + after
    if total > EXACT_UP_TO:
        return erfc(abs(z_score(before, after, 1.0)) / sqrt(2))
    # The splits are symmetric, so the tails are: at most the smaller count, twice, or everything.
    smaller = min(before, after)
    if 2 * smaller == total:
        return 1.0
    tail, ways = 0, 1
    for fewer in range(smaller + 1):
        tail += ways
        ways = ways * (total - fewer) // (fewer + 1)
    splits: int = 2**total
    return 2 * tail / splits


def is_clear_change(before: int, after: int, dispersion: float | None) -> bool:
    """Whether two counts differ by more than chance; without a dispersion by the exact test."""
    if dispersion is None:
        return exact_p(before, after) < CLEAR_CHANGE_P
    return abs(z_score(before, after, dispersion)) >= CLEAR_CHANGE


def strength(before: int, after: int, dispersion: float | None) -> float:
    """|z| of a change, by which changes are ranked; without a dispersion that of the exact test's p."""
    if dispersion is not None:
        return abs(z_score(before, after, dispersion))
    p = exact_p(before, after)
    return -NormalDist().inv_cdf(p / 2) if p > SMALLEST_P else BEYOND_DOUBT


def z_against(limit: int, count: int, dispersion: float) -> float:
    """z = 2 (sqrt(count) - sqrt(limit)) / sqrt(dispersion): of a count against a number that somebody chose.

    Such a limit does not vary by itself as a count of last year does, so the same excess is surer.
    """
    _refuse_negative(limit, count)
    return 2 * (sqrt(count) - sqrt(limit)) / sqrt(dispersion)


def is_clearly_above(limit: int, count: int, dispersion: float | None, *, limit_is_observed: bool) -> bool:
    """Whether a count is above a limit by more than chance: a limit that was counted once, or one that was chosen.

    Without a dispersion crimes are taken as independent (a dispersion of 1), for a chosen limit too.
    """
    if count <= limit:
        return False
    if limit_is_observed:
        return is_clear_change(limit, count, dispersion)
    return z_against(limit, count, dispersion if dispersion is not None else 1.0) >= CLEAR_CHANGE


def _refuse_negative(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError("A test of chance needs counts of 0 or more.")
