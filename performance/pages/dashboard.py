"""The dashboard of a period: is crime falling as planned, and where is it not?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from performance import sentences
from performance.calculations.categories import Successions
from performance.calculations.change import NoChange
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.charts.reductions import ReductionsChart, reductions_chart
from performance.charts.table_cells import Scale, reduction_bar, spark_line
from performance.models import Partnership
from performance.pages.period_picker import PeriodChoice, period_choices
from performance.pages.symbols import Symbol, symbols_of
from performance.queries import PeriodFigures, Return, Row, latest_published, period_figures
from performance.wording import listed


@dataclass(frozen=True)
class Line:
    """A row of the table with its drawings; `notes` are the numbers of the notes under the table."""

    row: Row
    is_total: bool
    bar: SafeString
    spark: SafeString
    notes: tuple[int, ...]
    remark: str


@dataclass(frozen=True)
class Group:
    """A total with its parts above it, or the categories that belong to no total."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Dashboard:
    """Everything that the page prints. Without figures for the period, `groups` is empty and `empty` says why."""

    partnership: Partnership
    period: Period | None
    current: Return | None
    is_whole_year: bool
    choices: tuple[PeriodChoice, ...]
    empty: str
    latest: Return | None
    headline: tuple[str, str]
    verdict: str
    groups: tuple[Group, ...]
    baseline_years: tuple[FinancialYear, ...]
    notes: tuple[str, ...]
    like_for_like: str
    partial: tuple[str, ...]
    narrowly: str
    symbols: tuple[Symbol, ...]
    has_last_year: bool
    has_baseline_part: bool
    counted: str
    suppliers: str
    spelt_out: tuple[str, ...]
    heading_of_measures: str
    """Crime type; Measure where one of them is no recorded crime."""
    chart: ReductionsChart | None
    successions: Successions

    @property
    def heading(self) -> str:
        if self.period is None:
            return "Performance"
        if isinstance(self.period, FinancialYear):
            return f"Performance in {self.period}"
        return f"Performance, {self.period.dates}"

    @property
    def quarter(self) -> Quarter | None:
        return self.period if isinstance(self.period, Quarter) else None

    @property
    def compared(self) -> str:
        """What a quarter is compared with, or why it is not."""
        last = "Each change is from the same months of last year. " if self.has_last_year else ""
        if self.has_baseline_part:
            part = "A part of the year is compared with the same part of the baseline year, never with the whole of it."
        elif not self.baseline_years:
            part = "No baseline is in use for this year yet."
        elif self.baseline_year is None:
            years = listed([str(each) for each in self.baseline_years])
            part = f"The measures have baselines of different years, {years}, of which the quarters are not held."
        else:
            part = (
                f"The quarters of {self.baseline_year} are not held, so the year to date cannot be compared with the "
                "same part of it; the whole of it would show a fall that is not there."
            )
        return last + part

    @property
    def baseline_year(self) -> FinancialYear | None:
        """That of all categories, None where they have different ones or none has any."""
        return self.baseline_years[0] if len(self.baseline_years) == 1 else None

    @property
    def to_date(self) -> str:
        """April to September 2008; April 2007 to March 2008 in the last quarter."""
        return sentences.months(self.quarter.year.quarters[0], self.quarter) if self.quarter else ""

    @property
    def months(self) -> str:
        """July to September 2008: the quarter by itself."""
        return sentences.months(self.quarter, self.quarter) if self.quarter else ""

    @property
    def is_part_of_year(self) -> bool:
        """Whether these are a year's figures from before it was over."""
        return isinstance(self.period, FinancialYear) and not self.is_whole_year

    @property
    def offers_choice(self) -> bool:
        """Whether there is another period to go to."""
        return any(held.period != self.period for choice in self.choices for held in choice.returns)

    @property
    def leads_to_latest(self) -> bool:
        """Whether an empty page can send its reader to the latest published period."""
        return bool(self.empty) and self.latest is not None and self.latest.period != self.period

    @property
    def kicker(self) -> str:
        """The heading's other half: the dates of a year, the year of a quarter."""
        if self.period is None:
            return ""
        return self.period.dates if isinstance(self.period, FinancialYear) else str(self.period.year)


