"""The verdict on a target once the year is over, with everything that led to it.

The counts decide, never the rounded percentages on the page.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .figures import Figure, NoFigure
from .significance import is_clearly_above
from .status_words import StatusWord

DEFAULT_TOLERANCE = Fraction(5, 100)
"""A target missed by no more than this share of it is missed narrowly."""
SMALL_TARGET, SMALL_BAND = 50, 2
"""Under 50 offences 5% is less than a few crimes: the band is at least 2 offences."""


class Sense(Enum):
    """What a target asks for. The value is what is stored."""

    REDUCE = "reduce"
    INCREASE = "increase"
    DO_NOT_EXCEED = "do_not_exceed"
    WATCH = "watch"


class Status(StatusWord):
    """A verdict as a word and a shape; its value names its colour in the style sheet."""

    MET = "met", "Met", "✔"
    MISSED_NARROWLY = "missed-narrowly", "Missed narrowly", "◆"
    MISSED = "missed", "Missed", "✘"
    WITHIN_LIMIT = "within-limit", "Within limit", "✔"
    ABOVE_LIMIT = "above-limit", "Above limit, usual variation", "◆"
    CLEAR_INCREASE = "clear-increase", "Clear increase", "▲"
    ON_TRACK = "on-track", "On track", "●"
    AT_RISK = "at-risk", "At risk", "◆"
    OFF_TRACK = "off-track", "Off track", "▲"
    WATCHED = "watched", "Watched, not judged", "–"
    CANNOT_SAY = "cannot-say", "Cannot say", "○"

    @property
    def is_met(self) -> bool:
        return self in (Status.MET, Status.WITHIN_LIMIT)

    @property
    def is_missed(self) -> bool:
        return self in (Status.MISSED, Status.MISSED_NARROWLY, Status.CLEAR_INCREASE)

    @property
    def is_above_usual(self) -> bool:
        """Above a limit by no more than usual variation brings: neither met nor missed, a group of its own."""
        return self is Status.ABOVE_LIMIT

    @property
    def is_judged(self) -> bool:
        """Whether a verdict could be given at all."""
        return self.is_met or self.is_missed or self.is_above_usual


class CannotSay(Enum):
    """Why there is no verdict."""

    NO_TARGET = "no target is set"
    NO_FIGURE = "there is no figure"
    TARGET_PART_MISSING = "part of the target is missing"
    FIGURE_PART_MISSING = "part of the total is missing"
    COUNTED_DIFFERENTLY = "it is counted differently from when its target was set"


@dataclass(frozen=True, slots=True)
class Verdict:
    """A status and what it was worked out from, so that a sentence can say why.

    `narrowly_up_to` is the last count that would have been "missed narrowly": the highest for "reduce", the lowest for
    "increase", None for the others and where nothing is narrow.
    """

    status: Status
    sense: Sense
    baseline: Figure
    target: Figure
    actual: Figure
    tolerance: Fraction
    narrowly_up_to: Fraction | None = None
    cannot_say: CannotSay | None = None

    @property
    def excess(self) -> int | None:
        """How many above the target; negative below it; None where either is missing."""
        if self.actual.known is None or self.target.known is None:
            return None
        return self.actual.known - self.target.known

    @property
    def excess_share(self) -> Fraction | None:
        """The excess as a share of the target; None where it is missing and for a target of 0."""
        return Fraction(self.excess, self.target.known) if self.excess is not None and self.target.known else None

    @property
    def short_by(self) -> int | None:
        """By how many it is on the wrong side of the target, whichever that is; 0 or negative where it is met."""
        if self.excess is None:
            return None
        return -self.excess if self.sense is Sense.INCREASE else self.excess

    @property
    def is_like_for_like(self) -> bool:
        """False where the target lies above the baseline, which is not 0, although crime was to fall.

        Such a target allows for a change in the way crime is recorded (wounding, in the published plan), so
        meeting it says less than meeting another.
        """
        if self.sense is not Sense.REDUCE or not self.baseline.known or self.target.known is None:
            return True
        return self.target.known <= self.baseline.known


def year_over(
    *,
    baseline: Figure,
    target: Figure,
    actual: Figure,
    sense: Sense = Sense.REDUCE,
    tolerance: Fraction = DEFAULT_TOLERANCE,
    dispersion: float | None = None,
    limit_is_observed: bool = True,
) -> Verdict:
    """The verdict on a whole year.

    *Reduce*: met at or below the target; missed narrowly up to target x (1 + tolerance), with a target under
    50 at least 2 offences; else missed. *Increase*: the mirror image. *Do not exceed*: within the limit; a clear
    increase where the excess is beyond the tolerance and more than chance brings (`dispersion` as in `significance`;
    the limit itself a count of another year if `limit_is_observed`, else a number that somebody chose); else above,
    within usual variation. *Watch*: never judged.
    A tolerance of 0 is no band at all, and beside a target of 0 nothing is narrow.
    No figure, no target or a missing part: cannot say, with the reason. Nought is a count like any other.
    """
    status, narrowly_up_to, cannot_say = Status.CANNOT_SAY, None, why_cannot_say(sense, target, actual)
    if sense is Sense.WATCH and cannot_say is None:
        status = Status.WATCHED
    elif target.known is not None and actual.known is not None:
        if sense is Sense.DO_NOT_EXCEED:
            is_clear = is_clearly_above(target.known, actual.known, dispersion, limit_is_observed=limit_is_observed)
            status = _kept_within(target.known, actual.known, tolerance, is_clear=is_clear)
        elif sense is not Sense.WATCH:
            band = tolerance_band(target.known, tolerance)
            narrowly_up_to = target.known + (-band if sense is Sense.INCREASE else band)
            status = _reached(_by_how_many(sense, target.known, actual.known), band)
    return Verdict(status, sense, baseline, target, actual, tolerance, narrowly_up_to, cannot_say)


def tolerance_band(target: int, tolerance: Fraction) -> Fraction:
    """How many cases beside a target are still near it: at least 2 where it is under 50, none with a tolerance of 0."""
    band = target * tolerance
    if band <= 0:
        return Fraction(0)
    return max(band, Fraction(SMALL_BAND)) if target < SMALL_TARGET else band


def _by_how_many(sense: Sense, target: int, actual: int) -> int:
    return target - actual if sense is Sense.INCREASE else actual - target


def _reached(short_by: int, band: Fraction) -> Status:
    if short_by <= 0:
        return Status.MET
    return Status.MISSED_NARROWLY if short_by <= band else Status.MISSED


def _kept_within(limit: int, actual: int, tolerance: Fraction, *, is_clear: bool) -> Status:
    if actual <= limit:
        return Status.WITHIN_LIMIT
    is_beyond = actual - limit > limit * tolerance
    return Status.CLEAR_INCREASE if is_clear and is_beyond else Status.ABOVE_LIMIT


def why_cannot_say(sense: Sense, target: Figure, actual: Figure) -> CannotSay | None:
    """What keeps a target from being judged, if anything does."""
    if actual.known is None:
        partial = actual.reason is NoFigure.PART_MISSING
        return CannotSay.FIGURE_PART_MISSING if partial else CannotSay.NO_FIGURE
    if target.known is None and sense is not Sense.WATCH:
        partial = target.reason is NoFigure.PART_MISSING
        return CannotSay.TARGET_PART_MISSING if partial else CannotSay.NO_TARGET
    return None
