"""The symbols that stand in a table's cells, explained under it: only those that it has."""

from __future__ import annotations

from collections.abc import Iterable

from performance.calculations.change import SMALL_BASELINE, Change
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.readings import Reading
from performance.calculations.to_date import ToDate
from performance.queries import QuarterLine, Row

Symbol = tuple[str, str]
_BROKEN = ("[b]", "counted differently in between, or not the same parts: not like for like")
_MIXED = ("[b]", "break in the series: part of this sum is counted differently from the rest")
_EARLIER = ("[b]", "break in the series: counted under another name, or as other parts, then")


def symbols_of(rows: Iterable[Row]) -> tuple[Symbol, ...]:
    """Each symbol with its meaning, in the order of the alphabet."""
    found: set[Symbol] = set()
    for row in rows:
        measure = row.measure
        for figure in (measure.baseline, measure.target, measure.actual):
            found |= _of_figure(figure)
        found |= {_EARLIER} if any(point.is_earlier for point in row.course) else set()
        if row.to_date is None:
            found |= _of_change(measure.change)
            found |= {_BROKEN} if measure.is_counted_differently else set()
            found |= {_MIXED} if row.is_broken else set()
        else:
            found |= _of_to_date(row.to_date)
    return tuple(sorted(found))


def symbols_of_quarters(lines: Iterable[QuarterLine]) -> tuple[Symbol, ...]:
    """The symbols in a table of quarters."""
    found: set[Symbol] = set()
    for line in lines:
        found |= _of_change(line.change) | ({_BROKEN} if line.is_broken else set())
        found |= {_MIXED} if line.last_four.is_broken or line.to_date.now.is_broken else set()
        for figure in line.figures:
            found |= _of_figure(figure)
    return tuple(found)


def symbols_of_readings(readings: Iterable[Reading]) -> tuple[Symbol, ...]:
    """The symbols in the table of a quarter."""
    found: set[Symbol] = set()
    for reading in readings:
        pairs = (reading.against_last_year, reading.to_date)
        for figure in (reading.figure, *(each for pair in pairs for each in (pair.before, pair.after))):
            found |= _of_figure(figure)
        if any(pair.is_broken or pair.is_broken_within for pair in pairs):
            found.add(_BROKEN)
        if reading.forecast is not None:
            found.add(("[f]", "forecast"))
    return tuple(sorted(found))


def _of_to_date(to_date: ToDate) -> set[Symbol]:
    found: set[Symbol] = set()
    for figure in (to_date.year_to_date, to_date.last_year, to_date.baseline_part):
        found |= _of_figure(figure)
    for compared in filter(None, (to_date.quarter_on_quarter, to_date.on_last_year, to_date.on_baseline)):
        found |= _of_change(compared.change)
        found |= set() if compared.is_like_for_like else {_BROKEN}
    return found | ({_MIXED} if to_date.now.is_broken else set())


def _of_figure(figure: Figure) -> set[Symbol]:
    found = {("[p]", "provisional, may still change")} if figure.provisional else set()
    if figure.revised:
        found.add(("[r]", "revised after it was published; its history says why"))
    if figure.is_partial:
        found.add(("[partial]", "the sum of the parts that are in"))
    if figure.count is None and figure.reason is not None:
        meaning = "no figure" if figure.reason.mark == NoFigure.NOT_HELD.mark else figure.reason.words
        found.add((figure.reason.mark, meaning))
    return found


def _of_change(change: Change) -> set[Symbol]:
    if change.has_counts_alone:
        return {("[z]", "no percentage: one of the counts is 0 or negative")}
    if change.reduction is None:
        return {("[x]", "no figure")}
    return (
        {("[u]", f"baseline under {SMALL_BASELINE}: the percentage is unreliable")} if change.is_unreliable else set()
    )
