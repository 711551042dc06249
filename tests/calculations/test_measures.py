from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

from performance.calculations.figures import Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.status import Sense, Status
from tests.calculations.plan_table import ROWS, TOTAL, PlanRow


def measure(row: PlanRow, **options: object) -> Measure:
    figures = (Figure.of(row.baseline), Figure.of(row.target), Figure.of(row.actual))
    return Measure(row.name, *figures, **options)  # type: ignore[arg-type]


PLAN = Measure.total(TOTAL.name, tuple(measure(row) for row in ROWS))


def test_the_plans_total_is_the_sum_of_its_rows_in_all_three_columns() -> None:
    assert (PLAN.baseline.known, PLAN.target.known, PLAN.actual.known) == (7072, 5762, 5307)
    assert PLAN.change.percent() == 25
    assert PLAN.planned_change.percent(1) == Decimal("18.5")
    assert PLAN.verdict.status is Status.MET


def test_the_plans_total_without_wounding() -> None:
    assert [part.name for part in PLAN.unlike] == ["Wounding"]
    alike = PLAN.like_for_like()
    assert alike is not None
    assert (alike.baseline.known, alike.actual.known) == (6514, 4863)
    assert alike.change.percent(1) == Decimal("25.3")
    assert alike.planned_change.percent(1) == Decimal("22.3")
    assert alike.like_for_like() is None


def test_a_total_of_parts_that_are_all_unlike_has_nothing_to_compare() -> None:
    wounding = measure(next(row for row in ROWS if row.name == "Wounding"))
    assert Measure.total("Violence", (wounding,)).like_for_like() is None
    assert wounding.like_for_like() is None


def test_a_total_of_totals_reaches_down_to_the_leaves() -> None:
    whole = Measure.total("Everything", (PLAN,))
    assert len(whole.leaves) == 10
    assert [part.name for part in whole.unlike] == ["Wounding"]


def test_a_total_is_judged_as_its_parts_ask() -> None:
    limits = tuple(measure(row, sense=Sense.DO_NOT_EXCEED) for row in ROWS[:2])
    assert Measure.total("Vehicles", limits).sense is Sense.DO_NOT_EXCEED
    assert Measure.total("Mixed", (*limits, measure(ROWS[2]))).sense is Sense.REDUCE


def test_a_total_with_a_missing_part_has_no_verdict() -> None:
    gap = Measure("Robbery", Figure.of(104), Figure.of(88), Figure.missing(NoFigure.WITHHELD))
    total = Measure.total("Some", (measure(ROWS[0]), gap))
    assert total.verdict.status is Status.CANNOT_SAY
    assert total.change.reduction is None
    assert total.actual.count == ROWS[0].actual


def test_a_total_keeps_its_parts_tolerance_and_watches_with_them() -> None:
    strict = tuple(measure(row, tolerance=Fraction(0)) for row in ROWS[:2])
    assert Measure.total("Vehicles", strict).tolerance == 0
    assert Measure.total("Mixed", (*strict, measure(ROWS[2]))).tolerance == Fraction(5, 100)
    watched = measure(ROWS[2], sense=Sense.WATCH)
    assert Measure.total("Mixed", (*strict, watched)).verdict.status is Status.WATCHED
