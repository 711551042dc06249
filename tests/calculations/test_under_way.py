"""Whether a year is on course, and which way a series has gone of late."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.forecasts import Forecast, NoForecast
from performance.calculations.history import EVEN_PROFILE
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.series import Series
from performance.calculations.status import DEFAULT_TOLERANCE, CannotSay, Sense, Status
from performance.calculations.under_way import (
    NoTravel,
    Outlook,
    Travel,
    direction_of_travel,
    season_before,
    year_under_way,
)

from .examples import CHECK, FIRST, series_of

counts = st.lists(st.integers(0, 800), min_size=1, max_size=31).filter(lambda values: len(values) % 4 != 0)
JUDGED = (Sense.REDUCE, Sense.INCREASE, Sense.DO_NOT_EXCEED)


def outlook(
    values: list[int | None] | list[int],
    target: int,
    sense: Sense = Sense.REDUCE,
    tolerance: Fraction = DEFAULT_TOLERANCE,
) -> Outlook:
    return year_under_way(
        series=series_of(values),
        quarter=FIRST + len(values) - 1,
        target=Figure.of(target),
        sense=sense,
        tolerance=tolerance,
    )


def test_the_check_series_is_off_track() -> None:
    found = outlook(list(CHECK), 62)
    assert (found.status, found.planned, found.beyond_plan) == (Status.OFF_TRACK, 14, 9)
    assert found.chance == pytest.approx(0.1097, abs=5e-5)
    assert isinstance(found.forecast, Forecast)


@pytest.mark.parametrize(
    ("target", "sense", "status"),
    [
        (900, Sense.REDUCE, Status.ON_TRACK),
        (800, Sense.REDUCE, Status.AT_RISK),
        (700, Sense.REDUCE, Status.OFF_TRACK),
        (700, Sense.INCREASE, Status.ON_TRACK),
        (800, Sense.INCREASE, Status.AT_RISK),
        (900, Sense.INCREASE, Status.OFF_TRACK),
        (900, Sense.DO_NOT_EXCEED, Status.ON_TRACK),
        (700, Sense.DO_NOT_EXCEED, Status.OFF_TRACK),
        (700, Sense.WATCH, Status.WATCHED),
    ],
)
def test_with_a_forecast_the_chance_decides(target: int, sense: Sense, status: Status) -> None:
    found = outlook([200] * 22, target, sense)
    assert found.status is status
    assert (found.chance is None) is (sense is Sense.WATCH)


@pytest.mark.parametrize(
    ("to_date", "sense", "status"),
    [
        (100, Sense.REDUCE, Status.ON_TRACK),
        (105, Sense.REDUCE, Status.AT_RISK),
        (106, Sense.REDUCE, Status.OFF_TRACK),
        (100, Sense.INCREASE, Status.ON_TRACK),
        (95, Sense.INCREASE, Status.AT_RISK),
        (94, Sense.INCREASE, Status.OFF_TRACK),
        (106, Sense.DO_NOT_EXCEED, Status.OFF_TRACK),
        (106, Sense.WATCH, Status.WATCHED),
    ],
)
def test_before_a_year_of_quarters_the_year_to_date_decides(to_date: int, sense: Sense, status: Status) -> None:
    found = outlook([to_date - 50, 50], 200, sense)
    assert (found.status, found.planned, found.chance) == (status, 100, None)
    assert found.forecast is NoForecast.TOO_SHORT


@pytest.mark.parametrize(
    ("to_date", "tolerance", "status"),
    [
        (12, Fraction(5, 100), Status.AT_RISK),
        (13, Fraction(5, 100), Status.OFF_TRACK),
        (11, Fraction(0), Status.OFF_TRACK),
    ],
    ids=["two beside a small plan", "three", "no tolerance, no band"],
)
def test_the_band_is_that_of_the_year_over(to_date: int, tolerance: Fraction, status: Status) -> None:
    assert outlook([to_date], 40, tolerance=tolerance).status is status


def test_a_target_that_is_passed_is_off_track_however_near() -> None:
    found = outlook([0, 0, 3], 2)
    assert found.is_decided
    assert found.status is Status.OFF_TRACK
    assert outlook([0, 0, 3], 2, Sense.INCREASE).is_decided


def test_a_level_is_held_against_the_whole_target() -> None:
    level = Series(series_of([18, 17] * 6 + [17]).figures, is_level=True)
    found = year_under_way(series=level, quarter=FIRST + 12, target=Figure.of(17))
    assert (found.status, found.planned, found.path, found.forecast) == (Status.ON_TRACK, 17, None, NoForecast.LEVEL)
    assert not found.is_decided


@pytest.mark.parametrize(
    ("values", "target", "reason"),
    [
        ([50, 50], NOT_HELD, CannotSay.NO_TARGET),
        ([50, None], Figure.of(100), CannotSay.NO_FIGURE),
        ([None, 50], Figure.of(100), CannotSay.NO_FIGURE),
        ([50, 50], Figure(5, NoFigure.PART_MISSING, ("robbery",)), CannotSay.TARGET_PART_MISSING),
    ],
)
def test_what_cannot_be_said(values: list[int | None], target: Figure, reason: CannotSay) -> None:
    found = year_under_way(series=series_of(values), quarter=FIRST + 1, target=target)
    assert (found.status, found.cannot_say, found.chance) == (Status.CANNOT_SAY, reason, None)


def test_a_year_that_is_over_is_judged_elsewhere() -> None:
    with pytest.raises(ValueError, match="judged as a whole"):
        outlook([50] * 4, 200)


@given(counts, st.integers(0, 4_000))
def test_more_allowed_is_never_less_on_track(values: list[int], target: int) -> None:
    order = [Status.OFF_TRACK, Status.AT_RISK, Status.ON_TRACK]
    statuses = [order.index(outlook(list(values), each).status) for each in (target, target + 1, 2 * target + 9)]
    assert statuses == sorted(statuses)


@given(counts, st.integers(0, 4_000), st.sampled_from(JUDGED))
def test_every_judgement_has_what_led_to_it(values: list[int], target: int, sense: Sense) -> None:
    found = outlook(list(values), target, sense)
    assert found.path is not None
    assert found.path.cumulative[-1] == target
    assert found.planned == found.path.to_date(found.quarter)
    assert (found.chance is None) is not isinstance(found.forecast, Forecast)
    assert (found.at_risk_up_to is None) is (found.chance is not None)
    if isinstance(found.forecast, Forecast):
        assert found.path.profile == found.forecast.level.profile


def test_the_season_of_a_target_is_the_last_that_is_held() -> None:
    whole = [100, 200, 300, 400]
    year = FinancialYear(2001)
    assert season_before(series_of(whole), year).counts == (100, 200, 300, 400)
    assert season_before(series_of([*whole, 5, None, None, None]), year + 1).counts == (100, 200, 300, 400)
    assert season_before(series_of(whole), year, since=Quarter(year, 1)) == EVEN_PROFILE
    assert season_before(series_of(whole), year + 5) == EVEN_PROFILE


@pytest.mark.parametrize(
    ("last_four", "sense", "travel"),
    [
        (50, Sense.REDUCE, Travel.IMPROVING),
        (50, Sense.INCREASE, Travel.WORSENING),
        (50, Sense.WATCH, Travel.LOWER),
        (200, Sense.REDUCE, Travel.WORSENING),
        (200, Sense.DO_NOT_EXCEED, Travel.WORSENING),
        (200, Sense.INCREASE, Travel.IMPROVING),
        (200, Sense.WATCH, Travel.HIGHER),
        (105, Sense.REDUCE, Travel.NO_CLEAR_CHANGE),
        (105, Sense.WATCH, Travel.NO_CLEAR_CHANGE),
    ],
)
def test_which_way_it_has_gone(last_four: int, sense: Sense, travel: Travel) -> None:
    found = direction_of_travel(series_of([100] * 12 + [last_four] * 4), FIRST + 15, sense)
    assert (found.travel, found.reason) == (travel, None)
    assert found.test is not None
    assert (found.test.before, found.test.after) == (400, 4 * last_four)
    assert found.test.dispersion is not None


@pytest.mark.parametrize(
    ("series", "since", "reason"),
    [
        (series_of([100] * 7), None, NoTravel.QUARTER_MISSING),
        (series_of([100] * 4 + [None] + [100] * 3), None, NoTravel.QUARTER_MISSING),
        (series_of([100] * 8), FIRST + 1, NoTravel.COUNTED_DIFFERENTLY),
        (series_of([0, 0, 0, -1] + [5] * 4), None, NoTravel.NEGATIVE),
        (Series(series_of([100] * 8).figures, is_level=True), None, NoTravel.LEVEL),
    ],
)
def test_why_it_cannot_be_told(series: Series, since: Quarter | None, reason: NoTravel) -> None:
    found = direction_of_travel(series, FIRST + 7, since=since)
    assert (found.travel, found.test, found.reason) == (None, None, reason)


def test_counted_alike_from_its_first_quarter_on_it_can_be_told() -> None:
    assert direction_of_travel(series_of([100] * 8), FIRST + 7, since=FIRST).travel is Travel.NO_CLEAR_CHANGE
