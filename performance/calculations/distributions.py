"""Student's t and Poisson's distribution, worked out with the standard library."""

from __future__ import annotations

from functools import lru_cache
from math import atan, cos, exp, lgamma, log, pi, sin, sqrt

_BISECTIONS = 200


def student_t_cdf(t: float, degrees: int) -> float:
    """The probability of at most t under Student's t with a whole number of degrees of freedom, 1 or more.

    A finite sum in θ = arctan(t ÷ √degrees): Abramowitz and Stegun (1964), 26.7.3 and 26.7.4.
    """
    if degrees < 1:
        raise ValueError(f"Degrees of freedom are 1 or more, not {degrees}.")
    angle = atan(t / sqrt(degrees))
    probability = 0.5 + _probability_within(angle, degrees) / 2
    return min(1.0, max(0.0, probability))  # far out the sum misses 0 or 1 by its last binary digit


def _probability_within(angle: float, degrees: int) -> float:
    """The signed probability between −t and t, by powers of the cosine of the angle."""
    cosine = cos(angle)
    is_odd = degrees % 2 == 1
    term = cosine if is_odd else 1.0
    power_sum = term if degrees > 1 else 0.0
    for number in range(3 if is_odd else 2, degrees - 1, 2):
        term *= cosine * cosine * (number - 1) / number
        power_sum += term
    if is_odd:
        return 2 / pi * (angle + sin(angle) * power_sum)
    return sin(angle) * power_sum


@lru_cache(maxsize=1024)
def student_t_quantile(probability: float, degrees: int) -> float:
    """The t at or below which Student's t lies with a probability strictly between 0 and 1; by bisection."""
    if not 0 < probability < 1:
        raise ValueError(f"A probability lies between 0 and 1, not {probability}.")
    if probability < 0.5:
        return -student_t_quantile(1 - probability, degrees)
    low, high = 0.0, 1.0
    while student_t_cdf(high, degrees) < probability:
        low, high = high, high * 2
    for _ in range(_BISECTIONS):
        middle = (low + high) / 2
        if middle in (low, high):
            break
        if student_t_cdf(middle, degrees) < probability:
            low = middle
        else:
            high = middle
    return (low + high) / 2


def poisson_cdf(count: int, mean: float) -> float:
    """The probability of at most `count` events where `mean` are expected: the sum of mean^n e^−mean ÷ n!.

    0 for a negative count, 1 where none are expected. A negative mean is a ValueError.
    """
    if mean < 0:
        raise ValueError(f"A mean is 0 or more, not {mean}.")
    if count < 0:
        return 0.0
    if mean == 0:
        return 1.0
    terms = (exp(number * log(mean) - mean - lgamma(number + 1)) for number in range(count + 1))
    return min(1.0, sum(terms))


def poisson_quantile(probability: float, mean: float) -> int:
    """The smallest count that is not exceeded with at least this probability, strictly between 0 and 1."""
    if not 0 < probability < 1:
        raise ValueError(f"A probability lies between 0 and 1, not {probability}.")
    count = 0
    while poisson_cdf(count, mean) < probability and count < mean + 50 * (1 + sqrt(mean)):
        count += 1
    return count
