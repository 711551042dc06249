"""One category: how it stands, year by year, and what exactly is counted."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from performance import queries, sentences
from performance.calculations.categories import Successions
from performance.calculations.figures import Figure
from performance.calculations.periods import FinancialYear, Quarter
from performance.charts.yearly import CourseChart, course_chart
from performance.models import CrimeCategory, OffenceCode, Partnership, Succession
from performance.pages.symbols import Symbol, symbols_of, symbols_of_quarters
from performance.queries import FigureTable, QuarterLine, Return, Row, TargetTable
from performance.wording import in_sentence, listed


@dataclass(frozen=True, slots=True)
class FigureLine:
    """One figure with its source and state."""

    year: FinancialYear
    what: str
    figure: Figure
    state: str
    source: str
    note: str


@dataclass(frozen=True, slots=True)
class CodeLine:
    """A Home Office offence code, with its title there and the years in which it is counted."""

    code: str
    title: str
    years: str
    basis: str


@dataclass(frozen=True)
class CategoryPage:
    """Everything that the page prints. Without a whole-year return `row` is None and `empty` says so."""

    partnership: Partnership
    category: CrimeCategory
    parent: CrimeCategory | None
    parts: tuple[CrimeCategory, ...]
    period: FinancialYear | None
    current: Return | None
    row: Row | None
    empty: str
    verdict: str
    since_baseline: str
    like_for_like: str
    partial: str
    figures: tuple[FigureLine, ...]
    quarters: tuple[QuarterLine, ...]
    symbols: tuple[Symbol, ...]
    codes: tuple[CodeLine, ...]
    recording_changes: tuple[str, ...]
    successions: tuple[str, ...]
    chart: CourseChart | None
    all_successions: Successions


def category_page(partnership: Partnership, returns: tuple[Return, ...], category: CrimeCategory) -> CategoryPage:
    """The category in the latest whole year, published before draft, and every quarter."""
    successions = queries.successions_of(partnership, category)
    ended = min((each.first_year for each in successions if each.before == category), default=None)
    counted = tuple(each for each in returns if ended is None or each.period.year < ended)
    current = _latest_year(counted)
    period = current.period.year if current else None
    table = _table(partnership, returns, category, period)
    row = queries.category_row(table.seen_in(counted), current, category.pk) if current else None
    has_figures = row is not None and bool(row.course or row.measure.target.known is not None)
    shown = row if has_figures else None
    parts = queries.parts_of(partnership, category)
    quarters = queries.quarter_lines(table, category.pk)
    return CategoryPage(
        partnership=partnership,
        category=category,
        parent=category.parent,
        parts=parts,
        period=period,
        current=current if shown else None,
        row=shown,
        empty="" if shown or quarters else f"No whole-year figures for {in_sentence(category.name)} are held yet.",
        verdict=sentences.why(shown.category, shown.measure) if shown else "",
        since_baseline=sentences.since_baseline(shown) if shown else "",
        like_for_like=_unlike(shown) if shown else "",
        partial=sentences.partial(shown.measure) if shown else "",
        figures=tuple(_figure_lines(shown, period)) if shown and period else (),
        quarters=quarters,
        symbols=tuple(sorted({*(symbols_of([shown]) if shown else ()), *symbols_of_quarters(quarters)})),
        codes=_code_lines(queries.offence_codes(category)),
        recording_changes=_recording_changes(partnership, [category, *parts]),
        successions=_successions(category, successions),
        chart=course_chart(shown, period, sentences.course_title(shown)) if shown and period else None,
        all_successions=table.tree.successions,
    )


def _successions(category: CrimeCategory, rows: Iterable[Succession]) -> tuple[str, ...]:
    """Takes the place of wounding from 2011/12. Counted as arson and graffiti from 2014/15. Not counted any more."""
    found: dict[tuple[FinancialYear, bool], list[str]] = defaultdict(list)
    for row in rows:
        other = row.after if row.before == category else row.before
        found[row.first_year, row.before == category] += [in_sentence(other.name)] if other else []
    return tuple(
        f"Not counted from {year} on."
        if not names
        else f"{'Counted as' if is_past else 'Takes the place of'} {listed(names)} from {year}."
        for (year, is_past), names in found.items()
    )


def _unlike(row: Row) -> str:
    return " ".join(filter(None, (sentences.counted_differently(row), sentences.not_like_for_like(row))))


def _latest_year(returns: tuple[Return, ...]) -> Return | None:
    """The latest whole year with figures, published before draft."""
    years = [each for each in returns if each.is_comparable and each.has_figures]
    return max(years, key=lambda each: (each.is_published, each.period.ends), default=None)


def _table(
    partnership: Partnership, returns: tuple[Return, ...], category: CrimeCategory, period: FinancialYear | None
) -> FigureTable:
    """Every year of a category, and what it is measured against in the latest. Seven queries."""
    years = {each.period.year for each in returns}
    targets = TargetTable.load(partnership, [period] if period else [])
    return FigureTable.load(partnership, returns, years, targets=targets, under=category.pk).protected()


def _figure_lines(row: Row, period: FinancialYear) -> Iterable[FigureLine]:
    for point in row.course:
        what = "Baseline" if point.is_baseline else "Actual"
        if point.is_mixed:
            what = "Baselines of some parts, actuals of others"
        why = point.figure.reason.words if point.figure.reason is not None else ""
        state = ": ".join(filter(None, (point.state, why)))
        # The notes of the year shown stand beside its verdict already.
        note = "" if point.note in row.notes else point.note
        yield FigureLine(point.year, what, point.figure, state, point.source, note)
    if row.measure.target.known is not None:
        yield FigureLine(period, "Target", row.measure.target, row.target_basis, row.target_source, "")


def _code_lines(codes: Iterable[OffenceCode]) -> tuple[CodeLine, ...]:
    return tuple(CodeLine(row.code, row.title, _years(row), row.get_basis_display()) for row in codes)


def _years(row: OffenceCode) -> str:
    if row.first_year and row.last_year:
        return f"{row.first_year} to {row.last_year}"
    if row.first_year:
        return f"From {row.first_year}"
    return f"Until {row.last_year}" if row.last_year else "All years"


def _recording_changes(partnership: Partnership, categories: list[CrimeCategory]) -> tuple[str, ...]:
    rows = queries.recording_changes(partnership, categories)
    return tuple(f"{Quarter(row.financial_year, row.quarter).dates}: {row.description}" for row in rows)
