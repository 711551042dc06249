"""The tree of categories and its successions: by example, and held against what must be true of any."""

from __future__ import annotations

from collections.abc import Callable

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.categories import CategoryNode, CategoryTree, Succession, Successions
from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.periods import FinancialYear

Y07, Y08, Y09, Y10 = (FinancialYear(start) for start in range(2007, 2011))
YEARS = tuple(FinancialYear(start) for start in range(2000, 2010))

ALL, WOUNDING, ROBBERY, INJURY, TOWN, ELSEWHERE = range(1, 7)
NODES = (
    CategoryNode(ALL, "All crimes"),
    CategoryNode(WOUNDING, "Wounding", ALL),
    CategoryNode(ROBBERY, "Robbery", ALL),
    CategoryNode(INJURY, "Violence with injury", ALL),
    CategoryNode(TOWN, "Robbery in town", ALL),
    CategoryNode(ELSEWHERE, "Robbery elsewhere", ALL),
)
RENAMED = Succession(Y08, WOUNDING, INJURY, begins=True)
MERGED = Succession(Y08, ROBBERY, INJURY, begins=True)
SPLIT = (Succession(Y08, ROBBERY, TOWN, begins=True), Succession(Y08, ROBBERY, ELSEWHERE, begins=True))
RETIRED = Succession(Y08, ROBBERY)


def tree(*successions: Succession) -> CategoryTree[CategoryNode]:
    new = {each.after for each in successions}
    nodes = [node for node in NODES if node.pk <= ROBBERY or node.pk in new]
    return CategoryTree(nodes, Successions(successions))


def entered(**counts: int) -> Callable[[int], Figure | None]:
    """Finds what was entered, by the names above in lower case."""
    figures = {globals()[name.upper()]: Figure.of(count) for name, count in counts.items()}
    return figures.get


def test_what_took_a_place_is_counted_from_its_year_on() -> None:
    found = tree(RENAMED)
    assert found.leaves(ALL, Y07) == (WOUNDING, ROBBERY)
    assert found.leaves(ALL, Y08) == (ROBBERY, INJURY)
    assert found.leaves_ever(ALL) == (WOUNDING, ROBBERY, INJURY)
    assert found.successions.years_of_change == (Y08,)


def test_a_renamed_series_runs_on() -> None:
    found = tree(RENAMED)
    assert found.joined(INJURY, Y07, entered(wounding=500)) == Figure.of(500)
    assert found.joined(INJURY, Y08, entered(wounding=500)) is None
    assert found.runs_on(ALL, Y08, Y07)


def test_a_merged_series_is_the_sum_of_those_before_and_names_what_it_lacks() -> None:
    found = tree(RENAMED, MERGED)
    assert found.joined(INJURY, Y07, entered(wounding=500, robbery=90)) == Figure.of(590)
    assert found.successions.line(INJURY, Y07) == (INJURY,)
    partial = found.joined(INJURY, Y07, entered(wounding=500))
    assert partial is not None
    assert (partial.count, partial.reason, partial.missing_parts) == (500, NoFigure.PART_MISSING, ("Robbery",))


def test_what_was_split_cannot_be_told_apart_before() -> None:
    found = tree(*SPLIT)
    assert found.joined(TOWN, Y07, entered(robbery=90)) is None
    assert found.successions.came_from(TOWN, Y07) == ()
    assert found.successions.split_from(TOWN, Y07) == (ROBBERY,)
    assert not found.runs_on(ALL, Y08, Y07)
    assert found.total(ALL, Y07, lambda leaf: entered(wounding=500, robbery=90)(leaf) or NOT_HELD) == Figure.of(590)


def test_what_was_retired_ends_and_its_total_does_not_run_on() -> None:
    found = tree(RETIRED)
    assert found.successions.has_ended(ROBBERY, Y08)
    assert not found.successions.has_ended(ROBBERY, Y07)
    assert found.parts(ALL, Y08) == (WOUNDING,)
    assert not found.runs_on(ALL, Y08, Y07)
    assert found.runs_on(ALL, Y09, Y08)


def test_a_total_of_which_nothing_is_left_is_not_counted() -> None:
    found = tree(RETIRED, Succession(Y10, WOUNDING))
    assert found.tops(Y09) == (ALL,)
    assert found.tops(Y10) == ()
    assert found.total(ALL, Y10, lambda _: Figure.of(1)) == NOT_HELD


