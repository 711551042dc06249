"""How a number was worked out, step by step, with the real numbers in it."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction

from performance.calculations.chances import chance_in_words
from performance.calculations.change import rounded
from performance.calculations.forecasts import Forecast
from performance.calculations.readings import Reading
from performance.calculations.status import Sense
from performance.wording import count, listed

from . import quarters as words


@dataclass(frozen=True, slots=True)
class Step:
    """One step: what it is about, and what was done."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Working:
    """A number that is shown, and the steps that lead to it."""

    title: str
    steps: tuple[Step, ...]


def workings(reading: Reading) -> tuple[Working, ...]:
    """Of the chance, the plan by now, the usual range and the test of chance: those that the page shows."""
    found = [_chance(reading), _planned(reading), _usual_range(reading), _test(reading)]
    return tuple(each for each in found if each is not None)


def _chance(reading: Reading) -> Working | None:
    forecast, outlook = reading.forecast, reading.outlook
    if forecast is None or outlook is None:
        return None
    steps = [_season(forecast), _level(forecast), _to_come(forecast), _how_sure(forecast)]
    title = f"{words.expected(forecast)[0]} expected by {words.year_end(reading.quarter)}"
    if outlook.chance is not None and outlook.target.known is not None:
        title = f"{words.chance(outlook.chance).capitalize()} to {_aim(outlook.sense)} {count(outlook.target.known)}"
        steps.append(_target(outlook.target.known, outlook.chance, forecast))
    return Working(title, tuple(steps))


def _aim(sense: Sense) -> str:
    return "reach" if sense is Sense.INCREASE else "keep to"


def _season(forecast: Forecast) -> Step:
    profile = forecast.level.profile
    share = sum((profile.share(quarter) for quarter in forecast.quarters), Fraction(0))
    percent = f"{rounded(share * 100, 1)}%"
    if not profile.years:
        return Step("The season", f"No whole year is held, so the rest of the year is taken as {percent} of it.")
    years = str(profile.years[0]) if len(profile.years) == 1 else f"{profile.years[0]} to {profile.years[-1]}"
    return Step("The season", f"The quarters still to come usually bring {percent} of a year (from {years}).")


def _level(forecast: Forecast) -> Step:
    return Step(
        "The level now",
        f"{forecast.level.value:,.1f} a quarter once the season is taken out, the latest quarters counting most.",
    )


def _to_come(forecast: Forecast) -> Step:
    share = float(sum(forecast.level.profile.share(quarter) for quarter in forecast.quarters))
    return Step(
        "Still to come",
        f"4 × {forecast.level.value:,.1f} × {share:.1%} = {forecast.remaining:,.0f}; "
        f"with the {count(forecast.so_far)} so far {forecast.expected:,.0f}.",
    )


def _how_sure(forecast: Forecast) -> Step:
    _, between = words.expected(forecast)
    if forecast.spread is None:
        return Step("How sure", f"So few are to come that they are taken as chance alone: 8 times in 10 {between}.")
    return Step(
        "How sure",
        f"This series has scattered around its level {forecast.level.dispersion:.1f} times as much as pure chance "
        f"would. So 8 times in 10 the year ends between {between.replace(' to ', ' and ')}.",
    )


def _target(target: int, chance: float, forecast: Forecast) -> Step:
    room = target - forecast.so_far
    if room < 0:
        return Step("The target", f"{count(target)} is passed already by {count(-room)}.")
    return Step(
        "The target",
        f"{count(room)} more would reach {count(target)} by the end of the year. "
        f"The chance of ending on the right side of it: {chance_in_words(chance)}.",
    )


def _planned(reading: Reading) -> Working | None:
    outlook = reading.outlook
    if outlook is None or outlook.path is None or outlook.planned is None:
        return None
    path = outlook.path
    shares = listed([f"{float(share):.1%}" for share in path.profile.shares])
    return Working(
        f"{count(outlook.planned)} planned by now",
        (
            Step("The season", f"The four quarters usually have {shares} of a year."),
            Step(
                "The year's target",
                f"{count(path.target)}, spread by the season in whole numbers that add up to it: "
                f"{listed([count(each) for each in path.quarters])}.",
            ),
            Step("By now", f"The first {reading.quarter.number} of them: {count(outlook.planned)}."),
        ),
    )


def _usual_range(reading: Reading) -> Working | None:
    limits = reading.chart.limits
    if limits is None:
        return None
    kept = f"{limits.ranges} of {limits.ranges_held} steps" if limits.ranges < limits.ranges_held else "all steps"
    since = f"since {max(reading.first, reading.since or reading.first).begins:%B %Y}"
    return Working(
        f"The usual range, {words.usual_range(limits)} a quarter",
        (
            Step("The mean", f"{limits.mean:,.1f} a quarter {since}."),
            Step(
                "From quarter to quarter",
                f"It changes by {limits.average_range:,.1f} on average (over {kept}; unusual ones are left out).",
            ),
            Step("The limits", f"2.66 times that to both sides, rounded outwards: {words.usual_range(limits)}."),
        ),
    )


def _test(reading: Reading) -> Working | None:
    pair = reading.four_quarters
    if pair.test is None:
        return None
    test = pair.test
    if test.dispersion is None:
        how = "Fewer than eight quarters are held, so each crime is taken as independent of the next."
    else:
        how = f"From quarter to quarter this series varies {test.dispersion.value:.1f} times as much as pure chance."
    return Working(
        words.answer(pair, reading),
        (
            Step(
                "The counts", f"{count(test.after)} in the last four quarters, {count(test.before)} in the four before."
            ),
            Step("How much it varies", how),
            Step(
                "The test",
                f"The difference of their square roots gives z = {test.z:.2f}. From 1.96 on, either way, a change is "
                "called clear: chance alone would bring it less than 1 time in 20.".replace("-", "−"),
            ),
        ),
    )
