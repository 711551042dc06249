"""The words, as tables of cases: what is known on the left, what the page says on the right.

A reader must never be told that crime fell when it rose, or that it did either when chance explains it.
"""

from __future__ import annotations

from fractions import Fraction

import pytest

from performance import sentences, wording
from performance.calculations.change import change
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.series import Series
from performance.calculations.status import Sense
from performance.calculations.to_date import Strand, ToDate
from performance.queries import Category, Row

NONE = Figure.missing(NoFigure.NOT_HELD)
WITHHELD = Figure.missing(NoFigure.WITHHELD)


def figure(count: int | None) -> Figure:
    return NONE if count is None else Figure.of(count)


def row(
    name: str,
    baseline: int | None,
    target: int | None,
    actual: int | None,
    sense: Sense = Sense.REDUCE,
    *,
    plural: bool = False,
    crime: bool = True,
    differently: bool = False,
    year: int = 2003,
    counted_as: str = "offences",
    tolerance: Fraction = Fraction(5, 100),
) -> Row:
    measure = Measure(
        name,
        figure(baseline),
        figure(target),
        figure(actual),
        sense,
        tolerance,
        baseline_years=(FinancialYear(year),) if baseline is not None else (),
        is_counted_differently=differently,
    )
    return of(name, measure, plural=plural, crime=crime, counted_as=counted_as)


def of(
    name: str,
    measure: Measure,
    parts: tuple[Row, ...] = (),
    *,
    plural: bool = False,
    crime: bool = True,
    counted_as: str = "offences",
    to_date: ToDate | None = None,
) -> Row:
    return Row(
        category=Category(name, name, "slug", counted_as, plural, crime),
        measure=measure,
        baseline_year=measure.baseline_year,
        target_source="",
        target_basis="",
        notes=(),
        course=(),
        suppliers=(),
        parts=parts,
        to_date=to_date,
    )


def total(name: str, *parts: Row) -> Row:
    return of(name, Measure.total(name, tuple(part.measure for part in parts)), parts, plural=True)


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
        (100, 250, "up 150%"),
        (40, 30, "from 40 to 30 (down 25%)"),
        (0, 5, "from 0 to 5"),
        (0, 0, "from 0 to 0"),
        (100, -3, "from 100 to −3"),
        (None, 5, "change cannot be worked out: there is no baseline"),
        (100, None, "change cannot be worked out: there is no figure"),
    ],
)
def test_a_change_in_words(baseline: int | None, actual: int | None, words: str) -> None:
    assert sentences.direction(change(figure(baseline), figure(actual))) == words


@pytest.mark.parametrize(
    ("baseline", "target", "actual", "said"),
    [
        # A fall was asked for.
        (1000, 800, 700, "Theft is down 30% since 2003/04, past the target of 20%."),
        (1000, 800, 800, "Theft is down 20% since 2003/04, exactly on the target of 20%."),
        (1000, 800, 830, "Theft is down 17% since 2003/04, just short of the target of 20%."),
        (1000, 800, 850, "Theft is down 15% since 2003/04, short of the target of 20%."),
        # Rounding that would contradict.
        (7072, 5762, 5763, "Theft is down 18.51% since 2003/04, just short of the target of 18.52%."),
        (70_720, 57_620, 57_621, "Theft is down 18.52% since 2003/04, 1 more than the target of 57,620."),
        (10_000, 7500, 7540, "Theft is down 24.6% since 2003/04, just short of the target of 25%."),
        (7072, 5762, 5307, "Theft is down 25% since 2003/04, past the target of 18.5%."),
        (1000, 815, 807, "Theft is down 19.3% since 2003/04, past the target of 18.5%."),
        # Chance is no news, whatever the percentage.
        (104, 88, 79, "Theft shows no clear change since 2003/04, from 104 to 79; the target of 88 was met."),
        (1000, 990, 1001, "Theft shows no clear change since 2003/04, from 1,000 to 1,001; "
                          "the target of 990 was narrowly missed."),
        (1000, 815, 1050, "Theft shows no clear change since 2003/04, from 1,000 to 1,050; "
                          "the target of 815 was missed."),
        # Direction against direction.
        (1000, 815, 1200, "Theft is up 20% since 2003/04; the target was down 18.5%."),
        (100, 80, 100, "Theft is unchanged since 2003/04; the target of 80 was missed."),
        # A target that allows a rise.
        (1000, 1250, 900, "Theft is down 10% since 2003/04, within the target of 1,250."),
        (1000, 1100, 1200, "Theft is up 20% since 2003/04, above the target of 1,100."),
        # Small, none, negative.
        (40, 30, 12, "Theft fell from 40 to 12 since 2003/04; the target of 30 was met."),
        (0, 0, 9, "Theft rose from 0 to 9 since 2003/04; the target of 0 was missed."),
        (100, 90, -3, "Theft went from 100 to −3 since 2003/04; the target of 90 was met."),
        (1000, 500, 2, "Theft is down by more than 99% since 2003/04, past the target of 50%."),
        # Something is missing.
        (1000, None, 900, "Theft is down 10% since 2003/04. "),
        (100, 80, None, "Theft: change cannot be worked out: there is no figure. "),
    ],
)  # fmt: skip
def test_the_headline_of_a_year(baseline: int, target: int | None, actual: int | None, said: str) -> None:
    assert " ".join(sentences.headline(row("Theft", baseline, target, actual))) == said


