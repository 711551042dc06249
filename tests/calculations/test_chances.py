"""A chance as a status and in words: the same story."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.chances import chance_in_words, status_of_chance
from performance.calculations.status import Status

chances = st.floats(0, 1)


@pytest.mark.parametrize(
    ("chance", "words", "status"),
    [
        (0.0, "less than 1 in 10", Status.OFF_TRACK),
        (0.1097, "about 1 in 10", Status.OFF_TRACK),
        (0.1632, "about 2 in 10", Status.OFF_TRACK),
        (0.2499, "just under 1 in 4", Status.OFF_TRACK),
        (0.25, "just over 1 in 4", Status.AT_RISK),
        (0.26, "just over 1 in 4", Status.AT_RISK),
        (0.3, "about 3 in 10", Status.AT_RISK),
        (0.5, "about 5 in 10", Status.AT_RISK),
        (0.7499, "just under 3 in 4", Status.AT_RISK),
        (0.75, "just over 3 in 4", Status.ON_TRACK),
        (0.8, "about 8 in 10", Status.ON_TRACK),
        (1.0, "more than 9 in 10", Status.ON_TRACK),
    ],
)
def test_chances(chance: float, words: str, status: Status) -> None:
    assert (chance_in_words(chance), status_of_chance(chance)) == (words, status)


@given(chances, chances)
def test_the_same_words_never_stand_beside_two_statuses(one: float, other: float) -> None:
    if chance_in_words(one) == chance_in_words(other):
        assert status_of_chance(one) is status_of_chance(other)


@given(chances)
def test_words_are_close_to_the_chance(chance: float) -> None:
    part, whole = map(int, re.findall(r"\d+", chance_in_words(chance)))
    assert abs(part / whole - chance) <= 0.1 + 1e-9


def test_what_is_no_chance_is_refused() -> None:
    for wrong in (-0.1, 1.1):
        with pytest.raises(ValueError, match="between 0 and 1"):
            chance_in_words(wrong)
        with pytest.raises(ValueError, match="between 0 and 1"):
            status_of_chance(wrong)
