"""Control charts, worked by hand and against the boring way."""

from __future__ import annotations

from itertools import pairwise

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.control_charts import (
    Assurance,
    ControlChart,
    Limits,
    Signal,
    Variation,
    control_chart,
    limits,
)
from performance.calculations.control_limits import WIDTH

CHECK = [12, 15, 11, 14, 13, 16, 12, 15, 11, 14, 13, 12]
CALM = [10, 12, 9, 11, 10, 12, 8, 11, 10, 12, 9, 11]
values_with_gaps = st.lists(st.one_of(st.none(), st.integers(0, 40)), max_size=30)


def limits_of(values: list[int | None] | list[int]) -> Limits:
    found = limits(values)
    assert found is not None
    return found


def signals(chart: ControlChart) -> list[Signal | None]:
    return [point.signal for point in chart.points]


def test_the_check() -> None:
    """Mean 158 ÷ 12; the eleven ranges add up to 30 and none is left out: 30 ÷ 11 × 2.66."""
    ranges = [3, 4, 3, 1, 3, 4, 3, 4, 3, 1, 1]
    assert [abs(b - a) for a, b in pairwise(CHECK)] == ranges
    found = limits_of(CHECK)
    assert found.mean == pytest.approx(158 / 12, rel=1e-9)
    assert found.upper == pytest.approx(158 / 12 + 2.66 * 30 / 11, rel=1e-9)
    assert found.lower == pytest.approx(158 / 12 - 2.66 * 30 / 11, rel=1e-9)
    assert (found.is_trial, found.is_screened, found.shown) == (False, True, (5, 21))


def test_near_limits_lie_at_two_thirds() -> None:
    found = limits_of(CHECK)
    assert found.near[1] - found.mean == pytest.approx(2 / 3 * (found.upper - found.mean))
    assert found.is_near(found.near[1] + 0.01)
    assert not found.is_near(found.near[1])
    assert not found.is_near(found.upper + 0.01)


def test_a_range_that_is_out_of_the_ordinary_is_left_out_once() -> None:
    calm = [10, 12, 10, 12, 10, 12, 10, 12]
    found = limits_of([*calm, 60])
    assert found.upper - found.mean == pytest.approx(WIDTH * 2)
    assert (found.ranges, found.ranges_held) == (7, 8)


def test_screening_that_would_leave_only_noughts_is_not_done() -> None:
    found = limits_of([5, 5, 5, 5, 5, 5, 5, 5, 5, 40])
    assert not found.is_screened
    assert found.upper - found.mean == pytest.approx(WIDTH * 35 / 9)


@pytest.mark.parametrize("values", [[], [5], [5, 5, 5], [None, 5, None, 6], [None, None]])
def test_without_variation_there_are_no_limits(values: list[int | None]) -> None:
    assert limits(values) is None
    assert all(point.signal is None for point in control_chart(values).points)


def test_a_flat_series_says_so() -> None:
    assert [stretch.is_flat for stretch in control_chart([5, 5, 5]).stretches] == [True]
    assert [stretch.is_flat for stretch in control_chart([5]).stretches] == [False]


def test_a_gap_breaks_the_chain_of_ranges() -> None:
    found = limits_of([10, 12, None, 50, 52])
    assert found.upper - found.mean == pytest.approx(WIDTH * 2)
    assert found.is_trial


def test_outside_is_strictly_beyond() -> None:
    found = limits_of(CHECK)
    assert found.holds(found.upper)
    assert found.holds(found.lower)
    assert not found.holds(found.upper + 0.001)


@given(st.lists(st.integers(0, 500), min_size=2, max_size=30), st.integers(0, 100))
def test_limits_move_with_the_series(values: list[int], more: int) -> None:
    before, after = limits(values), limits([value + more for value in values])
    if before is None or after is None:
        assert before is after is None
    else:
        assert after.mean - before.mean == pytest.approx(more)
        assert after.upper - after.lower == pytest.approx(before.upper - before.lower)


