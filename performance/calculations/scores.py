"""How good forecasts were, once the outcome is known."""

from __future__ import annotations

from collections.abc import Mapping

Limits = tuple[float, float]


def interval_score(low: float, high: float, outcome: float, percent: int) -> float:
    """The width of an interval, and 2 ÷ α times as much as the outcome lies outside; lower is better.

    α = 1 − percent ÷ 100. Source: Gneiting and Raftery (2007).
    """
    outside = max(low - outcome, outcome - high, 0.0)
    return (high - low) + 2 / (1 - percent / 100) * outside


def weighted_interval_score(middle: float, intervals: Mapping[int, Limits], outcome: float) -> float:
    """A forecast with all its intervals in one number, in the outcome's unit; lower is better.

    (½ |outcome − middle| + Σ α ÷ 2 × interval score) ÷ (K + ½) for K intervals by their per cent.
    Source: Bracher, Ray, Gneiting and Reich (2021).
    """
    total = abs(outcome - middle) / 2
    for percent, (low, high) in intervals.items():
        alpha = 1 - percent / 100
        total += alpha / 2 * interval_score(low, high, outcome, percent)
    return total / (len(intervals) + 0.5)
