"""How numbers are written: one way, wherever they stand."""

from __future__ import annotations

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as some

from performance import wording
from performance.calculations.change import change
from performance.calculations.figures import Figure


@pytest.mark.parametrize(
    ("share", "places", "words"),
    [
        (Fraction(44, 100), 0, "44%"),
        (Fraction(-44, 100), 0, "44%"),
        (Fraction(0), 0, "0%"),
        (Fraction(1), 0, "100%"),
        (Fraction(1, 1000), 0, "less than 1%"),
        (Fraction(5, 1000), 0, "1%"),
        (Fraction(4, 10_000), 1, "less than 0.1%"),
        (Fraction(998, 1000), 0, "more than 99%"),
        (Fraction(9996, 10_000), 1, "more than 99.9%"),
        (Fraction(1003, 1000), 0, "100.3%"),
        (Fraction(1_000_001, 1_000_000), 0, "more than 100%"),
        (Fraction(1852, 10_000), 1, "18.5%"),
        (Fraction(25, 100), 1, "25%"),
        (Fraction(114, 10), 0, "1,140%"),
    ],
)
def test_a_share_in_per_cent(share: Fraction, places: int, words: str) -> None:
    assert wording.in_percent(share, places) == words


@given(some.fractions(-3, 3), some.integers(0, 2))
def test_nothing_and_all_are_said_of_nothing_and_all_alone(share: Fraction, places: int) -> None:
    said = wording.in_percent(share, places)
    assert (said == "0%") is (share == 0)
    assert (said == "100%") is (abs(share) == 1)
    assert "-" not in said


@pytest.mark.parametrize(
    ("baseline", "actual", "target", "fact", "planned"),
    [
        (7072, 5763, 5762, "18.51%", "18.52%"),
        (7072, 5307, 5762, "25%", "18.5%"),
        (1000, 754, 750, "24.6%", "25%"),
        (100, 83, 80, "17%", "20%"),
        (1000, 807, 815, "19.3%", "18.5%"),
        (100, 70, 70, "30%", "30%"),
    ],
)
def test_what_differs_looks_different(baseline: int, actual: int, target: int, fact: str, planned: str) -> None:
    reached, aimed = Fraction(baseline - actual, baseline), Fraction(baseline - target, baseline)
    places = wording.places_for(reached, aimed)
    assert (wording.in_percent(reached, places), wording.in_percent(aimed, places)) == (fact, planned)


@pytest.mark.parametrize(
    ("baseline", "actual", "words"),
    [
        (100, 56, "down 44%"),
        (146, 186, "up 27%"),
        (100, 100, "no change"),
        (1000, 999, "down by less than 1%"),
        (1000, 1001, "up by less than 1%"),
        (1000, 2, "down by more than 99%"),
        (100, 0, "down 100%"),
        (0, 5, ""),
        (100, -3, ""),
    ],
)
def test_which_way_and_how_far(baseline: int, actual: int, words: str) -> None:
    assert wording.moved(change(Figure.of(baseline), Figure.of(actual))) == words


@pytest.mark.parametrize(
    ("value", "counted_as", "words"),
    [
        (1, "robberies", "1 robbery"),
        (2, "robberies", "2 robberies"),
        (0, "robberies", "0 robberies"),
        (-3, "robberies", "−3 robberies"),
        (1, "thefts of cycle", "1 theft of cycle"),
        (1, "domestic burglaries", "1 domestic burglary"),
        (1, "people killed or seriously injured", "1 person killed or seriously injured"),
        (1, "casualties", "1 casualty"),
        (1, "offences", "1 offence"),
        (1, "crashes", "1 crash"),
        (1148, "thefts from vehicle", "1,148 thefts from vehicle"),
    ],
)
def test_one_is_one(value: int, counted_as: str, words: str) -> None:
    assert wording.counted(value, counted_as) == words
