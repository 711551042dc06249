"""What a dashboard shows, as files: the same numbers and marks, one row a figure or one row a measure."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from performance.calculations.change import rounded
from performance.calculations.figures import Figure
from performance.calculations.periods import day
from performance.calculations.readings import Pair
from performance.exports import Table, Workbook, as_csv, as_ods, as_xlsx
from performance.exports.workbooks import Cell
from performance.pages.dashboard import Dashboard
from performance.pages.quarter import QuarterLine, QuarterPage
from performance.queries import Row
from performance.sentences import quarters as words

NOTHING = "[z]"
"""In a cell that does not apply: a level has no sum over the year, a measure that is watched no target."""
_ALWAYS = (
    ("[x]", "not available"),
    ("[z]", "not applicable"),
    ("[c]", "withheld, so that nobody can be picked out"),
    ("[p]", "provisional, may still change"),
    ("[r]", "revised after it was published"),
    ("[b]", "break in the series: counted differently in between"),
    ("[f]", "forecast"),
    ("[u]", "baseline under 50: the percentage is unreliable"),
    ("[partial]", "the sum of the parts that are in"),
)


@dataclass(frozen=True, slots=True)
class Value:
    """One figure of one measure: what it is, its number if there is one, and its marks."""

    measure: str
    what: str
    number: int | None
    marks: tuple[str, ...]

    @property
    def cell(self) -> Cell:
        """The number, or the mark that stands in its place."""
        if self.number is not None:
            return self.number
        return self.marks[0] if self.marks else NOTHING


@dataclass(frozen=True)
class Download:
    """A file's table in both shapes. `statuses` are the words in which each measure is judged, by its name."""

    title: str
    about: tuple[str, ...]
    source: str
    values: tuple[Value, ...]
    statuses: dict[str, str]
    notes: tuple[str, ...]

    def as_csv(self) -> bytes:
        """Tidy: one row a figure, its marks in a column of their own."""
        headings = ("Measure", "What", "Value", "Marks", "Status")
        rows = [
            (
                value.measure,
                value.what,
                "" if value.number is None else value.number,
                " ".join(value.marks),
                self.statuses.get(value.measure, ""),
            )
            for value in self.values
        ]
        return as_csv(headings, rows).encode()

    def as_xlsx(self) -> bytes:
        return as_xlsx(self.workbook)

    def as_ods(self) -> bytes:
        return as_ods(self.workbook)

    @property
    def workbook(self) -> Workbook:
        """One row a measure, as on the page; marks beside numbers stand in the last column."""
        columns = list(dict.fromkeys(value.what for value in self.values))
        names = list(dict.fromkeys(value.measure for value in self.values))
        by_place = {(value.measure, value.what): value for value in self.values}
        rows = [self._row(name, columns, by_place) for name in names]
        table = Table("Figures", self.title, ("Measure", *columns, "Status", "Marks"), tuple(rows), self.source)
        notes = [(f"[note {number}]", note) for number, note in enumerate(self.notes, start=1)]
        return Workbook(self.title, self.about, (*_ALWAYS, *notes), (table,))

    def _row(self, name: str, columns: Sequence[str], by_place: dict[tuple[str, str], Value]) -> tuple[Cell, ...]:
        values = [by_place.get((name, what)) for what in columns]
        cells = [value.cell if value else NOTHING for value in values]
        beside = [
            f"{what}: {' '.join(value.marks)}"
            for what, value in zip(columns, values, strict=True)
            if value is not None and value.number is not None and value.marks
        ]
        return (name, *cells, self.statuses.get(name) or NOTHING, "; ".join(beside) or "none")


FORMATS: dict[str, tuple[str, Callable[[Download], bytes]]] = {
    "csv": ("text/csv; charset=utf-8", Download.as_csv),
    "xlsx": ("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", Download.as_xlsx),
    "ods": ("application/vnd.oasis.opendocument.spreadsheet", Download.as_ods),
}
"""The media type of each format, and what writes it."""


def quarter_download(page: QuarterPage) -> Download | None:
    """The tables of a quarter; None where there are none."""
    if page.current is None or not page.tables:
        return None
    lines = [line for table in page.tables for line in table.lines]
    return Download(
        title=f"{page.partnership.title}: {page.period.dates}",
        about=_about(page),
        source=_source(page),
        values=tuple(value for line in lines for value in _of_line(line)),
        statuses={_name(line): _status(line) for line in lines},
        notes=page.notes,
    )


