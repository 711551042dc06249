"""The page on which what was read is looked at before anything changes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime

from django.utils.timezone import localtime

from performance.access import Act, Standing
from performance.calculations.count_input import count_or_none
from performance.calculations.periods import FinancialYear, Period, Quarter, day
from performance.models import Actual, ImportPreview, ReturnState
from performance.queries import EntryRow, EntrySheet
from performance.returns.pages.entry_rows import figure_in_words
from performance.returns.values import Entry
from performance.sentences import ask
from performance.wording import count, listed, name_of, times

from .planning import ImportPlan, Outcome, PlannedFigure
from .reading import Asks, Line, Total
from .reading import name_of as name_of_period
from .sheets import letters

_CAPITALS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
FOLDED = 30
"""More rows than these: the plain new ones are folded."""
NOWHERE = "none"
_PICTURED = 6
"""Rows of the small picture above and below its gap."""


@dataclass(frozen=True, slots=True)
class Option:
    """A value of a select box and its words."""

    value: str
    words: str
    is_chosen: bool = False


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked about a row: the sentence, the name of its box, what may be answered, and a box to add rows up."""

    words: str
    name: str
    options: tuple[Option, ...]
    adds: str = ""
    adds_words: str = ""


@dataclass(frozen=True, slots=True)
class ImportRow:
    """A row of the table: the cell, what stands in the sheet, where it goes, and what happens."""

    cell: str
    label: str
    category: str
    matched_by: str
    now: str
    new: str
    symbol: str
    happens: str
    look: str
    why: str = ""
    question: Question | None = None
    problem: str = ""
    doubts: tuple[str, ...] = ()
    period: str = ""
    remembers: str = ""
    change: Question | None = None


@dataclass(frozen=True, slots=True)
class PicturedCell:
    text: str
    look: str


@dataclass(frozen=True, slots=True)
class Picture:
    """The sheet in small: what each column is, its letters, and the first and last of its rows."""

    uses: tuple[str, ...]
    letters: tuple[PicturedCell, ...]
    rows: tuple[tuple[str, tuple[PicturedCell, ...]], ...]
    has_gap: bool


@dataclass(frozen=True, slots=True)
class Check:
    """A total of the sheet against what is added up here."""

    label: str
    address: str
    value: str
    added: str
    words: str
    agrees: bool


@dataclass(frozen=True)
class ImportPage:
    """Everything that the page prints."""

    preview: ImportPreview
    plan: ImportPlan
    where: str
    source: str
    headline: str
    besides: str
    look_first: tuple[tuple[str, str], ...]
    picture: Picture
    facts: tuple[tuple[str, tuple[str, ...]], ...]
    rows: tuple[ImportRow, ...]
    folded: tuple[ImportRow, ...]
    checks: tuple[Check, ...]
    columns: tuple[Option, ...]
    heading_rows: tuple[Option, ...]
    name_columns: tuple[Option, ...]
    sheets: tuple[Option, ...]
    order: tuple[tuple[str, str], ...]
    button: str
    may_revise: bool
    may_publish: bool
    same_before: str
    state: str

    @property
    def is_applied(self) -> bool:
        return self.preview.applied_at is not None

    @property
    def may_undo(self) -> bool:
        return self.is_applied and self.preview.undone_at is None

    @property
    def has_not_taken(self) -> bool:
        """Whether there are rows to send back to whoever made the sheet."""
        return bool(self.plan.reading.asked or self.plan.reading.refused)

    @property
    def asks_something(self) -> bool:
        reading = self.plan.reading
        return bool(reading.asked or reading.asks_column or reading.asks_order)


