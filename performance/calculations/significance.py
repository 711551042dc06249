"""Is the change between two counts more than chance?"""

from __future__ import annotations

from dataclasses import dataclass
from math import erfc, exp, lgamma, log, sqrt
from statistics import NormalDist

from .dispersion import Dispersion

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


@dataclass(frozen=True, slots=True)
class ChanceTest:
    """Whether a count differs from one before it by more than chance, and what that was worked out from.

    The exposures are what the counts are counts of: periods, residents, households. `dispersion` is None without
    enough history; then `p` is that of the exact test, and `z` has the same probability. `z` is positive when the
    rate rose.
    """

    before: int
    after: int
    before_exposure: float
    after_exposure: float
    dispersion: Dispersion | None
    z: float
    p: float | None

    @property
    def strength(self) -> float:
        """How sure the change is, whichever way it went: what changes are ranked by."""
        return abs(self.z)

    @property
    def is_clear(self) -> bool:
        return self.strength >= CLEAR_CHANGE if self.p is None else self.p < CLEAR_CHANGE_P

    @property
    def is_news(self) -> bool:
        """Clear even where many categories are looked over at once."""
        return self.strength >= NEWS


def chance_test(
    before: int,
    after: int,
    dispersion: Dispersion | None,
    before_exposure: float = 1,
    after_exposure: float = 1,
) -> ChanceTest:
    """Whether two counts, or two rates, differ by more than chance.

    With a dispersion z = 2 (√(x₁ ÷ t₁) − √(x₀ ÷ t₀)) ÷ √(dispersion × (1 ÷ t₀ + 1 ÷ t₁)); without one the exact
    test, which ignores that crimes cluster and so finds too many changes. A negative count or an exposure that is not
    above 0 is a ValueError.
    """
    exposures = (before_exposure, after_exposure)
    if dispersion is not None:
        z = z_of_rates(before, after, dispersion.value, *exposures)
        return ChanceTest(before, after, *exposures, dispersion, z, None)
    p = exact_p_of_rates(before, after, *exposures)
    strength_of_p = -NormalDist().inv_cdf(p / 2) if p > SMALLEST_P else BEYOND_DOUBT
    has_risen = after * before_exposure > before * after_exposure
    return ChanceTest(before, after, *exposures, None, strength_of_p if has_risen else -strength_of_p, p)


def z_of_rates(before: int, after: int, dispersion: float, before_exposure: float, after_exposure: float) -> float:
    """The z of `chance_test`; with equal exposures that of `z_score`."""
    _refuse_negative(before, after)
    _refuse_no_exposure(before_exposure, after_exposure)
    spread = sqrt(dispersion * (1 / before_exposure + 1 / after_exposure))
    return 2 * (sqrt(after / after_exposure) - sqrt(before / before_exposure)) / spread


def exact_p_of_rates(before: int, after: int, before_exposure: float, after_exposure: float) -> float:
    """Two-sided p of the exact conditional test of two Poisson rates, as R's `poisson.test`.

    Of all cases the share t₁ ÷ (t₀ + t₁) is expected after. The probabilities of all splits that are no likelier than
    the one seen are added up, those that differ from it by less than a ten-millionth too. Beyond 5,000 cases in all
    the normal approximation.
    """
    _refuse_negative(before, after)
    _refuse_no_exposure(before_exposure, after_exposure)
    if before_exposure == after_exposure:
        return exact_p(before, after)
    total = before + after
    if total > EXACT_UP_TO:
        return erfc(abs(z_of_rates(before, after, 1.0, before_exposure, after_exposure)) / sqrt(2))
    share = after_exposure / (before_exposure + after_exposure)

    def log_probability(count: int) -> float:
        ways = lgamma(total + 1) - lgamma(count + 1) - lgamma(total - count + 1)
        return ways + count * log(share) + (total - count) * log(1 - share)

    no_likelier = log_probability(after) + 1e-7
    logs = [log_probability(count) for count in range(total + 1)]
    return min(1.0, sum(exp(each) for each in logs if each <= no_likelier))


def _refuse_no_exposure(*exposures: float) -> None:
    if min(exposures) <= 0:
        raise ValueError("A rate needs an exposure above 0.")


def _refuse_negative(*counts: int) -> None:
    if min(counts) < 0:
        raise ValueError("A test of chance needs counts of 0 or more.")
