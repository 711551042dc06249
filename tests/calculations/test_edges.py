"""Bounds that no other test stood on: found by mutation testing."""

from __future__ import annotations

from fractions import Fraction

import pytest

from performance.calculations.change import change
from performance.calculations.comparability import Span
from performance.calculations.count_input import NotACountError, read_count
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.plausibility import Rule, doubts
from performance.calculations.series import Series
from performance.calculations.status import year_over

FIRST = Quarter(FinancialYear(2006), 1)
LATE, KEPT = Figure.missing(NoFigure.NOT_YET_AVAILABLE), Figure.missing(NoFigure.WITHHELD)


def of(*counts: int) -> Series:
    return Series({FIRST + number: Figure.of(count) for number, count in enumerate(counts)})


def rules(value: int, *counts: int) -> list[Rule]:
    return [doubt.rule for doubt in doubts(value, of(*counts), FIRST + len(counts))]


@pytest.mark.parametrize(
    ("value", "counts", "is_slip"),
    [
        (500, (100, 90, 80, 95), True),  # five times the highest, and with a nought less within half of the lowest
        (499, (100, 90, 80, 95), False),
        (400, (80, 80, 80, 80), True),  # 40 is half of the lowest
        (399, (80, 80, 80, 80), False),
        (1600, (80, 80, 80, 80), True),  # 160 is twice the highest
        (1610, (80, 80, 80, 80), False),
        (16, (80, 90, 80, 95), True),  # a fifth of the lowest, and with a nought more twice as far
        (17, (80, 90, 80, 95), False),
        (4, (80, 80, 80, 80), True),  # 40 is half of the lowest
        (3, (80, 80, 80, 80), False),
        (100, (10, 10, 10, 10), True),  # below ten nothing is a slip
        (90, (9, 9, 9, 9), False),
    ],
)
def test_a_slip_begins_and_ends_where_it_says(value: int, counts: tuple[int, ...], is_slip: bool) -> None:
    assert (Rule.TENFOLD in rules(value, *counts)) is is_slip


def test_a_range_that_begins_at_nought_is_a_range() -> None:
    assert Rule.TENFOLD in rules(200, 0, 20, 20, 20)
    assert Rule.TENFOLD not in rules(200, -1, 20, 20, 20)


def test_quarters_that_are_all_missing_for_one_reason_say_that_reason() -> None:
    quarters = FinancialYear(2006).quarters
    all_late = Series(dict.fromkeys(quarters, LATE))
    assert all_late.sum_of(quarters) == LATE
    one_late = Series(dict(zip(quarters, (Figure.of(1), Figure.of(2), Figure.of(3), LATE), strict=True)))
    assert one_late.sum_of(quarters).reason is NoFigure.QUARTER_MISSING
    assert one_late.sum_of(quarters).count is None


def test_the_excess_over_a_target_of_nought_is_no_share() -> None:
    def share(target: Figure, actual: Figure) -> Fraction | None:
        return year_over(baseline=Figure.of(100), target=target, actual=actual).excess_share

    assert share(Figure.of(0), Figure.of(3)) is None
    assert share(Figure.of(50), LATE) is None
    assert share(LATE, Figure.of(3)) is None
    assert share(Figure.of(50), Figure.of(50)) == 0


@pytest.mark.parametrize(("typed", "count"), [("-5", -5), ("−0", 0), ("- 12", -12)])
def test_a_minus_and_one_digit_is_a_count(typed: str, count: int) -> None:
    assert read_count(typed) == count


@pytest.mark.parametrize("typed", ["-", "\u2010"])
def test_a_minus_alone_is_none(typed: str) -> None:
    with pytest.raises(NotACountError):
        read_count(typed)


@pytest.mark.parametrize(
    ("baseline", "actual", "counts", "alone"),
    [
        (Figure.of(0), Figure.of(3), (0, 3), True),
        (Figure.of(100), Figure.of(-3), (100, -3), True),
        (Figure.of(100), Figure.of(90), (100, 90), False),
        (LATE, Figure.of(3), None, False),
        (Figure.of(100), LATE, None, False),
    ],
)
def test_counts_that_make_no_percentage(
    baseline: Figure, actual: Figure, counts: tuple[int, int] | None, alone: bool
) -> None:
    found = change(baseline, actual)
    assert (found.counts, found.has_counts_alone) == (counts, alone)


def test_spans_of_a_quarter() -> None:
    third = FIRST + 2
    assert Span.of(third) == Span(third, third)
    assert Span.to_date(third) == Span(FIRST, third)
    assert Span.four_to(third) == Span(FIRST - 1, third)
