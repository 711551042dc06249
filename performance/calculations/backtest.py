"""Forecasts of years that are over, made as if they were not, beside two plain ways of forecasting.

Each year of a series is forecast after none, one, two and three of its quarters, from what was known then.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import Enum
from math import exp, log, sqrt
from statistics import fmean, median

from .distributions import student_t_quantile
from .forecasts import forecast, why_no_forecast
from .history import History
from .scores import Limits, weighted_interval_score

PERCENTS = (50, 80, 95)
FEWEST_QUARTERS = 12
"""Quarters that must be known before a year is forecast: with fewer the plain ways have no past errors."""
PAST_ERRORS, FEWEST_ERRORS = 20, 4


class Way(Enum):
    """How a year was forecast."""

    OURS = "our forecast"
    LAST_YEAR = "as last year"
    STRAIGHT_LINE = "straight line"


@dataclass(frozen=True, slots=True)
class Prediction:
    """An expected count of a year, and its intervals by their per cent."""

    expected: float
    intervals: dict[int, Limits]


@dataclass(frozen=True, slots=True)
class Case:
    """One year after some of its quarters: what each way said, and what it came to."""

    known: int
    outcome: int
    predictions: dict[Way, Prediction]


@dataclass(frozen=True, slots=True)
class Score:
    """How a way did over many cases.

    `error` is the median of |expected − outcome|, `interval_score` the mean weighted interval score, both in per cent
    of the outcome; `coverage` by interval how many per cent of the outcomes it held.
    """

    cases: int
    error: float
    interval_score: float
    coverage: dict[int, float]


def cases(histories: Iterable[History]) -> list[Case]:
    """Every year that can be forecast by all ways (by a straight line only once a quarter is known)."""
    return [case for history in histories for case in _cases_of(history)]


def scores(tried: Sequence[Case]) -> dict[int, dict[Way, Score]]:
    """By the number of quarters known, how each way did."""
    table: dict[int, dict[Way, Score]] = {}
    for known in sorted({case.known for case in tried}):
        of_known = [case for case in tried if case.known == known]
        table[known] = {way: _score(of_known, way) for way in Way if way in of_known[0].predictions}
    return table


def _cases_of(history: History) -> list[Case]:
    cases_of_history = []
    for place, quarter in enumerate(history.quarters):
        year = history.counts[place : place + 4]
        if quarter.number != 1 or len(year) < 4 or place < FEWEST_QUARTERS:
            continue
        for known in range(4):
            case = _case(History(history.first, history.counts[: place + known]), known, sum(year))
            if case is not None:
                cases_of_history.append(case)
    return cases_of_history


def _case(history: History, known: int, outcome: int) -> Case | None:
    if why_no_forecast(history) is not None or min(history.counts) < 0 or outcome < 0:
        return None
    so_far = sum(history.counts[len(history) - known :]) if known else 0
    year = history.next_quarter.year
    ours = forecast(history, year.quarters[known:], so_far)
    as_last_year = _plain(history.counts, so_far, 4, 4 - known, _as_a_year_before(4 - known))
    if as_last_year is None:
        return None
    predictions = {
        Way.OURS: Prediction(
            ours.expected, {percent: (ours.interval(percent).low, ours.interval(percent).high) for percent in PERCENTS}
        ),
        Way.LAST_YEAR: as_last_year,
    }
    if known:
        line = _plain(history.counts, so_far, known, 4 - known, _straight_line(known, 4 - known))
        if line is None:
            return None
        predictions[Way.STRAIGHT_LINE] = line
    return Case(known, outcome, predictions)


def _as_a_year_before(ahead: int) -> Callable[[Sequence[int]], float]:
    """The same quarters of the year before: the first of the last four."""
    return lambda last_four: float(sum(last_four[:ahead]))


def _straight_line(known: int, ahead: int) -> Callable[[Sequence[int]], float]:
    return lambda so_far: sum(so_far) * ahead / known


def _plain(
    counts: Sequence[int], so_far: int, needs: int, ahead: int, guess: Callable[[Sequence[int]], float]
) -> Prediction | None:
    """A plain guess of the `ahead` quarters to come from the last `needs`, as wide as it erred in this series before.

    It is tried on every stretch of the past; the root mean square of ln(outcome ÷ guess), half a case added to both,
    over the last 20 makes the interval, with Student's t. None with fewer than four.
    """
    errors = []
    for begins in range(len(counts) - needs - ahead + 1):
        guessed = guess(counts[begins : begins + needs])
        outcome = sum(counts[begins + needs : begins + needs + ahead])
        errors.append(log((outcome + 0.5) / (guessed + 0.5)))
    last_errors = errors[-PAST_ERRORS:]
    if len(last_errors) < FEWEST_ERRORS:
        return None
    spread = sqrt(fmean(error**2 for error in last_errors))
    remaining = guess(counts[-needs:])
    intervals: dict[int, Limits] = {}
    for percent in PERCENTS:
        reach = student_t_quantile(0.5 + percent / 200, len(last_errors)) * spread
        low, high = (remaining + 0.5) * exp(-reach) - 0.5, (remaining + 0.5) * exp(reach) - 0.5
        intervals[percent] = (so_far + max(0.0, low), so_far + high)
    return Prediction(so_far + remaining, intervals)


def _score(tried: Sequence[Case], way: Way) -> Score:
    errors, interval_scores = [], []
    times_held = dict.fromkeys(PERCENTS, 0)
    for case in tried:
        prediction, outcome = case.predictions[way], case.outcome
        unit = max(outcome, 1) / 100
        errors.append(abs(prediction.expected - outcome) / unit)
        score = weighted_interval_score(prediction.expected, prediction.intervals, outcome)
        interval_scores.append(score / unit)
        for percent, (low, high) in prediction.intervals.items():
            times_held[percent] += low <= outcome <= high
    coverage = {percent: 100 * number / len(tried) for percent, number in times_held.items()}
    return Score(len(tried), median(errors), fmean(interval_scores), coverage)
