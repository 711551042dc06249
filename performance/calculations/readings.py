"""One category's quarter, read: is the year on course, has anything changed by more than chance, and which way?

All that the page of a quarter, the category's page, the downloads and the board pack say of a category comes from one
`Reading`, so that no two of them can differ.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from .change import Change, change
from .comparability import Span, breaks_between, breaks_within
from .control_charts import ControlChart, Point, Signal, Variation, control_chart
from .dispersion import Dispersion, dispersion
from .figures import NOT_HELD, Figure
from .forecasts import Forecast
from .history import History
from .periods import FinancialYear, Quarter
from .series import Series
from .significance import ChanceTest, chance_test
from .status import DEFAULT_TOLERANCE, CannotSay, Sense, Status, Verdict, year_over
from .under_way import DirectionOfTravel, Outlook, Travel, direction_of_travel, year_under_way

RANGE_TO_DEVIATION = 1.128
"""An average moving range is so many standard deviations (the constant d₂ of control charts)."""


@dataclass(frozen=True, slots=True)
class Target:
    """What a year is to come to and how that is judged; without a count nothing is."""

    count: Figure = NOT_HELD
    baseline: Figure = NOT_HELD
    baseline_year: FinancialYear | None = None
    sense: Sense = Sense.REDUCE
    tolerance: Fraction = DEFAULT_TOLERANCE

    @property
    def allows_a_rise(self) -> bool:
        """Whether it lies above its baseline although crime was to fall: it allows for another way of counting."""
        if self.sense is not Sense.REDUCE or self.count.known is None or not self.baseline.known:
            return False
        return self.count.known > self.baseline.known


NO_TARGET = Target(sense=Sense.WATCH)


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sums over equally many quarters, the earlier first, and whether they differ by more than chance.

    `is_broken`: the way of counting changed between them, or within one. `test` is None there, and where a figure is
    missing or negative or counts how many there are on a day.
    """

    before: Figure
    after: Figure
    is_broken: bool = False
    is_broken_within: bool = False
    test: ChanceTest | None = None

    @property
    def change(self) -> Change:
        return change(self.before, self.after)

    @property
    def is_clear(self) -> bool:
        return self.test is not None and self.test.is_clear


@dataclass(frozen=True)
class Reading:
    """A category's series up to a quarter, and all that follows from it.

    `outlook` is that of a year under way, `verdict` that of a year whose fourth quarter this is: one of the two.
    `chart` has a point for each quarter from `first` on. `breaks` are the quarters from which it is counted
    differently.
    """

    name: str
    series: Series
    quarter: Quarter
    target: Target
    breaks: tuple[Quarter, ...]
    first: Quarter
    chart: ControlChart
    dispersion: Dispersion | None
    against_last_year: Pair
    """This quarter against the same quarter a year before."""
    to_date: Pair
    """The year to date against the same quarters a year before."""
    four_quarters: Pair
    """The last four quarters against the four before."""
    travel: DirectionOfTravel
    outlook: Outlook | None
    verdict: Verdict | None

    @property
    def figure(self) -> Figure:
        return self.series.quarter(self.quarter)

    @property
    def since(self) -> Quarter | None:
        """The last quarter from which it is counted differently, up to this one."""
        return max((each for each in self.breaks if each <= self.quarter), default=None)

    @property
    def is_set_on_another_count(self) -> bool:
        """Whether the way of counting changed since the baseline that the target is measured from.

        A target that allows for the change by lying above its baseline is for a year that is over to judge.
        """
        year = self.target.baseline_year
        if year is None or self.since is None or self.since <= year.quarters[0]:
            return False
        return self.verdict is None or not self.target.allows_a_rise

    @property
    def status(self) -> Status:
        if self.is_set_on_another_count:
            return Status.CANNOT_SAY
        if self.verdict is not None:
            return self.verdict.status
        return self.outlook.status if self.outlook is not None else Status.CANNOT_SAY

    @property
    def cannot_say(self) -> CannotSay | None:
        """Why there is no status, if there is none."""
        if self.is_set_on_another_count and self.target.count.known is not None:
            return CannotSay.COUNTED_DIFFERENTLY
        judged = self.verdict or self.outlook
        return judged.cannot_say if judged else None

    @property
    def forecast(self) -> Forecast | None:
        is_forecast = self.outlook is not None and isinstance(self.outlook.forecast, Forecast)
        return self.outlook.forecast if is_forecast else None  # type: ignore[union-attr,return-value]

    @property
    def point(self) -> Point:
        """This quarter's place in the control chart."""
        return self.chart.points[-1]

    @property
    def is_usual(self) -> bool:
        """Whether nothing in the chart or over the last year says more than chance."""
        return self.point.signal is None and not self.four_quarters.is_clear

    @property
    def is_missed_within_usual_variation(self) -> bool:
        """Where status and control chart seem to disagree: off track or at risk, and yet nothing has changed."""
        return self.status in (Status.OFF_TRACK, Status.AT_RISK) and self.is_usual