def import_page(
    preview: ImportPreview, plan: ImportPlan, standing: Standing, entry: EntrySheet | None, same_before: str
) -> ImportPage:
    """The page of a preview, with the plan as it is now; `entry` is the return where it is for one period."""
    entry_rows = {row.pk: row for row in entry.leaves} if entry else {}
    rows = tuple(_rows(plan, entry_rows))
    are_many = len(rows) > FOLDED
    folded = tuple(row for row in rows if are_many and row.look == "new" and not row.doubts)
    period = preview.period
    return ImportPage(
        preview=preview,
        plan=plan,
        where=f"Return for {_named(period)}" if period else "Figures of all periods that are named",
        source=_source(preview, plan),
        headline=_headline(plan),
        besides=_besides(plan),
        look_first=tuple(_look_first(plan, rows)),
        picture=_picture(plan),
        facts=(*_facts(plan), *_proof(plan, entry_rows)),
        rows=tuple(row for row in rows if row not in folded),
        folded=folded,
        checks=tuple(_check(total) for total in plan.reading.totals),
        columns=_column_options(plan),
        heading_rows=_heading_options(plan),
        name_columns=_name_options(plan),
        sheets=tuple(Option(each.name, each.name, each is plan.sheet) for each in plan.sheets)
        if len(plan.sheets) > 1
        else (),
        order=_in_order(plan),
        button=_button(plan, period),
        may_publish=period is None and standing.may(Act.PUBLISH, ReturnState.SUBMITTED),
        may_revise=standing.may(Act.REVISE, ReturnState.PUBLISHED),
        same_before=same_before,
        state=_state(preview),
    )


def _named(period: Period) -> str:
    return str(period) if isinstance(period, FinancialYear) else period.dates


def _source(preview: ImportPreview, plan: ImportPlan) -> str:
    way = "pasted" if preview.way == ImportPreview.Way.PASTED else "uploaded"
    what = preview.file_name or f"{times(len(plan.sheet.rows), 'row')} and {times(plan.sheet.width, 'column')}"
    return f"{what} · {way} by {name_of(preview.by)} at {_time(preview.at)}"


def _time(at: datetime) -> str:
    local = localtime(at)
    return f"{local:%H:%M} on {day(local.date())}"


def _state(preview: ImportPreview) -> str:
    if preview.undone_at is not None:
        return f"Taken out again at {_time(preview.undone_at)}."
    if preview.applied_at is not None:
        return f"{times(len(preview.applied), 'figure was', 'figures were')} put in at {_time(preview.applied_at)}."
    return ""


def _headline(plan: ImportPlan) -> str:
    new = sum(1 for each in plan.ready if each.outcome is Outcome.NEW)
    changed = len(plan.ready) - new
    if not plan.ready and plan.revisions:
        return f"{times(len(plan.revisions), 'figure differs', 'figures differ')} from what is published."
    if not plan.ready:
        return "No figure is ready to go into the return."
    parts = [f"{new} new"] * bool(new) + [f"{changed} changed"] * bool(changed)
    return f"{times(len(plan.ready), 'figure is', 'figures are')} ready to go in: {listed(parts)}."


def _besides(plan: ImportPlan) -> str:
    """What else stands in the sheet, in one sentence."""
    reading = plan.reading
    same = sum(1 for each in plan.figures if each.outcome is Outcome.SAME)
    counts = [
        (same, "is in the return already", "are in the return already"),
        (len(reading.asked), "waits for an answer", "wait for an answer"),
        (len(reading.refused), "is not taken", "are not taken"),
        (len(plan.revisions) if plan.ready else 0, "differs from what is published", "differ from what is published"),
    ]
    words = [f"{number} {one if number == 1 else many}" for number, one, many in counts if number]
    return f"Of the others {listed(words)}." if words else ""


def _look_first(plan: ImportPlan, rows: tuple[ImportRow, ...]) -> Iterator[tuple[str, str]]:
    """What to look at first, by cell."""
    for row in rows:
        if row.question is not None:
            yield row.cell, row.question.words
        elif row.problem and not row.problem.endswith("as you chose."):
            yield row.cell, row.problem.removeprefix(f"{row.cell}: ")
        elif row.doubts and row.look in ("new", "changed"):
            yield row.cell, f"{row.category}: {row.doubts[0]}"
    for total in plan.reading.totals:
        if total.differs_by:
            yield total.address, _total_words(total)
    for remark in plan.reading.remarks:
        yield "", remark


# The rows ------------------------------------------------------------------------------------------------------------