@pytest.mark.parametrize(
    ("target", "actual", "said"),
    [
        (1200, 1300, "Visits are up 30% since 2003/04, past the target of up 20%."),
        (1200, 1150, "Visits are up 15% since 2003/04, just short of the target of up 20%."),
        (1200, 1100, "Visits are up 10% since 2003/04, short of the target of up 20%."),
        (1200, 800, "Visits are down 20% since 2003/04; the target was up 20%."),
        (1200, 1010, "Visits show no clear change since 2003/04, from 1,000 to 1,010; the target of 1,200 was missed."),
        (900, 800, "Visits are down 20% since 2003/04, below the target of 900."),
    ],
)
def test_where_more_is_better(target: int, actual: int, said: str) -> None:
    assert " ".join(sentences.headline(row("Visits", 1000, target, actual, Sense.INCREASE, plural=True))) == said


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


def test_what_is_counted_differently_is_left_out_of_the_headline_and_named() -> None:
    alike = row("Theft", 6514, 5064, 4863)
    made = total("All crimes", alike, row("Wounding", 558, 698, 444, differently=True))
    assert " ".join(sentences.headline(made)) == (
        "Without wounding, which is counted differently now, all crimes are down 25.3% since 2003/04, "
        "past the target of 22.3%."
    )
    assert sentences.counted_differently(made) == (
        "All crimes contain wounding, which is counted differently now: not like for like."
    )
    alone = row("Wounding", 558, 698, 444, differently=True)
    assert "counted differently now" in sentences.headline(alone)[0]
    assert sentences.since_baseline(alone) == (
        "From 558 to 444 since 2003/04, but counted differently now: not like for like."
    )
    assert sentences.course_title(alone) == "Wounding, year by year: counted differently now"


def test_baselines_of_different_years_make_no_change() -> None:
    made = total("All crimes", row("Theft", 1000, 800, 500), row("Arson", 100, 80, 70, year=2005))
    assert " ".join(sentences.headline(made)).strip() == (
        "All crimes: no change can be told, for the parts have baselines of different years, 2003/04 and 2005/06."
    )
    assert sentences.since_baseline(made) == ""


def test_many_are_and_one_is() -> None:
    assert sentences.headline(row("All crimes", 1000, 800, 700, plural=True))[0] == (
        "All crimes are down 30% since 2003/04,"
    )


