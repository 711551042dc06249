"""What lies behind a figure, written with its return: explained, changed, taken back, revised."""

from __future__ import annotations

from dataclasses import astuple, dataclass
from datetime import date, datetime

from django.db import transaction

from performance.access import Person, standing_of, supplied_by
from performance.actions.editions import raise_edition
from performance.actions.recording import note_change, record_change
from performance.calculations.periods import Period
from performance.models import Commentary, CrimeCategory, Partnership, PeriodReturn, ReturnState
from performance.refusals import Refused
from performance.returns.locking import lock_return
from performance.wording import name_of


@dataclass(frozen=True, slots=True)
class Words:
    """Why it is so, what is being done, and what is asked of the board; each may be empty."""

    why: str = ""
    doing: str = ""
    asked: str = ""

    @property
    def is_empty(self) -> bool:
        return not any(astuple(self))


@dataclass(frozen=True, slots=True)
class WrittenWords:
    """The words as they stand, and the number of their latest change; 0 where nothing was ever written."""

    words: Words
    version: int
    by: str = ""


class NewerWordsError(Refused):
    """Somebody else changed the words after the page was opened."""

    def __init__(self, newer: WrittenWords) -> None:
        who = newer.by or "Somebody"
        super().__init__(
            f"{who} changed this after you opened the page. Their words stand below, yours are in the boxes: "
            "send them again if they are to replace them."
        )
        self.newer = newer


def words_held(held: PeriodReturn | None, category: CrimeCategory) -> WrittenWords:
    """What is written on a category in a return. Three queries at most."""
    if held is None:
        return WrittenWords(Words(), 0)
    entry = Commentary.history.filter(period_return=held, category=category).order_by("-history_id").first()
    if entry is None:
        return WrittenWords(Words(), 0)
    by = name_of(entry.history_user) if entry.history_user else ""
    is_there = entry.history_type != "-"
    words = Words(entry.why, entry.doing, entry.asked) if is_there else Words()
    return WrittenWords(words, entry.history_id, by)


def write_commentary(
    *,
    partnership: Partnership,
    period: Period,
    category: CrimeCategory,
    words: Words,
    version: int,
    reason: str,
    by: Person,
    today: date,
    at: datetime,
) -> None:
    """Write the words, change them, or take them back where all are empty; the history keeps what they were.

    Refused without the right to it, of a return that is published without a reason, and, as `NewerWordsError`, where
    somebody else was first. What stands there already is left as it is, so a form that is sent twice is done once.
    """
    with transaction.atomic():
        held = lock_return(partnership, period)
        standing = standing_of(partnership, by, today)
        state = ReturnState(held.state)
        if not standing.may_explain(state, category.pk, supplied_by(standing)):
            raise Refused("You may not explain this figure now.")
        now = words_held(held, category)
        if now.words == words:
            return
        if now.version != version:
            raise NewerWordsError(now)
        if held.state == ReturnState.PUBLISHED and not reason.strip():
            raise Refused("Say why the explanation is revised.")
        _store(held, category, words, reason, by, at)
        if held.state == ReturnState.PUBLISHED:
            raise_edition(partnership)


def _store(held: PeriodReturn, category: CrimeCategory, words: Words, reason: str, by: Person, at: datetime) -> None:
    row = Commentary.objects.filter(period_return=held, category=category).first()
    if words.is_empty:
        if row is not None:
            note_change(row, by, reason)
            row.delete()
        return
    row = row or Commentary(period_return=held, category=category)
    row.why, row.doing, row.asked = words.why, words.doing, words.asked
    row.written_by_id, row.written_at = by.pk, at  # type: ignore[assignment]
    record_change(row, by, reason)
