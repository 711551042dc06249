from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.figures import Figure, NoFigure

known = st.integers(-1000, 100_000).map(Figure.of)
missing = st.sampled_from([reason for reason in NoFigure if reason is not NoFigure.PART_MISSING]).map(Figure.missing)


def test_nought_is_a_count() -> None:
    assert Figure.of(0).known == 0
    assert Figure.of(0).reason is None


def test_no_figure_has_a_reason_and_is_never_nought() -> None:
    figure = Figure.missing(NoFigure.WITHHELD)
    assert figure.known is None
    assert figure.count is None
    assert figure.reason is NoFigure.WITHHELD


@pytest.mark.parametrize(
    ("count", "reason"), [(None, None), (5, NoFigure.WITHHELD)], ids=["neither", "both, yet no part is missing"]
)
def test_a_figure_has_a_count_or_a_reason(count: int | None, reason: NoFigure | None) -> None:
    with pytest.raises(ValueError):
        Figure(count, reason)


@pytest.mark.parametrize("count", [True, 1.0, "1"])
def test_a_count_is_a_whole_number(count: object) -> None:
    with pytest.raises(TypeError):
        Figure.of(count)  # type: ignore[arg-type]


@given(st.lists(st.integers(-1000, 100_000), min_size=1))
def test_a_total_is_the_sum_of_its_parts(counts: list[int]) -> None:
    total = Figure.total({str(number): Figure.of(count) for number, count in enumerate(counts)})
    assert total.known == sum(counts)


@given(st.lists(known, min_size=1), st.lists(missing, min_size=1))
def test_a_total_with_a_missing_part_is_partial_and_names_it(held: list[Figure], lacking: list[Figure]) -> None:
    parts = {f"held {number}": figure for number, figure in enumerate(held)}
    parts |= {f"lacking {number}": figure for number, figure in enumerate(lacking)}
    total = Figure.total(parts)
    assert total.known is None
    assert total.is_partial
    assert total.count == sum(figure.count or 0 for figure in held)
    assert total.missing_parts == tuple(name for name in parts if name.startswith("lacking"))
    assert total.reason is NoFigure.PART_MISSING


def test_a_total_of_a_partial_total_names_the_part_at_the_bottom() -> None:
    inner = Figure.total({"robbery": Figure.of(3), "theft": Figure.missing(NoFigure.NOT_YET_AVAILABLE)})
    assert Figure.total({"violence": Figure.of(5), "acquisitive crime": inner}).missing_parts == ("theft",)


def test_a_total_of_nothing_but_gaps_has_no_figure_for_the_reason_that_all_share() -> None:
    withheld = Figure.missing(NoFigure.WITHHELD)
    late = Figure.missing(NoFigure.NOT_YET_AVAILABLE)
    assert Figure.total({"a": withheld, "b": withheld}) == withheld
    mixed = Figure.total({"a": withheld, "b": late})
    assert (mixed.count, mixed.reason, mixed.missing_parts) == (None, NoFigure.PART_MISSING, ("a", "b"))


def test_a_total_needs_a_part() -> None:
    with pytest.raises(ValueError, match="at least one part"):
        Figure.total({})


def test_a_total_with_a_provisional_part_is_provisional() -> None:
    assert Figure.total({"a": Figure.of(1, provisional=True), "b": Figure.of(2)}).provisional
