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
        (0, 1, Status.MISSED),
        (0, 3, Status.MISSED),
        (10, -1, Status.MET),
    ],
)
def test_reduce(target: int, actual: int, status: Status) -> None:
    assert verdict(target, actual).status is status


def test_the_tolerance_is_the_targets_own() -> None:
    assert verdict(100, 108, tolerance=Fraction(10, 100)).status is Status.MISSED_NARROWLY
    assert verdict(100, 101, tolerance=Fraction(0)).status is Status.MISSED
    assert verdict(40, 41, tolerance=Fraction(0)).status is Status.MISSED, "no tolerance is no band at all"
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
        (2000, 2150, 2.3, Status.ABOVE_LIMIT),
        # Clearly more by chance's measure, but within the tolerance of 5%.
        (100_000, 104_000, 1.0, Status.ABOVE_LIMIT),
        (100_000, 106_000, 1.0, Status.CLEAR_INCREASE),
        (10, -1, 2.3, Status.WITHIN_LIMIT),
    ],
)
def test_do_not_exceed(limit: int, actual: int, dispersion: float | None, status: Status) -> None:
    assert verdict(limit, actual, Sense.DO_NOT_EXCEED, dispersion=dispersion).status is status


@pytest.mark.parametrize(
    ("is_observed", "status"), [(True, Status.ABOVE_LIMIT), (False, Status.CLEAR_INCREASE)], ids=["counted", "chosen"]
)
def test_a_limit_that_somebody_chose_does_not_vary(is_observed: bool, status: Status) -> None:
    """100 → 130 at 1.3: z = 1.74 between two counts, 2.46 against a number."""
    found = verdict(100, 130, Sense.DO_NOT_EXCEED, dispersion=1.3, limit_is_observed=is_observed)
    assert found.status is status


def test_above_within_variation_is_neither_met_nor_missed() -> None:
    status = verdict(100, 110, Sense.DO_NOT_EXCEED).status
    assert status.is_above_usual
    assert status.is_judged
    assert not status.is_met
    assert not status.is_missed


@pytest.mark.parametrize(
    ("target", "actual", "status"),
    [
        (100, 100, Status.MET),
        (100, 120, Status.MET),
        (100, 95, Status.MISSED_NARROWLY),
        (100, 94, Status.MISSED),
        (40, 38, Status.MISSED_NARROWLY),
        (40, 37, Status.MISSED),
        (0, 0, Status.MET),
    ],
)
def test_increase_is_the_mirror_image(target: int, actual: int, status: Status) -> None:
    found = verdict(target, actual, Sense.INCREASE)
    assert found.status is status
    assert found.short_by == target - actual
    assert found.is_like_for_like


@given(counts, counts)
def test_what_is_met_one_way_is_missed_the_other_way_round(target: int, actual: int) -> None:
    up, down = verdict(target, actual, Sense.INCREASE), verdict(target, actual)
    assert up.status.is_met and down.status.is_met if target == actual else up.status.is_met is not down.status.is_met


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
