"""Like for like: tables of cases, and what must hold of all of them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from performance.calculations.change import NoChange
from performance.calculations.comparability import (
    Comparison,
    Counted,
    Span,
    Sum,
    Unlike,
    breaks_within,
    compare,
    strands_of,
)
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import FinancialYear, Quarter

Y2007, Y2008, Y2009 = (FinancialYear(start) for start in (2007, 2008, 2009))


def quarter(text: str) -> Quarter:
    return Quarter.parse(text)


def part(name: str, count: int | None, *changes: str, strand: str = "", is_whole: bool = True) -> Counted:
    figure = Figure.missing(NoFigure.WITHHELD) if count is None else Figure.of(count)
    return Counted(name, strand or name, figure, tuple(quarter(each) for each in changes), is_whole)


def years(before: list[Counted], after: list[Counted]) -> Comparison:
    return compare(Sum(Span.of(Y2007), tuple(before)), Sum(Span.of(Y2008), tuple(after)))


@pytest.mark.parametrize(
    ("earlier", "later", "change", "is_alike"),
    [
        # What is compared, the quarter from which counting changed, and whether both are counted in one way.
        (Span.of(Y2007), Span.of(Y2008), "2008/09 Q1", False),
        (Span.of(Y2007), Span.of(Y2008), "2007/08 Q1", True),
        (Span.of(Y2007), Span.of(Y2008), "2007/08 Q2", False),
        (Span.of(Y2007), Span.of(Y2008), "2008/09 Q4", False),
        (Span.of(Y2007), Span.of(Y2008), "2009/10 Q1", True),
        (Span.of(Y2007), Span.of(Y2009), "2008/09 Q3", False),
        (Span.of(quarter("2008/09 Q1")), Span.of(quarter("2009/10 Q1")), "2008/09 Q1", True),
        (Span.of(quarter("2008/09 Q1")), Span.of(quarter("2009/10 Q1")), "2008/09 Q2", False),
        (Span.of(quarter("2008/09 Q1")), Span.of(quarter("2009/10 Q1")), "2009/10 Q1", False),
        (Span.of(quarter("2008/09 Q1")), Span.of(quarter("2009/10 Q1")), "2009/10 Q2", True),
        (Span.to_date(quarter("2008/09 Q2")), Span.to_date(quarter("2009/10 Q2")), "2009/10 Q2", False),
        (Span.to_date(quarter("2008/09 Q2")), Span.to_date(quarter("2009/10 Q2")), "2009/10 Q3", True),
    ],
)
def test_a_change_of_counting_is_judged_for_each_comparison(
    earlier: Span, later: Span, change: str, is_alike: bool
) -> None:
    found = compare(Sum(earlier, (part("Wounding", 100, change),)), Sum(later, (part("Wounding", 140, change),)))
    assert found.is_like_for_like is is_alike
    assert found.changed == (() if is_alike else ("Wounding",))


@pytest.mark.parametrize(
    ("span", "is_broken"),
    [
        (Span.of(quarter("2008/09 Q3")), False),
        (Span.to_date(quarter("2008/09 Q2")), False),
        (Span.to_date(quarter("2008/09 Q3")), True),
        (Span.four_to(quarter("2008/09 Q3")), True),
        (Span.four_to(quarter("2009/10 Q2")), False),
        (Span.of(Y2008), True),
        (Span.of(Y2009), False),
    ],
)
def test_a_sum_that_contains_the_change_is_broken_itself(span: Span, is_broken: bool) -> None:
    assert breaks_within([quarter("2008/09 Q3")], span) is is_broken
    assert Sum(span, (part("Wounding", 1, "2008/09 Q3"), part("Theft", 1))).is_broken is is_broken


def test_a_part_that_is_no_longer_counted_is_left_out_on_both_sides() -> None:
    """Robbery at 100 a quarter, retired; all else equal: no change, not down 18%."""
    found = years([part("Robbery", 400), part("Theft", 1800)], [part("Theft", 1800)])
    assert (found.before.figure.known, found.after.figure.known) == (1800, 1800)
    assert found.change.reduction == 0
    assert found.left_out == {"Robbery": Unlike.NO_LONGER_COUNTED}
    assert not found.is_like_for_like
    assert found.counts_alike
    assert found.fair is found


@pytest.mark.parametrize(
    ("before", "after", "counts", "left_out"),
    [
        # A part that is new.
        ([part("Theft", 10)], [part("Theft", 9), part("Fraud", 5)], (10, 9), ["Fraud"]),
        # Renamed: one strand, all of it on both sides.
        ([part("Cycle", 10, strand="c")], [part("Bicycle", 9, strand="c")], (10, 9), []),
        # Split in two, both in the total.
        (
            [part("Damage", 10, strand="d")],
            [part("Arson", 2, strand="d"), part("Graffiti", 9, strand="d")],
            (10, 11),
            [],
        ),
        # Split in two, one of which is counted elsewhere.
        (
            [part("Damage", 10, strand="d"), part("Theft", 7)],
            [part("Arson", 2, strand="d", is_whole=False), part("Theft", 8)],
            (7, 8),
            ["Damage", "Arson"],
        ),
        # Merged, both before in the total.
        ([part("Of", 3, strand="v"), part("From", 4, strand="v")], [part("Vehicle", 8, strand="v")], (7, 8), []),
    ],
)
def test_the_same_parts_are_taken_on_both_sides(
    before: list[Counted], after: list[Counted], counts: tuple[int, int], left_out: list[str]
) -> None:
    found = years(before, after)
    assert found.change.counts == counts
    assert list(found.left_out) == left_out


def test_sums_without_a_part_in_common_have_no_change() -> None:
    found = years([part("Robbery", 400)], [part("Theft", 1800)])
    assert found.change.unavailable is NoChange.NOT_THE_SAME_THINGS


def test_what_is_counted_differently_stays_in_and_can_be_taken_out() -> None:
    """The front page of the demonstration: down 5% across a change of recording, 11% without wounding."""
    found = years(
        [part("Wounding", 100, "2008/09 Q1"), part("Theft", 400)],
        [part("Wounding", 150, "2008/09 Q1"), part("Theft", 356)],
    )
    assert found.change.counts == (500, 506)
    assert not found.counts_alike
    without = found.fair
    assert without is not None
    assert without.change.percent() == 11
    assert without.left_out == {"Wounding": Unlike.COUNTED_DIFFERENTLY}


def test_a_category_that_is_counted_differently_has_no_fair_comparison() -> None:
    found = years([part("Wounding", 100, "2008/09 Q1")], [part("Wounding", 140, "2008/09 Q1")])
    assert found.fair is None
    assert found.change.percent() == -40, "the cell keeps it, marked [b]"


def test_a_withheld_part_leaves_no_change() -> None:
    found = years([part("Theft", 10), part("Hate crime", None)], [part("Theft", 9), part("Hate crime", 5)])
    assert found.change.unavailable is NoChange.PART_MISSING
    assert found.is_like_for_like


def test_a_span_ends_after_it_begins() -> None:
    with pytest.raises(ValueError, match="does not end"):
        Span(quarter("2008/09 Q2"), quarter("2008/09 Q1"))


@pytest.mark.parametrize(
    ("links", "together"),
    [
        ([("a", "b")], [{"a", "b"}]),
        ([("a", "b"), ("b", "c")], [{"a", "b", "c"}]),
        ([("a", "b"), ("c", "d")], [{"a", "b"}, {"c", "d"}]),
        ([("a", "b"), ("c", "d"), ("b", "d")], [{"a", "b", "c", "d"}]),
        ([("a", "x"), ("b", "x")], [{"a", "b", "x"}]),
        ([("a", "x"), ("a", "y")], [{"a", "x", "y"}]),
    ],
)
def test_what_took_anothers_place_is_one_strand(links: list[tuple[str, str]], together: list[set[str]]) -> None:
    found = strands_of(links)
    strands = {frozenset(name for name in found if found[name] == strand) for strand in found.values()}
    assert strands == {frozenset(each) for each in together}


parts = some.dictionaries(some.sampled_from("abcdef"), some.integers(0, 500), min_size=1)


@given(parts, parts, some.sets(some.sampled_from("abcdef")))
def test_what_is_compared_is_always_the_same_parts(
    before: dict[str, int], after: dict[str, int], changed: set[str]
) -> None:
    def made(counts: dict[str, int]) -> list[Counted]:
        return [part(name, count, *(["2008/09 Q1"] if name in changed else [])) for name, count in counts.items()]

    found = years(made(before), made(after))
    shared = before.keys() & after.keys()
    assert found.before.figure.known == (sum(before[name] for name in shared) if shared else None)
    assert found.after.figure.known == (sum(after[name] for name in shared) if shared else None)
    assert set(found.left_out) == before.keys() ^ after.keys()
    assert set(found.changed) == shared & changed
    if found.fair is not None:
        assert {each.name for each in found.fair.after.parts} == shared - changed
