"""A year that is under way: is it on course for its target, and which way has it gone of late?"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import Enum
from fractions import Fraction

from .chances import status_of_chance
from .dispersion import dispersion
from .figures import Figure
from .forecasts import Forecast, NoForecast, forecast_year
from .history import EVEN_PROFILE, History, Profile
from .periods import FinancialYear, Quarter
from .series import Series
from .significance import ChanceTest, chance_test
from .status import DEFAULT_TOLERANCE, CannotSay, Sense, Status, tolerance_band, why_cannot_say
from .trajectories import YearPath, year_path


@dataclass(frozen=True, slots=True)
class Outlook:
    """Whether a year is on course for its target after one of its first three quarters, and why.

    `to_date` is what the year has come to, `path` the target spread over its quarters (None of a level, which is not
    added up, and without a target). With a forecast `chance` is that of meeting the target by the year's end. Without
    one, `forecast` is the reason, and the year to date is held against `planned`: at risk as far as `at_risk_up_to`.
    """

    status: Status
    sense: Sense
    quarter: Quarter
    target: Figure
    to_date: Figure
    tolerance: Fraction
    forecast: Forecast | NoForecast
    path: YearPath | None = None
    planned: int | None = None
    chance: float | None = None
    at_risk_up_to: Fraction | None = None
    cannot_say: CannotSay | None = None

    @property
    def beyond_plan(self) -> int | None:
        """How many more than planned by now; negative where fewer."""
        if self.planned is None or self.to_date.known is None:
            return None
        return self.to_date.known - self.planned

    @property
    def is_decided(self) -> bool:
        """Whether the target has been passed already: a limit exceeded, or what was to be reached reached.

        Only crimes cancelled later could undo it. A level can go either way until the last day.
        """
        if self.path is None or self.to_date.known is None or self.target.known is None:
            return False
        if self.sense is Sense.INCREASE:
            return self.to_date.known >= self.target.known
        return self.sense is not Sense.WATCH and self.to_date.known > self.target.known


def year_under_way(
    *,
    series: Series,
    quarter: Quarter,
    target: Figure,
    sense: Sense = Sense.REDUCE,
    tolerance: Fraction = DEFAULT_TOLERANCE,
    since: Quarter | None = None,
) -> Outlook:
    """The outlook for a year after its first, second or third quarter.

    By the chance of meeting the target: on track from 75% on, off track below 25%, at risk between. Where there is no
    forecast, by the year to date: on track at or below what is planned by now, at risk up to the tolerance above
    (`status.tolerance_band`), else, or where the whole year's target is passed, off track. *Increase* is the mirror
    image; *watch* is not judged. `since` is the quarter of the last recording change. After the fourth quarter the year
    is over (`status.year_over`): a ValueError.
    """
    if quarter.number == 4:
        raise ValueError(f"{quarter.year} is over after {quarter}: it is judged as a whole.")
    to_date = series.year_to_date(quarter)
    outlook = Outlook(
        status=Status.CANNOT_SAY,
        sense=sense,
        quarter=quarter,
        target=target,
        to_date=to_date,
        tolerance=tolerance,
        forecast=forecast_year(series, quarter, since=since),
        cannot_say=why_cannot_say(sense, target, to_date),
    )
    if target.known is not None:
        outlook = _with_plan(outlook, series, target.known, since)
    if outlook.cannot_say is not None:
        return outlook
    if sense is Sense.WATCH:
        return replace(outlook, status=Status.WATCHED)
    if isinstance(outlook.forecast, Forecast):
        return _by_chance(outlook, outlook.forecast)
    return _by_year_to_date(outlook)


def _with_plan(outlook: Outlook, series: Series, target: int, since: Quarter | None) -> Outlook:
    """What is planned by now: the target's share of the quarters so far; of a level the whole target."""
    if series.is_level:
        return replace(outlook, planned=target)
    year = outlook.quarter.year
    path = year_path(year, target, season_before(series, year, since))
    return replace(outlook, path=path, planned=path.to_date(outlook.quarter))