def test_a_point_outside() -> None:
    chart = control_chart([*CALM, 30])
    assert chart.points[-1].signal is Signal.OUTSIDE
    assert chart.points[-1].is_high is True


def test_seven_points_that_rise() -> None:
    chart = control_chart([50, 60, 50, 60, 50, 51, 52, 53, 54, 55, 56, 50, 60, 50, 60])
    assert [place for place, signal in enumerate(signals(chart)) if signal is Signal.TREND] == list(range(4, 11))
    assert all(point.is_high for point in chart.points[4:11])


def test_a_tie_breaks_a_trend() -> None:
    chart = control_chart([50, 60, 50, 60, 50, 51, 52, 52, 53, 54, 55, 50, 60, 50, 60])
    assert Signal.TREND not in signals(chart)


def test_a_point_of_two_trends_has_the_direction_of_the_later() -> None:
    up_and_down = [40, 43, 46, 49, 52, 55, 58, 55, 52, 49, 46, 43, 40]
    chart = control_chart([*[60, 35] * 6, *up_and_down])
    peak = chart.points[12 + 6]
    assert (peak.signal, peak.is_high) == (Signal.TREND, False)
    assert chart.points[12 + 5].is_high is True


def test_two_of_three_near_a_limit() -> None:
    values = [*CALM, *CALM, 16, 12, 16]
    chart = control_chart(values)
    assert signals(chart)[-3:] == [Signal.NEAR, None, Signal.NEAR]


def test_three_on_both_sides_of_the_mean_are_no_signal() -> None:
    assert signals(control_chart([*CALM, *CALM, 16, 10, 16]))[-3:] == [None, None, None]


def test_seven_on_one_side_of_the_mean_and_one_on_it_breaks_them() -> None:
    low, high = [9, 11, 9, 11, 9, 11, 9], [13, 15, 13, 15, 13, 15, 13]
    assert signals(control_chart([*low, *high])) == [Signal.RUN] * 14
    assert set(signals(control_chart([9, 11, 9, 12, 11, 9, 11, 13, 15, 13, 12, 15, 13, 15]))) == {None}


def test_a_gap_breaks_every_window() -> None:
    rising = [50, 60, 50, 60, 50, 51, 52, None, 53, 54, 55, 56, 50, 60, 50, 60]
    assert Signal.TREND not in signals(control_chart(rising))
    runs = [9, 11, 9, None, 11, 9, 11, 9, 13, 15, 13, None, 15, 13, 15, 13]
    assert Signal.RUN not in signals(control_chart(runs))


def test_a_chart_restarts_where_counting_changed() -> None:
    chart = control_chart([*CALM, *(value + 100 for value in CALM)], restarts=[12])
    assert set(signals(chart)) == {None}
    first, second = chart.stretches
    assert (first.begins, first.ends, second.begins, second.ends) == (0, 12, 12, 24)
    assert first.mean is not None
    assert second.mean == pytest.approx(first.mean + 100)
    assert chart.limits is second.limits
    together = control_chart([*CALM, *(value + 100 for value in CALM)])
    assert set(signals(together)) != {None}


def test_limits_can_be_fixed_on_the_first_points() -> None:
    later = [value + 6 for value in CALM]
    fixed = control_chart([*CALM, *later], fixed_on=12)
    assert fixed.limits == limits(CALM)
    assert fixed.stretches[0].fixed_on == 12
    assert control_chart(CALM, fixed_on=12).stretches[0].fixed_on is None
    with pytest.raises(ValueError, match="12 points or more"):
        control_chart(CALM, fixed_on=11)


@pytest.mark.parametrize(
    ("last", "fewer_is_better", "variation"),
    [
        (30, True, Variation.CONCERN),
        (30, False, Variation.IMPROVEMENT),
        (30, None, Variation.NEUTRAL),
        (-10, True, Variation.IMPROVEMENT),
        (-10, False, Variation.CONCERN),
        (11, True, Variation.COMMON_CAUSE),
        (None, True, None),
    ],
)
def test_what_the_last_point_says(last: int | None, fewer_is_better: bool | None, variation: Variation | None) -> None:
    assert control_chart([*CALM, last], fewer_is_better=fewer_is_better).variation is variation


