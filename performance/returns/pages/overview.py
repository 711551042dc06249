"""The returns page: which periods are in, which are missing what, and from whom?"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from performance.access import Act, Standing
from performance.calculations.periods import FinancialYear
from performance.models import Partnership, ReturnState
from performance.returns.queries import Progress, Supply, returns_progress
from performance.wording import capital, in_sentence, listed, times

_OPEN_UP_TO = 8
"""More published periods than this are shown when they are asked for."""
_NAMED = 3
"""So many missing figures are named; more are counted."""


@dataclass(frozen=True)
class ReturnLine:
    """A period with what is in and what is missing. `own` is the part of the reader's agency."""

    progress: Progress
    supplied: str
    missing: tuple[str, ...]
    own: str
    may_remind: bool
    tag: str

    @property
    def name(self) -> str:
        period = self.progress.period
        return f"{period}, whole year" if isinstance(period, FinancialYear) else period.dates


@dataclass(frozen=True)
class ReturnGroup:
    """Periods that call for the same."""

    heading: str
    lines: tuple[ReturnLine, ...]
    shows_due: bool

    @property
    def can_be_reminded(self) -> bool:
        return any(line.may_remind for line in self.lines)

    @property
    def is_past(self) -> bool:
        """Whether it is long and done with, so that it is opened by who wants it."""
        return not self.shows_due and len(self.lines) > _OPEN_UP_TO


@dataclass(frozen=True)
class ReturnsPage:
    """Everything that the page prints."""

    partnership: Partnership
    groups: tuple[ReturnGroup, ...]
    lead: str
    supplies_something: bool


def returns_page(standing: Standing, years: Iterable[FinancialYear]) -> ReturnsPage:
    """Every period of some years and every other one that has a return; what is overdue first. Five queries."""
    today = standing.seen_on
    lines = [_line(each, standing) for each in returns_progress(standing.partnership, years)]
    newest_first = list(reversed(lines))
    overdue = [line for line in lines if _is_open(line, today) and line.progress.due < today]
    due = [line for line in lines if _is_open(line, today) and line.progress.due >= today]
    waiting = [line for line in lines if line.progress.state is ReturnState.SUBMITTED]
    published = [line for line in newest_first if line.progress.state is ReturnState.PUBLISHED]
    to_come = [line for line in lines if line.progress.period.ends >= today]
    groups = [
        ReturnGroup("Overdue", tuple(overdue), True),
        ReturnGroup("Due", tuple(due), True),
        ReturnGroup("Handed in, to be published", tuple(waiting), False),
        ReturnGroup("Published", tuple(published), False),
        ReturnGroup("To come", tuple(to_come), True),
    ]
    return ReturnsPage(
        partnership=standing.partnership,
        groups=tuple(group for group in groups if group.lines),
        lead=_lead(lines, overdue, due, standing),
        supplies_something=any(_own(line.progress, standing) for line in lines),
    )


def _is_open(line: ReturnLine, today: date) -> bool:
    return line.progress.state is ReturnState.DRAFT and line.progress.period.ends < today


def _line(progress: Progress, standing: Standing) -> ReturnLine:
    own, today = _own(progress, standing), standing.seen_on
    is_open = progress.state is ReturnState.DRAFT and progress.is_quarter and progress.period.ends < today
    return ReturnLine(
        progress=progress,
        supplied=_supplied(progress),
        missing=(*_missing(progress.supplies), *(capital(each) for each in progress.without)),
        tag=_tag(progress, today),
        own=_own_in_words(own) if own else "",
        may_remind=is_open and bool(progress.missing) and standing.may(Act.REMIND, progress.state),
    )


def _supplied(progress: Progress) -> str:
    """8 of 10: the figures that are in, of those that are expected."""
    figures = progress.expected - len(progress.missing) - len(progress.without)
    return f"{figures} of {progress.expected}" if progress.expected else "–"


def _tag(progress: Progress, today: date) -> str:
    """How the return stands, in a word or two."""
    if progress.state is not ReturnState.DRAFT:
        return progress.state.label
    if progress.is_sent_back:
        return "Sent back"
    if progress.period.ends >= today:
        return "To come"
    if progress.is_begun and not progress.missing:
        return "Ready to hand in"
    return "Draft" if progress.is_begun else "Not begun"


def _own(progress: Progress, standing: Standing) -> tuple[Supply, ...]:
    return tuple(supply for supply in progress.supplies if supply.agency in standing.agencies)


def _own_in_words(own: tuple[Supply, ...]) -> str:
    expected = sum(supply.expected for supply in own)
    missing = sum(len(supply.missing) for supply in own)
    return "complete" if not missing else f"{expected - missing} of {expected}"


def _missing(supplies: tuple[Supply, ...]) -> tuple[str, ...]:
    """Hertfordshire Constabulary: wounding and robbery."""
    return tuple(f"{supply.name}: {what_is_missing(supply)}" for supply in supplies if supply.missing)


def what_is_missing(supply: Supply) -> str:
    """Wounding and robbery; all ten figures; 7 of 10 figures."""
    count = len(supply.missing)
    if count <= _NAMED:
        return listed([in_sentence(name) for name in supply.missing])
    return f"all {supply.expected} figures" if count == supply.expected else f"{count} of {supply.expected} figures"


def _asked_of(lines: list[ReturnLine], standing: Standing) -> Iterable[str]:
    """What waits for the reader above all."""
    waiting = sum(1 for line in lines if standing.may(Act.PUBLISH, line.progress.state))
    if waiting:
        yield f"{times(waiting, 'return waits', 'returns wait')} for you to publish"
    back = sum(1 for line in lines if line.progress.is_sent_back)
    if back and standing.is_officer:
        yield f"{times(back, 'was', 'were')} sent back"


def _lead(lines: list[ReturnLine], overdue: list[ReturnLine], due: list[ReturnLine], standing: Standing) -> str:
    """What is asked of the reader, in a sentence."""
    own_missing = [line for line in (*overdue, *due) if any(each.missing for each in _own(line.progress, standing))]
    if (
        standing.agencies
        and not standing.is_officer
        and any(_own(line.progress, standing) for line in (*overdue, *due))
    ):
        if not own_missing:
            return "All the figures that your agency supplies are in."
        return f"Figures from your agency are missing in {times(len(own_missing), 'return')}."
    words = [*_asked_of(lines, standing)]
    words += [f"{times(len(overdue), 'return is', 'returns are')} overdue"] if overdue else []
    words += [f"{times(len(due), 'is', 'are')} due next"] if due else []
    return f"{capital(listed(words))}." if words else "No return is due."
