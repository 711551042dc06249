"""The entry grid: what is this quarter's figure for each category, and what still needs attention?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from performance.access import Act, Standing
from performance.calculations.figures import NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter, day
from performance.models import Actual, Partnership, ReturnState
from performance.queries import EntryRow, EntrySheet
from performance.returns.pages.entry_rows import EntryLine, SubmittedGrid, entry_line, odd, problem_of
from performance.returns.queries import due_on
from performance.wording import capital, in_sentence, listed, times


@dataclass(frozen=True)
class Section:
    """Lines under one heading: those that a person may enter, and those that others do."""

    heading: str
    lines: tuple[EntryLine, ...]


@dataclass(frozen=True, slots=True)
class Check:
    """A figure that looks odd, why, and whether somebody has said that it is right."""

    name: str
    questions: tuple[str, ...]
    is_confirmed: bool


@dataclass(frozen=True)
class EntryPage:
    """Everything that the page prints."""

    partnership: Partnership
    period: Period
    sheet: EntrySheet
    token: UUID
    sections: tuple[Section, ...]
    columns: tuple[str, str, str]
    may_enter: bool
    may_submit: bool
    may_send_back: bool
    may_publish: bool
    may_revise: bool
    may_remind: bool
    due: date
    is_overdue: bool
    why_not: str
    ask: tuple[str, ...]
    answer: SubmittedGrid
    errors: tuple[tuple[str, str], ...]
    saved: str
    attention: str

    @property
    def name(self) -> str:
        return str(self.period) if isinstance(self.period, FinancialYear) else self.period.dates

    @property
    def heading(self) -> str:
        if not self.may_enter:
            return f"Figures for {self.name}"
        return "Enter this quarter’s figures" if isinstance(self.period, Quarter) else "Enter this year’s figures"

    @property
    def sent_back(self) -> str:
        """Why the return came back, while it is a draft for that reason."""
        step = self.sheet.steps.get("sent_back")
        submitted = self.sheet.steps.get("submitted")
        if self.sheet.state is not ReturnState.DRAFT or step is None or (submitted and submitted.at > step.at):
            return ""
        return f"Sent back by {step.by} on {day(step.at.date())}: {step.reason}"

    @property
    def odd(self) -> tuple[EntryLine, ...]:
        """The lines about which something is asked."""
        return tuple(line for section in self.sections for line in section.lines if line.questions)

    @property
    def checks(self) -> tuple[Check, ...]:
        """What the person who publishes is to know: which figures look odd, and which were said to be right."""
        return tuple(
            Check(row.category.name, words, row.held is not None and row.held.is_confirmed)
            for row in self.sheet.leaves
            if (words := odd(row, self.period))
        )

    @property
    def reasons(self) -> tuple[tuple[str, str], ...]:
        """Why there may be no figure: what is stored, and its words."""
        return tuple(Actual.Missing.choices)

    @property
    def has_provisional(self) -> bool:
        return any(row.figure.provisional for row in self.sheet.leaves)


def entry_page(
    standing: Standing,
    sheet: EntrySheet,
    *,
    supplied: frozenset[int],
    token: UUID,
    ask: tuple[str, ...] = (),
    answer: SubmittedGrid | None = None,
) -> EntryPage:
    """The page of a return for one person, with the answer to what the person has just sent."""
    answer, today = answer or SubmittedGrid(), standing.day
    is_over = sheet.period.ends < today
    mine = frozenset(row.pk for row in sheet.leaves if is_over and standing.may_enter(sheet.state, row.pk, supplied))
    takes_sums = is_over and standing.may(Act.ENTER, sheet.state)
    lines = [entry_line(row, sheet, mine, answer, takes_sums=takes_sums) for row in sheet.in_order]
    due = due_on(standing.partnership, sheet.period)
    return EntryPage(
        partnership=standing.partnership,
        period=sheet.period,
        sheet=sheet,
        token=token,
        sections=_sections(lines, mine),
        columns=_columns(sheet.period),
        may_enter=bool(mine),
        may_submit=is_over and standing.may(Act.SUBMIT, sheet.state),
        may_send_back=standing.may(Act.SEND_BACK, sheet.state),
        may_publish=standing.may(Act.PUBLISH, sheet.state),
        may_revise=standing.may(Act.REVISE, sheet.state),
        may_remind=is_over and standing.may(Act.REMIND, sheet.state) and isinstance(sheet.period, Quarter),
        due=due,
        is_overdue=sheet.state is ReturnState.DRAFT and due < today,
        why_not="" if mine else _why_not(standing, sheet, is_over),
        ask=ask if not mine and not standing.is_officer else (),
        answer=answer,
        errors=tuple(each for line in lines if (each := problem_of(line))),
        saved=_saved(sheet),
        attention=_attention(lines, sheet),
    )


def _sections(lines: list[EntryLine], mine: frozenset[int]) -> tuple[Section, ...]:
    """One's own part first; all in one, in the order of the categories, where everything or nothing is one's own."""
    leaves = [line for line in lines if not line.is_total]
    if not mine or len(mine) == len(leaves):
        return (Section("", tuple(lines)),) if lines else ()
    own = tuple(line for line in lines if line.is_mine or (line.is_total and _is_all_of(line.row, mine)))
    others = tuple(line for line in lines if line not in own)
    return Section("The figures that your agency supplies", own), Section("The figures that others supply", others)


def _is_all_of(row: EntryRow, mine: frozenset[int]) -> bool:
    return all(leaf.pk in mine for leaf in row.leaves)


def _columns(period: Period) -> tuple[str, str, str]:
    if isinstance(period, FinancialYear):
        return str(period - 1), str(period - 2), str(period)
    return "Last quarter", "Same quarter last year", period.dates.rsplit(" (", 1)[0]


def _why_not(standing: Standing, sheet: EntrySheet, is_over: bool) -> str:
    if not is_over:
        return f"The period ends on {day(sheet.period.ends)}. Its figures can be entered after that."
    submitted, published = sheet.steps.get("submitted"), sheet.steps.get("published")
    if sheet.state is ReturnState.SUBMITTED:
        by = f" by {submitted.by} on {day(submitted.at.date())}" if submitted else ""
        then = (
            "Publish it, or send it back." if standing.may_manage else "An administrator publishes it or sends it back."
        )
        return f"Handed in{by}, so nobody can change it now. {then}"
    if sheet.state is ReturnState.PUBLISHED:
        on = f" by {published.by} on {day(published.at.date())}" if published else ""
        how = " with “Revise”, which asks why" if standing.is_officer else " by an officer, who says why"
        return f"Published{on}. A figure is changed only{how}."
    if standing.agencies:
        return "You can read this return. Your agency supplies none of its figures, so it enters none."
    return "You can read this return, but not enter figures."


def _saved(sheet: EntrySheet) -> str:
    step = sheet.steps.get("saved")
    return f"Last saved by {step.by}, {day(step.at.date())}" if step else "Nothing saved yet"


def _attention(lines: list[EntryLine], sheet: EntrySheet) -> str:
    """2 figures need attention; wounding and robbery are missing."""
    odd = sum(1 for line in lines if line.error or line.questions or line.conflict)
    missing = [in_sentence(row.category.name) for row in sheet.missing]
    words = [f"{times(odd, 'figure needs', 'figures need')} attention"] if odd else []
    if missing:
        named = f"{listed(missing)} {'is' if len(missing) == 1 else 'are'} missing"
        words.append(named if len(missing) <= 3 else f"{len(missing)} figures are missing")
    none = [
        f"{in_sentence(row.category.name)} is {row.figure.reason.words}"
        for row in sheet.leaves
        if row.figure.reason in (NoFigure.WITHHELD, NoFigure.NOT_APPLICABLE)
    ]
    if none:
        words.append(listed(none) if len(none) <= 3 else f"{len(none)} have no figure")
    return capital("; ".join(words)) if words else "All figures are in"