@pytest.mark.parametrize(
    ("target", "fewer_is_better", "assurance"),
    [
        (25, True, Assurance.CONSISTENTLY_MET),
        (3, True, Assurance.CONSISTENTLY_MISSED),
        (13, True, Assurance.HIT_OR_MISS),
        (25, False, Assurance.CONSISTENTLY_MISSED),
        (3, False, Assurance.CONSISTENTLY_MET),
        (25, None, None),
        (None, True, None),
    ],
)
def test_whether_the_target_is_met_by_itself(
    target: int | None, fewer_is_better: bool | None, assurance: Assurance | None
) -> None:
    assert control_chart(CHECK, fewer_is_better=fewer_is_better).assurance(target) is assurance


def test_a_target_on_a_limit_is_hit_or_miss() -> None:
    found = limits_of(CHECK)
    assert control_chart(CHECK).assurance(found.upper) is Assurance.HIT_OR_MISS
    assert control_chart([]).assurance(5) is None
    assert control_chart([]).variation is None


def first_signal_the_boring_way(values: list[int | None], place: int) -> Signal | None:
    """Each rule asked of one point, by looking at every window that it could be in."""
    usual = limits(values)
    value = values[place]
    if usual is None or value is None:
        return None

    def windows(length: int) -> list[list[int]]:
        starts = range(max(0, place - length + 1), min(place, len(values) - length) + 1)
        cut = [values[start : start + length] for start in starts]
        return [[each for each in one if each is not None] for one in cut if None not in one]

    def one_sided(window: list[int]) -> bool:
        return all(each > usual.mean for each in window) or all(each < usual.mean for each in window)

    if not usual.lower <= value <= usual.upper:
        return Signal.OUTSIDE
    for seven in windows(7):
        if all(b > a for a, b in pairwise(seven)) or all(b < a for a, b in pairwise(seven)):
            return Signal.TREND
    if usual.is_near(value):
        for three in windows(3):
            if one_sided(three) and sum(usual.is_near(each) for each in three) >= 2:
                return Signal.NEAR
    return Signal.RUN if any(one_sided(seven) for seven in windows(7)) else None


@given(values_with_gaps)
def test_signals_as_the_boring_way(values: list[int | None]) -> None:
    assert signals(control_chart(values)) == [
        first_signal_the_boring_way(values, place) for place in range(len(values))
    ]


@given(values_with_gaps, st.lists(st.integers(0, 30), max_size=3))
def test_a_restart_is_as_two_charts_beside_each_other(values: list[int | None], restarts: list[int]) -> None:
    edges = sorted({0, len(values), *(place for place in restarts if place < len(values))})
    apart = [signal for a, b in pairwise(edges) for signal in signals(control_chart(values[a:b]))]
    assert signals(control_chart(values, restarts=restarts)) == apart


@given(st.lists(st.integers(0, 40), max_size=30))
def test_upside_down_the_signals_are_the_same_on_the_other_side(values: list[int]) -> None:
    chart, mirrored = control_chart(values), control_chart([40 - value for value in values])
    for point, reflection in zip(chart.points, mirrored.points, strict=True):
        assert (point.signal is None) is (reflection.signal is None) or _is_on_an_edge(values)
        if point.signal is not None and reflection.signal is point.signal:
            assert reflection.is_high is not point.is_high


def _is_on_an_edge(values: list[int]) -> bool:
    """Whether a value lies on a limit or the mean but for the last binary digit, where mirrored sums may differ."""
    usual = limits(values)
    if usual is None:
        return False
    edges = (usual.lower, usual.upper, *usual.near, usual.mean)
    return any(abs(value - edge) < 1e-9 for value in values for edge in edges)