def _by_chance(outlook: Outlook, forecast: Forecast) -> Outlook:
    target = outlook.target.known or 0
    is_increase = outlook.sense is Sense.INCREASE
    chance = forecast.chance_at_least(target) if is_increase else forecast.chance_at_most(target)
    return replace(outlook, status=status_of_chance(chance), chance=chance)


def _by_year_to_date(outlook: Outlook) -> Outlook:
    planned, to_date = outlook.planned or 0, outlook.to_date.known or 0
    is_increase = outlook.sense is Sense.INCREASE
    band = tolerance_band(planned, outlook.tolerance)
    short_by = planned - to_date if is_increase else to_date - planned
    status = Status.OFF_TRACK
    if short_by <= 0:
        status = Status.ON_TRACK
    elif short_by <= band and (is_increase or not outlook.is_decided):
        status = Status.AT_RISK
    return replace(outlook, status=status, at_risk_up_to=planned - band if is_increase else planned + band)


def season_before(series: Series, year: FinancialYear, since: Quarter | None = None) -> Profile:
    """The season by which a year's target is spread: from what was held before it, as the forecast takes it.

    Where its last quarters are missing, from the last that is held, up to a year before.
    """
    first = year.quarters[0]
    held = [first - back for back in (1, 2, 3, 4) if series.quarter(first - back).known is not None]
    return History.of(series, held[0], since).profile if held else EVEN_PROFILE


class Travel(Enum):
    """Which way a series has gone of late."""

    IMPROVING = "improving", "Improving"
    WORSENING = "worsening", "Worsening"
    HIGHER = "higher", "Higher"
    LOWER = "lower", "Lower"
    NO_CLEAR_CHANGE = "no-clear-change", "No clear change"

    word: str

    def __new__(cls, value: str, word: str = "") -> Travel:
        member = object.__new__(cls)
        member._value_ = value
        member.word = word
        return member


class NoTravel(Enum):
    """Why a direction cannot be told."""

    QUARTER_MISSING = "a quarter is missing among the last eight"
    COUNTED_DIFFERENTLY = "the last eight quarters were not all counted in the same way"
    NEGATIVE = "crimes were cancelled: a sum is below 0"
    LEVEL = "it counts how many there are on a day, which is not added up"


@dataclass(frozen=True, slots=True)
class DirectionOfTravel:
    """The last four quarters against the four before, or the reason why they cannot be compared."""

    travel: Travel | None
    test: ChanceTest | None = None
    reason: NoTravel | None = None


def direction_of_travel(
    series: Series, quarter: Quarter, sense: Sense = Sense.REDUCE, since: Quarter | None = None
) -> DirectionOfTravel:
    """Whether the four quarters up to one differ from the four before by more than chance, and for better or worse.

    Of what is only watched, higher or lower.
    """
    if series.is_level:
        return DirectionOfTravel(None, reason=NoTravel.LEVEL)
    if since is not None and since > quarter - 7:
        return DirectionOfTravel(None, reason=NoTravel.COUNTED_DIFFERENTLY)
    before, after = series.rolling_four(quarter - 4).known, series.rolling_four(quarter).known
    if before is None or after is None:
        return DirectionOfTravel(None, reason=NoTravel.QUARTER_MISSING)
    if min(before, after) < 0:
        return DirectionOfTravel(None, reason=NoTravel.NEGATIVE)
    test = chance_test(before, after, dispersion(History.of(series, quarter, since)))
    return DirectionOfTravel(_travel(test, sense), test)


def _travel(test: ChanceTest, sense: Sense) -> Travel:
    if not test.is_clear:
        return Travel.NO_CLEAR_CHANGE
    if sense is Sense.WATCH:
        return Travel.HIGHER if test.z > 0 else Travel.LOWER
    is_better = (test.z > 0) is (sense is Sense.INCREASE)
    return Travel.IMPROVING if is_better else Travel.WORSENING