def read(
    name: str,
    series: Series,
    quarter: Quarter,
    *,
    target: Target = NO_TARGET,
    breaks: Iterable[Quarter] = (),
) -> Reading:
    """Read a series as it was known at the end of a quarter: later quarters are left out.

    `breaks` are the first quarters of a new way of counting, in any order.
    """
    held = {each: figure for each, figure in series.figures.items() if each <= quarter}
    known = Series(held, is_level=series.is_level)
    changes = tuple(sorted(set(breaks)))
    since = max((each for each in changes if each <= quarter), default=None)
    scatter = dispersion(History.of(known, quarter, since))
    first = min([each for each, figure in held.items() if figure.known is not None], default=quarter)
    is_over = quarter.number == 4
    return Reading(
        name=name,
        series=known,
        quarter=quarter,
        target=target,
        breaks=changes,
        first=first,
        chart=_chart(known, first, quarter, changes, target.sense),
        dispersion=scatter,
        against_last_year=_pair(known, [quarter - 4], [quarter], changes, scatter),
        to_date=_year_to_date(known, quarter, changes, scatter),
        four_quarters=_four_quarters(known, quarter, changes, scatter),
        travel=direction_of_travel(known, quarter, target.sense, since),
        outlook=None if is_over else _outlook(known, quarter, target, since),
        verdict=_verdict(known, quarter, target, scatter) if is_over else None,
    )


def _outlook(series: Series, quarter: Quarter, target: Target, since: Quarter | None) -> Outlook:
    return year_under_way(
        series=series,
        quarter=quarter,
        target=target.count,
        sense=target.sense,
        tolerance=target.tolerance,
        since=since,
    )


def _verdict(series: Series, quarter: Quarter, target: Target, scatter: Dispersion | None) -> Verdict:
    return year_over(
        baseline=target.baseline,
        target=target.count,
        actual=series.whole_year(quarter.year),
        sense=target.sense,
        tolerance=target.tolerance,
        dispersion=scatter.value if scatter else None,
    )


def _chart(series: Series, first: Quarter, last: Quarter, changes: Sequence[Quarter], sense: Sense) -> ControlChart:
    quarters = quarters_between(first, last)
    restarts = [place for place, each in enumerate(quarters) if each in changes]
    fewer_is_better = None if sense is Sense.WATCH else sense is not Sense.INCREASE
    values = [series.quarter(each).known for each in quarters]
    return control_chart(values, restarts=restarts, fewer_is_better=fewer_is_better)


def quarters_between(first: Quarter, last: Quarter) -> list[Quarter]:
    """All quarters from one to another, both included; none where the last lies before the first."""
    quarters = []
    each = first
    while each <= last:
        quarters.append(each)
        each += 1
    return quarters


def _year_to_date(series: Series, quarter: Quarter, changes: Sequence[Quarter], scatter: Dispersion | None) -> Pair:
    so_far = list(quarter.year.quarters[: quarter.number])
    return _pair(series, [each - 4 for each in so_far], so_far, changes, scatter)


