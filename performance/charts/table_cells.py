"""The two small drawings in each row of the table: the reduction against its target, and the course of the years."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from fractions import Fraction

from django.utils.safestring import SafeString

from performance.calculations.measures import Measure
from performance.charts import svg
from performance.queries import Point

HEIGHT = 26


@dataclass(frozen=True, slots=True)
class Scale:
    """From which reduction to which the drawings of one table reach; nought is always on it."""

    lowest: Fraction
    highest: Fraction

    @classmethod
    def over(cls, measures: Iterable[Measure]) -> Scale:
        seen = [
            reduction
            for measure in measures
            for reduction in (measure.change.reduction, measure.planned_change.reduction)
            if reduction is not None
        ]
        room = Fraction(2, 100)
        return cls(min([Fraction(0), *seen]) - room, max([Fraction(0), *seen]) + room)

    def at(self, reduction: Fraction | int) -> Fraction:
        """Where a reduction stands, as a share of the width."""
        return (reduction - self.lowest) / (self.highest - self.lowest)


def reduction_bar(measure: Measure, scale: Scale) -> SafeString:
    """A bar from nought to the reduction, right for a fall and left for a rise, and a mark at the target.

    Nothing where no reduction can be worked out. The row's cells say the same in numbers, so it is decoration.
    """
    if measure.change.reduction is None:
        return SafeString("")
    image = svg.drawing(HEIGHT, css="chart-bar")
    zero, end = scale.at(0), scale.at(measure.change.reduction)
    svg.box(image, look_of(measure), min(zero, end), max(zero, end), 8, 18)
    svg.line(image, "chart-zero", zero, 2, zero, 24)
    if measure.planned_change.reduction is not None:
        svg.mark(image, scale.at(measure.planned_change.reduction), 4, 22)
    return svg.markup(image)


def look_of(measure: Measure) -> str:
    """The class of a bar or a column: met, missed, or neither where nobody can say or judges."""
    status = measure.verdict.status
    return "chart-missed" if status.is_missed else "chart-met" if status.is_met else "chart-unjudged"


def spark_line(course: Sequence[Point]) -> SafeString:
    """The years held, from the baseline to the last, on a scale that has a nought; none made up between.

    Nothing for fewer than two years. Years that are not held leave a dashed gap.
    """
    known = [(point.year.start, point.figure.known) for point in course if point.figure.known is not None]
    if len(known) < 2:
        return SafeString("")
    image = svg.drawing(HEIGHT, css="chart-spark")
    first, last = known[0][0], known[-1][0]
    highest = max(1, *(count for _, count in known))
    lowest = min(0, *(count for _, count in known))

    def x(year: int) -> float:
        return 0.06 + 0.88 * (year - first) / (last - first)

    def y(count: int) -> float:
        return 22 - 18 * (count - lowest) / (highest - lowest)

    for (year, count), (next_year, next_count) in itertools.pairwise(known):
        css = "chart-course" if next_year == year + 1 else "chart-course chart-gap"
        svg.line(image, css, x(year), y(count), x(next_year), y(next_count))
    svg.dot(image, "chart-dot-first", x(first), y(known[0][1]), 2.5)
    svg.dot(image, "chart-dot", x(last), y(known[-1][1]), 3.5)
    return svg.markup(image)
