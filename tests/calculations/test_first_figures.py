"""How far first figures move."""

from __future__ import annotations

from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.first_figures import UsualMoves, usual_moves

EIGHT = [(100, 99), (100, 104), (200, 200), (200, 202), (50, 50), (100, 101), (100, 100), (100, 102)]
pairs = st.lists(st.tuples(st.integers(1, 900), st.integers(0, 900)), min_size=8, max_size=30)


def test_eight_figures_by_hand() -> None:
    assert usual_moves(EIGHT) == UsualMoves(Fraction(-1, 100), Fraction(4, 100), Fraction(1, 200), 8)


def test_fewer_say_nothing() -> None:
    assert usual_moves(EIGHT[:7]) is None
    assert usual_moves([*EIGHT[:7], (0, 5)]) is None


@given(pairs)
def test_every_figure_lies_between_and_order_does_not_matter(figures: list[tuple[int, int]]) -> None:
    found = usual_moves(figures)
    assert found is not None
    assert found == usual_moves(list(reversed(figures)))
    assert found.lowest <= found.middle <= found.highest
    assert all(found.lowest * first <= final - first <= found.highest * first for first, final in figures)
