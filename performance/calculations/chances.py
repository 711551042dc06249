"""A chance as a status and in words of ten, which never contradict each other."""

from __future__ import annotations

from .status import Status

LIKELY, UNLIKELY = 0.75, 0.25
"""From three in four on a target is on track; below one in four it is off track."""

_WORDS = (
    (0.05, "less than 1 in 10"),
    (0.15, "about 1 in 10"),
    (0.22, "about 2 in 10"),
    (UNLIKELY, "just under 1 in 4"),
    (0.28, "just over 1 in 4"),
    (0.35, "about 3 in 10"),
    (0.45, "about 4 in 10"),
    (0.55, "about 5 in 10"),
    (0.65, "about 6 in 10"),
    (0.72, "about 7 in 10"),
    (LIKELY, "just under 3 in 4"),
    (0.78, "just over 3 in 4"),
    (0.85, "about 8 in 10"),
    (0.95, "about 9 in 10"),
)
_NEARLY_SURE = "more than 9 in 10"


def status_of_chance(chance: float) -> Status:
    """On track from 75% on, off track below 25%, at risk between; a chance is 0 to 1."""
    _refuse_no_chance(chance)
    if chance >= LIKELY:
        return Status.ON_TRACK
    return Status.AT_RISK if chance >= UNLIKELY else Status.OFF_TRACK


def chance_in_words(chance: float) -> str:
    """About 8 in 10, never 79%: a forecast is not that exact.

    Beside a band's edge it is the edge that is named, so that no two rows of different status have the same words.
    Never "no chance" or "certain": that is known from counts, not from a forecast.
    """
    _refuse_no_chance(chance)
    return next((words for below, words in _WORDS if chance < below), _NEARLY_SURE)


def _refuse_no_chance(chance: float) -> None:
    if not 0 <= chance <= 1:
        raise ValueError(f"A chance lies between 0 and 1, not at {chance}.")
