"""The dashboard of a quarter: are we on course, what has changed by more than chance, what is being done about it?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.safestring import SafeString

from performance.calculations.categories import Successions
from performance.calculations.figures import Figure
from performance.calculations.periods import Quarter
from performance.calculations.readings import Notable, Reading, notables
from performance.calculations.status import Sense, Status
from performance.charts.from_readings import quarterly_series, year_end
from performance.charts.quarter_cells import TALL, TargetScale, quarters_spark, year_end_bar
from performance.models import CrimeCategory, Partnership
from performance.pages.period_picker import PeriodChoice, period_choices
from performance.pages.symbols import Symbol, symbols_of_readings
from performance.queries import Return, latest_published
from performance.queries.readings import QuarterReadings, ReadingRow, quarter_readings
from performance.sentences import quarters as words
from performance.wording import capital, in_sentence, listed

_ORDER_OF_STATUS = (
    (Status.OFF_TRACK, "off track"),
    (Status.MISSED, "missed"),
    (Status.CLEAR_INCREASE, "clearly above the limit"),
    (Status.AT_RISK, "at risk"),
    (Status.MISSED_NARROWLY, "missed narrowly"),
    (Status.ABOVE_LIMIT, "above the limit, within usual variation"),
    (Status.ON_TRACK, "on track"),
    (Status.MET, "met"),
    (Status.WITHIN_LIMIT, "within the limit"),
    (Status.CANNOT_SAY, "cannot be judged"),
)
_KINDS = {
    CrimeCategory.Kind.RECORDED_CRIME: ("Recorded crime", ""),
    CrimeCategory.Kind.INCIDENT: ("Incidents", "Reports to the police and fire services, which are not crimes"),
    CrimeCategory.Kind.INTERVENTION: ("Interventions", "What the partnership did: more is not by itself better"),
    CrimeCategory.Kind.COHORT: ("Offenders worked with", "On the last day of the quarter, so no sum over the year"),
}
"""Measures of different kinds are never added to each other, and stand apart."""
_WAYS = {True: "Worse", False: "Better", None: "Different"}


@dataclass(frozen=True, slots=True)
class StatusMember:
    """A category under its status; `remark` is its chance in words, or why it cannot be judged."""

    row: ReadingRow
    remark: str


@dataclass(frozen=True, slots=True)
class StatusGroup:
    """The categories of one status: 3 at risk."""

    status: Status
    words: str
    members: tuple[StatusMember, ...]


@dataclass(frozen=True, slots=True)
class Finding:
    """What has changed by more than chance, with its drawing."""

    row: ReadingRow
    way: str
    without: str
    """Of a total that is not like for like: what it is told without."""
    head: str
    numbers: str
    spark: SafeString
    usual: str

    @property
    def shape(self) -> str:
        return {"Worse": "▲", "Better": "▼"}.get(self.way, "◆")

    @property
    def css(self) -> str:
        return {"Worse": "status-off-track", "Better": "status-on-track"}.get(self.way, "status-cannot-say")


@dataclass(frozen=True, slots=True)
class QuarterLine:
    """A row of the table: two numbers a cell, so that nothing scrolls sideways."""

    row: ReadingRow
    reading: Reading
    spark: SafeString
    bar: SafeString
    expected: str
    between: str
    planned: int | None
    status_remark: str
    travel: str
    travel_remark: str
    notes: tuple[int, ...]
    name_remark: str = ""

    @property
    def is_total(self) -> bool:
        return self.row.is_total

    @property
    def figure(self) -> Figure:
        return self.reading.figure

    @property
    def target(self) -> int | None:
        return self.reading.target.count.known


@dataclass(frozen=True, slots=True)
class QuarterTable:
    """A total with its parts, or measures of one kind, under a heading."""

    title: str
    about: str
    lines: tuple[QuarterLine, ...]
    has_targets: bool

    @property
    def has_course(self) -> bool:
        """Whether any row has more than one quarter to draw."""
        return any(line.spark for line in self.lines)

    @property
    def has_travel(self) -> bool:
        """Whether the last four quarters of any row can be compared with the four before."""
        return any(line.reading.travel.travel for line in self.lines)


@dataclass(frozen=True)
class QuarterPage:
    """Everything that the page prints. Without figures `tables` is empty and `empty` says why."""

    partnership: Partnership
    period: Quarter
    current: Return | None
    choices: tuple[PeriodChoice, ...]
    empty: str
    latest: Return | None
    state_of_figures: str
    lead: tuple[str, str]
    headline: str
    groups: tuple[StatusGroup, ...]
    findings: tuple[Finding, ...]
    not_changes: tuple[str, ...]
    looked_at: int
    tables: tuple[QuarterTable, ...]
    notes: tuple[str, ...]
    alike: tuple[str, ...]
    symbols: tuple[Symbol, ...]
    suppliers: str
    to_explain: tuple[ReadingRow, ...]
    """The rows that are off track or at risk, or are told first: what is being done about them is asked."""
    successions: Successions

    @property
    def heading(self) -> str:
        return self.period.dates

    @property
    def kicker(self) -> str:
        ordinals = ("first", "second", "third", "fourth")
        return f"{self.period.year}, {ordinals[self.period.number - 1]} quarter"

    @property
    def is_over(self) -> bool:
        """Whether the year is over with this quarter, so that targets are met or missed."""
        return self.period.number == 4

    @property
    def can_be_compared(self) -> bool:
        """Whether any measure has a quarter of the year before to be compared with."""
        lines = [line for table in self.tables for line in table.lines]
        return any(line.reading.against_last_year.test or line.reading.four_quarters.test for line in lines)

    @property
    def latest_year(self) -> Return | None:
        """The latest whole year that is published, for readers of a quarter that has no target yet."""
        years = [held for choice in self.choices for held in choice.returns if held.is_whole_year and held.is_published]
        return years[0] if years else None

    @property
    def year_ends(self) -> str:
        return words.year_end(self.period)

    @property
    def months(self) -> str:
        return words.months(self.period)

    @property
    def offers_choice(self) -> bool:
        """Whether there is another period to go to."""
        return any(held.period != self.period for choice in self.choices for held in choice.returns)

    @property
    def leads_to_latest(self) -> bool:
        """Whether an empty page can send its reader to the latest published period."""
        return bool(self.empty) and self.latest is not None and self.latest.period != self.period


def quarter_page(partnership: Partnership, returns: tuple[Return, ...], quarter: Quarter, today: date) -> QuarterPage:
    """The page of a quarter. Seven queries where there are figures."""
    readings = quarter_readings(partnership, returns, quarter)
    rows = [row for top in readings.rows for row in top.walk()]
    leaves = readings.leaves
    notes = list(dict.fromkeys(note for row in rows for note in _notes_of(row)))
    noted = notables(row.judged for row in rows)
    return QuarterPage(
        partnership=partnership,
        period=quarter,
        current=readings.current,
        choices=period_choices(returns, quarter),
        empty="" if rows else _why_empty(quarter, readings.current, today),
        latest=latest_published(returns),
        state_of_figures=_state_of_figures(leaves),
        lead=words.on_course([leaf.reading for leaf in leaves]),
        headline=_headline(readings),
        groups=_status_groups(leaves),
        findings=_findings(rows, noted),
        not_changes=tuple(filter(None, (words.not_a_change(leaf.reading) for leaf in leaves))),
        looked_at=len(rows),
        tables=_tables(readings, notes),
        notes=tuple(notes),
        alike=tuple(_why_alike(row) for row in rows if row.alike is not None),
        symbols=symbols_of_readings(row.reading for row in rows),
        suppliers=_counted_by(leaves),
        to_explain=_to_explain(leaves, noted),
        successions=readings.successions,
    )


def _why_empty(quarter: Quarter, current: Return | None, today: date) -> str:
    if quarter.begins > today:
        return f"{quarter.dates} has not begun yet."
    if current is None:
        return f"No figures have been published for {quarter.dates}."
    return f"The return for {quarter.dates} has no figures in it yet."


def _state_of_figures(leaves: Sequence[ReadingRow]) -> str:
    """20 figures: 17 final, 2 provisional [p], 1 missing [x]."""
    if not leaves:
        return ""
    figures = [leaf.reading.figure for leaf in leaves]
    missing = sum(figure.known is None for figure in figures)
    provisional = sum(figure.provisional for figure in figures if figure.known is not None)
    final = len(figures) - missing - provisional
    parts = [f"{final} final"] if final else []
    parts += [f"{provisional} provisional [p]"] if provisional else []
    parts += [f"{missing} missing [x]"] if missing else []
    return f"{len(figures)} figures: {', '.join(parts)}"


def _headline(readings: QuarterReadings) -> str:
    """How the first total stands against its target for the year; of the like-for-like one where it is not."""
    total = next((row for row in readings.rows if row.is_total), None)
    if total is None:
        return ""
    sentence = words.year_so_far(total.judged)
    if not sentence:
        return ""
    name = total.category.full_name or total.category.name
    return ": ".join((", ".join(filter(None, (name, _without(total)))), sentence))


def _status_groups(leaves: Sequence[ReadingRow]) -> tuple[StatusGroup, ...]:
    with_target = [leaf for leaf in leaves if leaf.reading.target.count.known is not None]
    groups = []
    for status, said in _ORDER_OF_STATUS:
        members = [leaf for leaf in with_target if leaf.reading.status is status]
        if members:
            groups.append(StatusGroup(status, said, tuple(StatusMember(leaf, _remark(leaf)) for leaf in members)))
    return tuple(groups)


def _remark(row: ReadingRow) -> str:
    outlook = row.reading.outlook
    if row.reading.cannot_say is None and outlook is not None and outlook.chance is not None:
        return "already passed" if outlook.is_decided else words.chance(outlook.chance)
    return words.why_not_judged(row.reading)


def _findings(rows: Sequence[ReadingRow], noted: Sequence[Notable]) -> tuple[Finding, ...]:
    by_reading = {id(row.judged): row for row in rows}
    findings = []
    for each in noted:
        head, numbers = words.finding(each)
        way = _WAYS[each.is_worse]
        limits = each.reading.chart.limits
        usual = f"Shaded: usual range, {words.usual_range(limits)} a quarter" if limits else ""
        spark = quarters_spark(quarterly_series(each.reading), TALL)
        row = by_reading[id(each.reading)]
        findings.append(Finding(row, way, _without(row), head, numbers, spark, usual))
    return tuple(findings)


def _without(row: ReadingRow) -> str:
    return f"without {listed([in_sentence(part) for part in row.left_out])}" if row.alike is not None else ""


def _tables(readings: QuarterReadings, notes: Sequence[str]) -> tuple[QuarterTable, ...]:
    rows = [row for top in readings.rows for row in top.walk()]
    ends = [end for row in rows if (end := year_end(row.judged)) is not None]
    scale = TargetScale.over(ends)
    totals = [top for top in readings.rows if top.is_total]
    alone = [top for top in readings.rows if not top.is_total]
    tables = [_table_of_total(top, scale, notes) for top in totals]
    for kind, (title, about) in _KINDS.items():
        of_kind = [row for row in alone if row.category.kind == kind]
        if of_kind:
            lines = tuple(_line(row, row.reading, scale, notes) for row in of_kind)
            tables.append(QuarterTable(title, about, lines, _has_targets(of_kind)))
    return tuple(tables)


def _table_of_total(top: ReadingRow, scale: TargetScale, notes: Sequence[str]) -> QuarterTable:
    """The parts, then the total; a total that is not like for like follows the one that is."""
    lines: list[QuarterLine] = []
    for row in top.walk():
        if row.alike is not None:
            lines.append(_line(row, row.alike, scale, notes, name_remark=_without(row)))
        lines.append(_line(row, row.reading, scale, notes))
    has_targets = _has_targets(list(top.walk()))
    title = f"{top.category.name} against their targets" if has_targets else top.category.name
    if not top.category.is_plural:
        title = title.replace("their targets", "its target")
    return QuarterTable(title, "Fewer is better" if has_targets else "", tuple(lines), has_targets)


def _has_targets(rows: Sequence[ReadingRow]) -> bool:
    return any(row.reading.target.count.known is not None for row in rows)


def _line(
    row: ReadingRow,
    reading: Reading,
    scale: TargetScale,
    notes: Sequence[str],
    *,
    name_remark: str = "",
) -> QuarterLine:
    end = year_end(reading)
    is_judged = row.alike is None or reading is row.alike
    forecast = reading.forecast
    expected, between = words.expected(forecast) if forecast else ("", "")
    outlook = reading.outlook
    return QuarterLine(
        row=row,
        reading=reading,
        spark=quarters_spark(quarterly_series(reading)),
        bar=year_end_bar(end, scale) if end and is_judged else SafeString(""),
        expected=expected if is_judged else "",
        between=between if is_judged else "",
        planned=outlook.planned if outlook and is_judged and reading.cannot_say is None else None,
        status_remark=_status_remark(row, reading, is_judged=is_judged),
        travel=_travel(reading),
        travel_remark=_why_no_travel(reading),
        notes=tuple(notes.index(note) + 1 for note in _notes_of(row)),
        name_remark=name_remark,
    )


def _travel(reading: Reading) -> str:
    if reading.series.is_level:
        return "–"
    return reading.travel.travel.word if reading.travel.travel else "Not comparable"


def _why_no_travel(reading: Reading) -> str:
    if reading.travel.reason is None or reading.series.is_level:
        return ""
    return capital(reading.travel.reason.value)


def _status_remark(row: ReadingRow, reading: Reading, *, is_judged: bool) -> str:
    if not is_judged:
        return f"Not judged: with {listed([in_sentence(part) for part in row.left_out])} it is not like for like"
    outlook = reading.outlook
    if reading.cannot_say is not None:
        return words.why_not_judged(reading)
    if outlook is not None and outlook.is_decided:
        return "already reached" if outlook.sense is Sense.INCREASE else "already passed"
    if outlook is not None and outlook.chance is not None:
        return words.chance(outlook.chance)
    return words.why_not_judged(reading)


def _notes_of(row: ReadingRow) -> list[str]:
    return [f"{row.category.name}: {note}" for note in row.notes]


def _why_alike(row: ReadingRow) -> str:
    """Like for like: wounding has a target that allows for another way of counting, so all … are judged without it."""
    left_out = [leaf for leaf in row.walk() if not leaf.is_total and leaf.category.name in row.left_out]
    reasons = listed([f"{in_sentence(leaf.category.name)} {_why_unlike(leaf.reading)}" for leaf in left_out])
    verb = "are" if row.category.is_plural else "is"
    them = "it" if len(left_out) == 1 else "them"
    return f"Like for like: {reasons}, so {in_sentence(row.category.name)} {verb} judged without {them}."


def _why_unlike(reading: Reading) -> str:
    if reading.target.allows_a_rise:
        return "has a target that allows for another way of counting"
    return f"is counted differently since {reading.since.begins:%B %Y}" if reading.since else "was not counted then"


def _counted_by(leaves: Sequence[ReadingRow]) -> str:
    names = list(dict.fromkeys(name for leaf in leaves for name in leaf.suppliers))
    return f"Figures from {listed(names)}." if names else ""


def _to_explain(leaves: Sequence[ReadingRow], noted: Sequence[Notable]) -> tuple[ReadingRow, ...]:
    """Off track first, then at risk, then what is worse by more than chance."""
    worse = {id(each.reading) for each in noted if each.is_worse}
    concerning = (Status.OFF_TRACK, Status.MISSED, Status.CLEAR_INCREASE, Status.AT_RISK, Status.MISSED_NARROWLY)

    def rank(leaf: ReadingRow) -> int:
        status = leaf.reading.status
        return concerning.index(status) if status in concerning else len(concerning)

    chosen = [leaf for leaf in leaves if leaf.reading.status in concerning or id(leaf.reading) in worse]
    return tuple(sorted(chosen, key=rank))
