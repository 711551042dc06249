"""What a quarter says, in words: each sentence from the real numbers, and the same wherever it stands."""

from __future__ import annotations

from collections.abc import Sequence

from performance.calculations.chances import chance_in_words
from performance.calculations.control_charts import Limits, Signal
from performance.calculations.forecasts import Forecast, NoForecast
from performance.calculations.periods import Quarter, day
from performance.calculations.readings import Notable, Pair, Reading, Reason
from performance.calculations.status import CannotSay, Sense, Status
from performance.calculations.under_way import Outlook
from performance.wording import capital, count, in_sentence, listed, moved, number

_GROUPS = (
    (Status.ON_TRACK, "on track"),
    (Status.AT_RISK, "at risk"),
    (Status.OFF_TRACK, "off track"),
    (Status.MET, "met"),
    (Status.WITHIN_LIMIT, "within the limit"),
    (Status.MISSED_NARROWLY, "missed narrowly"),
    (Status.ABOVE_LIMIT, "above the limit, within usual variation"),
    (Status.MISSED, "missed"),
    (Status.CLEAR_INCREASE, "clearly above the limit"),
)
"""The statuses in the order in which they are told, with the words that follow "is" or "are"."""


def on_course(readings: Sequence[Reading]) -> tuple[str, str]:
    """Five of the nine targets that can be judged are on track. Three are at risk, and theft of cycle is off track.

    Two sentences, the second perhaps empty; both are where nothing has a target.
    """
    aimed = [reading for reading in readings if reading.target.count.known is not None]
    # What is only watched has a number beside it and no target that could be met.
    with_target = [reading for reading in aimed if reading.status is not Status.WATCHED]
    judged = [reading for reading in with_target if reading.status is not Status.CANNOT_SAY]
    if not judged:
        return ("None of the targets can be judged yet.", "") if with_target else ("", "")
    groups = [
        (group, words)
        for status, words in _GROUPS
        if (group := [reading for reading in judged if reading.status is status])
    ]
    first, words = groups[0]
    that_can_be = "" if len(judged) == len(with_target) else " that can be judged"
    if len(first) == len(judged):
        return f"{_all_of(judged, that_can_be)} {words}.", ""
    head = (
        f"{capital(number(len(first)))} of the {number(len(judged))} targets{that_can_be} {_are(len(first))} {words}."
    )
    return head, _the_others(groups[1:])


def _all_of(judged: Sequence[Reading], that_can_be: str) -> str:
    if len(judged) == 1:
        return f"The only target{that_can_be} is"
    both = "Both" if len(judged) == 2 else f"All {number(len(judged))}"
    return f"{both} targets{that_can_be} are"


def _the_others(groups: Sequence[tuple[list[Reading], str]]) -> str:
    clauses = []
    for group, words in groups:
        names = [in_sentence(reading.name) for reading in group]
        who = listed(names) if len(group) <= 2 else number(len(group))
        clauses.append(f"{who} {_are(len(group))} {words}")
    return f"{capital(listed(clauses))}."


def _are(how_many: int) -> str:
    return "is" if how_many == 1 else "are"


def year_so_far(reading: Reading) -> str:
    """530 so far this year, 1 more than planned by now; about 4 in 10 to keep to the year's target of 1,091.

    Of a year that is over: 1,148 in the year, against a target of 1,229. Empty without a target and a figure.
    """
    if reading.verdict is not None:
        return _year_over(reading)
    outlook = reading.outlook
    if outlook is None or outlook.to_date.known is None:
        return ""
    if reading.is_set_on_another_count:
        return f"{count(outlook.to_date.known)} so far this year. {why_not_judged(reading)}"
    so_far = f"{count(outlook.to_date.known)} so far this year"
    if outlook.target.known is None:
        return f"{so_far}."
    if outlook.is_decided:
        return f"{so_far}: {_decided(outlook)}."
    plan = _beside_plan(outlook)
    if outlook.chance is not None:
        return f"{so_far}, {plan}; {chance_in_words(outlook.chance)} to {_aim(outlook)}."
    return f"{so_far}, {plan}, towards a target of {count(outlook.target.known)}."