def _four_quarters(series: Series, quarter: Quarter, changes: Sequence[Quarter], scatter: Dispersion | None) -> Pair:
    four = [quarter - back for back in (3, 2, 1, 0)]
    return _pair(series, [each - 4 for each in four], four, changes, scatter)


def _pair(
    series: Series,
    before: Sequence[Quarter],
    after: Sequence[Quarter],
    changes: Sequence[Quarter],
    scatter: Dispersion | None,
) -> Pair:
    earlier, later = Span(before[0], before[-1]), Span(after[0], after[-1])
    is_broken = breaks_between(changes, earlier, later)
    old, new = series.sum_of(before), series.sum_of(after)
    can_be_tested = not is_broken and not series.is_level
    test = _test(old, new, scatter) if can_be_tested else None
    return Pair(old, new, is_broken, breaks_within(changes, later), test)


def _test(before: Figure, after: Figure, scatter: Dispersion | None) -> ChanceTest | None:
    if before.known is None or after.known is None or min(before.known, after.known) < 0:
        return None
    return chance_test(before.known, after.known, scatter)


def total_series(parts: Mapping[str, Series]) -> Series:
    """The sum of some series by quarter; a quarter in which one lacks its figure is partial and names it."""
    quarters = {quarter for series in parts.values() for quarter in series.figures}
    sums = {
        quarter: Figure.total({name: series.quarter(quarter) for name, series in parts.items()}) for quarter in quarters
    }
    return Series(sums, is_level=any(series.is_level for series in parts.values()))


class Reason(Enum):
    """Why a quarter is told of before the table."""

    OUTSIDE = "outside its usual range"
    CLEAR_CHANGE = "a change of which chance is no likely cause"
    OFF_TRACK = "off track, and worse than a year before"


@dataclass(frozen=True, slots=True)
class Notable:
    """A reading that a reader should see first. `strength` is how sure it is, as a z score.

    `is_worse` is None for what is only watched. `pair` is the comparison that is told; None for a point outside the
    limits, which is told beside its usual range.
    """

    reading: Reading
    reason: Reason
    is_worse: bool | None
    strength: float
    pair: Pair | None = None


def notable(reading: Reading) -> Notable | None:
    """A point outside its limits, a change with |z| of 3 or more, or off track and worse by more than chance."""
    outside = _outside(reading)
    if outside is not None:
        return outside
    pairs = [pair for pair in (reading.four_quarters, reading.against_last_year) if pair.test is not None]
    surest = max(pairs, key=lambda pair: pair.test.strength if pair.test else 0, default=None)
    if surest is not None and surest.test is not None and surest.test.is_news:
        worse = _is_worse(reading, has_risen=surest.test.z > 0)
        return Notable(reading, Reason.CLEAR_CHANGE, worse, surest.test.strength, surest)
    test = reading.travel.test
    if reading.status is Status.OFF_TRACK and reading.travel.travel is Travel.WORSENING and test is not None:
        return Notable(reading, Reason.OFF_TRACK, True, test.strength, reading.four_quarters)
    return None


def _outside(reading: Reading) -> Notable | None:
    point, limits = reading.point, reading.chart.limits
    if point.signal is not Signal.OUTSIDE or limits is None or point.value is None:
        return None
    deviation = limits.average_range / RANGE_TO_DEVIATION
    variation = reading.chart.variation_of(point)
    is_worse = None if variation is Variation.NEUTRAL else variation is Variation.CONCERN
    return Notable(reading, Reason.OUTSIDE, is_worse, abs(point.value - limits.mean) / deviation)


def _is_worse(reading: Reading, *, has_risen: bool) -> bool | None:
    if reading.target.sense is Sense.WATCH:
        return None
    return has_risen is not (reading.target.sense is Sense.INCREASE)


def notables(readings: Iterable[Reading]) -> tuple[Notable, ...]:
    """Those to be seen first: worse before better before what is only watched, the surest first."""
    found = [each for each in map(notable, readings) if each is not None]
    order = {True: 0, False: 1, None: 2}
    return tuple(sorted(found, key=lambda each: (order[each.is_worse], -each.strength)))
