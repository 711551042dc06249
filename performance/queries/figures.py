"""The figures of a period: every category with its baseline, target, actual and course."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction
from functools import partial

from django.db.models import Q

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear, Period, Quarter, day
from performance.calculations.series import Series, ToDate
from performance.calculations.status import DEFAULT_TOLERANCE, Sense
from performance.models import Actual, Baseline, CrimeCategory, Partnership, RecordingChange, Target
from performance.wording import in_sentence, listed

from .returns import Return
from .rows import PeriodFigures, Point, Row, baseline_point, category_of, figure_of, shared, sum_of
from .suppliers import Suppliers
from .tree import CategoryTree


def period_figures(
    partnership: Partnership,
    returns: tuple[Return, ...],
    period: Period,
    *,
    under: CrimeCategory | None = None,
) -> PeriodFigures:
    """The figures of a period, for all categories or for one and its parts.

    Six queries for a year, seven for a quarter; none without a return.

    A return without a single figure has no rows: baselines and targets alone are no news.
    """
    current = next((each for each in returns if each.period == period), None)
    if current is None:
        return PeriodFigures(period, None, ())
    if not current.has_figures:
        return PeriodFigures(period, current, ())
    sheet = _Sheet(partnership, returns, current)
    tops = sheet.tree.tops if under is None else [sheet.tree.by_pk[under.pk]]
    rows = tuple(sheet.row(category) for category in tops if under is not None or sheet.has_any(category))
    return PeriodFigures(period, current, rows)


class _Sheet:
    """The rows of one partnership around one return, looked up by category while the values are made."""

    def __init__(self, partnership: Partnership, returns: tuple[Return, ...], current: Return) -> None:
        year = current.period.year
        self.current = current
        self.years = [each for each in returns if each.is_comparable and each.period <= year]  # type: ignore[operator]
        # What is published is added up from published figures only; a draft from all that its readers may see.
        self.quarters = {
            each.period: each
            for each in returns
            if isinstance(each.period, Quarter) and (each.is_published or not current.is_published)
        }
        self.tree = CategoryTree(partnership, year)
        baselines = Baseline.objects.filter(partnership=partnership).order_by("in_use_from")
        self.baselines = {baseline.pk: baseline for baseline in baselines}
        self.in_use = {row.category_id: row for row in self.baselines.values() if row.in_use_from <= year}
        self.targets = {
            row.category_id: row for row in Target.objects.filter(partnership=partnership, financial_year=year)
        }
        self.changed = self._recording_changes(partnership) if isinstance(current.period, Quarter) else {}
        rows = Actual.objects.filter(period_return__in=self._wanted(year)).with_revised()
        self.actuals = {(row.period_return_id, row.category_id): row for row in rows}
        self.suppliers = Suppliers(partnership).on(current.period.ends)

    def _wanted(self, year: FinancialYear) -> set[int]:
        """The returns whose figures the page needs: whole years, and for a quarter those that it is compared with."""
        wanted = {each.pk for whole in (*self.years, self.current) for each in whole.quarters or (whole,)}
        if isinstance(self.current.period, Quarter):
            years = {year, year - 1} | {row.financial_year for row in self.in_use.values()}
            wanted |= {each.pk for period, each in self.quarters.items() if period.year in years}
        return wanted

    def _recording_changes(self, partnership: Partnership) -> dict[int, str]:
        """Why a category's year to date is not like what it is compared with, where its counting changed between."""
        here = Q(partnership=partnership) | Q(partnership__isnull=True)
        oldest = min((row.financial_year for row in self.in_use.values()), default=self.current.period.year - 1)
        found = {}
        for row in RecordingChange.objects.filter(here):
            begins = Quarter(row.financial_year, row.quarter)
            if oldest.begins < begins.begins <= self.current.period.ends:
                found[row.category_id] = f"Counted differently from {begins.dates}: {row.description}"
        return found

    def _figure_in(self, held: Return, category: CrimeCategory) -> Figure:
        """A category's figure in a return; of a year made of quarters their sum."""
        if not held.quarters:
            return self._of(held, category)
        return self._series(category, held.quarters).sum_of([each.period for each in held.quarters])  # type: ignore[misc]

    def _series(self, category: CrimeCategory, held: Iterable[Return]) -> Series:
        found = {each.period: self._joined(each, category) for each in held}
        known = {period: figure for period, figure in found.items() if figure is not None}
        return Series(known, is_level=category.is_level)  # type: ignore[arg-type]

    def _joined(self, held: Return, category: CrimeCategory) -> Figure | None:
        """A category's figure in a return, or of those whose place it took; None where neither has a row."""

        def find(pk: int) -> Figure | None:
            row = self.actuals.get((held.pk, pk))
            return figure_of(row) if row is not None else None

        return self.tree.successions.joined(category.pk, held.period.year, find)

    def _of(self, held: Return, category: CrimeCategory) -> Figure:
        return self._joined(held, category) or NOT_HELD

    def has_any(self, category: CrimeCategory) -> bool:
        """Whether there is any figure, baseline or target for a category or one of its parts."""
        if parts := self.tree.parts(category):
            return any(self.has_any(part) for part in parts)
        returns = self.current.quarters or (self.current,)
        entered = any((each.pk, category.pk) in self.actuals for each in returns)
        return entered or category.pk in self.in_use or category.pk in self.targets

    def row(self, category: CrimeCategory) -> Row:
        parts = tuple(self.row(part) for part in self.tree.parts(category))
        return self._total(category, parts) if parts else self._leaf(category)

    def _leaf(self, category: CrimeCategory) -> Row:
        set_for = self._set_for(category)
        target = self.targets.get(set_for)
        baseline = self.baselines.get(target.baseline_id) if target else None
        if baseline is None or baseline.category_id != set_for:
            baseline = self.in_use.get(set_for)
        actual = self.actuals.get((self.current.pk, category.pk))
        baseline_year = baseline.financial_year if baseline else None
        # A target and a baseline are for whole years: beside part of one they would show a false fall.
        if not self.current.is_comparable:
            target = baseline = None
        measure = Measure(
            name=category.name,
            baseline=Figure.of(baseline.count) if baseline else NOT_HELD,
            target=Figure.of(target.count) if target else NOT_HELD,
            actual=self._figure_in(self.current, category),
            sense=Sense(target.sense) if target else Sense.REDUCE,
            tolerance=Fraction(target.tolerance_percent) / 100 if target else DEFAULT_TOLERANCE,
        )
        notes = [row.note for row in (target, baseline, actual) if row is not None and row.note]
        if category.pk in self.changed:
            notes.append(self.changed[category.pk])
        return Row(
            category=category_of(category),
            measure=measure,
            baseline_year=baseline_year,
            target_source=target.source if target else "",
            target_basis=target.basis if target else "",
            notes=tuple(notes),
            course=self._course(category, baseline),
            suppliers=tuple(self.suppliers[category.pk]),
            to_date=self._to_date(category, baseline_year),
            is_broken=category.pk in self.changed,
        )

    def _set_for(self, category: CrimeCategory) -> int:
        """The number under which baseline and target stand: in years before it took another's place that one's."""
        earlier = self.tree.successions.came_from(category.pk, self.current.period.year)
        is_one = len(earlier) == 1 and category.pk not in self.in_use and category.pk not in self.targets
        return self._set_for(earlier[0]) if is_one else category.pk

    def _to_date(self, category: CrimeCategory, baseline_year: FinancialYear | None) -> ToDate | None:
        if not isinstance(self.current.period, Quarter):
            return None
        series = self._series(category, self.quarters.values())
        return ToDate.of(category.name, series, self.current.period, baseline_year)

    def _total(self, category: CrimeCategory, parts: tuple[Row, ...]) -> Row:
        baseline_years = {part.baseline_year for part in parts}
        return Row(
            category=category_of(category),
            measure=Measure.total(category.name, tuple(part.measure for part in parts)),
            baseline_year=baseline_years.pop() if len(baseline_years) == 1 else None,
            target_source=shared(part.target_source for part in parts),
            target_basis="",
            notes=(),
            course=self._total_course(category, parts),
            suppliers=tuple(dict.fromkeys(name for part in parts for name in part.suppliers)),
            parts=parts,
            is_broken=any(part.is_broken for part in parts),
            to_date=self._total_to_date(category, parts),
        )

    def _total_course(self, category: CrimeCategory, parts: tuple[Row, ...]) -> tuple[Point, ...]:
        """Year by year the sum of the parts; where others were counted then, of those."""
        own = {part.category.name: {point.year: point for point in part.course} for part in parts}
        leaves = self.tree.leaves_ever(category)
        is_as_ever = leaves == self.tree.leaves(category)
        ever = {} if is_as_ever else {leaf.name: self._own_course(leaf) for leaf in leaves}
        found = []
        for year in sorted({year for course in (*own.values(), *ever.values()) for year in course}):
            held = {name: course.get(year) for name, course in own.items()}
            if not is_as_ever and not (all(held.values()) and self.tree.runs_on_from(category, year)):
                held = {leaf.name: ever[leaf.name].get(year) for leaf in self.tree.leaves_in(category, year)}
            if any(held.values()):
                found.append(sum_of(year, held))
        return tuple(found)

    def _own_course(self, leaf: CrimeCategory) -> dict[FinancialYear, Point]:
        return {point.year: point for point in self._course(leaf, self.in_use.get(leaf.pk))}

    def _total_to_date(self, category: CrimeCategory, parts: tuple[Row, ...]) -> ToDate | None:
        """The sum of the parts; where others were counted in a year that it is compared with, of those in each year."""
        known = [part.to_date for part in parts if part.to_date is not None]
        if not known:
            return None
        years = {part.baseline_year for part in parts}
        baseline_year = years.pop() if len(years) == 1 else None
        year = self.current.period.year
        if all(self.tree.runs_on_from(category, each) for each in (year - 1, baseline_year) if each is not None):
            return ToDate.total(category.name, known)
        sums = {
            quarter: self.tree.total_in(category, quarter.year, partial(self._of, held))
            for quarter, held in self.quarters.items()
        }
        return ToDate.of(category.name, Series(sums, is_level=category.is_level), self.current.period, baseline_year)  # type: ignore[arg-type]

    def _course(self, category: CrimeCategory, baseline: Baseline | None) -> tuple[Point, ...]:
        """Year by year: the whole years that are held and the baselines, none made up between them."""
        points = {row.financial_year: baseline_point(row, category) for row in self._set_before(category)}
        if baseline is not None:
            year = baseline.financial_year
            is_earlier = baseline.category_id != category.pk
            figure = Figure.of(baseline.count)
            points[year] = Point(year, figure, baseline.source, "", baseline.note, True, is_earlier)
        for each in self.years:
            actual = self.actuals.get((each.pk, category.pk))
            figure = self._figure_in(each, category)
            is_held = figure.reason is not NoFigure.NOT_HELD
            # The baseline is what everything is measured from: a gap in the year's own return does not erase it, and
            # neither does the sum of its quarters.
            is_newer = figure.known is not None and not each.quarters
            if is_held and (is_newer or each.period.year not in points):
                state = each.state.label + (", provisional" if figure.provisional else "")
                state += f", figures as at {day(each.figures_as_at)}" if each.figures_as_at else ""
                note = actual.note if actual else self._before(category, each.period.year)
                source = "The last of the four quarters" if category.is_level and each.quarters else each.source
                is_earlier = actual is None and bool(self.tree.successions.came_from(category.pk, each.period.year))
                points[each.period.year] = Point(each.period.year, figure, source, state, note, is_earlier=is_earlier)
        return tuple(points[year] for year in sorted(points))

    def _set_before(self, category: CrimeCategory) -> list[Baseline]:
        """The baselines that it had by now, also under the name before; merged ones had no common one."""
        rows = [row for row in self.baselines.values() if row.in_use_from <= self.current.period.year]
        found = [row for row in rows if row.category_id == category.pk]
        for year in {row.financial_year for row in rows}:
            earlier = self.tree.successions.came_from(category.pk, year)
            if len(earlier) == 1:
                found += [row for row in self._set_before(earlier[0]) if row.financial_year == year]
        return found

    def _before(self, category: CrimeCategory, year: FinancialYear) -> str:
        """Counted as wounding then: whose figures stand for a category that took their place later."""
        earlier = self.tree.successions.came_from(category.pk, year)
        return f"[b] Counted as {listed([in_sentence(row.name) for row in earlier])} then." if earlier else ""
