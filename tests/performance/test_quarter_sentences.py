"""What a quarter says, as an officer reads it: series, target → words."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from performance.calculations.figures import Figure, NoFigure
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.readings import NO_TARGET, Reading, Target, notable, read
from performance.calculations.series import Series
from performance.calculations.status import Sense
from performance.sentences import quarters as words

FIRST = Quarter(FinancialYear(2003), 1)
STEADY = (100, 104, 98, 101)
FIVE_YEARS = STEADY * 5


def reading(
    *counts: int,
    target: int | None = None,
    sense: Sense = Sense.REDUCE,
    breaks: Sequence[Quarter] = (),
    name: str = "Robbery",
) -> Reading:
    figures = {FIRST + place: Figure.of(value) for place, value in enumerate(counts)}
    aim = Target(Figure.of(target), sense=sense) if target is not None else NO_TARGET
    return read(name, Series(figures), FIRST + (len(counts) - 1), target=aim, breaks=breaks)


ON_TRACK = reading(*FIVE_YEARS, 90, target=440)
OFF_TRACK = reading(*FIVE_YEARS, 101, target=300, name="Theft of cycle")
AT_RISK = reading(*FIVE_YEARS, 100, target=400, name="Wounding")
NO_FIGURE = read(
    "Mediations",
    Series({FIRST: Figure.missing(NoFigure.NOT_YET_AVAILABLE)}),
    FIRST,
    target=Target(Figure.of(10)),
)


@pytest.mark.parametrize(
    ("readings", "said"),
    [
        pytest.param([], ("", ""), id="nothing has a target"),
        pytest.param([NO_FIGURE], ("None of the targets can be judged yet.", ""), id="none can be judged"),
        pytest.param([ON_TRACK], ("The only target is on track.", ""), id="one"),
        pytest.param([ON_TRACK, ON_TRACK], ("Both targets are on track.", ""), id="both"),
        pytest.param([OFF_TRACK] * 3, ("All three targets are off track.", ""), id="all"),
        pytest.param(
            [ON_TRACK, OFF_TRACK, AT_RISK, NO_FIGURE],
            (
                "One of the three targets that can be judged is on track.",
                "Wounding is at risk and theft of cycle is off track.",
            ),
            id="one of each, and one that cannot be judged",
        ),
        pytest.param(
            [ON_TRACK, AT_RISK, AT_RISK, AT_RISK],
            ("One of the four targets is on track.", "Three are at risk."),
            id="three are not named",
        ),
    ],
)
def test_are_we_on_course(readings: list[Reading], said: tuple[str, str]) -> None:
    assert words.on_course(readings) == said


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(
            ON_TRACK,
            "90 so far this year, 20 fewer than planned by now; more than 9 in 10 to keep to the year's target of 440.",
            id="on track",
        ),
        pytest.param(
            reading(*FIVE_YEARS, 310, target=300),
            "310 so far this year: 10 above the target for the whole year, 300, already.",
            id="passed already",
        ),
        pytest.param(
            reading(*FIVE_YEARS, 310, target=300, sense=Sense.INCREASE),
            "310 so far this year: the year's target of 300 is reached already.",
            id="reached already",
        ),
        pytest.param(
            reading(100, 104, target=400),
            "204 so far this year, 4 more than planned by now, towards a target of 400.",
            id="too short for a forecast",
        ),
        pytest.param(
            reading(*FIVE_YEARS, target=410), "403 in the year, against a target of 410.", id="the year is over"
        ),
        pytest.param(reading(*FIVE_YEARS, 90), "90 so far this year.", id="no target"),
        pytest.param(NO_FIGURE, "", id="no figure"),
    ],
)
def test_the_year_so_far(found: Reading, said: str) -> None:
    assert words.year_so_far(found) == said


@pytest.mark.parametrize(
    ("found", "head", "behind"),
    [
        pytest.param(
            reading(*FIVE_YEARS, 160, target=400),
            "highest quarter since April 2003",
            "160 in April to June, 100 in the same quarter last year. Above the upper limit of 114.",
            id="outside",
        ),
        pytest.param(
            reading(*(200, 180, 215, 190) * 5, 150, 140, 155, 145, target=700),
            "down 25% in a year",
            "590 in the last four quarters, 785 in the four before. "
            "A change as large comes about by chance less than 1 time in 1,000.",
            id="a clear fall over a year",
        ),
    ],
)
def test_what_is_told_first(found: Reading, head: str, behind: str) -> None:
    noted = notable(found)
    assert noted is not None
    assert words.finding(noted) == (head, behind)


BROKEN = reading(*FIVE_YEARS, 130, breaks=[FIRST + 20], name="Wounding")


def test_a_change_of_counting_is_not_a_change() -> None:
    assert words.not_a_change(BROKEN) == (
        "Wounding shows 130 against 100 last year, but is counted differently since April 2008 [b]."
    )
    assert words.not_a_change(ON_TRACK) == ""


@pytest.mark.parametrize(
    ("found", "said"),
    [
        pytest.param(ON_TRACK, "No clear change", id="usual"),
        pytest.param(reading(*FIVE_YEARS, 300, target=400), "Worse, by more than chance", id="worse"),
        pytest.param(reading(*FIVE_YEARS, 30, target=400), "Better, by more than chance", id="better"),
        pytest.param(
            reading(*FIVE_YEARS, 300, target=400, sense=Sense.INCREASE),
            "Better, by more than chance",
            id="more is better",
        ),
        pytest.param(reading(*FIVE_YEARS, 300), "Higher, by more than chance", id="watched"),
        pytest.param(BROKEN, "Cannot be compared: counted differently since April 2008", id="broken"),
        pytest.param(reading(5), "Cannot be compared: a figure is missing", id="nothing before"),
    ],
)
def test_is_it_more_than_chance(found: Reading, said: str) -> None:
    assert words.answer(found.against_last_year, found) == said


def test_off_track_within_usual_variation_says_both() -> None:
    assert words.disagreement(OFF_TRACK) == "Off track, but within its usual variation"
    assert words.disagreement(ON_TRACK) == ""


def test_the_expected_year_end_is_rounded_outwards_and_never_below_what_is_known() -> None:
    assert OFF_TRACK.forecast is not None
    shown, between = words.expected(OFF_TRACK.forecast)
    low, high = (int(each) for each in between.split(" to "))
    assert 101 <= low <= int(shown) <= high


def test_the_months_of_a_quarter() -> None:
    assert words.months(FIRST + 1) == "July to September"
