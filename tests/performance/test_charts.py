"""The drawings: right places, right sizes, right text. How they look is looked at, not tested."""

from __future__ import annotations

import itertools
import json
from fractions import Fraction
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st

from performance.calculations.figures import Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.charts import svg
from performance.charts.reductions import reductions_chart
from performance.charts.table_cells import Scale, look_of, reduction_bar, spark_line
from performance.charts.yearly import CourseChart, course_chart
from performance.queries import Category, Point, Row

NONE = Figure.missing(NoFigure.NOT_HELD)


def measure(name: str, baseline: int, target: int | None, actual: int) -> Measure:
    return Measure(name, Figure.of(baseline), NONE if target is None else Figure.of(target), Figure.of(actual))


def points(*counts: int | None, first: int = 2003) -> list[Point]:
    return [
        Point(FinancialYear(first + n), NONE if count is None else Figure.of(count), "", "", "")
        for n, count in enumerate(counts)
    ]


def elements(markup: str, tag: str) -> list[ElementTree.Element]:
    return list(ElementTree.fromstring(markup).iter(tag))  # noqa: S314


def left_of(element: ElementTree.Element) -> float:
    return float(element.attrib["x"].rstrip("%"))


@given(st.integers(0, 1_000_000), st.integers(3, 8))
def test_the_axis_has_round_steps_that_reach_the_highest(highest: int, most: int) -> None:
    steps = svg.steps(highest, most)
    assert steps[0] == 0
    assert steps[-1] >= highest
    assert 2 <= len(steps) <= most + 1
    assert len({after - before for before, after in itertools.pairwise(steps)}) == 1
    assert str(steps[1]).rstrip("0") in {"1", "2", "5"}


@given(st.lists(st.tuples(st.integers(1, 1000), st.integers(0, 2000), st.integers(0, 2000)), min_size=1))
def test_every_bar_and_target_is_inside_its_drawing(rows: list[tuple[int, int, int]]) -> None:
    measures = [measure("x", *row) for row in rows]
    scale = Scale.over(measures)
    for each in measures:
        assert each.change.reduction is not None
        for reduction in (each.change.reduction, each.planned_change.reduction, 0):
            assert reduction is not None
            assert 0 < scale.at(reduction) < 1


def test_a_fall_is_drawn_right_of_nought_and_a_rise_left() -> None:
    fall, rise = measure("fall", 100, 90, 50), measure("rise", 100, 90, 150)
    scale = Scale.over([fall, rise])
    zero = float(scale.at(0)) * 100
    (falling,), (rising,) = (elements(reduction_bar(each, scale), "rect") for each in (fall, rise))
    assert left_of(falling) == pytest.approx(zero, abs=0.01)
    assert left_of(rising) < zero
    assert float(falling.attrib["width"].rstrip("%")) == pytest.approx(
        float(rising.attrib["width"].rstrip("%")), abs=0.01
    )
    assert (falling.attrib["class"], rising.attrib["class"]) == ("chart-met", "chart-missed")


def test_a_bar_needs_a_reduction_and_a_mark_a_target() -> None:
    scale = Scale(Fraction(-1), Fraction(1))
    assert reduction_bar(Measure("x", NONE, NONE, Figure.of(5)), scale) == ""
    drawn = reduction_bar(measure("x", 100, None, 50), scale)
    assert [line.attrib["class"] for line in elements(drawn, "line")] == ["chart-zero"]


def test_a_spark_line_needs_two_years_and_shows_gaps() -> None:
    assert spark_line(points(5)) == ""
    assert spark_line(points(5, None)) == ""
    drawn = spark_line(points(146, None, 150, 186))
    assert [line.attrib["class"] for line in elements(drawn, "line")] == ["chart-course chart-gap", "chart-course"]
    assert len(elements(drawn, "circle")) == 2
    assert spark_line(points(0, 0)) != ""


@given(st.integers(-5000, 0), st.integers(1, 100))
def test_the_ticks_of_a_chart_are_few_round_and_have_a_nought(lowest: int, highest: int) -> None:
    ticks = svg.steps_between(Fraction(lowest), Fraction(highest))
    assert 1 <= len(ticks) <= 7
    assert 0 in ticks
    assert all(lowest <= tick <= highest for tick in ticks)


def test_what_nobody_can_judge_looks_like_neither() -> None:
    assert look_of(measure("x", 100, None, 50)) == "chart-unjudged"
    assert look_of(measure("x", 100, 80, 50)) == "chart-met"
    assert look_of(measure("x", 100, 80, 90)) == "chart-missed"


def test_totals_stand_apart_at_the_end() -> None:
    parts = (measure("a", 100, 80, 90), measure("b", 100, 80, 10))
    chart = reductions_chart([*parts, Measure.total("All", parts)], "All")
    assert chart is not None
    assert [bar.name for bar in chart.bars] == ["b", "a", "All"]


