from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.change import NoChange, change, rounded, share_of_planned_reduction
from performance.calculations.figures import Figure, NoFigure
from tests.calculations.plan_table import ROWS, TOTAL, PlanRow

counts = st.integers(0, 100_000)
baselines = st.integers(1, 100_000)
fractions = st.fractions(-1000, 1000)

LATE = Figure.missing(NoFigure.NOT_YET_AVAILABLE)
PARTIAL = Figure.total({"a": Figure.of(5), "b": LATE})


@pytest.mark.parametrize(
    ("value", "places", "shown"),
    [
        (Fraction(5, 2), 0, "3"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(1, 2), 0, "1"),
        (Fraction(-1, 2), 0, "-1"),
        (Fraction(-2, 5), 0, "0"),
        (Fraction(0), 0, "0"),
        (Fraction(1395, 2), 0, "698"),
        (Fraction(1852, 100), 1, "18.5"),
        (Fraction(-5, 100), 1, "-0.1"),
        (Fraction(-4, 100), 1, "0.0"),
        (Fraction(25), 1, "25.0"),
    ],
)
def test_halves_are_rounded_away_from_nought(value: Fraction, places: int, shown: str) -> None:
    assert str(rounded(value, places)) == shown


@given(fractions, st.integers(0, 3))
def test_rounding_is_symmetric_close_and_never_minus_nought(value: Fraction, places: int) -> None:
    assert rounded(-value, places) == -rounded(value, places)
    assert abs(Fraction(rounded(value, places)) - value) <= Fraction(1, 2 * 10**places)
    assert not str(rounded(value, places)).startswith("-0.0") or rounded(value, places) != 0
    assert not (rounded(value, places) == 0 and rounded(value, places).is_signed())


@given(fractions)
def test_rounding_agrees_with_the_boring_way(value: Fraction) -> None:
    boring = math.floor(abs(value) + Fraction(1, 2))
    assert rounded(value) == (boring if value >= 0 else -boring)


@pytest.mark.parametrize("row", [*ROWS, TOTAL], ids=lambda row: row.name)
def test_the_plans_reductions(row: PlanRow) -> None:
    percent = change(Figure.of(row.baseline), Figure.of(row.actual)).percent()
    assert f"{percent}%".replace("-", "−") == row.printed


@pytest.mark.parametrize(
    ("row", "planned"),
    [*zip([*ROWS, TOTAL], "25.0 40.0 24.8 12.1 10.3 10.0 30.1 -25.1 15.4 8.0 18.5".split(), strict=True)],
    ids=lambda value: getattr(value, "name", value),
)
def test_the_plans_targets_as_reductions(row: PlanRow, planned: str) -> None:
    assert change(Figure.of(row.baseline), Figure.of(row.target)).percent(1) == Decimal(planned)


@pytest.mark.parametrize(
    ("baseline", "actual", "reason"),
    [
        (Figure.missing(NoFigure.NOT_HELD), Figure.of(5), NoChange.NO_BASELINE),
        (Figure.missing(NoFigure.NOT_HELD), LATE, NoChange.NO_BASELINE),
        (Figure.of(0), Figure.of(5), NoChange.BASELINE_IS_ZERO),
        (Figure.of(0), Figure.of(0), NoChange.BASELINE_IS_ZERO),
        (Figure.of(-1), Figure.of(5), NoChange.NEGATIVE_BASELINE),
        (Figure.of(100), Figure.of(-3), NoChange.NEGATIVE_FIGURE),
        (Figure.of(0), Figure.of(-3), NoChange.NEGATIVE_FIGURE),
        (Figure.of(100), LATE, NoChange.NO_FIGURE),
        (Figure.of(100), PARTIAL, NoChange.PART_MISSING),
        (PARTIAL, Figure.of(100), NoChange.PART_MISSING),
        (Figure.of(0), LATE, NoChange.NO_FIGURE),
    ],
)
def test_a_change_that_cannot_be_worked_out_says_why(baseline: Figure, actual: Figure, reason: NoChange) -> None:
    found = change(baseline, actual)
    assert found.unavailable is reason
    assert found.reduction is None
    assert found.percent() is None
    assert not found.is_unreliable


@pytest.mark.parametrize(("actual", "percent"), [(0, 100), (146, 0), (292, -100)])
def test_the_ends_of_the_scale(actual: int, percent: int) -> None:
    assert change(Figure.of(146), Figure.of(actual)).percent() == percent


@pytest.mark.parametrize(("baseline", "unreliable"), [(49, True), (50, False), (1, True)])
def test_a_percentage_of_a_small_baseline_is_unreliable(baseline: int, unreliable: bool) -> None:
    assert change(Figure.of(baseline), Figure.of(3)).is_unreliable is unreliable


@given(baselines, counts)
def test_the_reduction_gives_back_the_actual(baseline: int, actual: int) -> None:
    found = change(Figure.of(baseline), Figure.of(actual))
    assert found.reduction is not None
    assert baseline * (1 - found.reduction) == actual
    assert (found.reduction > 0) is (actual < baseline)


@given(st.lists(st.tuples(baselines, counts), min_size=1))
def test_a_totals_reduction_lies_between_those_of_its_parts(pairs: list[tuple[int, int]]) -> None:
    baseline = Figure.total({str(n): Figure.of(pair[0]) for n, pair in enumerate(pairs)})
    actual = Figure.total({str(n): Figure.of(pair[1]) for n, pair in enumerate(pairs)})
    parts = [Fraction(before - after, before) for before, after in pairs]
    total = change(baseline, actual).reduction
    assert total is not None
    assert min(parts) <= total <= max(parts)


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "share"),
    [
        (146, 131, 131, Fraction(1)),
        (146, 131, 186, Fraction(-40, 15)),
        (529, 397, 297, Fraction(232, 132)),
        (100, 50, 100, Fraction(0)),
        (558, 698, 444, None),
        (100, 100, 90, None),
    ],
)
def test_share_of_the_planned_reduction(baseline: int, target: int, actual: int, share: Fraction | None) -> None:
    assert share_of_planned_reduction(Figure.of(baseline), Figure.of(target), Figure.of(actual)) == share


def test_share_of_the_planned_reduction_needs_every_figure() -> None:
    for position in range(3):
        figures = [Figure.of(100), Figure.of(50), Figure.of(70)]
        figures[position] = LATE
        assert share_of_planned_reduction(*figures) is None