_HAPPENS = {
    Outcome.NEW: ("+", "New", "new"),
    Outcome.CHANGED: ("→", "Changed", "changed"),
    Outcome.SAME: ("=", "Same already", "same"),
    Outcome.REVISION: ("r", "Revision", "revision"),
    Outcome.HANDED_IN: ("✘", "Handed in: not taken", "refused"),
    Outcome.NOT_OVER: ("✘", "Not over: not taken", "refused"),
}


def _rows(plan: ImportPlan, entry_rows: dict[int, EntryRow]) -> Iterator[ImportRow]:
    planned = {each.line.cells: each for each in plan.figures}
    are_many_periods = len({line.period for line in plan.reading.lines}) > 1
    for line in plan.reading.lines:
        period = name_of_period(line.period) if are_many_periods else ""
        figure = planned.get(line.cells)
        if figure is not None:
            yield _figure_row(figure, plan, entry_rows.get(line.category or 0), period)
        else:
            yield _open_row(line, plan, period)


def _figure_row(figure: PlannedFigure, plan: ImportPlan, row: EntryRow | None, period: str) -> ImportRow:
    line = figure.line
    symbol, happens, look = _HAPPENS[figure.outcome]
    is_open = figure.outcome in (Outcome.NEW, Outcome.CHANGED)
    return ImportRow(
        cell=" + ".join(line.cells),
        label=line.label,
        category=plan.catalogue[line.category or 0].name,
        matched_by=line.matched_by,
        now=_now(figure.held),
        new=_new(line),
        symbol=symbol,
        happens="Not yet available" if figure.outcome is Outcome.NEW and line.reason else happens,
        look=look,
        doubts=tuple(_doubts(figure, row)) if is_open else (),
        period=period,
        change=_change(line, plan),
    )


def _now(held: Entry) -> str:
    """The figure that is in the return, without what else is said of it."""
    return "–" if held.is_empty else figure_in_words(replace(held, is_provisional=False))


def _doubts(figure: PlannedFigure, row: EntryRow | None) -> Iterator[str]:
    """What is odd about a figure: against the series, or because a number would be lost."""
    line, held = figure.line, figure.held.count
    if held is not None and line.reason is not None:
        yield f"The return has {count(held)}, and would say “{line.reason.words}” instead."
    if row is not None:
        yield from (ask(doubt) for doubt in row.doubts(line.count, line.period))


def _change(line: Line, plan: ImportPlan) -> Question | None:
    """Where else a row that is matched may go; parts that were added up are matched by their codes."""
    if len(line.cells) > 1 or line.matched_by == "order":
        return None
    options = [Option("", "As it is")]
    options += [Option(str(pk), plan.catalogue[pk].name) for pk in plan.catalogue.asked if pk != line.category]
    options.append(Option(NOWHERE, "Nowhere: leave it out"))
    return Question(f"Where does “{line.label}” go?", f"goes-{line.address}", tuple(options))


def _new(line: Line) -> str:
    if line.count is not None:
        return count(line.count)
    return line.reason.words if line.reason else line.text


def _open_row(line: Line, plan: ImportPlan, period: str) -> ImportRow:
    """A row of which nothing is taken yet: something is asked or wrong."""
    question = _question(line, plan)
    return ImportRow(
        cell=" + ".join(line.cells),
        label=line.label,
        category=plan.catalogue[line.category].name if line.category else "none yet",
        matched_by=line.matched_by,
        now="",
        new=line.text,
        symbol="?" if question else "✘",
        happens="Waits for an answer" if question else "Not taken",
        look="asked" if question else "refused",
        question=question,
        problem=line.problem,
        period=period,
        remembers=f"remember-{line.address}" if line.asks is Asks.CATEGORY else "",
        change=None if question else _change(line, plan),
    )