def test_of_many_years_only_some_are_named() -> None:
    course = tuple(points(*range(100, 114)))
    figures = (Figure.of(100), Figure.of(90), Figure.of(113))
    words = Category("Theft", "Theft", "theft", "thefts", False, True)
    row = Row(words, Measure("Theft", *figures), FinancialYear(2003), "", "", (), course, ())
    chart = course_chart(row, FinancialYear(2016), "Theft is up")
    assert chart is not None
    named = [each.text for each in elements(chart.drawing, "text") if each.text and "/" in each.text]
    assert named == ["2004/05", "2007/08", "2010/11", "2013/14", "2016/17"]
    assert not chart.has_gaps


def test_a_target_above_its_baseline_is_called_so() -> None:
    chart = reductions_chart([measure("Wounding", 558, 698, 444)], "Wounding")
    assert chart is not None
    assert chart.description == "Wounding down 20%, target 25.1% above the baseline: met."


def test_a_count_that_the_targets_line_would_strike_stands_inside_its_column() -> None:
    def drawn(actual: int) -> list[str]:
        figures = (Figure.of(7072), Figure.of(5762), Figure.of(actual))
        course = (*points(7072), *points(actual, first=2007))
        words = Category("All", "All", "all", "offences", True, True)
        row = Row(words, Measure("All", *figures), FinancialYear(2003), "", "", (), course, ())
        chart = course_chart(row, FinancialYear(2007), "All")
        assert chart is not None
        return [each.attrib["class"] for each in elements(chart.drawing, "text") if each.text == f"{actual:,}"]

    assert drawn(5307) == ["chart-count chart-count-inside"]
    assert drawn(3000) == ["chart-count"]
    assert drawn(6500) == ["chart-count"]


def test_nothing_to_draw() -> None:
    assert reductions_chart([Measure("x", NONE, NONE, Figure.of(5))], "x") is None


def test_words_in_a_drawing_are_escaped() -> None:
    chart = reductions_chart([measure("<script>", 100, 80, 50)], "x")
    assert chart is not None
    assert "<script>" not in chart.drawing
    assert "&lt;script&gt;" in chart.drawing


def chart_of(course: list[Point], actual: int, **more: object) -> CourseChart:
    figures = (course[0].figure, NONE, Figure.of(actual))
    words = Category("Theft", "Theft", "theft", "thefts", False, True)
    row = Row(words, Measure("Theft", *figures), FinancialYear(2003), "", "", (), tuple(course), (), **more)  # type: ignore[arg-type]
    chart = course_chart(row, course[-1].year, "Theft")
    assert chart is not None
    return chart


def test_both_charts_draw_a_negative_year_below_the_zero_line() -> None:
    chart = chart_of(points(20, 30, -10), -10)
    boxes = elements(chart.drawing, "rect")
    tops = [float(box.attrib["y"]) for box in boxes]
    bottoms = [float(box.attrib["y"]) + float(box.attrib["height"]) for box in boxes]
    assert tops[2] == pytest.approx(bottoms[0]) == pytest.approx(bottoms[1])
    assert bottoms[2] > tops[2]
    assert "−10" in chart.drawing
    assert "-10<" not in chart.drawing
    assert "2005/06: −10" in chart.description
    figure = json.loads(chart.as_json())
    assert figure["data"][0]["y"] == [20, 30, -10]
    assert figure["data"][0]["text"] == ["20", "30", "−10"]


def test_a_year_that_lacks_parts_is_not_a_year_without_a_figure() -> None:
    partial = Figure.total({"a": Figure.of(80), "b": NONE})
    course = points(100, 90, 70)
    course[1] = Point(FinancialYear(2004), partial, "", "", "")
    chart = chart_of(course, 70)
    assert [each.text for each in elements(chart.drawing, "text") if each.text and "[" in each.text] == ["[partial]"]
    assert "2004/05: 80 [partial]" in chart.description
    assert "[partial]" in chart.as_json()


def test_a_change_of_counting_is_marked_in_both_charts_and_in_words() -> None:
    chart = chart_of(points(100, 90, 70), 70, breaks=(FinancialYear(2005),))
    assert "[b] 2005/06" in chart.drawing
    assert "[b] 2005/06" in [each["text"] for each in json.loads(chart.as_json())["layout"]["annotations"]]
    assert "Counted differently from 2005/06 on." in chart.description


def test_chart_and_headline_say_the_same_target() -> None:
    chart = reductions_chart([measure("All", 7072, 5762, 5307)], "All")
    assert chart is not None
    assert chart.description == "All down 25%, target 18.5% below the baseline: met."
    assert "target 18.5% below the baseline" in chart.as_json()