def year_download(page: Dashboard) -> Download | None:
    """The table of a year; None where there is none."""
    if page.current is None or not page.groups:
        return None
    rows = [line.row for group in page.groups for line in group.lines]
    return Download(
        title=f"{page.partnership.title}: {page.period}",
        about=_about(page),
        source=_source(page),
        values=tuple(value for row in rows for value in _of_row(row)),
        statuses={row.category.name: row.measure.verdict.status.word for row in rows},
        notes=page.notes,
    )


def _about(page: QuarterPage | Dashboard) -> tuple[str, ...]:
    lines = []
    if page.partnership.is_invented:
        lines.append("Invented figures: this district does not exist.")
    if page.current is not None and not page.current.is_published:
        lines.append(f"{page.current.state.label}: for members of the partnership only.")
    lines.append(f"{page.partnership.home_office_name}, area {page.partnership.home_office_code}.")
    if page.partnership.phone:
        lines.append(f"Telephone {page.partnership.phone}.")
    return tuple(lines)


def _source(page: QuarterPage | Dashboard) -> str:
    held = page.current
    if held is None:
        return ""
    source = f"Source: {held.source}. " if held.source else ""
    as_at = f"Figures as at {day(held.figures_as_at)}." if held.figures_as_at else ""
    return f"{source}{as_at}".strip()


def _of_row(row: Row) -> Iterator[Value]:
    name, measure = row.category.name, row.measure
    yield _value(name, "Baseline", measure.baseline)
    yield _value(name, "Target", measure.target)
    yield _value(name, "Actual", measure.actual)
    change = measure.change
    if change.reduction is None:
        yield Value(name, "Reduction, %", None, (NOTHING if change.has_counts_alone else "[x]",))
    else:
        percent = int(rounded(change.reduction * 100))
        yield Value(name, "Reduction, %", percent, ("[u]",) if change.is_unreliable else ())


def _of_line(line: QuarterLine) -> Iterator[Value]:
    name, reading = _name(line), line.reading
    yield _value(name, "Quarter", reading.figure)
    yield _before(name, "Same quarter last year", reading.against_last_year)
    if not reading.series.is_level:
        broken = ("[b]",) if reading.to_date.is_broken_within else ()
        yield _value(name, "Year to date", reading.to_date.after, broken)
        yield _before(name, "Year to date last year", reading.to_date)
    if line.planned is not None:
        yield Value(name, "Planned to date", line.planned, ())
    if line.target is not None:
        yield Value(name, "Target for the year", line.target, ())
    if reading.forecast is not None and line.expected:
        low, high = reading.forecast.interval(80).shown
        for what, number in (
            ("Expected year end", round(reading.forecast.expected)),
            ("Expected, at least (8 times in 10)", max(low, reading.forecast.so_far)),
            ("Expected, at most (8 times in 10)", high),
        ):
            yield Value(name, what, number, ("[f]",))
    if not reading.series.is_level:
        yield _value(name, "Last four quarters", reading.four_quarters.after)
        yield _before(name, "The four before", reading.four_quarters)


def _before(name: str, what: str, pair: Pair) -> Value:
    return _value(name, what, pair.before, ("[b]",) if pair.is_broken else ())


def _value(name: str, what: str, figure: Figure, more: Iterable[str] = ()) -> Value:
    """A figure with its marks: those of its state, or the one that stands in its place."""
    if figure.count is None:
        return Value(name, what, None, (figure.reason.mark if figure.reason else "[x]",))
    marks = (
        *(("[partial]",) if figure.is_partial else ()),
        *(("[p]",) if figure.provisional else ()),
        *(("[r]",) if figure.revised else ()),
        *more,
    )
    return Value(name, what, figure.count, marks)


def _name(line: QuarterLine) -> str:
    """A total is there twice where a part of it is not like for like."""
    return f"{line.row.category.name} {line.name_remark}".strip()


def _status(line: QuarterLine) -> str:
    if line.target is None or not (line.bar or not line.is_total):
        return ""
    status = line.reading.status.word
    outlook = line.reading.outlook
    if outlook is not None and outlook.chance is not None and line.reading.cannot_say is None:
        return f"{status}: {words.chance(outlook.chance)}"
    return status
