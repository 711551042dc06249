"""A reading as the charts want it: points with their look, usual ranges, the year in sums."""

from __future__ import annotations

from itertools import accumulate

from performance.calculations.control_charts import ControlChart, Point, Variation
from performance.calculations.periods import Quarter
from performance.calculations.readings import Reading, quarters_between
from performance.calculations.status import Status

from .quarter_cells import YearEnd
from .quarterly import Look, Milestones, QuarterlySeries, QuarterPoint, UsualRange
from .seasons import Season
from .year_so_far import Expected, YearSoFar

_LOOKS = {
    Variation.COMMON_CAUSE: Look.USUAL,
    Variation.IMPROVEMENT: Look.BETTER,
    Variation.CONCERN: Look.WORSE,
    Variation.NEUTRAL: Look.DIFFERENT,
}
_YEAR_END_LOOKS = {
    Status.ON_TRACK: "chart-good",
    Status.MET: "chart-good",
    Status.WITHIN_LIMIT: "chart-good",
    Status.AT_RISK: "chart-doubtful",
    Status.MISSED_NARROWLY: "chart-doubtful",
    Status.ABOVE_LIMIT: "chart-doubtful",
    Status.OFF_TRACK: "chart-bad",
    Status.MISSED: "chart-bad",
    Status.CLEAR_INCREASE: "chart-bad",
}


def quarterly_series(reading: Reading, *, milestones: bool = False) -> QuarterlySeries:
    """All quarters that the reading's chart has, with the usual range of each stretch.

    With `milestones` also what each quarter of the year is to bring.
    """
    quarters = quarters_between(reading.first, reading.quarter)
    return QuarterlySeries(
        name=reading.name,
        points=tuple(
            QuarterPoint(quarter, reading.series.quarter(quarter).known, look_of(point, reading.chart))
            for quarter, point in zip(quarters, reading.chart.points, strict=True)
        ),
        ranges=_ranges(reading.chart, quarters),
        breaks=tuple(begins for begins in reading.breaks if reading.first < begins <= reading.quarter),
        milestones=_milestones(reading) if milestones else None,
    )


def look_of(point: Point, chart: ControlChart) -> Look:
    return _LOOKS[chart.variation_of(point)]


def _ranges(chart: ControlChart, quarters: list[Quarter]) -> tuple[UsualRange, ...]:
    return tuple(
        UsualRange(
            first=quarters[stretch.begins],
            last=quarters[stretch.ends - 1],
            mean=stretch.limits.mean,
            lower=stretch.limits.lower,
            upper=stretch.limits.upper,
            is_trial=stretch.limits.is_trial,
        )
        for stretch in chart.stretches
        if stretch.limits is not None
    )


def _milestones(reading: Reading) -> Milestones | None:
    path = reading.outlook.path if reading.outlook else None
    return Milestones(path.year.quarters[0], path.quarters) if path else None


def year_in_sums(reading: Reading) -> YearSoFar | None:
    """The reading's year from its first day, beside its plan, last year and what is expected; None of a level."""
    if reading.series.is_level:
        return None
    year = reading.quarter.year
    path = reading.outlook.path if reading.outlook else None
    last_year = _sums(reading, (year - 1).quarters)
    return YearSoFar(
        name=reading.name,
        year=year,
        so_far=_sums(reading, year.quarters[: reading.quarter.number]),
        planned=(0, *path.cumulative) if path else (),
        last_year=() if reading.to_date.is_broken else last_year,
        expected=expected_of(reading),
    )


def _sums(reading: Reading, quarters: tuple[Quarter, ...]) -> tuple[int, ...]:
    """Nought, and the sums up to the first quarter that has no figure."""
    counts: list[int] = []
    for quarter in quarters:
        count = reading.series.quarter(quarter).known
        if count is None:
            break
        counts.append(count)
    return (0, *accumulate(counts))


def expected_of(reading: Reading) -> Expected | None:
    """The forecast's year end with the range that holds it 8 times in 10, never below what is known."""
    forecast = reading.forecast
    if forecast is None:
        return None
    low, high = forecast.interval(80).shown
    return Expected(forecast.expected, max(low, forecast.so_far), high)


def year_end(reading: Reading) -> YearEnd | None:
    """Where the year ends, or has ended, beside its target; None where one of the two is not known."""
    target = reading.target.count.known
    look = _YEAR_END_LOOKS.get(reading.status)
    if target is None or look is None:
        return None
    whole = reading.series.whole_year(reading.quarter.year).known if reading.quarter.number == 4 else None
    expected = Expected(whole, whole, whole) if whole is not None else expected_of(reading)
    return YearEnd(expected, target, look) if expected else None


def seasons(reading: Reading) -> tuple[Season, ...]:
    """Each quarter's counts of the years since the last change of counting, and its share of a year."""
    shares = reading.dispersion.profile.shares if reading.dispersion else ()
    since = reading.since or reading.first
    known = [
        (quarter, figure.known)
        for quarter, figure in sorted(reading.series.figures.items())
        if quarter >= since and figure.known is not None
    ]
    return tuple(
        Season(
            counts=tuple((quarter.year, count) for quarter, count in known if quarter.number == number),
            share=float(share),
        )
        for number, share in enumerate(shares, start=1)
    )