def dashboard(partnership: Partnership, returns: tuple[Return, ...], period: Period | None, today: date) -> Dashboard:
    """The page of a period, or of the latest published one."""
    latest = latest_published(returns)
    period = period or (latest.period if latest else None)
    figures = period_figures(partnership, returns, period, with_trend=True) if period else None
    rows = tuple(_in_order(figures.rows)) if figures else ()
    leaves = [row for row in rows if not row.parts]
    current = figures.current if figures else None
    is_whole_year = current.is_comparable if current else isinstance(period, FinancialYear)
    notes = list(dict.fromkeys(note for row in rows for note in _notes_of(row)))
    totals = [row for row in rows if row.parts]
    return Dashboard(
        partnership=partnership,
        period=period,
        current=current,
        is_whole_year=is_whole_year,
        choices=period_choices(returns, period),
        empty="" if rows else _why_empty(period, figures, today),
        latest=latest,
        headline=_headline(figures.rows, period, is_whole_year=is_whole_year) if figures else ("", ""),
        verdict=_verdict(leaves) if is_whole_year else _movers(leaves, period),
        groups=_groups(figures.rows if figures else (), notes),
        baseline_years=tuple(sorted({row.baseline_year for row in leaves if row.baseline_year is not None})),
        notes=tuple(notes),
        like_for_like=" ".join(filter(None, (_unlike(row, is_whole_year=is_whole_year) for row in totals))),
        partial=tuple(filter(None, (_partial(row) for row in totals))),
        narrowly=sentences.rule_of_narrow_misses(rows) if is_whole_year else "",
        symbols=symbols_of(rows),
        has_last_year=any(row.to_date is not None and row.to_date.last_year.known is not None for row in rows),
        has_baseline_part=any(
            row.to_date is not None and row.to_date.since_baseline.reduction is not None for row in rows
        ),
        counted="Recorded crime" if all(row.category.is_recorded_crime for row in leaves) else "Figures",
        suppliers=_counted_by(leaves),
        spelt_out=()
        if is_whole_year
        else tuple(row.category.full_name for row in totals if row.category.full_name != row.category.name),
        heading_of_measures=sentences.kinds_of(leaves, is_one=True).capitalize(),
        chart=_chart(rows, leaves) if is_whole_year else None,
        successions=figures.successions if figures else Successions(),
    )


def _in_order(rows: tuple[Row, ...]) -> list[Row]:
    """Every row, a total after its parts."""
    return [each for row in rows for each in (*_in_order(row.parts), row)]


def _headline(tops: tuple[Row, ...], period: Period | None, *, is_whole_year: bool) -> tuple[str, str]:
    """That of the first total, in the order of the categories: of its year, or of the year to date."""
    total = next((row for row in tops if row.parts), None)
    if total is None:
        return "", ""
    if is_whole_year:
        return sentences.headline(total)
    return sentences.to_date_headline(total, period) if isinstance(period, Quarter) else ("", "")


def _verdict(leaves: list[Row]) -> str:
    return " ".join(filter(None, (sentences.targets_met(leaves), sentences.how_missed(leaves))))


def _movers(leaves: list[Row], period: Period | None) -> str:
    if not isinstance(period, Quarter):
        return ""
    return sentences.movers(leaves, sentences.months(period.year.quarters[0], period))


def _unlike(row: Row, *, is_whole_year: bool) -> str:
    if not is_whole_year:
        return sentences.left_out(row)
    return " ".join(filter(None, (sentences.counted_differently(row), sentences.not_like_for_like(row))))


def _partial(row: Row) -> str:
    return " ".join(filter(None, (sentences.partial(row.measure), sentences.partial_to_date(row))))


def _chart(rows: tuple[Row, ...], leaves: list[Row]) -> ReductionsChart | None:
    return reductions_chart([row.measure for row in rows], sentences.against_baseline(leaves))


def _notes_of(row: Row) -> list[str]:
    return [f"{row.category.name}: {note}" for note in row.notes]


def _groups(tops: tuple[Row, ...], notes: list[str]) -> tuple[Group, ...]:
    scale = Scale.over(row.measure for row in _in_order(tops))
    groups = [Group(tuple(_line(row, scale, notes) for row in _in_order((top,)))) for top in tops if top.parts]
    alone = tuple(_line(top, scale, notes) for top in tops if not top.parts)
    return (*groups, Group(alone)) if alone else tuple(groups)


def _line(row: Row, scale: Scale, notes: list[str]) -> Line:
    return Line(
        row=row,
        is_total=bool(row.parts),
        bar=reduction_bar(row.measure, scale),
        spark=spark_line(row.course),
        notes=tuple(notes.index(note) + 1 for note in _notes_of(row)),
        remark=_remark(row),
    )


def _remark(row: Row) -> str:
    """What the status alone does not say: why nobody can say, or that it is not like for like."""
    if row.measure.verdict.cannot_say is not None:
        return sentences.cannot_say(row.measure)
    if row.measure.change.has_counts_alone:
        return sentences.direction(row.measure.change)
    if len(row.measure.baseline_years) > 1:
        return NoChange.BASELINES_OF_DIFFERENT_YEARS.value
    is_alike = row.measure.verdict.is_like_for_like and not row.measure.is_counted_differently
    return "" if is_alike else "not like for like"


def _counted_by(leaves: list[Row]) -> str:
    names = list(dict.fromkeys(name for row in leaves for name in row.suppliers))
    if not names:
        return ""
    crimes = all(row.category.is_recorded_crime for row in leaves)
    return f"{'Recorded crimes' if crimes else 'Figures'}, counted by {listed(names)}."


def _why_empty(period: Period | None, figures: PeriodFigures | None, today: date) -> str:
    if period is None:
        return "No figures have been published yet."
    name = str(period) if isinstance(period, FinancialYear) else period.dates
    if period.begins > today:
        return f"{name} has not begun yet."
    if figures is None or figures.current is None:
        return f"No {'whole-year ' if isinstance(period, FinancialYear) else ''}figures have been published for {name}."
    return f"The return for {name} has no figures in it yet."
