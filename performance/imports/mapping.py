"""From the cells of a sheet to the figures of a return: what goes where, what is left out, what has to be asked.

Standard library only. Nothing is guessed: a figure is taken where the sheet says whose it is and of which period, and
otherwise it is asked. A total is a check. Everything that is not taken is told with its reason.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from performance.calculations.count_input import NotACountError, count_or_none, is_without_reason, read_count, reason_in
from performance.calculations.periods import Period, Quarter

from .headings import Heading, Holds, read_heading
from .layout import context_of, is_own_area, is_total, layout_of, row_period
from .names import Catalogue, Match, codes_in
from .reading import Asks, Choices, Column, Layout, LeftOut, Line, Reading, Refusal, Total, name_of
from .sheets import Cell, Sheet, letters

NOTHING = Choices()
DIFFERENT = Match(0, "different things")
"""What a row is whose code is of one category and whose name of another."""


def read(sheet: Sheet, catalogue: Catalogue, asked: Period | None, choices: Choices = NOTHING) -> Reading:
    """The reading of one sheet for the period asked for; for every period that it names where none is asked for."""
    if not sheet.filled_columns:
        return Reading(refusals=(Refusal("", "There is nothing in it."),))
    if len(sheet.filled_columns) == 1:
        return _read_one_column(sheet, catalogue, asked, choices)
    is_turned = _is_turned(sheet, catalogue)
    seen = sheet.turned if is_turned else sheet
    layout = replace(layout_of(seen, catalogue, asked, choices), is_turned=is_turned)
    return _read_columns(seen, catalogue, asked, choices, layout)


def _is_turned(sheet: Sheet, catalogue: Catalogue) -> bool:
    """Whether the categories stand across the sheet and the periods down it."""
    in_rows = [sum(1 for cell in row if catalogue.named(cell.text)) for row in sheet.rows[:20]]
    in_columns = [
        sum(1 for cell in sheet.column(number) if catalogue.named(cell.text)) for number in sheet.filled_columns
    ]
    return max(in_rows) > 1 and max(in_rows) > max(in_columns)


# One column, without names -------------------------------------------------------------------------------------------


def _read_one_column(sheet: Sheet, catalogue: Catalogue, asked: Period | None, choices: Choices) -> Reading:
    """Numbers without names: they can only be those of the page in its order, and are asked about all the same."""
    number = sheet.filled_columns[0]
    cells = list(sheet.column(number))
    while cells and not cells[0].text:
        cells.pop(0)
    headings = []
    while cells and _is_no_figure(cells[0].text):
        headings.append(cells.pop(0))
    left_out = [LeftOut(f"row {cell.row}", cell.text, "a heading") for cell in headings]
    if not cells:
        return Reading(
            left_out=tuple(left_out),
            refusals=(
                Refusal(
                    headings[0].address, "There are words and no figures.", "Copy the column with the figures too."
                ),
            ),
        )
    if asked is None:
        return Reading(
            refusals=(
                Refusal(cells[0].address, "It has no names and no periods.", "Add a column of names, and headings."),
            )
        )
    found = [read_heading(cell.text) for cell in headings]
    column = _column_of(number, headings, found, asked, choices)
    layout = Layout(heading_row=headings[-1].row if headings else None, figures=(column,))
    if column.why_not:
        return Reading(layout=layout, left_out=tuple(left_out), asks_column=(column,))
    cells, total, refusal = _fit(cells, catalogue)
    if refusal:
        return Reading(layout=layout, left_out=tuple(left_out), refusals=(refusal,))
    lines = [
        _line(cell, catalogue[pk].name, asked, Match(pk, "order"), choices)
        for cell, pk in zip(cells, catalogue.asked, strict=True)
    ]
    totals = [Total(total.address, "the last number", count_or_none(total.text) or 0, _sum(lines))] if total else []
    return Reading(
        layout=layout,
        lines=tuple(lines),
        left_out=tuple(left_out),
        totals=tuple(totals),
        asks_order=not choices.is_in_order,
    )


def _is_no_figure(text: str) -> bool:
    """Whether a cell at the head of a column is no figure: words, or a year."""
    if not text:
        return True
    if reason_in(text) is not None or is_without_reason(text):
        return False
    heading = read_heading(text)
    return heading.holds is not Holds.UNKNOWN or not any(letter.isdigit() for letter in text)


def _column_of(
    number: int, headings: Sequence[Cell], found: Sequence[Heading], asked: Period, choices: Choices
) -> Column:
    """The one column, of the period that its headings name between them."""
    text = ", ".join(cell.text for cell in headings if cell.text)
    if choices.column == number:
        return Column(number, text, asked)
    not_taken = [each.why_not for each in found if each.why_not]
    if not_taken:
        return Column(number, text, None, not_taken[0])
    quarters = [each.quarter for each in found if each.quarter is not None]
    years = [each.year for each in found if each.year is not None]
    if not quarters and not years:
        return Column(number, text, asked, "", True)
    year = years[-1] if years else asked.year
    period: Period = Quarter(year, quarters[-1]) if quarters else year
    if period == asked:
        return Column(number, text, asked, "", not years)
    why_not = "the whole year" if period == asked.year else f"{name_of(period)}, not the period asked for"
    return Column(number, text, period, why_not)


def _fit(cells: list[Cell], catalogue: Catalogue) -> tuple[list[Cell], Cell | None, Refusal | None]:
    """The cells that are as many as the page asks for, a total at the end apart; or why they do not fit."""
    asked = len(catalogue.asked)
    if named := [cell for cell in cells if catalogue.named(cell.text)]:
        words = f"{named[0].address} “{named[0].text}” is a name, in the one column that there is."
        return cells, None, Refusal(named[0].address, words, "Put the names and the figures side by side.")
    if len(cells) == asked:
        return cells, None, None
    counts = [count_or_none(cell.text) for cell in cells]
    if len(cells) == asked + 1 and counts[-1] is not None and counts[-1] == sum(each or 0 for each in counts[:-1]):
        return cells[:-1], cells[-1], None
    were = "1 number was" if len(cells) == 1 else f"{len(cells)} numbers were"
    words = f"{were} found, and {asked} are asked for. Without names it cannot be known which is which."
    return cells, None, Refusal(cells[0].address, words, "Copy the column with the names too, and paste both.")


# Several columns, with names -----------------------------------------------------------------------------------------


def _read_columns(
    sheet: Sheet, catalogue: Catalogue, asked: Period | None, choices: Choices, layout: Layout
) -> Reading:
    above = context_of(sheet, layout.heading_row, catalogue)
    refusals: list[Refusal] = []
    if above.area is not None:
        own = catalogue.areas[0] if catalogue.areas else "this partnership"
        refusals.append(
            Refusal(
                above.area.address,
                f"{above.area.address} says the figures are for “{above.area.text}”, and this return is for {own}.",
                f"If these are the figures of {own}, write “{own}” in {above.area.address}.",
            )
        )
    if layout.names is None and layout.codes is None:
        refusals.append(
            Refusal(
                "", "No column has names of what is counted.", "Copy the column with the names too, and paste both."
            )
        )
    left_out = [LeftOut(layout.place(each.number), each.heading, each.why_not) for each in layout.others]
    asks_column: tuple[Column, ...] = ()
    if not layout.figures and not refusals:
        asks_column = tuple(each for each in layout.others if _may_be_asked(each))
        if not asks_column:
            refusals.append(_no_column(sheet, layout, asked))
    rows = _Rows(sheet, catalogue, asked, choices, layout)
    if not refusals and not asks_column:
        rows.read()
    return Reading(
        layout=layout,
        lines=tuple(_resolved(rows.lines, catalogue, choices)),
        left_out=(*left_out, *rows.left_out),
        totals=tuple(rows.checked_totals),
        refusals=tuple(refusals),
        remarks=(*_remarks(layout, asked), *rows.remarks),
        asks_column=asks_column,
    )


def _may_be_asked(column: Column) -> bool:
    """Whether a column whose heading leaves it open, or names another period, may be the one that is meant."""
    return column.why_not not in ("percentages", "a percentage", "a change, not a figure", "no figures")


def _no_column(sheet: Sheet, layout: Layout, asked: Period | None) -> Refusal:
    if not layout.others:
        return Refusal("", "No column has figures.", "Was it copied or saved before it was filled in?")
    what = f"No column is headed {name_of(asked)}" if asked else "No column names a quarter with its year"
    first = layout.others[0]
    where = f"{letters(first.number)}{layout.heading_row or 1}"
    return Refusal(where, f"{what}: {where} says “{first.heading}”, {first.why_not}.", "Correct the heading.")


def _remarks(layout: Layout, asked: Period | None) -> Iterable[str]:
    if asked is None:
        return
    for column in layout.figures:
        if column.is_assumed:
            place = layout.place(column.number)
            says = f"The heading “{column.heading}” of {place}" if column.heading else f"{place[:1].upper()}{place[1:]}"
            what = "names no year" if read_heading(column.heading).quarter else "does not say of which quarter it is"
            yield f"{says} {what}. It is taken for {name_of(asked)}."


class _Rows:
    """The rows below the headings, read one by one in their order."""

    def __init__(
        self, sheet: Sheet, catalogue: Catalogue, asked: Period | None, choices: Choices, layout: Layout
    ) -> None:
        self.sheet, self.catalogue, self.asked, self.choices, self.layout = sheet, catalogue, asked, choices, layout
        heading = sheet.rows[layout.heading_row - 1] if layout.heading_row else ()
        self.headings = {cell.column: read_heading(cell.text) for cell in heading}
        if layout.is_turned or not heading:
            self.headings = {n: Heading(Holds.UNKNOWN) for n in range(1, sheet.width + 1)}
        self.heading_texts = [cell.text for cell in heading]
        self.lines: list[Line] = []
        self.left_out: list[LeftOut] = []
        self.remarks: list[str] = []
        self._totals: list[tuple[Cell, str, int, tuple[Line, ...], tuple[Line, ...], Period]] = []
        self._since: dict[Period, int] = {}

    def read(self) -> None:
        other_periods, other_areas = 0, 0
        for row in self.sheet.rows[self.layout.heading_row or 0 :]:
            if not any(cell.text for cell in row) or [cell.text for cell in row] == self.heading_texts:
                continue
            if self._is_of_another_area(row):
                other_areas += 1
                continue
            if not self.layout.periods:
                for column in self.layout.figures:
                    if column.period is not None:
                        self._read_row(row, row[column.number - 1], column.period)
                continue
            period = row_period(row, self.layout, self.headings)
            if period is None or (self.asked is not None and period != self.asked):
                other_periods += 1
                continue
            self._read_row(row, row[self.layout.figures[0].number - 1], period)
        if other_periods:
            self.left_out.append(LeftOut(_rows(other_periods), "", "of another period"))
        if other_areas:
            self.left_out.append(LeftOut(_rows(other_areas), "", "of another area"))

    def _is_of_another_area(self, row: Sequence[Cell]) -> bool:
        if self.layout.areas is None:
            return False
        text = row[self.layout.areas - 1].text
        return bool(text) and not is_own_area(text, self.catalogue)

    def _read_row(self, row: Sequence[Cell], cell: Cell, period: Period) -> None:
        label = row[self.layout.names - 1].text if self.layout.names else ""
        code = row[self.layout.codes - 1].text if self.layout.codes else ""
        shown = label or code
        place = f"row {row[0].row}" if not self.layout.is_turned else f"column {letters(row[0].column)}"
        is_asked_about = cell.address in self.choices.reasons or cell.address in self.choices.categories
        if not cell.text and not is_asked_about:
            self._leave_out_empty(place, shown, code, row)
            return
        if not shown:
            self.left_out.append(LeftOut(place, cell.text, "it has no name"))
            return
        match = self._match(label, code)
        note = row[self.layout.notes - 1].text if self.layout.notes and not self.layout.is_turned else ""
        if cell.address in self.choices.categories:
            self.lines.append(self._as_chosen(cell, shown, period, note))
            return
        if not is_asked_about and self._take_total(cell, shown, match, period):
            return
        if (match in (None, DIFFERENT)) and not _is_figure_like(cell.text) and not is_asked_about:
            self.left_out.append(LeftOut(place, shown, "no figure stands in it"))
            return
        if match is DIFFERENT:
            self.remarks.append(f"{cell.address}: the code {code} and the name “{label}” are of different categories.")
            self.lines.append(Line((cell.address,), shown, period, cell.text, asks=Asks.CATEGORY))
            return
        line = _line(cell, shown, period, match, self.choices, note)
        suggestion = self.catalogue.like(label) if label and match is None else None
        self.lines.append(replace(line, suggestion=suggestion))

    def _as_chosen(self, cell: Cell, shown: str, period: Period, note: str) -> Line:
        """A row that somebody has said where it goes."""
        pk = self.choices.categories[cell.address]
        if pk is None:
            left_out = f"{cell.address} is left out, as you chose."
            return Line((cell.address,), shown, period, cell.text, problem=left_out)
        return _line(cell, shown, period, Match(pk, "your choice"), self.choices, note)

    def _leave_out_empty(self, place: str, shown: str, code: str, row: Sequence[Cell]) -> None:
        """A row without a figure is told where it names a category, and not where it is a heading or a note."""
        match = self._match(shown, code)
        is_note = match in (None, DIFFERENT)
        if is_note and shown:
            self.left_out.append(LeftOut(place, shown, "a heading or a note"))
        elif shown and not (match is not None and self.catalogue[match.pk].parts):
            self.left_out.append(LeftOut(place, shown, "its cell is empty"))

    def _match(self, label: str, code: str) -> Match | None:
        """The category by its code and its name; DIFFERENT where the two say different things."""
        by_code = self.catalogue.coded(code) if code else None
        by_name = self.catalogue.named(label) if label else None
        if by_code is None and by_name is None and label and codes_in(label):
            return self.catalogue.coded(label)
        if by_code is None or by_name is None or by_code.pk == by_name.pk:
            return by_name if by_name is not None and by_name.how == "remembered" else by_code or by_name
        return DIFFERENT

    def _take_total(self, cell: Cell, label: str, match: Match | None, period: Period) -> bool:
        """Keep a total as a check; True where the row is one."""
        parts: tuple[int, ...] = ()
        if match is not None and match is not DIFFERENT:
            parts = self.catalogue[match.pk].parts
            if not parts:
                return False
        elif not is_total(label):
            return False
        value = count_or_none(cell.text)
        if value is not None:
            of_period = [line for line in self.lines if line.period == period]
            above = [line for line in of_period if not parts or line.category in parts or line.category is None]
            since = of_period[self._since.get(period, 0) :]
            self._totals.append((cell, label, value, tuple(above), tuple(since), period))
            self._since[period] = len(of_period)
        return True

    @property
    def checked_totals(self) -> Iterable[Total]:
        """Each total with the sum that it is to be compared with: of all rows above, or of those since the last."""
        for cell, label, value, above, since, period in self._totals:
            scope = above or tuple(line for line in self.lines if line.period == period)
            if _all(above) != value and since and (_all(since) == value or label.casefold().startswith("sub")):
                scope = since
            added = _sum(line for line in scope if line.is_ready)
            rest = [line for line in scope if not line.is_ready]
            explains = rest and added + _all(rest) == value
            untaken = tuple(each.address for each in rest)
            yield Total(cell.address, label, value, added, untaken if explains else (), untaken)


def _all(lines: Iterable[Line]) -> int:
    """The sum of all counts that rows hold, taken or not."""
    return sum(line.count if line.count is not None else (count_or_none(line.text) or 0) for line in lines)


def _sum(lines: Iterable[Line]) -> int:
    return sum(line.count for line in lines if line.count is not None)


def _rows(number: int) -> str:
    return "1 row" if number == 1 else f"{number:,} rows"


def _is_figure_like(text: str) -> bool:
    return any(letter.isdigit() for letter in text) or reason_in(text) is not None or is_without_reason(text)


def _line(cell: Cell, label: str, period: Period, match: Match | None, choices: Choices, note: str = "") -> Line:
    """A row with its figure read: a count, a reason, a question why there is none, or what is wrong with it."""
    line = Line(
        (cell.address,),
        label,
        period,
        cell.text,
        category=match.pk if match else None,
        matched_by=match.how if match else "",
        note=note,
        asks=None if match else Asks.CATEGORY,
    )
    if (reason := choices.reasons.get(cell.address)) is not None:
        return replace(line, reason=reason)
    if cell.address in choices.zeros:
        return replace(line, count=0)
    try:
        count = read_count(cell.text)
    except NotACountError as error:
        if error.reason is not None:
            return replace(line, reason=error.reason)
        if is_without_reason(cell.text):
            return replace(line, asks=line.asks or Asks.WHY_NONE)
        return replace(line, problem=_problem(cell, error))
    if count is None:
        return replace(line, problem=f"{cell.address} is empty.")
    if count < 0 and not note:
        return replace(line, problem=f"{cell.address} reads “{cell.text}”, which is below 0. Type it with a note.")
    return replace(line, count=count)


def _problem(cell: Cell, error: NotACountError) -> str:
    if cell.text.startswith("#"):
        return f"{cell.address} reads “{cell.text}”: its formula has no result. Type the number instead."
    if cell.text.startswith("="):
        return f"{cell.address} is a formula without its result. Open and save the file once, or type the number."
    return f"{cell.address}: {error}"


def _resolved(lines: Sequence[Line], catalogue: Catalogue, choices: Choices) -> Iterable[Line]:
    """The lines, where two are of one category and period added up or asked about, and none that is not asked for."""
    by_figure: dict[tuple[int, Period], list[Line]] = defaultdict(list)
    for line in lines:
        if line.category is not None and not line.problem:
            by_figure[line.category, line.period].append(line)
    done: set[tuple[int, Period]] = set()
    for line in lines:
        key = (line.category, line.period) if line.category is not None else None
        if key is None or line.problem:
            yield line
        elif line.category not in catalogue.asked:
            name = catalogue[key[0]].name
            yield replace(line, asks=None, problem=f"{line.address}: {name} is not asked for in this return.")
        elif len(by_figure[key]) == 1:
            yield line
        elif _are_parts(by_figure[key]) or key[0] in choices.added:
            if key not in done:
                yield _added_up(by_figure[key])
            done.add(key)
        else:
            yield replace(line, asks=Asks.TWICE)


def _are_parts(lines: Sequence[Line]) -> bool:
    """Whether rows of one category have different offence codes each, so that each is a part of it."""
    codes = [line.matched_by for line in lines]
    are_coded = all(code.startswith("code ") for code in codes)
    return are_coded and len(set(codes)) == len(codes) and all(line.count is not None for line in lines)


def _added_up(lines: Sequence[Line]) -> Line:
    codes = [line.matched_by.removeprefix("code ") for line in lines if line.matched_by.startswith("code ")]
    return replace(
        lines[0],
        cells=tuple(cell for line in lines for cell in line.cells),
        label=" + ".join(dict.fromkeys(line.label for line in lines)),
        text=" + ".join(line.text for line in lines),
        count=_sum(lines),
        matched_by=f"codes {' and '.join(codes)}, added up" if codes else "added up, as you chose",
        asks=None,
    )
