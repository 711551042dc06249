"""What a year is expected to come to: the check, the boring way, and what must be true of any series."""

from __future__ import annotations

from math import exp, log, sqrt

import pytest
import scipy.stats
from hypothesis import assume, given
from hypothesis import strategies as st

from performance.calculations import forecasts
from performance.calculations.dispersion import LARGE, SMALL, SeriesSize
from performance.calculations.forecasts import Forecast, NoForecast, forecast_quarter, forecast_year
from performance.calculations.periods import FinancialYear
from performance.calculations.series import Series

from .examples import CHECK, FIRST, series_of

counts = st.lists(st.integers(0, 2_000), min_size=4, max_size=44)


def forecast_after(values: list[int] | tuple[int, ...]) -> Forecast:
    found = forecast_year(series_of(values), FIRST + len(values) - 1)
    assert isinstance(found, Forecast)
    return found


def the_boring_way(values: list[int], known: int, size: SeriesSize) -> dict[str, float]:
    """The formula written down line by line, with scipy's t: the forecast of the year after `known` of its quarters."""
    earlier = values[: len(values) - known]
    whole_years = [earlier[start : start + 4] for start in range(0, len(earlier) - 3, 4)][-3:]
    by_quarter = [sum(year[number] for year in whole_years) for number in range(4)]
    shares = [(count + 250) / (sum(by_quarter) + 1000) for count in by_quarter]
    d = [count / (4 * shares[place % 4]) for place, count in enumerate(values)]
    level, errors = sum(d[:4]) / 4, []
    for each in d[4:]:
        errors.append((each - level) ** 2 / max(level, 1))
        level = size.smoothing * each + (1 - size.smoothing) * level
    m = min(20, len(errors))
    phi = max(1.0, (sum(errors[-20:]) + 4 * size.usual_dispersion) / (m + 4))
    h, a = 4 - known, size.smoothing
    to_date = sum(values[len(values) - known :]) if known else 0
    remaining = 4 * level * sum(shares[known:])
    g = h + h * (h - 1) * a + a * a * (h - 1) * h * (2 * h - 1) / 6
    s = size.inflation * sqrt(phi * level * g) / max(remaining, 1)
    return {"level": level, "phi": phi, "df": m + 4, "to_date": to_date, "remaining": remaining, "s": s}


@pytest.mark.parametrize(
    ("size", "level", "phi", "year_end", "eighty", "ninety_five", "chance"),
    [
        (LARGE, 20.7959, 4.67594, 86.80, (56.96, 142.88), (46.76, 194.32), 0.1632),
        (SMALL, 19.9557, 3.9202, 84.23, (61.73, 119.79), (52.88, 148.45), 0.1097),
    ],
    ids=["by the rule for large series", "by the rule for small series, which applies"],
)
def test_the_check(
    monkeypatch: pytest.MonkeyPatch,
    size: SeriesSize,
    level: float,
    phi: float,
    year_end: float,
    eighty: tuple[float, float],
    ninety_five: tuple[float, float],
    chance: float,
) -> None:
    if size is LARGE:
        monkeypatch.setattr(forecasts, "size_of", lambda history: LARGE)
    found = forecast_after(CHECK)
    assert found.level.size is size
    assert found.level.value == pytest.approx(level, abs=5e-5)
    assert found.level.dispersion == pytest.approx(phi, abs=5e-5)
    assert (round(found.expected, 2), round(found.chance_at_most(62), 4)) == (year_end, chance)
    for percent, limits in ((80, eighty), (95, ninety_five)):
        interval = found.interval(percent)
        assert (round(interval.low, 2), round(interval.high, 2)) == limits


@given(counts, st.integers(1, 99), st.integers(0, 9_000))
def test_as_the_boring_way(values: list[int], percent: int, target: int) -> None:
    assume(any(values))
    known = len(values) % 4
    found = forecast_after(values)
    boring = the_boring_way(values, known, found.level.size)
    assert found.level.value == pytest.approx(boring["level"], rel=1e-9)
    assert found.level.dispersion == pytest.approx(boring["phi"], rel=1e-9)
    assert found.remaining == pytest.approx(boring["remaining"], rel=1e-9)
    if found.remaining < 2:
        assert found.spread is None
        return
    t = scipy.stats.t.ppf(0.5 + percent / 200, boring["df"])
    interval = found.interval(percent)
    assert interval.low == pytest.approx(boring["to_date"] + boring["remaining"] * exp(-t * boring["s"]), rel=1e-9)
    assert interval.high == pytest.approx(boring["to_date"] + boring["remaining"] * exp(t * boring["s"]), rel=1e-9)
    room = target - boring["to_date"]
    if room >= 0:
        at = (log(room + 0.5) - log(boring["remaining"])) / boring["s"]
        assert found.chance_at_most(target) == pytest.approx(scipy.stats.t.cdf(at, boring["df"]), abs=1e-9)


@given(counts)
def test_intervals_hold_the_forecast_and_each_other_and_never_less_than_is_known(values: list[int]) -> None:
    assume(any(values))
    found = forecast_after(values)
    narrow, middle, wide = (found.interval(percent) for percent in (50, 80, 95))
    assert found.so_far <= wide.low <= middle.low <= narrow.low
    assert narrow.high <= middle.high <= wide.high
    low, high = middle.shown
    assert low <= middle.low <= middle.high <= high
    if found.spread is not None:
        assert narrow.low <= found.expected <= narrow.high


