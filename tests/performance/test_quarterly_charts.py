"""The charts of a quarter: every count is drawn, no line runs across a gap or a break, and the words tell the same."""

from __future__ import annotations

import json

import plotly.graph_objects
import pytest
from bs4 import BeautifulSoup

from performance.calculations.periods import FinancialYear, Quarter
from performance.charts.labels import apart
from performance.charts.quarterly import (
    Look,
    Milestones,
    QuarterlyChart,
    QuarterlySeries,
    QuarterPoint,
    UsualRange,
    quarterly_chart,
)
from performance.charts.seasons import Season, seasons_chart
from performance.charts.year_so_far import Expected, YearSoFar, cumulative_chart, difference_chart

FIRST = Quarter(FinancialYear(2007), 1)


def points(*counts: int | None, looks: dict[int, Look] | None = None) -> tuple[QuarterPoint, ...]:
    by_number = looks or {}
    return tuple(
        QuarterPoint(FIRST + number, count, by_number.get(number, Look.USUAL)) for number, count in enumerate(counts)
    )


def chart(series: QuarterlySeries) -> QuarterlyChart:
    drawn = quarterly_chart(series, "A finding")
    assert drawn is not None
    return drawn


def count_of(drawn: QuarterlyChart, css: str) -> int:
    return len(BeautifulSoup(drawn.drawing, "html.parser").find_all(class_=css))


def words_of(drawing: str) -> list[str]:
    return [element.get_text() for element in BeautifulSoup(drawing, "html.parser").find_all("text")]


@pytest.mark.parametrize(
    ("counts", "breaks", "lines"),
    [
        pytest.param((5, 7, 6, 8), (), 3, id="all held"),
        pytest.param((5, None, 6, 8), (), 1, id="no line across a gap"),
        pytest.param((5, 7, 6, 8), (FIRST + 2,), 2, id="no line across a change of counting"),
        pytest.param((5, -1, 6, 0), (), 3, id="a negative count and nought are counts"),
    ],
)
def test_lines_join_only_what_is_alike(counts: tuple[int | None, ...], breaks: tuple[Quarter, ...], lines: int) -> None:
    assert count_of(chart(QuarterlySeries("Robbery", points(*counts), breaks=breaks)), "chart-course") == lines


def test_a_negative_count_lies_below_the_zero_line() -> None:
    image = BeautifulSoup(chart(QuarterlySeries("Robbery", points(5, -3))).drawing, "html.parser")
    zero = float(str(image.find_all("line", class_="chart-zero")[0]["y1"]))
    dots = [float(str(dot["cy"])) for dot in image.find_all("circle")]
    assert dots[1] > zero > dots[0]


def test_a_signal_is_told_by_its_shape_and_the_key_says_what_it_means() -> None:
    usual = UsualRange(FIRST, FIRST + 3, mean=6, lower=3, upper=9)
    drawn = chart(
        QuarterlySeries("Robbery", points(6, 2, 11, 6, looks={1: Look.BETTER, 2: Look.WORSE}), ranges=(usual,))
    )
    assert [word for word in words_of(drawn.drawing) if word in "▲▼"] == ["▼", "▲"]
    assert [css for css, _ in drawn.key] == ["chart-usual", "chart-worse", "chart-better"]


def test_the_text_alternative_has_every_quarter_and_the_usual_range_rounded_outwards() -> None:
    usual = UsualRange(FIRST, FIRST + 2, mean=6, lower=3.6, upper=8.4)
    drawn = chart(QuarterlySeries("Robbery", points(6, None, 7), ranges=(usual,)))
    assert drawn.description == ("2007/08 Q1: 6; 2007/08 Q2: no figure; 2007/08 Q3: 7. Usual range 3 to 9 a quarter.")


def test_one_quarter_makes_no_chart() -> None:
    assert quarterly_chart(QuarterlySeries("Robbery", points(6, None)), "A finding") is None


def test_the_explored_chart_is_a_valid_figure_with_the_same_counts() -> None:
    usual = UsualRange(FIRST, FIRST + 2, mean=6, lower=-1, upper=9)
    milestones = Milestones(FIRST + 2, (5, 5, 4, 4))
    drawn = chart(QuarterlySeries("Robbery", points(6, None, 7), ranges=(usual,), milestones=milestones))
    figure = plotly.graph_objects.Figure(json.loads(drawn.as_json()))
    assert list(figure.data[0].y) == [6, None, 7]


def sums(**changes: object) -> YearSoFar:
    values: dict[str, object] = {
        "name": "Thefts from vehicle",
        "year": FinancialYear(2008),
        "so_far": (0, 278, 530),
        "planned": (0, 273, 529, 814, 1091),
        "last_year": (0, 281, 545, 848, 1148),
        "expected": Expected(1100.4, 1042, 1166),
    }
    return YearSoFar(**(values | changes))  # type: ignore[arg-type]


def test_the_year_so_far_says_what_is_planned_and_expected() -> None:
    drawn = cumulative_chart(sums(), "On the planned path")
    assert drawn is not None
    assert drawn.description == (
        "278 by 30 June, 530 by 30 Sept. Planned by 31 March: 1,091. Expected: 1,100, 8 times in 10 between "
        "1,042 and 1,166."
    )


def test_the_difference_is_that_from_the_plan_of_the_same_day() -> None:
    drawn = difference_chart(sums(), "Close to the target")
    assert drawn is not None
    assert drawn.description.startswith("5 by 30 June, 1 by 30 Sept.")
    assert {"+57", "+9", "0"} <= set(words_of(drawn.drawing))


@pytest.mark.parametrize(
    ("changes", "has_sums", "has_difference"),
    [
        pytest.param({"so_far": (0,)}, False, False, id="no quarter yet"),
        pytest.param({"planned": ()}, True, False, id="no target"),
        pytest.param({"expected": None, "last_year": ()}, True, True, id="no forecast and no last year"),
    ],
)
def test_what_is_not_known_is_not_drawn(changes: dict[str, object], has_sums: bool, has_difference: bool) -> None:
    assert (cumulative_chart(sums(**changes), "") is not None) == has_sums
    assert (difference_chart(sums(**changes), "") is not None) == has_difference


def test_a_year_that_is_over_has_no_fan() -> None:
    drawn = cumulative_chart(sums(so_far=(0, 278, 530, 800, 1080)), "Over")
    assert drawn is not None
    assert "chart-fan" not in drawn.drawing


def test_seasons_need_two_years_of_each_quarter() -> None:
    years = tuple((FinancialYear(2006 + number), 20 + number) for number in range(2))
    assert seasons_chart([Season(years, 0.25)] * 4, "Level") is not None
    assert seasons_chart([Season(years, 0.25)] * 3 + [Season(years[:1], 0.25)], "Level") is None


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        ([10, 100], [10, 100]),
        ([10, 20], [-4, 34]),
        ([50, 50, 50], [12, 50, 88]),
        ([10, 20, 200], [-4, 34, 200]),
    ],
)
def test_names_that_would_overlap_move_apart(wanted: list[float], given: list[float]) -> None:
    assert apart(wanted, 38) == given
