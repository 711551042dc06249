"""One category in the light of a quarter: on course, more than chance, what is expected, and how each is known."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from performance.calculations.figures import Figure
from performance.calculations.periods import Quarter
from performance.calculations.readings import Pair, Reading
from performance.charts.from_readings import quarterly_series, seasons, year_in_sums
from performance.charts.quarterly import QuarterlyChart, quarterly_chart
from performance.charts.seasons import SeasonsChart, seasons_chart
from performance.charts.year_so_far import YearChart, cumulative_chart, difference_chart
from performance.models import CrimeCategory, Partnership
from performance.pages.symbols import Symbol, symbols_of_readings
from performance.queries import QuarterLine, Return, quarter_lines
from performance.queries.commentary import CommentaryText, commentaries_in
from performance.queries.readings import ReadingRow, category_reading, figure_table
from performance.sentences import quarters as words
from performance.sentences.workings import Working, workings
from performance.wording import capital, in_sentence, listed, moved

CHARTS: dict[str, Callable[[CategoryQuarterPage], QuarterlyChart | YearChart | None]] = {
    "quarters": lambda page: page.quarters_chart,
    "year": lambda page: page.sums_chart,
    "difference": lambda page: page.difference_chart,
}
"""The charts that can be explored, by the last part of their address."""


@dataclass(frozen=True, slots=True)
class Number:
    """One of the numbers at the top: what it is, the number, and what stands beside it."""

    name: str
    figure: str
    beside: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Comparison:
    """A row of "Is it more than chance?"."""

    what: str
    before: Figure
    after: Figure
    change: str
    answer: str


@dataclass(frozen=True)
class CategoryQuarterPage:
    """Everything that the page prints. Without a figure or a target in the quarter `row` is None."""

    partnership: Partnership
    category: CrimeCategory
    period: Quarter
    current: Return | None
    row: ReadingRow | None
    lead: str
    signal: str
    not_alike: str
    numbers: tuple[Number, ...]
    quarters_chart: QuarterlyChart | None
    sums_chart: YearChart | None
    difference_chart: YearChart | None
    seasons_chart: SeasonsChart | None
    comparisons: tuple[Comparison, ...]
    commentary: CommentaryText | None
    workings: tuple[Working, ...]
    quarters: tuple[QuarterLine, ...]
    symbols: tuple[Symbol, ...]
    parts: tuple[CrimeCategory, ...] = ()

    @property
    def reading(self) -> Reading | None:
        return self.row.judged if self.row else None

    @property
    def heading(self) -> str:
        return self.category.full_name or self.category.name


def category_quarter_page(
    partnership: Partnership, returns: tuple[Return, ...], category: CrimeCategory, quarter: Quarter
) -> CategoryQuarterPage:
    """The page of a category in a quarter. Eight queries where there are figures."""
    current = next((each for each in returns if each.period == quarter and each.has_figures), None)
    if current is None:
        return _empty(partnership, category, quarter)
    table = figure_table(partnership, returns, quarter)
    row = category_reading(table, current, quarter, category.pk)
    reading = row.judged
    sums = year_in_sums(reading)
    return CategoryQuarterPage(
        partnership=partnership,
        category=category,
        period=quarter,
        current=current,
        row=row,
        lead=words.year_so_far(reading),
        signal=capital(words.signal(reading)),
        not_alike=_not_alike(row),
        numbers=_numbers(reading),
        quarters_chart=quarterly_chart(quarterly_series(reading, milestones=True), words.chart_title(reading)),
        sums_chart=cumulative_chart(sums, _title_of_sums(reading)) if sums else None,
        difference_chart=difference_chart(sums, _title_of_end(reading)) if sums else None,
        seasons_chart=seasons_chart(seasons(reading), "The season"),
        comparisons=_comparisons(reading),
        commentary=commentaries_in(current).get(category.pk),
        workings=workings(reading),
        quarters=quarter_lines(table, category.pk),
        symbols=symbols_of_readings([row.reading]),
    )


def _empty(partnership: Partnership, category: CrimeCategory, quarter: Quarter) -> CategoryQuarterPage:
    return CategoryQuarterPage(
        partnership=partnership,
        category=category,
        period=quarter,
        current=None,
        row=None,
        lead=f"No figures have been published for {quarter.dates}.",
        signal="",
        not_alike="",
        numbers=(),
        quarters_chart=None,
        sums_chart=None,
        difference_chart=None,
        seasons_chart=None,
        comparisons=(),
        commentary=None,
        workings=(),
        quarters=(),
        symbols=(),
    )


def _not_alike(row: ReadingRow) -> str:
    if row.alike is None:
        return ""
    names = listed([in_sentence(part) for part in row.left_out])
    them = "it" if len(row.left_out) == 1 else "them"
    return f"Read without {names}: with {them} the total is not like for like."


def _numbers(reading: Reading) -> tuple[Number, ...]:
    """The quarter, the year to date, the last four quarters, and what is expected."""
    quarter, to_date, four = reading.against_last_year, reading.to_date, reading.four_quarters
    numbers = [
        Number(
            reading.quarter.dates,
            _shown(quarter.after),
            (f"{_shown(quarter.before)} in the same quarter last year", words.answer(quarter, reading)),
        )
    ]
    if reading.series.is_level:
        return tuple(numbers)
    planned = reading.outlook.planned if reading.outlook else None
    beside = [f"{planned:,} planned by now"] if planned is not None else []
    beside.append(f"{_shown(to_date.before)} last year: {in_sentence(words.answer(to_date, reading))}")
    numbers.append(Number("Year to date, from April", _shown(to_date.after), tuple(beside)))
    numbers.append(
        Number(
            "Last four quarters",
            _shown(four.after),
            (f"{_shown(four.before)} in the four before", words.answer(four, reading)),
        )
    )
    if reading.forecast is not None:
        expected, between = words.expected(reading.forecast)
        target = reading.target.count.known
        aim = (f"target {target:,}",) if target is not None else ()
        name = f"Expected by {words.year_end(reading.quarter)} [f]"
        numbers.append(Number(name, expected, (f"8 times in 10: {between}", *aim)))
    return tuple(numbers)


def _shown(figure: Figure) -> str:
    """A count with a real minus, or the mark of the reason why there is none."""
    if figure.count is None:
        return figure.reason.mark if figure.reason else ""
    return f"{figure.count:,}".replace("-", "−") + (" [p]" if figure.provisional else "")


def _comparisons(reading: Reading) -> tuple[Comparison, ...]:
    rows = [("This quarter with the same quarter last year", reading.against_last_year)]
    if not reading.series.is_level:
        rows.append(("Year to date with the same part of last year", reading.to_date))
        rows.append(("Last four quarters with the four before", reading.four_quarters))
    return tuple(
        Comparison(what, pair.before, pair.after, _change(pair), words.answer(pair, reading)) for what, pair in rows
    )


def _change(pair: Pair) -> str:
    if pair.is_broken:
        return "[b]"
    unreliable = " [u]" if pair.change.is_unreliable and pair.change.reduction else ""
    return f"{capital(moved(pair.change))}{unreliable}" if pair.change.reduction is not None else "[x]"


def _title_of_sums(reading: Reading) -> str:
    """Where the year stands against its plan, as a fact of two counts."""
    beyond = reading.outlook.beyond_plan if reading.outlook else None
    if beyond is None:
        return "The year so far"
    if beyond == 0:
        return "On the planned path"
    return f"{abs(beyond):,} {'more' if beyond > 0 else 'fewer'} than planned so far"


def _title_of_end(reading: Reading) -> str:
    forecast, target = reading.forecast, reading.target.count.known
    if forecast is None or target is None:
        return "The difference from the plan"
    beyond = round(forecast.expected) - target
    if beyond == 0:
        return "Expected to end at the target"
    return f"Expected to end {abs(beyond):,} {'above' if beyond > 0 else 'below'} the target"