def _question(line: Line, plan: ImportPlan) -> Question | None:
    name = plan.catalogue[line.category].name if line.category else ""
    if line.asks is Asks.CATEGORY:
        words = f"Where does the {line.text} of “{line.label}” go?"
        return Question(words, f"goes-{line.address}", _category_options(line, plan))
    if line.asks is Asks.TWICE:
        options = (Option("", "Keep it"), Option(NOWHERE, "Leave it out"))
        both = [each for each in plan.reading.lines if each.category == line.category and each.period == line.period]
        sums = " + ".join(count(each.count) for each in both if each.count is not None)
        total = sum(each.count for each in both if each.count is not None)
        is_first = both[0] is line
        return Question(
            f"{name} stands in {listed([each.address for each in both])}. Which is right?",
            f"goes-{line.address}",
            options,
            adds=f"add-{line.category}" if is_first else "",
            adds_words=f"Both are parts of it: {sums} = {count(total)}",
        )
    if line.asks is Asks.WHY_NONE:
        reasons = (
            Option("", "Leave it out"),
            *(Option(value, label) for value, label in Actual.Missing.choices),
            Option("0", "It means 0"),
        )
        return Question(
            f"{line.address} reads “{line.text}”. Why is there no figure for {name}?", f"why-{line.address}", reasons
        )
    return None


def _category_options(line: Line, plan: ImportPlan) -> tuple[Option, ...]:
    first = [line.suggestion] if line.suggestion in plan.catalogue.asked else []
    rest = [pk for pk in plan.catalogue.asked if pk not in first]
    options = [Option("", "Choose one")]
    options += [Option(str(pk), f"{plan.catalogue[pk].name} (it looks like this)") for pk in first]
    options += [Option(str(pk), plan.catalogue[pk].name) for pk in rest]
    return (*options, Option(NOWHERE, "Nowhere: leave it out"))


# How it was read -----------------------------------------------------------------------------------------------------


def _facts(plan: ImportPlan) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """How the sheet was read, and what is left out of it."""
    facts: list[tuple[str, str]] = []
    layout = plan.reading.layout
    if plan.sheet.name:
        others = [each.name for each in plan.sheets if each is not plan.sheet]
        left = f" Left out: {listed([f'“{name}”' for name in others])}." if others else ""
        facts.append(("Sheet", f"“{plan.sheet.name}”.{left}"))
    for column in layout.figures:
        place = layout.place(column.number)
        heading = f", “{column.heading}”" if column.heading else ""
        period = f": {name_of_period(column.period)}" if column.period else ""
        facts.append(("Figures", f"{place[:1].upper()}{place[1:]}{heading}{period}."))
    named = [(layout.names, "names"), (layout.codes, "offence codes"), (layout.notes, "notes")]
    used = [f"{what} in {layout.place(number)}" for number, what in named if number]
    if layout.heading_row:
        used.append(f"headings in {'column' if layout.is_turned else 'row'} {layout.heading_row}")
    if used:
        words = listed(used)
        facts.append(("Read from", f"{words[:1].upper()}{words[1:]}."))
    for each in plan.reading.left_out:
        text = f" “{each.text}”" if each.text else ""
        facts.append(("Left out", f"{each.place[:1].upper()}{each.place[1:]}{text}: {each.why}."))
    grouped: dict[str, list[str]] = {}
    for term, said in facts:
        grouped.setdefault(term, []).append(said)
    return tuple((term, tuple(said)) for term, said in grouped.items())


def _proof(plan: ImportPlan, entry_rows: dict[int, EntryRow]) -> Iterator[tuple[str, tuple[str, ...]]]:
    """How far the column of last year agrees with what is held for it: where it does, the reading is right."""
    layout, asked = plan.reading.layout, next((line.period for line in plan.reading.lines), None)
    before = asked - 4 if isinstance(asked, Quarter) else None
    column = next((each for each in layout.others if each.period is not None and each.period == before), None)
    if column is None or layout.is_turned:
        return
    texts = {cell.row: cell.text for cell in plan.sheet.column(column.number)}
    same, differing = 0, []
    for line in plan.reading.lines:
        row = entry_rows.get(line.category or 0)
        number = count_or_none(texts.get(int(line.address.lstrip(_CAPITALS)), ""))
        if row is None or len(line.cells) > 1 or number is None or row.year_before.known is None:
            continue
        if number == row.year_before.known:
            same += 1
        else:
            differing.append(row.category.name)
    if same or differing:
        compared = same + len(differing)
        words = f"{same} of the {compared} figures in column {column.letters} are those held for the same quarter."
        others = f" Different: {listed(differing[:5])}." if 0 < len(differing) <= 5 else ""
        yield "Checked against last year", (f"{'✔ ' if not differing else ''}{words}{others}",)


