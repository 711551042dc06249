"""The words, as tables of cases: a reader must never be told that crime fell when it rose."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction

import pytest

from performance import sentences, wording
from performance.calculations.change import change
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.calculations.status import Sense
from performance.queries import Category, Row

NONE = Figure.missing(NoFigure.NOT_HELD)


def row(
    name: str, baseline: int | None, target: int | None, actual: int | None, sense: Sense = Sense.REDUCE, **words: bool
) -> Row:
    before, aimed, after = (NONE if count is None else Figure.of(count) for count in (baseline, target, actual))
    return Row(
        category=Category(name, name, "slug", "offences", words.get("plural", False), True),
        measure=Measure(name, before, aimed, after, sense),
        baseline_year=FinancialYear(2003) if baseline is not None else None,
        target_source="",
        target_basis="",
        notes=(),
        course=(),
        suppliers=(),
    )


@pytest.mark.parametrize(
    ("baseline", "actual", "words"),
    [
        (100, 56, "down 44%"),
        (146, 186, "up 27%"),
        (100, 100, "no change"),
        (1000, 999, "down by less than 1%"),
        (1000, 1001, "up by less than 1%"),
        (100, 0, "down 100%"),
        (100, 250, "up 150%"),
        (0, 5, "from 0 to 5"),
        (0, 0, "from 0 to 0"),
        (None, 5, "change cannot be worked out: there is no baseline"),
        (100, None, "change cannot be worked out: there is no figure"),
    ],
)
def test_direction(baseline: int | None, actual: int | None, words: str) -> None:
    figures = [NONE if count is None else Figure.of(count) for count in (baseline, actual)]
    assert sentences.direction(change(*figures)) == words


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        (80, 70, "Theft is down 30% since 2003/04, past the target of 20%."),
        (80, 80, "Theft is down 20% since 2003/04, exactly on the target of 20%."),
        (80, 83, "Theft is down 17% since 2003/04, just short of the target of 20%."),
        (80, 95, "Theft is down 5% since 2003/04, short of the target of 20%."),
        (80, 130, "Theft is up 30% since 2003/04, short of the target of 20%."),
        (80, 100, "Theft is unchanged since 2003/04, short of the target of 20%."),
        (125, 90, "Theft is down 10% since 2003/04, past the target of 125."),
        (110, 120, "Theft is up 20% since 2003/04, above the target of 110."),
        (None, 90, "Theft is down 10% since 2003/04. "),
        (80, None, "Theft: change cannot be worked out: there is no figure. "),
    ],
)
def test_the_headline(target: int | None, actual: int | None, said: str) -> None:
    assert " ".join(sentences.headline(row("Theft", 100, target, actual))) == said


@pytest.mark.parametrize(
    ("limit", "actual", "said"),
    [
        (100, 90, "within the limit of 100."),
        (100, 110, "above the limit of 100, within usual variation."),
        (100, 150, "clearly above the limit of 100."),
    ],
)
def test_the_headline_of_a_limit(limit: int, actual: int, said: str) -> None:
    assert sentences.headline(row("Hate crime", 100, limit, actual, Sense.DO_NOT_EXCEED))[1] == said


def test_what_differs_does_not_look_the_same() -> None:
    """24.6% is not 25%."""
    said = " ".join(sentences.headline(row("Theft", 1000, 750, 754)))
    assert said == "Theft is down 24.6% since 2003/04, just short of the target of 25%."


def test_a_hair_over_is_not_nothing_over() -> None:
    made = row("Theft", 100_000, 50_000, 50_001)
    assert sentences.why(made.category, made.measure).endswith("1 too many (less than 0.1% over).")


def test_many_are_and_one_is() -> None:
    assert (
        sentences.headline(row("All crimes", 100, 80, 70, plural=True))[0] == "All crimes are down 30% since 2003/04,"
    )


MET, MISSED, NO_TARGET = row("Theft", 100, 80, 70), row("Robbery", 100, 80, 130), row("Arson", 100, None, 70)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([NO_TARGET], ""),
        ([MET], "The one target was met."),
        ([MISSED], "The one target was not met."),
        ([MET, NO_TARGET], "The one target was met."),
        ([MET, MET], "Both targets were met."),
        ([MET] * 3, "All three targets were met."),
        ([MISSED, MISSED], "Neither target was met."),
        ([MISSED] * 3, "None of the three targets was met."),
        ([MET, MISSED], "One of the two targets was met; robbery was not."),
        ([MET] * 11 + [MISSED, MISSED], "11 of the 13 targets were met; robbery and robbery were not."),
    ],
)
def test_how_many_targets_were_met(rows: list[Row], said: str) -> None:
    assert sentences.targets_met(rows) == said


def test_a_rise_is_called_a_rise() -> None:
    fell, stood = row("Theft", 100, 80, 90), row("Arson", 100, 80, 100)
    assert sentences.how_missed([MET, MISSED, fell, stood]) == (
        "Robbery rose by 30%, from 100 to 130. Theft fell, but not as far as planned. Arson stayed as it was, at 100."
    )


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (row("Theft", 100, 80, 70), "Met: 70 offences against a target of 80, 10 fewer."),
        (row("Theft", 100, 80, 80), "Met: 80 offences against a target of 80, exactly."),
        (row("Theft", 100, 50, 52), "Missed narrowly: 52 offences against a target of 50, 2 too many (4% over)."),
        (row("Theft", 100, 0, 5), "Missed: 5 offences against a target of 0, 5 too many."),
        (row("Theft", 100, 80, None), "Cannot say: the figure is not held."),
        (row("Theft", 100, None, 80), "Cannot say: no target is set."),
        (row("Theft", None, None, 80, Sense.WATCH), "Watched, not judged: 80 offences."),
        (
            row("Theft", 100, 100, 150, Sense.DO_NOT_EXCEED),
            "Clear increase: 150 offences against a limit of 100, 50 too many (50% over). "
            "Check reporting as well as offending.",
        ),
    ],
)  # fmt: skip
def test_why(made: Row, said: str) -> None:
    assert sentences.why(made.category, made.measure) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (row("Theft", 146, 131, 186), "Up 27% since 2003/04, from 146 to 186."),
        (row("Theft", 0, 0, 5), "From 0 to 5 since 2003/04."),
        (row("Theft", 40, 30, 30), "From 40 to 30 (down 25%) since 2003/04."),
        (row("Theft", None, 80, 5), ""),
        (row("Theft", 100, 80, None), ""),
    ],
)
def test_since_the_baseline(made: Row, said: str) -> None:
    assert sentences.since_baseline(made) == said


def test_names_lists_and_numbers() -> None:
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b"]) == "a and b"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.in_sentence("Theft of cycle") == "theft of cycle"
    assert wording.in_sentence("ASB incidents") == "ASB incidents"
    assert [wording.number(n) for n in (0, 7, 10, 11, 1148)] == ["none", "seven", "ten", "11", "1,148"]
    assert wording.percent(Decimal("18.5")) == "18.5%"
    assert wording.percent(Decimal("25.0")) == "25%"
    assert wording.percent(Decimal(-27)) == "−27%"
    assert wording.percent(Decimal(1140)) == "1,140%"


def test_a_partial_total_names_what_is_missing() -> None:
    late, withheld = Figure.missing(NoFigure.NOT_YET_AVAILABLE), Figure.missing(NoFigure.WITHHELD)
    figures = {"Theft": Figure.of(1), "Robbery": late, "Arson": late, "Hate crime": withheld}
    nothing = Figure.missing(NoFigure.NOT_HELD)
    parts = tuple(Measure(name, nothing, nothing, figure) for name, figure in figures.items())
    assert sentences.partial(Measure.total("All crime", parts)) == (
        "The total for all crime is partial: robbery and arson are missing; hate crime is withheld."
    )


def test_a_total_that_is_like_for_like_says_nothing_more() -> None:
    assert sentences.not_like_for_like(MET) == ""


def test_a_total_with_a_gap_cannot_be_compared_like_for_like() -> None:
    wounding = row("Wounding", 100, 125, 90)
    gap = row("Robbery", 100, 80, None)
    total = Row(
        **{**vars(MET), "measure": Measure.total("All", (wounding.measure, gap.measure)), "parts": (wounding, gap)}
    )
    assert sentences.not_like_for_like(total) == ""


def test_the_share_over_is_exact() -> None:
    assert row("Theft", 100, 1000, 1044).measure.verdict.excess_share == Fraction(44, 1000)
