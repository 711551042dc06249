"""How a sheet is laid out: where its headings are, and what stands in each column. Standard library only."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from performance.calculations.count_input import is_count_or_none
from performance.calculations.periods import FinancialYear, Period, Quarter

from .headings import UNKNOWN, Heading, Holds, read_heading
from .names import Catalogue, area_words, codes_in
from .reading import Choices, Column, Layout, name_of
from .sheets import Cell, Sheet

_LOOKED_AT = 200
"""So many rows tell what a column holds."""
_TOTAL = re.compile(
    r"^(?:grand |sub-? ?|overall )?totals?\b|^all (?:recorded )?(?:crimes?|offences|bcs)\b|\btotals?$|^sum\b",
    re.IGNORECASE,
)


def is_total(label: str) -> bool:
    """Whether a row is a total by its name. "Total" may stand at either end."""
    return bool(_TOTAL.search(label.strip()))


@dataclass(frozen=True)
class Context:
    """What the titles above the headings say: a period or part of one, and whose figures they are."""

    quarter: int | None = None
    year: FinancialYear | None = None
    address: str = ""
    area: Cell | None = None


def layout_of(sheet: Sheet, catalogue: Catalogue, asked: Period | None, choices: Choices) -> Layout:
    """The layout of a sheet of several columns."""
    heading_row = choices.heading_row or _heading_row(sheet, catalogue)
    below = sheet.rows[heading_row or 0 :][:_LOOKED_AT]
    headings = {
        number: read_heading(sheet.rows[heading_row - 1][number - 1].text) if heading_row else UNKNOWN
        for number in sheet.filled_columns
    }
    contents = {number: [row[number - 1].text for row in below] for number in sheet.filled_columns}
    names = choices.names or _names_column(contents, headings, catalogue)
    codes = _codes_column(contents, headings, catalogue, names)
    taken = {names, codes}
    notes = _notes_column(contents, headings, catalogue, taken)
    areas = _areas_column(contents, headings, catalogue, taken)
    taken |= {notes, areas}
    periods = _period_columns(contents, headings, taken)
    taken |= set(periods)
    numeric = [
        number
        for number in contents
        if number not in taken and _holds_figures(contents[number], is_headed=headings[number].holds is Holds.FIGURES)
    ]
    above = context_of(sheet, heading_row, catalogue)
    columns = [
        _column(sheet, heading_row, number, headings[number], names, catalogue, asked, above, contents[number])
        for number in numeric
    ]
    figures, others = _chosen(columns, asked, above, choices, is_long=bool(periods))
    others = (
        *others,
        *_words(sheet, heading_row, [each for each in contents if each not in taken | set(numeric)], headings),
    )
    return Layout(heading_row, names, codes, notes, areas, tuple(periods), figures, others)


def _heading_row(sheet: Sheet, catalogue: Catalogue) -> int | None:
    """The last row of headings above the first row with a name and a figure."""
    found = None
    for row in sheet.rows[:_LOOKED_AT]:
        filled = [cell for cell in row if cell.text]
        if not filled:
            continue
        if _is_heading_row(filled, catalogue):
            found = filled[0].row
        elif _is_data_row(filled, catalogue):
            break
    return found


def _is_heading_row(filled: Sequence[Cell], catalogue: Catalogue) -> bool:
    """Two headings or more, of which one at least is understood, or the first is a heading of names."""
    if is_total(filled[0].text) or any(catalogue.named(cell.text) for cell in filled):
        return False
    known = [cell for cell in filled if read_heading(cell.text).holds is not Holds.UNKNOWN]
    own_area = [cell for cell in filled if is_own_area(cell.text, catalogue)]
    if len(filled) == 1:
        return bool(known) and filled[0].column > 1 and not read_heading(filled[0].text).why_not
    if not known and not own_area:
        return False
    return all(_is_year(cell.text) for cell in filled if _is_number(cell.text))


def _is_data_row(filled: Sequence[Cell], catalogue: Catalogue) -> bool:
    has_name = any(
        catalogue.named(cell.text) or any(letter.isalpha() for letter in cell.text) or codes_in(cell.text)
        for cell in filled
    )
    return has_name and _has_figure(filled)


def _has_figure(filled: Sequence[Cell]) -> bool:
    return any(_is_number(cell.text) for cell in filled[1:])


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"[-−]?[0-9][0-9,. ]*", text))


def _is_year(text: str) -> bool:
    return bool(re.fullmatch(r"(?:19|20)[0-9]{2}", text))


def is_own_area(text: str, catalogue: Catalogue) -> bool:
    words = area_words(text)
    return bool(words) and any(words == area_words(area) for area in catalogue.areas)


def _names_column(contents: dict[int, list[str]], headings: dict[int, Heading], catalogue: Catalogue) -> int | None:
    """The column with most names that are known; else the one headed so; else the first of words."""
    matches = {number: sum(1 for text in texts if catalogue.named(text)) for number, texts in contents.items()}
    best = max(matches, key=lambda number: (matches[number], -number), default=None)
    if best is not None and matches[best]:
        return best
    if (headed := _first(headings, Holds.NAMES, set())) is not None:
        return headed
    for number, texts in contents.items():
        words = [text for text in texts if any(letter.isalpha() for letter in text) and not codes_in(text)]
        filled = [text for text in texts if text]
        if filled and len(words) * 2 > len(filled) and headings[number].holds in (Holds.UNKNOWN, Holds.NAMES):
            return number if not _holds_figures(texts) else None
    return None


def _codes_column(
    contents: dict[int, list[str]], headings: dict[int, Heading], catalogue: Catalogue, names: int | None
) -> int | None:
    """The column headed so; or without a heading one beside the names in which nothing but known codes stands."""
    if (headed := _first(headings, Holds.CODES, {names})) is not None:
        return headed
    for number in [each for each in contents if names is not None and each != names]:
        filled = [text for text in contents[number] if text]
        known = [text for text in filled if catalogue.knows_code(text)]
        if headings[number].holds is not Holds.UNKNOWN or not filled:
            continue
        if number < (names or 0) and len(known) * 2 > len(filled) and all(codes_in(text) for text in filled):
            return number
    return None


def _first(headings: dict[int, Heading], holds: Holds, taken: set[int | None]) -> int | None:
    return next((number for number, each in headings.items() if each.holds is holds and number not in taken), None)


def _notes_column(
    contents: dict[int, list[str]], headings: dict[int, Heading], catalogue: Catalogue, taken: set[int | None]
) -> int | None:
    """The column headed so; or the last, without a heading and with words beside figures."""
    if (headed := _first(headings, Holds.NOTES, taken)) is not None:
        return headed
    last = max(contents)
    filled = [text for text in contents[last] if text]
    are_words = bool(filled) and all(" " in text and any(letter.isalpha() for letter in text) for text in filled)
    if last in taken or headings[last] is not UNKNOWN or not are_words or _holds_figures(filled):
        return None
    return None if any(catalogue.named(text) or is_own_area(text, catalogue) for text in filled) else last


def _words(sheet: Sheet, heading_row: int | None, numbers: Sequence[int], headings: dict[int, Heading]) -> list[Column]:
    """Columns in which something else than figures stands."""
    return [
        Column(
            number,
            sheet.rows[heading_row - 1][number - 1].text if heading_row else "",
            None,
            headings[number].why_not or "no figures",
        )
        for number in numbers
    ]


def _areas_column(
    contents: dict[int, list[str]], headings: dict[int, Heading], catalogue: Catalogue, taken: set[int | None]
) -> int | None:
    if (headed := _first(headings, Holds.AREAS, taken)) is not None:
        return headed
    for number, texts in contents.items():
        filled = [text for text in texts if text]
        own = [text for text in filled if is_own_area(text, catalogue)]
        if number not in taken and len(filled) > 1 and own and not _holds_figures(texts):
            return number
    return None


def _period_columns(contents: dict[int, list[str]], headings: dict[int, Heading], taken: set[int | None]) -> list[int]:
    """The columns that say of which period a row is: headed so, and with periods in most of their cells."""
    found = []
    for number, texts in contents.items():
        filled = [text for text in texts if text]
        if number in taken or not filled:
            continue
        read = [text for text in filled if _names_period(text, headings[number])]
        is_headed = headings[number].holds in (Holds.PERIODS, Holds.YEARS, Holds.QUARTERS)
        if len(read) * 2 > len(filled) and (is_headed or len(read) == len(filled)):
            found.append(number)
    return found


def _names_period(text: str, heading: Heading) -> bool:
    if heading.holds is Holds.QUARTERS and text in ("1", "2", "3", "4"):
        return True
    return read_heading(text).names_period


def row_period(row: Sequence[Cell], layout: Layout, headings: dict[int, Heading]) -> Period | None:
    """The period that a row of a long layout says, put together from its columns."""
    quarter: int | None = None
    year: FinancialYear | None = None
    for number in layout.periods:
        text = row[number - 1].text
        if headings[number].holds is Holds.QUARTERS and text in ("1", "2", "3", "4"):
            quarter = int(text)
            continue
        found = read_heading(text)
        quarter, year = found.quarter or quarter, found.year or year
    if year is None:
        return None
    return Quarter(year, quarter) if quarter else year


def _holds_figures(texts: Sequence[str], *, is_headed: bool = False) -> bool:
    """Whether figures or reasons for none stand in most cells of a column; in any where its heading says so."""
    filled = [text for text in texts if text]
    figures = [text for text in filled if re.search(r"[0-9]", text) or is_count_or_none(text)]
    return bool(figures) and (is_headed or len(figures) * 2 > len(filled))


def context_of(sheet: Sheet, heading_row: int | None, catalogue: Catalogue) -> Context:
    """What stands above the headings, and in the name of the sheet."""
    named = read_heading(sheet.name)
    quarter, year, address = named.quarter, named.year, ""
    area = Cell(sheet.name, 1, 1) if _other_area(sheet.name, catalogue) else None
    for row in sheet.rows[: (heading_row or 1) - 1]:
        filled = [cell for cell in row if cell.text]
        for cell in filled:
            if area is None and _other_area(cell.text, catalogue):
                area = cell
        if len(filled) > 1 and filled[0].column > 1:
            continue  # headings over several columns, read with the columns
        for cell in filled:
            found = read_heading(cell.text)
            if found.names_period:
                quarter, year, address = found.quarter or quarter, found.year or year, cell.address
    return Context(quarter, year, address, area)


_AREA = re.compile(
    r"(?P<name>[\w.'’& ]+?) (?:csp|cdrp|community safety partnership|(?:district|borough|city) council)\b",
    re.IGNORECASE,
)


def _other_area(text: str, catalogue: Catalogue) -> bool:
    """Whether a title names a partnership or district that is not this one."""
    if any(area_words(area) and area_words(area) <= area_words(text) for area in catalogue.areas):
        return False
    if area_words(text) and any(area_words(text) == area_words(area) for area in catalogue.other_areas):
        return True
    match = _AREA.search(text)
    return bool(match and area_words(match["name"]))


def _column(
    sheet: Sheet,
    heading_row: int | None,
    number: int,
    heading: Heading,
    names: int | None,
    catalogue: Catalogue,
    asked: Period | None,
    above: Context,
    texts: Sequence[str],
) -> Column:
    """A column of figures and what is known of its period."""
    text = sheet.rows[heading_row - 1][number - 1].text if heading_row else ""
    shown = re.sub(r"\s+", " ", text)
    over = _heading_over(sheet, heading_row, number, names)
    if heading.is_current and asked is not None:
        return Column(number, shown, asked)
    why_not = heading.why_not or over.why_not
    if not why_not and sum(1 for each in texts if each.endswith("%")) * 2 > sum(1 for each in texts if each):
        why_not = "percentages"
    if not why_not and heading.holds is Holds.UNKNOWN and shown and not is_own_area(shown, catalogue):
        why_not = "" if heading_row is None else "a heading that is not understood"
    if why_not:
        return Column(number, shown, None, why_not)
    quarter = heading.quarter or over.quarter
    year = heading.year or over.year
    if quarter is None and year is None:
        return Column(number, shown)
    quarter = quarter or above.quarter
    is_assumed = year is None and above.year is None
    year = year or above.year or (asked.year if asked else None)
    if year is None:
        return Column(number, shown, None, "a quarter without its year")
    return Column(number, shown, Quarter(year, quarter) if quarter else year, "", is_assumed)


def _heading_over(sheet: Sheet, heading_row: int | None, number: int, names: int | None) -> Heading:
    """What stands over the heading of a column, or over one to its left where a heading reaches over several."""
    if not heading_row or heading_row < 2:
        return UNKNOWN
    for row in reversed(sheet.rows[max(0, heading_row - 3) : heading_row - 1]):
        filled = [cell for cell in row if cell.text]
        if len(filled) < 2 and not (filled and filled[0].column > (names or 1)):
            continue
        before = [cell for cell in filled if (names or 0) < cell.column <= number]
        if before and (found := read_heading(before[-1].text)) is not UNKNOWN:
            return found
    return UNKNOWN


def _chosen(
    columns: Sequence[Column], asked: Period | None, above: Context, choices: Choices, *, is_long: bool
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    """The columns from which figures are taken, and the others with the reason."""
    if is_long:
        usable = [each for each in columns if not each.why_not and each.period is None]
        return _split(columns, usable[:1] if len(usable) == 1 else [], None)
    if asked is None:
        return _split(columns, [each for each in columns if each.period is not None], None)
    if choices.column is not None:
        chosen = [Column(each.number, each.heading, asked) for each in columns if each.number == choices.column]
        return _split(columns, chosen, asked)
    fitting = [each for each in columns if each.period == asked]
    if fitting:
        return _split(columns, fitting if len(fitting) == 1 else [], asked)
    silent = [each for each in columns if each.period is None and not each.why_not]
    says_another = _period_above(above, asked) not in (None, asked)
    if len(silent) == 1 and not any(each.period for each in columns) and not says_another:
        only = silent[0]
        is_said = _period_above(above, asked) == asked
        return _split(columns, [Column(only.number, only.heading, asked, "", not is_said)], asked)
    return _split(columns, [], asked)


def _period_above(above: Context, asked: Period) -> Period | None:
    """The period that the titles name; a quarter without a year is of the year asked for."""
    if above.quarter is None:
        return None
    return Quarter(above.year or asked.year, above.quarter)


def _split(
    columns: Sequence[Column], chosen: Sequence[Column], asked: Period | None
) -> tuple[tuple[Column, ...], tuple[Column, ...]]:
    numbers = {each.number for each in chosen}
    others = [
        Column(each.number, each.heading, each.period, each.why_not or _why_not(each, asked))
        for each in columns
        if each.number not in numbers
    ]
    return tuple(chosen), tuple(others)


def _why_not(column: Column, asked: Period | None) -> str:
    if column.period is None or asked is None:
        return "of no period that it names"
    if column.period == asked:
        return f"one of several for {name_of(asked)}"
    if column.period == asked.year and column.period != asked:
        return "the whole year"
    return f"{name_of(column.period)}, not the period asked for"