def _picture(plan: ImportPlan) -> Picture:
    sheet, layout = plan.sheet, plan.reading.layout
    columns = range(1, min(sheet.width, 9) + 1)
    taken = set() if layout.is_turned else {column.number for column in layout.figures}
    uses = {layout.names: "Names", layout.codes: "Codes", layout.notes: "Notes", layout.areas: "Areas"}
    unused = {column.number: "Not taken" for column in layout.others}
    shown = list(sheet.rows)
    has_gap = len(shown) > 2 * _PICTURED + 1
    if has_gap:
        shown = shown[: _PICTURED * 2 - 3] + shown[-2:]
    return Picture(
        uses=tuple(
            "" if layout.is_turned else "Figures" if number in taken else uses.get(number) or unused.get(number, "")
            for number in columns
        ),
        letters=tuple(PicturedCell(letters(number), "taken" if number in taken else "") for number in columns),
        rows=tuple(
            (
                str(row[0].row),
                tuple(
                    PicturedCell(row[number - 1].text[:40], "taken" if number in taken else "") for number in columns
                ),
            )
            for row in shown
            if row
        ),
        has_gap=has_gap,
    )


def _column_options(plan: ImportPlan) -> tuple[Option, ...]:
    layout = plan.reading.layout
    chosen = layout.figures[0].number if len(layout.figures) == 1 else None
    columns = sorted((*layout.figures, *layout.others), key=lambda each: each.number)
    return tuple(
        Option(
            str(each.number),
            f"{letters(each.number)}: {each.heading or 'no heading'}",
            each.number == chosen,
        )
        for each in columns
    )


def _heading_options(plan: ImportPlan) -> tuple[Option, ...]:
    rows = plan.sheet.rows[:20]
    return tuple(
        Option(
            str(row[0].row),
            f"Row {row[0].row}: {', '.join(cell.text for cell in row if cell.text)[:50]}",
            row[0].row == plan.reading.layout.heading_row,
        )
        for row in rows
        if any(cell.text for cell in row)
    )


def _name_options(plan: ImportPlan) -> tuple[Option, ...]:
    layout = plan.reading.layout
    headings = plan.sheet.rows[layout.heading_row - 1] if layout.heading_row else ()
    texts = {cell.column: cell.text[:36] for cell in headings}
    return tuple(
        Option(str(number), f"{letters(number)}: {texts.get(number) or 'no heading'}", number == layout.names)
        for number in plan.sheet.filled_columns
    )


def _in_order(plan: ImportPlan) -> tuple[tuple[str, str], ...]:
    """The names of the page beside the numbers of one column, to be looked at."""
    if not plan.reading.asks_order:
        return ()
    return tuple((plan.catalogue[line.category or 0].name, line.text or "empty") for line in plan.reading.lines)


# Totals --------------------------------------------------------------------------------------------------------------


def _check(total: Total) -> Check:
    return Check(
        total.label, total.address, count(total.value), count(total.added), _total_words(total), not total.differs_by
    )


def _total_words(total: Total) -> str:
    if not total.differs_by:
        return "They agree."
    differs = f"The total in {total.address} differs by {count(abs(total.differs_by))} from what is added up here"
    if total.because:
        return f"{differs}, which is {listed(list(total.because))}: not taken."
    if total.not_taken:
        return f"{differs}; {listed(list(total.not_taken))} {'is' if len(total.not_taken) == 1 else 'are'} not taken."
    return f"{differs}. Look for a row that is missing, or is in it twice."


def _button(plan: ImportPlan, period: Period | None) -> str:
    number = len(plan.ready)
    what = "this figure" if number == 1 else f"these {number:,} figures"
    where = "the return" if period else "their returns"
    return f"Put {what} into {where}" if number else ""