def test_what_took_two_places_in_different_years_is_counted_from_the_first() -> None:
    found = tree(RENAMED, Succession(Y10, ROBBERY, INJURY, begins=True)).successions
    assert found.is_counted(INJURY, Y08)
    assert not found.is_counted(INJURY, Y07)


def test_what_was_counted_before_it_took_a_place_was_counted() -> None:
    assert tree(Succession(Y08, ROBBERY, WOUNDING)).leaves(ALL, Y07) == (WOUNDING, ROBBERY)


def test_a_chain_of_names_is_followed_to_its_end() -> None:
    again = Succession(Y10, INJURY, TOWN, begins=True)
    found = tree(RENAMED, again)
    assert found.joined(TOWN, Y07, entered(wounding=500)) == Figure.of(500)
    assert found.successions.stands_for(TOWN, Y07) == {WOUNDING}
    assert found.successions.stands_for(TOWN, Y09) == {INJURY}
    assert found.successions.ancestors(TOWN) == (INJURY, WOUNDING)
    assert found.successions.line(TOWN, Y07) == (TOWN, INJURY, WOUNDING)
    assert found.successions.line(TOWN, Y09) == (TOWN, INJURY)


def test_a_strand_is_what_counts_the_same_things_under_whatever_names() -> None:
    found = tree(RENAMED, *SPLIT).successions
    assert found.strand(WOUNDING) == found.strand(INJURY) == {WOUNDING, INJURY}
    assert found.strand(ROBBERY) == found.strand(TOWN) == {ROBBERY, TOWN, ELSEWHERE}
    assert tree(RETIRED).successions.strand(ROBBERY) == {ROBBERY}


def test_who_takes_a_name_up_again_is_not_followed_for_ever() -> None:
    found = tree(RENAMED, Succession(Y10, INJURY, WOUNDING))
    assert found.joined(WOUNDING, Y07, entered(robbery=1)) is None
    assert found.successions.ancestors(WOUNDING) == (INJURY,)
    assert found.successions.line(WOUNDING, Y07) == (WOUNDING, INJURY)
    assert found.successions.with_those_before([WOUNDING]) == (WOUNDING, INJURY)


# ----------------------------------------------------------------------------------------------------------------------


@st.composite
def trees(draw: st.DrawFn) -> CategoryTree[CategoryNode]:
    """Up to ten categories at any depth, and successions among them, whether they make sense or not."""
    size = draw(st.integers(1, 10))
    parents = [draw(st.none() | st.integers(1, pk - 1)) if pk > 1 else None for pk in range(1, size + 1)]
    nodes = [CategoryNode(pk, f"Category {pk}", parent) for pk, parent in enumerate(parents, 1)]
    pks = st.integers(1, size)
    link = st.builds(Succession, st.sampled_from(YEARS), pks, st.none() | pks, st.booleans())
    links = draw(st.lists(link.filter(lambda each: each.before != each.after), max_size=6))
    return CategoryTree(nodes, Successions(links))


COUNTS = st.dictionaries(st.integers(1, 10), st.integers(-5, 500))
YEAR = st.sampled_from(YEARS)


@given(trees(), YEAR)
def test_the_leaves_of_a_year_are_counted_in_it_and_each_once(
    found: CategoryTree[CategoryNode], year: FinancialYear
) -> None:
    leaves = [leaf for top in found.tops(year) for leaf in found.leaves(top, year)]
    assert len(leaves) == len(set(leaves))
    assert not any(found.is_total(leaf) for leaf in leaves)
    assert all(found.successions.is_counted(leaf, year) for leaf in leaves)


@given(trees(), YEAR)
def test_the_leaves_of_a_year_are_among_those_ever(found: CategoryTree[CategoryNode], year: FinancialYear) -> None:
    for pk in found.nodes:
        assert set(found.leaves(pk, year)) <= set(found.leaves_ever(pk))


@given(trees(), YEAR, COUNTS)
def test_a_total_is_the_sum_of_its_parts_at_every_level(
    found: CategoryTree[CategoryNode], year: FinancialYear, counts: dict[int, int]
) -> None:
    def find(leaf: int) -> Figure:
        return Figure.of(counts.get(leaf, 0))

    for top in found.nodes:
        parts = found.parts(top, year)
        total = found.total(top, year, find)
        if parts:
            assert total.known == sum(found.total(part, year, find).count or 0 for part in parts)
        elif found.is_total(top):
            assert total == NOT_HELD


