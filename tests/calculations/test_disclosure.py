"""What is withheld cannot be worked out from what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from performance.calculations.disclosure import WITHHELD, protect
from performance.calculations.figures import Figure, NoFigure

LATE = Figure.missing(NoFigure.NOT_YET_AVAILABLE)


def figures(*counts: int | str) -> dict[int, Figure]:
    made = {"c": WITHHELD, "x": LATE}
    return {n: made[each] if isinstance(each, str) else Figure.of(each) for n, each in enumerate(counts)}


@pytest.mark.parametrize(
    ("given_parts", "total", "shown"),
    [
        ((4, "c", 3, 2), Figure.of(12), (4, "c", 3, "c")),
        ((4, "c", 2, 2), Figure.of(11), (4, "c", "c", 2)),
        ((4, "c", 0, 9), Figure.of(15), ("c", "c", 0, 9)),
        ((0, "c", 0, 0), Figure.of(3), ("c", "c", 0, 0)),
        ((4, "c", "c", 2), Figure.of(12), (4, "c", "c", 2)),
        ((4, "c", "x", 2), Figure.of(12), (4, "c", "x", 2)),
        ((4, "c", 3, 2), LATE, (4, "c", 3, 2)),
        ((4, "c", 3, 2), WITHHELD, (4, "c", 3, 2)),
        ((4, 3, 3, 2), Figure.of(12), (4, 3, 3, 2)),
        (("c",), Figure.of(3), ("c",)),
    ],
)
def test_a_second_figure_is_withheld_where_the_first_could_be_worked_out(
    given_parts: tuple[int | str, ...], total: Figure, shown: tuple[int | str, ...]
) -> None:
    assert protect(figures(*given_parts), total) == figures(*shown)


@given(some.lists(some.one_of(some.integers(0, 9), some.sampled_from("cx")), min_size=2, max_size=6))
def test_never_exactly_one_unknown_beside_a_known_total(counts: list[int | str]) -> None:
    shown = protect(figures(*counts), Figure.of(30))
    hidden = [each for each in shown.values() if each.known is None]
    was_withheld = "c" in counts
    assert len(hidden) != 1 or not was_withheld
    assert all(shown[n] in (WITHHELD, each) for n, each in figures(*counts).items())