MET, MISSED, NO_TARGET = row("Theft", 100, 80, 70), row("Robbery", 100, 80, 150), row("Arson", 100, None, 70)
ABOVE = row("Hate crime", 100, 100, 110, Sense.DO_NOT_EXCEED)
UNKNOWN = row("Wounding", 100, 80, None)


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([NO_TARGET], ""),
        ([MET], "The one target was met."),
        ([MISSED], "The one target was not met."),
        ([ABOVE], "The one target is a limit, and the figure is above it within usual variation."),
        ([UNKNOWN], "The one target cannot be judged: the figure is not held."),
        ([MET, NO_TARGET], "The one target was met."),
        ([MET, MET], "Both targets were met."),
        ([MET] * 3, "All three targets were met."),
        ([MISSED, MISSED], "Neither target was met."),
        ([MISSED] * 3, "None of the three targets was met."),
        ([MET, MISSED], "One of the two targets was met; robbery was not."),
        (
            [MET] * 9 + [UNKNOWN],
            "Nine of the ten targets were met; wounding cannot be judged (the figure is not held).",
        ),
        (
            [MET, MET, ABOVE],
            "Two of the three targets were met; hate crime is above its limit, within usual variation.",
        ),
        (
            [MET, MISSED, ABOVE, UNKNOWN],
            "One of the four targets was met; robbery was not; hate crime is above its limit, within usual variation; "
            "wounding cannot be judged (the figure is not held).",
        ),
        ([MET] * 11 + [MISSED, MISSED], "11 of the 13 targets were met; robbery and robbery were not."),
    ],
)
def test_how_many_targets_were_met(rows: list[Row], said: str) -> None:
    assert sentences.targets_met(rows) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (row("Robbery", 100, 80, 150), "Robbery rose by 50%, from 100 to 150."),
        (row("Robbery", 3, 2, 15), "Robbery rose from 3 to 15."),
        (row("Robbery", 0, 0, 9), "Robbery rose from 0 to 9."),
        (row("Robbery", 1000, 800, 900), "Robbery fell, but not as far as planned."),
        (row("Robbery", 100, 80, 104), "Robbery shows no clear change, from 100 to 104."),
        (row("Robbery", 100, 80, 100), "Robbery stayed as it was, at 100."),
        (row("Fires", 100, 80, 100, plural=True), "Fires stayed as they were, at 100."),
        (row("Robbery", None, 80, 100), "Robbery has no baseline to compare with."),
        (row("Wounding", 100, 80, 200, differently=True), "Wounding is counted differently since the baseline."),
        (row("Visits", 1000, 1200, 800, Sense.INCREASE), "Visits fell by 20%, from 1,000 to 800."),
        (row("Visits", 1000, 1300, 1100, Sense.INCREASE), "Visits rose, but not as far as planned."),
        (row("Hate crime", 100, 100, 110, Sense.DO_NOT_EXCEED), ""),
        (row("Theft", 100, 80, 70), ""),
    ],
)
def test_what_the_missed_ones_did(made: Row, said: str) -> None:
    assert sentences.how_missed([made]) == said


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
        (row("Robbery", 9, 3, 1, counted_as="robberies"), "Met: 1 robbery against a target of 3, 2 fewer."),
        (row("Robbery", 9, 3, -3, counted_as="robberies"), "Met: −3 robberies against a target of 3, 6 fewer."),
        (
            row("Theft", 100_000, 50_000, 50_001),
            "Missed narrowly: 50,001 offences against a target of 50,000, 1 too many (less than 0.1% over).",
        ),
        (
            row("Visits", 100, 100, 80, Sense.INCREASE, counted_as="visits"),
            "Missed: 80 visits against a target of 100, 20 too few (20% under).",
        ),
        (
            row("Visits", 100, 100, 120, Sense.INCREASE, counted_as="visits"),
            "Met: 120 visits against a target of 100, 20 more.",
        ),
        (
            row("Theft", 100, 100, 110, Sense.DO_NOT_EXCEED),
            "Above limit, usual variation: 110 offences against a limit of 100; 10 more is no more than chance brings.",
        ),
        (
            row("Theft", 100, 100, 150, Sense.DO_NOT_EXCEED),
            "Clear increase: 150 offences against a limit of 100, 50 too many (50% over). "
            "Check reporting as well as offending.",
        ),
    ],
)
def test_why(made: Row, said: str) -> None:
    assert sentences.why(made.category, made.measure) == said