def _year_over(reading: Reading) -> str:
    actual = reading.series.whole_year(reading.quarter.year).known
    target = reading.target.count.known
    if actual is None:
        return ""
    if target is None:
        return f"{count(actual)} in the year."
    what = "limit" if reading.target.sense is Sense.DO_NOT_EXCEED else "target"
    return f"{count(actual)} in the year, against a {what} of {count(target)}."


def _decided(outlook: Outlook) -> str:
    target = outlook.target.known or 0
    beyond = (outlook.to_date.known or 0) - target
    if outlook.sense is Sense.INCREASE:
        return f"the year's target of {count(target)} is reached already"
    what = "limit" if outlook.sense is Sense.DO_NOT_EXCEED else "target"
    return f"{count(beyond)} above the {what} for the whole year, {count(target)}, already"


def _beside_plan(outlook: Outlook) -> str:
    beyond = outlook.beyond_plan or 0
    if beyond == 0:
        return "as planned by now"
    return f"{count(abs(beyond))} {'more' if beyond > 0 else 'fewer'} than planned by now"


def _aim(outlook: Outlook) -> str:
    target = count(outlook.target.known or 0)
    if outlook.sense is Sense.INCREASE:
        return f"reach the year's target of {target}"
    if outlook.sense is Sense.DO_NOT_EXCEED:
        return f"keep to the year's limit of {target}"
    return f"keep to the year's target of {target}"


def why_not_judged(reading: Reading) -> str:
    """Why there is no status, or why it rests on the year to date alone; empty where a forecast was made."""
    reason = reading.cannot_say
    if reason is CannotSay.COUNTED_DIFFERENTLY and reading.since is not None:
        return f"Counted differently since {reading.since.begins:%B %Y}."
    if reason is not None and reason is not CannotSay.NO_TARGET:
        return f"{capital(reason.value)}."
    outlook = reading.outlook
    if outlook is not None and isinstance(outlook.forecast, NoForecast):
        return f"No forecast: {outlook.forecast.value}."
    return ""


def chance(chance_of_meeting: float) -> str:
    """About 4 in 10."""
    return chance_in_words(chance_of_meeting)


def usual_range(limits: Limits) -> str:
    """256 to 384, rounded outwards and never below nought."""
    low, high = limits.shown
    return f"{count(max(0, low))} to {count(high)}"


def expected(forecast: Forecast) -> tuple[str, str]:
    """The expected year end, and between what it lies 8 times in 10: 1,100 and 1,042 to 1,166."""
    low, high = forecast.interval(80).shown
    return count(round(forecast.expected)), f"{count(max(low, forecast.so_far))} to {count(high)}"


def disagreement(reading: Reading) -> str:
    """Off track, but within its usual variation: where status and control chart seem to disagree."""
    if not reading.is_missed_within_usual_variation or reading.chart.limits is None:
        return ""
    return f"{reading.status.word}, but within its usual variation"


def finding(noted: Notable) -> tuple[str, str]:
    """What a quarter is told for first: a head such as "down 14% in a year", and the numbers behind it."""
    if noted.reason is Reason.OUTSIDE:
        return _extreme(noted.reading), _outside(noted.reading)
    pair = noted.pair or noted.reading.four_quarters
    is_year = pair is noted.reading.four_quarters
    over = "in a year" if is_year else "against the same quarter last year"
    return f"{moved(pair.change) or 'changed'} {over}", _compared(pair, noted.reading, is_year=is_year)


def _extreme(reading: Reading) -> str:
    """Highest quarter since April 2003; only where that is so, else above or below its usual range."""
    value = reading.figure.known or 0
    since = max(reading.first, reading.since or reading.first)
    earlier = [
        figure.known
        for quarter, figure in reading.series.figures.items()
        if since <= quarter < reading.quarter and figure.known is not None
    ]
    if earlier and value > max(earlier):
        return f"highest quarter since {since.begins:%B %Y}"
    if earlier and value < min(earlier):
        return f"lowest quarter since {since.begins:%B %Y}"
    return "above its usual range" if reading.point.is_high else "below its usual range"