@given(trees(), YEAR)
def test_a_year_without_a_change_is_like_the_year_before(
    found: CategoryTree[CategoryNode], year: FinancialYear
) -> None:
    if year not in found.successions.years_of_change:
        for pk in found.nodes:
            assert found.leaves(pk, year) == found.leaves(pk, year - 1)
            assert found.runs_on(pk, year, year - 1) or not found.successions.is_counted(pk, year)


@given(trees(), st.lists(YEAR, min_size=1, max_size=4))
def test_the_answer_does_not_depend_on_what_was_asked_before(
    found: CategoryTree[CategoryNode], years: list[FinancialYear]
) -> None:
    for year in years:
        fresh = CategoryTree(found.nodes.values(), found.successions)
        assert found.tops(year) == fresh.tops(year)
        assert all(found.leaves(pk, year) == fresh.leaves(pk, year) for pk in found.nodes)


@given(trees(), YEAR)
def test_what_a_series_is_made_of_was_counted_in_that_year(
    found: CategoryTree[CategoryNode], year: FinancialYear
) -> None:
    for pk in found.nodes:
        made_of = found.successions.stands_for(pk, year)
        assert all(found.successions.is_counted(each, year) for each in made_of)
        assert made_of == {pk} or not found.successions.is_counted(pk, year)
        assert made_of <= set(found.successions.with_those_before([pk]))


@given(trees(), YEAR, COUNTS)
def test_a_joined_figure_has_no_other_counts_than_those_of_its_past(
    found: CategoryTree[CategoryNode], year: FinancialYear, counts: dict[int, int]
) -> None:
    figures = {pk: Figure.of(count) for pk, count in counts.items()}
    for pk in found.nodes:
        joined = found.joined(pk, year, figures.get)
        past = [each for each in found.successions.with_those_before([pk]) if each in counts]
        if pk in counts:
            assert joined == Figure.of(counts[pk])
        elif joined is not None:
            assert past
            assert not joined.provisional


@given(trees())
def test_strands_fall_into_groups_that_share_nothing(found: CategoryTree[CategoryNode]) -> None:
    for pk in found.nodes:
        strand = found.successions.strand(pk)
        assert {pk, *found.successions.ancestors(pk)} <= strand
        assert all(found.successions.strand(each) == strand for each in strand)


@given(trees())
def test_everything_before_is_found_and_nothing_is_its_own_ancestor(found: CategoryTree[CategoryNode]) -> None:
    for pk in found.nodes:
        everyone = found.successions.with_those_before([pk])
        assert everyone[0] == pk
        assert len(everyone) == len(set(everyone))
        ancestors = found.successions.ancestors(pk)
        assert pk not in ancestors
        assert set(everyone[1:]) <= set(ancestors)


@given(st.integers(0, 3), st.lists(st.integers(0, 500), min_size=1, max_size=5), YEAR)
def test_renaming_changes_no_sum_of_any_year(renamed: int, counts: list[int], first_year: FinancialYear) -> None:
    """Every leaf renamed once, or left as it is: the total of each year is what was entered for it."""
    total = 100
    old = [CategoryNode(pk, f"Old {pk}", total) for pk in range(len(counts))]
    new = [CategoryNode(pk + 50, f"New {pk}", total) for pk in range(min(renamed, len(counts)))]
    links = [Succession(first_year, node.pk - 50, node.pk, begins=True) for node in new]
    found = CategoryTree([CategoryNode(total, "All"), *old, *new], Successions(links))
    for year in YEARS:
        is_after = bool(links) and year >= first_year
        figures = {pk + 50 if is_after and pk < len(links) else pk: Figure.of(count) for pk, count in enumerate(counts)}
        joined = {leaf: found.joined(leaf, year, figures.get) for leaf in found.leaves_ever(total)}
        sums = {leaf: figure or NOT_HELD for leaf, figure in joined.items()}
        assert found.total(total, year, sums.__getitem__) == Figure.of(sum(counts))


@pytest.mark.parametrize("year", YEARS)
def test_without_successions_every_year_is_alike(year: FinancialYear) -> None:
    found = CategoryTree(NODES)
    assert found.leaves(ALL, year) == found.leaves_ever(ALL)
    assert found.successions.stands_for(ROBBERY, year) == {ROBBERY}