@pytest.mark.parametrize(
    ("made", "said"),
    [
        (row("Theft", 146, 131, 186), "Up 27% since 2003/04, from 146 to 186."),
        (row("Theft", 104, 88, 79), "No clear change since 2003/04: from 104 to 79."),
        (row("Theft", 100, 88, 100), "No change since 2003/04, at 100."),
        (row("Theft", 0, 0, 9), "From 0 to 9 since 2003/04."),
        (row("Theft", 0, 0, 5), "No clear change since 2003/04: from 0 to 5."),
        (row("Theft", 100, 0, -3), "From 100 to −3 since 2003/04."),
        (row("Theft", 40, 30, 12), "From 40 to 12 (down 70%) since 2003/04."),
        (row("Theft", None, 80, 5), ""),
        (row("Theft", 100, 80, None), ""),
    ],
)
def test_since_the_baseline(made: Row, said: str) -> None:
    assert sentences.since_baseline(made) == said


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        ([UNKNOWN], ""),
        ([MET], "Theft is below its baseline"),
        ([MET, MET], "Both crime types are below their baseline"),
        ([MET] * 3, "All three crime types are below their baseline"),
        ([MET, MET, MISSED], "Two of the three crime types are below their baseline; robbery is above"),
        ([row("Arson", 9, 8, 9)], "Arson is level with its baseline"),
        (
            [MET, MET, UNKNOWN],
            "Two of the three crime types are below their baseline; wounding cannot be compared (there is no figure)",
        ),
        (
            [MET, row("Fires", 10, 9, 12, crime=False, plural=True)],
            "One of the two measures is below its baseline; fires are above",
        ),
        (
            [MET, row("Wounding", 9, 8, 20, differently=True)],
            "One of the two crime types is below its baseline; wounding cannot be compared (counted differently now)",
        ),
    ],
)
def test_the_finding_of_the_chart_of_reductions(rows: list[Row], said: str) -> None:
    assert sentences.against_baseline(rows) == said


Q2 = Quarter(FinancialYear(2008), 2)


def quarters(name: str, before: tuple[int, int], after: tuple[int, int], *changes: Quarter) -> Strand:
    """Two quarters of 2007/08 and two of 2008/09."""
    found = {}
    for year, counts in ((2007, before), (2008, after)):
        for number, count in enumerate(counts, 1):
            found[Quarter(FinancialYear(year), number)] = Figure.of(count)
    return Strand(name, Series(found), changes=changes)


def dated(name: str, *parts: Strand, last: tuple[Strand, ...] = (), plural: bool = False, crime: bool = True) -> Row:
    to_date = ToDate.of(name, Q2, lambda year: parts if year == Q2.year or not last else last)
    return of(name, Measure(name, NONE, NONE, NONE), plural=plural, crime=crime, to_date=to_date)


@pytest.mark.parametrize(
    ("made", "so_far", "alone"),
    [
        (
            dated("Theft", quarters("Theft", (500, 500), (400, 390))),
            "Theft is down 21% in April to September 2008 on the same months a year before: 790 against 1,000.",
            "July to September 2008 alone: 390 against 500, down 22%.",
        ),
        (
            dated("Theft", quarters("Theft", (50, 50), (48, 47))),
            "Theft shows no clear change in April to September 2008 on the same months a year before: 95 against 100.",
            "July to September 2008 alone: 47 against 50, no clear change.",
        ),
        (
            dated("All crimes", quarters("Theft", (500, 500), (400, 390)),
                  quarters("Wounding", (100, 100), (150, 150), Quarter(FinancialYear(2008), 1)), plural=True),
            "Without wounding, counted differently now, all crimes are down 21% in April to September 2008 "
            "on the same months a year before: 790 against 1,000.",
            "July to September 2008 alone, without wounding, counted differently now: 390 against 500, down 22%.",
        ),
        (
            dated("All crimes", quarters("Theft", (450, 450), (450, 450)), plural=True,
                  last=(quarters("Theft", (450, 450), (450, 450)), quarters("Robbery", (100, 100), (0, 0)))),
            "Without robbery, no longer counted, all crimes are unchanged in April to September 2008 "
            "on the same months a year before: 900 against 900.",
            "July to September 2008 alone, without robbery, no longer counted: 450 against 450, no change.",
        ),
        (
            dated("Wounding", quarters("Wounding", (100, 100), (150, 150), Quarter(FinancialYear(2008), 1))),
            "",
            "",
        ),
    ],
)  # fmt: skip
def test_the_headline_of_a_quarter(made: Row, so_far: str, alone: str) -> None:
    assert sentences.to_date_headline(made, Q2) == (so_far, alone)


