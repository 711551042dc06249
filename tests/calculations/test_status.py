from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.figures import Figure, NoFigure
from performance.calculations.status import CannotSay, Sense, Status, Verdict, year_over
from tests.calculations.plan_table import ROWS, TOTAL, PlanRow

counts = st.integers(0, 10_000)
LATE = Figure.missing(NoFigure.NOT_YET_AVAILABLE)
NONE = Figure.missing(NoFigure.NOT_HELD)
PARTIAL = Figure.total({"a": Figure.of(5), "b": LATE})


def verdict(target: int, actual: int, sense: Sense = Sense.REDUCE, **options: object) -> Verdict:
    figures = {"baseline": Figure.of(100), "target": Figure.of(target), "actual": Figure.of(actual)}
    return year_over(**figures, sense=sense, **options)  # type: ignore[arg-type]


@pytest.mark.parametrize("row", [*ROWS, TOTAL], ids=lambda row: row.name)
def test_the_plans_verdicts(row: PlanRow) -> None:
    found = year_over(baseline=Figure.of(row.baseline), target=Figure.of(row.target), actual=Figure.of(row.actual))
    assert found.status.is_met is row.met
    assert found.status.is_missed is not row.met
    assert found.is_like_for_like is (row.name != "Wounding")


@pytest.mark.parametrize(
    ("name", "status", "over"),
    [
        ("Theft of cycle", Status.MISSED, "42.0"),
        ("Common assault", Status.MISSED_NARROWLY, "4.4"),
        ("Criminal damage", Status.MISSED_NARROWLY, "1.2"),
    ],
)
def test_by_how_much_the_plans_three_were_missed(name: str, status: Status, over: str) -> None:
    row = next(row for row in ROWS if row.name == name)
    found = year_over(baseline=Figure.of(row.baseline), target=Figure.of(row.target), actual=Figure.of(row.actual))
    assert found.status is status
    assert found.excess == row.actual - row.target
    assert found.excess_share is not None
    assert f"{float(found.excess_share) * 100:.1f}" == over


@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [
        (100, 100, Status.MET),
        (100, 0, Status.MET),
        (100, 101, Status.MISSED_NARROWLY),
        (100, 105, Status.MISSED_NARROWLY),
        (100, 106, Status.MISSED),
        (49, 51, Status.MISSED_NARROWLY),
        (49, 52, Status.MISSED),
        (50, 52, Status.MISSED_NARROWLY),
        (50, 53, Status.MISSED),
        (0, 0, Status.MET),
        (0, 2, Status.MISSED_NARROWLY),
        (0, 3, Status.MISSED),
        (10, -1, Status.MET),
    ],
)
def test_reduce(target: int, actual: int, status: Status) -> None:
    assert verdict(target, actual).status is status


def test_the_tolerance_is_the_targets_own() -> None:
    assert verdict(100, 108, tolerance=Fraction(10, 100)).status is Status.MISSED_NARROWLY
    assert verdict(100, 101, tolerance=Fraction(0)).status is Status.MISSED
    assert verdict(40, 42, tolerance=Fraction(0)).status is Status.MISSED_NARROWLY
    assert verdict(40, 44, tolerance=Fraction(10, 100)).status is Status.MISSED_NARROWLY


@pytest.mark.parametrize(
    ("limit", "actual", "dispersion", "status"),
    [
        (100, 100, None, Status.WITHIN_LIMIT),
        (100, 90, None, Status.WITHIN_LIMIT),
        (100, 110, None, Status.ABOVE_LIMIT),
        (100, 144, None, Status.CLEAR_INCREASE),
        (100, 144, 2.3, Status.ABOVE_LIMIT),
        (0, 1, None, Status.ABOVE_LIMIT),
    ],
)
def test_do_not_exceed(limit: int, actual: int, dispersion: float | None, status: Status) -> None:
    assert verdict(limit, actual, Sense.DO_NOT_EXCEED, dispersion=dispersion).status is status


def test_watch_is_never_judged() -> None:
    assert verdict(100, 500, Sense.WATCH).status is Status.WATCHED
    watched = year_over(baseline=NONE, target=NONE, actual=Figure.of(0), sense=Sense.WATCH)
    assert watched.status is Status.WATCHED
    assert not watched.status.is_met
    assert not watched.status.is_missed


@pytest.mark.parametrize("sense", Sense)
@pytest.mark.parametrize(
    ("target", "actual", "reason"),
    [
        (Figure.of(10), LATE, CannotSay.NO_FIGURE),
        (Figure.of(10), PARTIAL, CannotSay.FIGURE_PART_MISSING),
        (NONE, LATE, CannotSay.NO_FIGURE),
    ],
)
def test_without_a_figure_nobody_can_say(sense: Sense, target: Figure, actual: Figure, reason: CannotSay) -> None:
    found = year_over(baseline=Figure.of(100), target=target, actual=actual, sense=sense)
    assert (found.status, found.cannot_say) == (Status.CANNOT_SAY, reason)
    assert found.excess is None
    assert found.excess_share is None


@pytest.mark.parametrize("sense", [Sense.REDUCE, Sense.DO_NOT_EXCEED])
@pytest.mark.parametrize(("target", "reason"), [(NONE, CannotSay.NO_TARGET), (PARTIAL, CannotSay.TARGET_PART_MISSING)])
def test_without_a_target_nobody_can_say(sense: Sense, target: Figure, reason: CannotSay) -> None:
    found = year_over(baseline=Figure.of(100), target=target, actual=Figure.of(0), sense=sense)
    assert (found.status, found.cannot_say) == (Status.CANNOT_SAY, reason)


@given(counts, counts, counts)
def test_more_crime_is_never_judged_better(target: int, actual: int, more: int) -> None:
    order = [Status.MET, Status.MISSED_NARROWLY, Status.MISSED]
    assert order.index(verdict(target, actual + more).status) >= order.index(verdict(target, actual).status)


@given(counts, counts)
def test_the_counts_decide(target: int, actual: int) -> None:
    assert verdict(target, actual).status.is_met is (actual <= target)


def test_every_status_has_a_word_and_a_shape() -> None:
    assert len({status.word for status in Status}) == len(Status)
    assert all(len(status.shape) == 1 for status in Status)
    good = {status.shape for status in Status if status.is_met}
    bad = {status.shape for status in Status if status.is_missed}
    assert not good & bad
