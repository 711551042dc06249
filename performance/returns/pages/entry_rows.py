"""The rows of the entry grid: what stands in each, what is wrong with it, and what is asked about it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from performance import sentences
from performance.calculations.periods import Period
from performance.models import Actual
from performance.queries import EntryRow, EntrySheet
from performance.returns.forms.entry import FigureForm
from performance.returns.values import Conflict, Entry
from performance.wording import count


@dataclass(frozen=True, slots=True)
class ConflictLine:
    """Somebody else's newer figure with its version, beside one's own."""

    theirs: str
    mine: str
    by: str
    at: str
    version: int


@dataclass(frozen=True)
class EntryLine:
    """A row of the grid. A total has one box, for the sum as it was supplied; `sums` names what its own adds up."""

    row: EntryRow
    is_total: bool
    is_mine: bool
    form: FigureForm
    """What stands in the boxes: the figure as it is held, or what was typed where that could not be saved."""
    takes_sum: bool = False
    error: str = ""
    questions: tuple[str, ...] = ()
    conflict: ConflictLine | None = None
    unsaved: str = ""

    @property
    def prefix(self) -> str:
        return self.row.category.slug

    @property
    def has_more(self) -> bool:
        """Whether the note is open from the start."""
        return bool(self.form["note"].value()) or "note" in self.error

    @property
    def sums(self) -> str:
        return " ".join(leaf.category.slug for leaf in self.row.leaves)


@dataclass(frozen=True)
class SubmittedGrid:
    """What became of what was sent: forms by category where they failed, conflicts, and the refusal of the whole."""

    failed: Mapping[int, FigureForm] = field(default_factory=dict)
    conflicts: Mapping[int, tuple[FigureForm, Conflict]] = field(default_factory=dict)
    sent: Mapping[int, FigureForm] = field(default_factory=dict)
    refusal: str = ""


def figure_in_words(entry: Entry) -> str:
    """1,148 provisional; not yet available; no figure."""
    if entry.count is not None:
        return count(entry.count) + (", provisional" if entry.is_provisional else "")
    return Actual.Missing(entry.missing).label.lower() if entry.missing else "no figure"


def entry_line(
    row: EntryRow, sheet: EntrySheet, mine: frozenset[int], answer: SubmittedGrid, *, takes_sums: bool
) -> EntryLine:
    failed = answer.failed.get(row.pk)
    contested, conflict = answer.conflicts.get(row.pk, (None, None))
    refused = answer.sent.get(row.pk) if answer.refusal else None
    is_mine = row.pk in mine and not row.parts
    is_asked = (is_mine or takes_sums) and not failed and not contested
    typed = (refused if is_mine else None) or failed or contested
    return EntryLine(
        row=row,
        is_total=bool(row.parts),
        is_mine=is_mine,
        form=typed or FigureForm.showing(row.held, row.category.slug),
        error=failed.problem if failed else "",
        takes_sum=takes_sums and bool(row.parts),
        questions=questions(row, sheet.period) if is_asked else (),
        conflict=_conflict_line(contested, conflict) if contested and conflict else None,
        unsaved=_unsaved(refused, row) if refused and not is_mine else "",
    )


def problem_of(line: EntryLine) -> tuple[str, str] | None:
    """Where a row that is not saved is put right, and what is wrong with it."""
    if line.conflict:
        return (
            f"theirs-{line.prefix}",
            f"{line.row.category.name}: {line.conflict.by} saved another figure. Choose one.",
        )
    return (f"count-{line.prefix}", f"{line.row.category.name}: {line.error}") if line.error else None


def questions(row: EntryRow, period: Period) -> tuple[str, ...]:
    """What is asked about a row as it is saved."""
    if row.parts:
        return (sentences.parts_differ(row.category.name, row.differs_by),) if row.differs_by else ()
    if row.held is None or row.held.is_confirmed:
        return ()
    return odd(row, period)


def odd(row: EntryRow, period: Period) -> tuple[str, ...]:
    """What is odd about a row's figure, whether somebody has said that it is right or not."""
    count_held = row.held.count if row.held else None
    return tuple(sentences.ask(doubt) for doubt in row.doubts(count_held, period))


def _conflict_line(form: FigureForm, conflict: Conflict) -> ConflictLine:
    edit = form.edit
    mine = figure_in_words(edit.entry) if edit else ""
    return ConflictLine(
        theirs=figure_in_words(conflict.theirs),
        mine=mine,
        by=conflict.by or "Somebody",
        at=f"{conflict.at:%H:%M}" if conflict.at else "",
        version=conflict.version,
    )


def _unsaved(form: FigureForm, row: EntryRow) -> str:
    """What was typed into a row that can no longer be changed, where it differs from what stands there."""
    held = FigureForm.showing(row.held, row.category.slug)
    typed = {name: str(form[name].value() or "").strip() for name in ("count", "note")}
    is_new = {name: bool(text) and text != held[name].value() for name, text in typed.items()}
    said = [typed["count"]] if is_new["count"] else []
    said += [f"note: {typed['note']}"] if is_new["note"] else []
    return ", ".join(said)
