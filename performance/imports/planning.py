"""What an import would do: each figure new, changed, the same, or a revision of what is published.

A plan changes nothing. Its digest says exactly what it is: only what was shown is put into a return.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum
from typing import Any

from performance.access import Act, Standing, supplied_by
from performance.calculations.figures import NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.models import Actual, CrimeCategory, ImportPreview, PeriodReturn, ReturnState
from performance.queries import load_successions
from performance.returns.values import Entry, FigureEdit

from .catalogue import catalogue_of
from .layout import is_own_area
from .mapping import read
from .names import Catalogue
from .readers import from_kept
from .reading import Choices, Line, Reading
from .sheets import Sheet


class Outcome(Enum):
    """What becomes of a figure when the import is applied."""

    NEW = "new"
    CHANGED = "changed"
    SAME = "same"
    REVISION = "revision"
    HANDED_IN = "handed in"
    NOT_OVER = "not over"


@dataclass(frozen=True, slots=True)
class PlannedFigure:
    """A line of the sheet, the figure as it stands now with its version, and what becomes of it."""

    line: Line
    outcome: Outcome
    held: Entry
    version: int

    @property
    def edit(self) -> FigureEdit:
        """What is saved: provisional, with the note of the sheet or the one that is there."""
        line = self.line
        entry = Entry(
            count=line.count,
            missing=line.reason.value if line.reason else "",
            is_provisional=line.count is not None,
            note=line.note or self.held.note,
        )
        return FigureEdit(entry, self.version)


@dataclass(frozen=True)
class ImportPlan:
    """The reading of the sheet that fits best, and what would become of its figures."""

    sheet: Sheet
    sheets: tuple[Sheet, ...]
    catalogue: Catalogue
    choices: Choices
    reading: Reading
    figures: tuple[PlannedFigure, ...]

    @property
    def ready(self) -> tuple[PlannedFigure, ...]:
        """The figures that would be put into drafts."""
        return tuple(each for each in self.figures if each.outcome in (Outcome.NEW, Outcome.CHANGED))

    @property
    def revisions(self) -> tuple[PlannedFigure, ...]:
        """Published figures that differ."""
        return tuple(each for each in self.figures if each.outcome is Outcome.REVISION)

    @property
    def digest(self) -> str:
        """What would be written over what, and nothing else."""
        written = [
            (each.line.period.slug, each.line.category, each.edit, each.outcome.value)
            for each in (*self.ready, *self.revisions)
        ]
        return hashlib.sha256(repr(sorted(written, key=repr)).encode()).hexdigest()


def plan_of(preview: ImportPreview, standing: Standing) -> ImportPlan:
    """What applying a preview would do now. Some ten queries, whatever the number of figures."""
    sheets = from_kept(preview.sheets)
    choices = choices_of(preview.choices)
    catalogue = catalogue_of(
        preview.partnership, _asked(preview, standing), preview.financial_year if preview.period else None
    )
    sheet, reading = _best(sheets, catalogue, preview.period, choices)
    return ImportPlan(sheet, sheets, catalogue, choices, reading, _planned(preview, reading.ready, standing.day))


def _asked(preview: ImportPreview, standing: Standing) -> list[int]:
    """The categories whose figures this person enters, in the order of the page; of all years where none is named."""
    rows = CrimeCategory.objects.expected_of(preview.partnership).order_by("parent__position", "position", "name")
    pks = list(rows.values_list("pk", flat=True))
    if preview.financial_year is not None:
        successions = load_successions(preview.partnership)
        pks = [pk for pk in pks if successions.is_counted(pk, preview.financial_year)]
    if standing.may(Act.ENTER, ReturnState.DRAFT):
        return pks
    supplied = supplied_by(standing)
    return [pk for pk in pks if pk in supplied]


def _best(
    sheets: Sequence[Sheet], catalogue: Catalogue, asked: Period | None, choices: Choices
) -> tuple[Sheet, Reading]:
    """The sheet that was chosen; else one named like the area; else the one with most figures that can be taken."""
    chosen = [sheet for sheet in sheets if sheet.name == choices.sheet] if choices.sheet else []
    own = [sheet for sheet in sheets if is_own_area(sheet.name, catalogue)]
    candidates = chosen or own or list(sheets)
    readings = [(sheet, read(sheet, catalogue, asked, choices)) for sheet in candidates]
    return max(readings, key=lambda each: (len(each[1].ready), len(each[1].lines)))


def _planned(preview: ImportPreview, lines: Sequence[Line], today: date) -> tuple[PlannedFigure, ...]:
    periods = {line.period for line in lines}
    rows = PeriodReturn.objects.filter(
        partnership=preview.partnership, financial_year__in={period.year for period in periods}
    )
    states = {row.period: ReturnState(row.state) for row in rows}
    held = {
        (actual.period_return.period, actual.category_id): actual
        for actual in Actual.objects.filter(period_return__in=rows).select_related("period_return")
    }
    return tuple(
        _figure(line, states.get(line.period, ReturnState.DRAFT), held.get((line.period, line.category or 0)), today)
        for line in lines
    )


def _figure(line: Line, state: ReturnState, row: Actual | None, today: date) -> PlannedFigure:
    held, version = Entry.of(row), row.version if row else 0
    return PlannedFigure(line, _outcome(line, state, held, today), held, version)


def _outcome(line: Line, state: ReturnState, held: Entry, today: date) -> Outcome:
    if line.period.ends >= today:
        return Outcome.NOT_OVER
    if (line.count, line.reason.value if line.reason else "") == (held.count, held.missing):
        return Outcome.SAME
    if state is ReturnState.SUBMITTED:
        return Outcome.HANDED_IN
    if state is ReturnState.PUBLISHED:
        return Outcome.REVISION
    return Outcome.NEW if held.is_empty else Outcome.CHANGED


def choices_of(kept: dict[str, Any]) -> Choices:
    """What was said about a sheet, from the form in which it is kept."""
    return Choices(
        sheet=kept.get("sheet", ""),
        heading_row=kept.get("heading_row"),
        names=kept.get("names"),
        column=kept.get("column"),
        is_in_order=bool(kept.get("is_in_order")),
        categories=kept.get("categories", {}),
        reasons={address: NoFigure(value) for address, value in kept.get("reasons", {}).items()},
        zeros=frozenset(kept.get("zeros", [])),
        added=frozenset(kept.get("added", [])),
    )


def period_of(slug: str) -> Period | None:
    """A period as it stands in an address; None where it is none."""
    for kind in (Quarter, FinancialYear):
        try:
            return kind.parse(slug)
        except ValueError:
            continue
    return None