def _outside(reading: Reading) -> str:
    limits = reading.chart.limits
    if limits is None or reading.figure.known is None:
        return ""
    low, high = limits.shown
    side = (
        f"Above the upper limit of {count(high)}" if reading.point.is_high else f"Below the lower limit of {count(low)}"
    )
    last_year = reading.against_last_year.before.known
    beside = "" if last_year is None else f", {count(last_year)} in the same quarter last year"
    broken = " [b]" if reading.against_last_year.is_broken and beside else ""
    trial = " Fewer than 12 quarters are held, so the limits are on trial." if limits.is_trial else ""
    return f"{count(reading.figure.known)} in {months(reading.quarter)}{beside}{broken}. {side}.{trial}"


def _compared(pair: Pair, reading: Reading, *, is_year: bool) -> str:
    before, after = pair.before.known or 0, pair.after.known or 0
    if is_year:
        numbers = f"{count(after)} in the last four quarters, {count(before)} in the four before."
    else:
        numbers = f"{count(after)} in {months(reading.quarter)}, {count(before)} in the same quarter last year."
    return f"{numbers} {how_rare(pair)}".strip()


def how_rare(pair: Pair) -> str:
    """A change as large comes about by chance less than 1 time in 1,000. Empty where it is not clear."""
    if pair.test is None or not pair.test.is_clear:
        return ""
    for strength, times in ((3.29, "less than 1 time in 1,000"), (2.58, "less than 1 time in 100")):
        if pair.test.strength >= strength:
            return f"A change as large comes about by chance {times}."
    return "A change as large comes about by chance less than 1 time in 20."


def not_a_change(reading: Reading) -> str:
    """Wounding shows 157 against 124 last year, but is counted differently since April 2008 [b]. Empty else."""
    pair = reading.against_last_year
    if not pair.is_broken or reading.since is None or pair.before.known is None or pair.after.known is None:
        return ""
    shows = f"{in_sentence(reading.name)} shows {count(pair.after.known)} against {count(pair.before.known)} last year"
    return f"{capital(shows)}, but is counted differently since {reading.since.begins:%B %Y} [b]."


def answer(pair: Pair, reading: Reading) -> str:
    """Whether a change is more than chance, in the words of one who was asked."""
    if pair.is_broken and reading.since is not None:
        return f"Cannot be compared: counted differently since {reading.since.begins:%B %Y}"
    if pair.before.known is None or pair.after.known is None:
        return "Cannot be compared: a figure is missing"
    if pair.test is None:
        return "Not tested"
    if not pair.test.is_clear:
        return "No clear change"
    if reading.target.sense is Sense.WATCH:
        return "Higher, by more than chance" if pair.test.z > 0 else "Lower, by more than chance"
    is_better = (pair.test.z > 0) is (reading.target.sense is Sense.INCREASE)
    return "Better, by more than chance" if is_better else "Worse, by more than chance"


def signal(reading: Reading) -> str:
    """What the control chart says of this quarter, such as "one of seven in a row below the mean"; or empty."""
    point = reading.point
    if point.signal is None:
        return ""
    side = "above" if point.is_high else "below"
    return {
        Signal.OUTSIDE: f"{side} its usual range",
        Signal.TREND: f"the last of seven quarters that {'rise' if point.is_high else 'fall'} in a row",
        Signal.NEAR: f"two of the last three quarters lie close to the {'upper' if point.is_high else 'lower'} limit",
        Signal.RUN: f"one of at least seven quarters in a row {side} the mean",
    }[point.signal]


def chart_title(reading: Reading) -> str:
    """The finding of the control chart: what the last year says, and what the last quarter does."""
    told = signal(reading)
    travel = reading.travel.travel
    year = f"{travel.word} over the last year" if travel else "The last year cannot be compared"
    if travel is not None and not reading.four_quarters.is_clear:
        year = "No clear change over the last year"
    return f"{year}; {told}" if told else f"{year}, and this quarter within its usual range"


def months(quarter: Quarter) -> str:
    """July to September."""
    return quarter.dates.rsplit(" ", 2)[0]


def year_end(quarter: Quarter) -> str:
    """31 March 2009, the day on which the quarter's year ends."""
    return day(quarter.year.ends)
