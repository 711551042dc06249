"""How much less crime than at the baseline, exactly.

Everything is worked out in fractions and compared in fractions. `rounded` is the one place where a number is
rounded, and it is called when a number is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal
from enum import Enum
from fractions import Fraction

from .figures import Figure, NoFigure

SMALL_BASELINE = 50
"""Below this many offences a percentage says little: the counts come first."""


def rounded(value: Fraction, places: int = 0) -> Decimal:
    """Round half away from zero: 2.5 -> 3, -2.5 -> -3, -0.4 -> 0, never "-0".

    Python's `round`, numpy and pandas round half to even and JavaScript rounds halves upwards, so the
    rounding is done here and nowhere else. Source: the published plan, whose targets are rounded so
    (558 x 1.25 = 697.5 -> 698).
    """
    scale: int = 10**places
    scaled = abs(value) * scale
    units = (scaled.numerator * 2 + scaled.denominator) // (scaled.denominator * 2)
    if value < 0:
        units = -units
    return (Decimal(units) / scale).quantize(Decimal(1).scaleb(-places), rounding=ROUND_HALF_UP)


class NoChange(Enum):
    """Why a change cannot be worked out."""

    NO_BASELINE = "there is no baseline"
    BASELINE_IS_ZERO = "the baseline is 0"
    NEGATIVE_BASELINE = "the baseline is negative"
    NEGATIVE_FIGURE = "the figure is negative"
    BASELINES_OF_DIFFERENT_YEARS = "its parts have baselines of different years"
    NOT_THE_SAME_THINGS = "different things are counted"
    NO_FIGURE = "there is no figure"
    PART_MISSING = "part of the total is missing"


@dataclass(frozen=True, slots=True)
class Change:
    """The change from a baseline to an actual (or to a target), with what it was worked out from.

    `reduction` is the fraction of the baseline by which crime fell, negative where it rose, and None where
    `unavailable` says why.
    """

    baseline: Figure
    actual: Figure
    reduction: Fraction | None
    unavailable: NoChange | None

    def percent(self, places: int = 0) -> Decimal | None:
        """The reduction in per cent, rounded for showing: 44, or -27 where crime rose."""
        return None if self.reduction is None else rounded(self.reduction * 100, places)

    @property
    def counts(self) -> tuple[int, int] | None:
        """From what to what, where both are known."""
        if self.baseline.known is None or self.actual.known is None:
            return None
        return self.baseline.known, self.actual.known

    @property
    def has_counts_alone(self) -> bool:
        """Whether both counts are known but make no percentage: one of them is negative, or the baseline is 0."""
        return self.unavailable in (
            NoChange.BASELINE_IS_ZERO,
            NoChange.NEGATIVE_BASELINE,
            NoChange.NEGATIVE_FIGURE,
        )

    @property
    def is_unreliable(self) -> bool:
        """Whether the baseline is so small that a percentage of it says little."""
        return self.reduction is not None and (self.baseline.known or 0) < SMALL_BASELINE


def change(baseline: Figure, actual: Figure) -> Change:
    """(baseline - actual) / baseline: positive when crime falls.

    Missing: no baseline, no figure, or part of a total missing gives no reduction, and the reason. A
    baseline of nought gives none either (say the counts instead), and neither does a negative count on either side:
    crimes cancelled later would make "down 103%". An actual may be nought (down 100%). Source: the plan's column
    "% Reduction (vs Baseline)".
    """
    reason = _why_unavailable(baseline, actual)
    if reason is not None or baseline.known is None or actual.known is None:
        return Change(baseline, actual, None, reason)
    return Change(baseline, actual, Fraction(baseline.known - actual.known, baseline.known), None)


def _why_unavailable(baseline: Figure, actual: Figure) -> NoChange | None:
    for figure, absent in ((baseline, NoChange.NO_BASELINE), (actual, NoChange.NO_FIGURE)):
        if figure.known is None:
            return NoChange.PART_MISSING if figure.reason is NoFigure.PART_MISSING else absent
    if (baseline.known or 0) < 0:
        return NoChange.NEGATIVE_BASELINE
    if (actual.known or 0) < 0:
        return NoChange.NEGATIVE_FIGURE
    return NoChange.BASELINE_IS_ZERO if baseline.known == 0 else None


def share_of_planned_reduction(baseline: Figure, target: Figure, actual: Figure) -> Fraction | None:
    """(baseline - actual) / (baseline - target): how much of the planned reduction was achieved.

    1 is the target exactly; more is past it; below 0 crime rose. None where a figure is missing and where the
    target is not below the baseline, for then no reduction was planned (wounding, in the published plan).
    """
    if baseline.known is None or target.known is None or actual.known is None:
        return None
    if target.known >= baseline.known:
        return None
    return Fraction(baseline.known - actual.known, baseline.known - target.known)
