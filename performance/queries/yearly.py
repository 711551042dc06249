"""Year by year: what a category counted in each whole year that is held, and the baselines that it started from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.periods import FinancialYear
from performance.wording import in_sentence, listed

from .figures import FigureTable
from .returns import Return
from .rows import Point, Row, shared
from .target_table import BaselineSet

Course = dict[FinancialYear, Point]


class Yearly:
    """The years of a table up to one: baselines, and the whole years that are over; none made up between them."""

    def __init__(self, table: FigureTable, last: FinancialYear) -> None:
        self.table = table
        self.tree = table.tree
        self.last = last
        self.years = [each for each in table.returns if each.is_comparable and each.period.year <= last]
        self.as_at = {each.period: _as_at(each) for each in self.years}
        self.baseline_years = sorted(table.targets.baseline_years(last))

    def course(self, leaf: int, baseline: BaselineSet | None) -> tuple[Point, ...]:
        """The years of a leaf that is measured from a baseline now, in order."""
        points = {each.financial_year: _baseline_point(each, leaf) for each in self._baselines_before(leaf)}
        if baseline is not None:
            points[baseline.financial_year] = _baseline_point(baseline, leaf, is_baseline=True)
        for held in self.years:
            actual = self._actual_point(held, leaf)
            if actual is not None and _goes_before(actual, held, points.get(actual.year)):
                points[actual.year] = actual
        return _in_order(points)

    def total(self, category: int, parts: tuple[Row, ...]) -> tuple[Point, ...]:
        """The sum of the parts in each year; where others were counted then, of those."""
        courses = {part.category.name: _by_year(part.course) for part in parts}
        if self.tree.leaves_ever(category) == self.tree.leaves(category, self.last):
            return _sums(courses, _years_of(courses.values()))
        return self._total_of_changing_parts(category, courses)

    def _total_of_changing_parts(self, category: int, now: Mapping[str, Course]) -> tuple[Point, ...]:
        ever = {leaf: self._course_in_use(leaf) for leaf in self.tree.leaves_ever(category)}
        points: list[Point] = []
        for year in _years_of([*now.values(), *ever.values()]):
            is_whole = all(year in course for course in now.values())
            if is_whole and self.tree.runs_on(category, self.last, year):
                courses = now
            else:
                then = self.tree.leaves(category, year)
                courses = {self.tree.name(leaf): ever[leaf] for leaf in then}
            points += _sums(courses, [year])
        return tuple(points)

    def _course_in_use(self, leaf: int) -> Course:
        return _by_year(self.course(leaf, self.table.targets.in_use(leaf, self.last)))

    def _actual_point(self, held: Return, leaf: int) -> Point | None:
        """A leaf's figure in a whole year's return; None where nothing is held."""
        figure = self.table.figure_in(held, leaf)
        if figure.reason is NoFigure.NOT_HELD:
            return None
        year = held.period.year
        entered = self.table.entered(leaf, held)
        earlier = () if entered else self.tree.successions.came_from(leaf, year)
        names = [in_sentence(self.tree.name(each)) for each in earlier]
        counted_as = f"[b] Counted as {listed(names)} then." if names else ""
        is_last_quarter = self.tree.nodes[leaf].is_level and bool(held.quarters)
        return Point(
            year=year,
            figure=figure,
            source="The last of the four quarters" if is_last_quarter else held.source,
            state=self._state(held, figure),
            note=entered.note if entered else counted_as,
            is_earlier=bool(earlier),
        )

    def _state(self, held: Return, figure: Figure) -> str:
        """Published, provisional, figures as at 31 May 2008."""
        provisional = ", provisional" if figure.provisional else ""
        revised = ", revised since" if figure.revised else ""
        return f"{held.state.label}{provisional}{self.as_at[held.period]}{revised}"

    def _baselines_before(self, leaf: int) -> list[BaselineSet]:
        """The baselines that it had by now, also under the name before; merged ones had no common one."""
        targets = self.table.targets
        found = targets.baselines(leaf, self.last)
        for year in self.baseline_years:
            for earlier in self.tree.successions.line(leaf, year)[1:]:
                found += [each for each in targets.baselines(earlier, self.last) if each.financial_year == year]
        return found


def _goes_before(actual: Point, held: Return, baseline: Point | None) -> bool:
    """Whether a year's actual stands in its place rather than the baseline of that year.

    The baseline is what everything is measured from: a gap in the year's own return does not erase it, and neither does
    the sum of its quarters.
    """
    if baseline is None:
        return True
    return actual.figure.known is not None and not held.quarters


def _baseline_point(baseline: BaselineSet, leaf: int, *, is_baseline: bool = False) -> Point:
    """What was measured from once, or is now, as the count of its year."""
    return Point(
        year=baseline.financial_year,
        figure=Figure.of(baseline.count),
        source=baseline.source,
        state="",
        note=baseline.note,
        is_baseline=is_baseline,
        is_earlier=baseline.category != leaf,
    )


def _as_at(held: Return) -> str:
    return f", figures as at {held.as_at}" if held.as_at else ""


def _sums(courses: Mapping[str, Course], years: Iterable[FinancialYear]) -> tuple[Point, ...]:
    """The points of a total in some years, from the courses of its parts by name."""
    points = []
    for year in years:
        parts = {name: course.get(year) for name, course in courses.items()}
        if any(parts.values()):
            points.append(_sum(year, parts))
    return tuple(points)


def _sum(year: FinancialYear, parts: Mapping[str, Point | None]) -> Point:
    """The point of a total, from those of its parts by name, None where a part has none."""
    held = [point for point in parts.values() if point is not None]
    figures = {name: point.figure if point is not None else NOT_HELD for name, point in parts.items()}
    is_earlier = any(point.is_earlier for point in held)
    return Point(
        year=year,
        figure=Figure.total(figures),
        source=shared(point.source for point in held) or "",
        state=shared(point.state for point in held) or "",
        note="[b] Made of what was counted then." if is_earlier else "",
        is_baseline=all(point.is_baseline for point in held),
        is_earlier=is_earlier,
        is_mixed=len({point.is_baseline for point in held}) > 1 or any(point.is_mixed for point in held),
    )


def _years_of(courses: Iterable[Course]) -> list[FinancialYear]:
    return sorted({year for course in courses for year in course})


def _by_year(points: Iterable[Point]) -> Course:
    return {point.year: point for point in points}


def _in_order(points: Course) -> tuple[Point, ...]:
    return tuple(points[year] for year in sorted(points))
