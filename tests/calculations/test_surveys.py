"""A percentage with its sample: known intervals, known tests, and what must hold of all of them."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as some

from performance.calculations.surveys import Share, exact_p, is_clear_change, z_of_change

percentages = some.decimals(0, 100, places=1)
shares = some.builds(Share, percentages, some.integers(1, 100_000))
small_shares = some.builds(Share, percentages, some.integers(1, 59))


@pytest.mark.parametrize(
    ("percent", "sample", "low", "high"),
    [
        # Worked by hand from the formula; the first is the textbook's 81 of 263.
        ("30.8", 263, 25.5, 36.6),
        ("50", 1000, 46.9, 53.1),
        ("0", 10, 0.0, 27.8),
        ("100", 10, 72.2, 100.0),
        ("43.5", 1100, 40.6, 46.4),
    ],
)
def test_intervals(percent: str, sample: int, low: float, high: float) -> None:
    assert list(Share(Decimal(percent), sample).interval) == pytest.approx([low, high], abs=0.06)


@given(shares)
def test_an_interval_holds_its_percentage_and_stays_on_the_scale(share: Share) -> None:
    low, high = share.interval
    assert 0 <= low <= float(share.percent) + 1e-9
    assert float(share.percent) - 1e-9 <= high <= 100
    assert low < high


@given(some.decimals(1, 99, places=1), some.integers(1, 50_000))
def test_more_answers_make_it_surer(percent: Decimal, sample: int) -> None:
    few, many = Share(percent, sample).interval, Share(percent, sample * 2).interval
    assert many[1] - many[0] < few[1] - few[0]


@pytest.mark.parametrize(
    ("before", "after", "is_clear"),
    [
        (("43.5", 1100), ("47.0", 1050), False),
        (("43.5", 1100), ("49.0", 1050), True),
        (("40", 100), ("50", 100), False),
        (("40", 1000), ("50", 1000), True),
        (("0", 100), ("0", 100), False),
        (("100", 5), ("100", 5), False),
    ],
)
def test_a_change_is_clear_when_chance_alone_would_not_explain_it(
    before: tuple[str, int], after: tuple[str, int], is_clear: bool
) -> None:
    first, second = (Share(Decimal(percent), sample) for percent, sample in (before, after))
    assert is_clear_change(first, second) is is_clear


def test_the_test_of_two_shares_worked_by_hand() -> None:
    # p = 0.45 pooled, spread = sqrt(0.45 * 0.55 * 2 / 1000) = 0.022249, difference 0.1
    assert z_of_change(Share(Decimal(40), 1000), Share(Decimal(50), 1000)) == pytest.approx(4.4947, abs=1e-4)


@given(shares, shares)
def test_the_other_way_round_is_the_same_with_the_other_sign(one: Share, other: Share) -> None:
    assert z_of_change(one, other) == pytest.approx(-z_of_change(other, one))


@pytest.mark.parametrize(
    ("percent", "sample", "design_effect"), [("-1", 10, 1), ("100.1", 10, 1), ("50", 0, 1), ("50", 10, "0.9")]
)
def test_what_no_survey_can_say_is_refused(percent: str, sample: int, design_effect: str) -> None:
    with pytest.raises(ValueError, match="is"):
        Share(Decimal(percent), sample, Decimal(design_effect))


@pytest.mark.parametrize(
    ("before", "after", "design_effect", "z"),
    [(("50.0", 1000), ("54.4", 1000), "1", 1.97), (("50.0", 1000), ("54.4", 1000), "1.5", 1.61)],
)
def test_a_design_effect_makes_less_sure(
    before: tuple[str, int], after: tuple[str, int], design_effect: str, z: float
) -> None:
    first, second = (Share(Decimal(percent), sample, Decimal(design_effect)) for percent, sample in (before, after))
    assert z_of_change(first, second) == pytest.approx(z, abs=0.005)
    assert (
        first.interval[1] - first.interval[0]
        >= Share(first.percent, first.sample).interval[1] - (Share(first.percent, first.sample).interval[0])
    )


@pytest.mark.parametrize(
    ("before", "after", "p"),
    [
        # Fisher's own tea: 3 of 4 and 1 of 4, two-sided.
        (("75", 4), ("25", 4), 0.486),
        # From 2 of 8 to 6 of 8.
        (("25", 8), ("75", 8), 0.132),
        (("0", 20), ("50", 20), 0.0004),
        (("0", 5), ("0", 5), 1.0),
    ],
)
def test_fishers_exact_test(before: tuple[str, int], after: tuple[str, int], p: float) -> None:
    first, second = (Share(Decimal(percent), sample) for percent, sample in (before, after))
    assert exact_p(first, second) == pytest.approx(p, abs=0.0005)
    assert is_clear_change(first, second) is (p < 0.05)


@given(small_shares, small_shares)
def test_the_exact_test_is_a_probability_and_the_same_both_ways(one: Share, other: Share) -> None:
    assert 0 <= exact_p(one, other) <= 1
    assert exact_p(one, other) == pytest.approx(exact_p(other, one))