SMALL_FALL = dated("Robbery", quarters("Robbery", (10, 9), (2, 2)))
SMALL_RISE = dated("Theft from person", quarters("Theft from person", (30, 30), (31, 31)))
RISE = dated("Burglary", quarters("Burglary", (200, 200), (300, 300)))
BROKEN = dated("Wounding", quarters("Wounding", (100, 100), (300, 300), Quarter(FinancialYear(2008), 1)))


@pytest.mark.parametrize(
    ("rows", "said"),
    [
        ([], ""),
        # A fall from 19 to 4 is news, a rise from 60 to 62 is not.
        ([SMALL_FALL, SMALL_RISE], "Robbery fell most clearly from 19 to 4."),
        (
            [SMALL_RISE, SMALL_RISE],
            "None of the crime types changed by more than chance explains in April to September.",
        ),
        ([SMALL_RISE], "Theft from person changed by no more than chance explains in April to September."),
        (
            [RISE, SMALL_FALL, BROKEN],
            "Burglary rose most clearly, by 50%, from 400 to 600. Robbery fell most clearly from 19 to 4. "
            "Not compared: wounding (counted differently now).",
        ),
        (
            [RISE, dated("Fires", quarters("Fires", (9, 9), (-3, 1)), crime=False)],
            "Burglary rose most clearly, by 50%, from 400 to 600. Not compared: fires (a negative count).",
        ),
    ],
)
def test_what_moved(rows: list[Row], said: str) -> None:
    assert sentences.movers(rows, "April to September") == said


def test_names_lists_and_numbers() -> None:
    assert wording.listed(["a"]) == "a"
    assert wording.listed(["a", "b"]) == "a and b"
    assert wording.listed(["a", "b", "c"]) == "a, b and c"
    assert wording.in_sentence("Theft of cycle") == "theft of cycle"
    assert wording.in_sentence("ASB incidents") == "ASB incidents"
    assert [wording.number(n) for n in (0, 7, 10, 11, 1148)] == ["none", "seven", "ten", "11", "1,148"]


def test_each_partial_figure_of_a_total_names_what_it_lacks() -> None:
    late = Figure.missing(NoFigure.NOT_YET_AVAILABLE)
    figures = {"Theft": Figure.of(1), "Robbery": late, "Arson": late, "Hate crime": WITHHELD}
    parts = tuple(
        Measure(name, Figure.of(1), NONE if name == "Theft" else Figure.of(2), figure)
        for name, figure in figures.items()
    )
    assert sentences.partial(Measure.total("All crime", parts)) == (
        "The total for all crime is partial: robbery and arson are missing; hate crime is withheld. "
        "Its target is partial: theft is missing."
    )


def test_a_total_that_is_like_for_like_says_nothing_more() -> None:
    assert sentences.not_like_for_like(MET) == ""


def test_a_total_with_a_gap_cannot_be_compared_like_for_like() -> None:
    made = total("All", row("Wounding", 100, 125, 90), row("Robbery", 100, 80, None))
    assert sentences.not_like_for_like(made) == ""


def test_the_share_over_is_exact() -> None:
    assert row("Theft", 100, 1000, 1044).measure.verdict.excess_share == Fraction(44, 1000)