@given(counts, st.integers(0, 5_000), st.integers(0, 500))
def test_a_higher_count_is_kept_to_more_surely(values: list[int], target: int, more: int) -> None:
    assume(any(values))
    found = forecast_after(values)
    assert 0 <= found.chance_at_most(target) <= found.chance_at_most(target + more) <= 1
    assert found.chance_at_least(target) == 1 - found.chance_at_most(target - 1)


def test_what_is_past_already_cannot_be_kept_and_is_reached() -> None:
    found = forecast_after([*[50] * 8, 60])
    assert found.chance_at_most(59) == 0
    assert found.chance_at_least(60) == 1


def test_each_quarter_that_is_known_makes_it_surer() -> None:
    widths = []
    for known in range(4):
        interval = forecast_after([200] * (16 + known)).interval(80)
        widths.append(interval.high - interval.low)
    assert widths == sorted(widths, reverse=True)


def test_a_remainder_of_less_than_two_is_poissons() -> None:
    found = forecast_after([0, 1, 0, 0, 1, 0, 0, 1, 0, 0, 1])
    assert found.remaining < 2
    assert found.spread is None
    assert found.chance_at_most(1) == pytest.approx(exp(-found.remaining), rel=1e-9)
    assert found.interval(95).low == found.so_far


def test_a_later_year_is_less_sure_than_the_one_under_way() -> None:
    series, last = series_of([200] * 16), FIRST + 15
    next_year, later = (forecast_year(series, last, FinancialYear(start)) for start in (2004, 2006))
    assert isinstance(next_year, Forecast)
    assert isinstance(later, Forecast)
    assert later.expected == pytest.approx(next_year.expected)
    assert later.so_far == 0
    assert later.variance_factor == pytest.approx(next_year.variance_factor + 8 * 16 * 0.25)


@given(st.integers(1, 4), st.integers(0, 6))
def test_the_variance_of_a_sum_of_quarters_to_come(quarters: int, between: int) -> None:
    """The boring way: the covariances of all pairs of quarters of a level that moves by a at each error."""
    found = forecast_year(series_of([200] * 16), FIRST + 15)
    assert isinstance(found, Forecast)
    history, a = found.level.history, found.level.size.smoothing
    steps = range(between + 1, between + quarters + 1)
    covariances = 0.0
    for one in steps:
        for other in steps:
            earlier = min(one, other)
            covariances += 1 + (one - 1) * a**2 if one == other else a + (earlier - 1) * a**2
    asked_for = tuple(FIRST + 15 + step for step in steps)
    assert forecasts.forecast(history, asked_for, 0).variance_factor == pytest.approx(covariances)


@pytest.mark.parametrize(
    ("values", "reason"),
    [
        ([], NoForecast.TOO_SHORT),
        ([5, 6, 7], NoForecast.TOO_SHORT),
        ([50] * 6 + [None] + [50] * 7, NoForecast.GAP),
        ([50] * 12 + [None], NoForecast.GAP),
        ([50] * 12 + [-1] + [50] * 7, NoForecast.NEGATIVE),
        ([0] * 12, NoForecast.ALL_ZERO),
    ],
    ids=["nothing", "three quarters", "a gap", "the last is missing", "cancelled crimes", "noughts"],
)
def test_why_there_is_none(values: list[int | None], reason: NoForecast) -> None:
    last = FIRST + max(len(values) - 1, 0)
    assert forecast_year(series_of(values), last) is reason


def test_a_level_is_not_added_up_over_a_year_but_its_next_quarter_can_be_told() -> None:
    level = Series(series_of([15] * 12).figures, is_level=True)
    assert forecast_year(level, FIRST + 11) is NoForecast.LEVEL
    assert isinstance(forecast_quarter(level, FIRST + 12), Forecast)


def test_what_was_long_ago_does_not_keep_from_forecasting() -> None:
    assert isinstance(forecast_year(series_of([50] * 4 + [None] + [50] * 8), FIRST + 12), Forecast)
    assert isinstance(forecast_year(series_of([50] * 4 + [-1] + [50] * 8), FIRST + 12), Forecast)


def test_counting_begins_anew_at_a_recording_change() -> None:
    series = series_of([500] * 8 + [50] * 4)
    found = forecast_year(series, FIRST + 11, since=FIRST + 8)
    assert isinstance(found, Forecast)
    assert found.level.value == pytest.approx(50)
    assert (found.level.errors, found.level.degrees) == (0, 4)
    assert forecast_year(series, FIRST + 10, since=FIRST + 8) is NoForecast.TOO_SHORT


def test_a_year_that_is_over_is_refused() -> None:
    with pytest.raises(ValueError, match="is over"):
        forecast_year(series_of([50] * 8), FIRST + 7, FIRST.year + 1)


def test_one_quarter_ahead_is_one_step_of_the_same_method() -> None:
    found = forecast_quarter(series_of(CHECK), FIRST + len(CHECK))
    assert isinstance(found, Forecast)
    boring = the_boring_way(list(CHECK), 1, SMALL)
    assert found.quarters == (FIRST + 33,)
    assert (found.so_far, found.variance_factor) == (0, 1)
    assert found.remaining == pytest.approx(4 * boring["level"] * 297 / 1219, rel=1e-9)


def test_a_quarter_is_told_from_the_last_that_is_held() -> None:
    found = forecast_quarter(series_of([200] * 12), FIRST + 13)
    assert isinstance(found, Forecast)
    assert found.variance_factor == pytest.approx(1 + 0.25)
    assert forecast_quarter(series_of([200] * 12), FIRST + 20) is NoForecast.GAP
