"""Values -> plain English. "Down 44%", "up 27%": never a bare minus for a reduction that is an increase."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

from performance.calculations.change import Change, NoChange, rounded
from performance.calculations.figures import Figure
from performance.calculations.measures import Measure
from performance.calculations.status import SMALL_BAND, SMALL_TARGET, CannotSay, Sense, Status
from performance.queries import Category, Row

_NUMBERS = ("none", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def number(value: int) -> str:
    """In words up to ten, in digits above: seven, 11, 1,148."""
    return _NUMBERS[value] if 0 <= value <= 10 else f"{value:,}"


def percent(value: Decimal) -> str:
    """18.5% or 25%: a nought after the point is left out; a minus sign is a real one."""
    text = f"{value:,f}".removesuffix(".0")
    return text.replace("-", "−") + "%"


def listed(names: Sequence[str]) -> str:
    """a; a and b; a, b and c."""
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"


def in_sentence(name: str) -> str:
    """A category's name inside a sentence: theft of cycle, but ASB incidents."""
    return name if name[1:2].isupper() else name[:1].lower() + name[1:]


def capital(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]


def direction(change: Change) -> str:
    """down 44%, up 27%, no change; or the counts where no percentage of them can be worked out."""
    if change.reduction is None:
        return _without_percentage(change)
    if change.reduction == 0:
        return "no change"
    if change.percent() == 0:
        return "down by less than 1%" if change.reduction > 0 else "up by less than 1%"
    return f"{'down' if change.reduction > 0 else 'up'} {percent(abs(change.percent() or Decimal(0)))}"


def _without_percentage(change: Change) -> str:
    if change.unavailable is NoChange.BASELINE_IS_ZERO and change.actual.known is not None:
        return f"from 0 to {change.actual.known:,}"
    return f"change cannot be worked out: {change.unavailable.value if change.unavailable else ''}"


def target_in_percent(measure: Measure) -> str:
    """The target as a reduction, to a tenth: 18.5%; as its count where it is not below the baseline."""
    if _asks_for_a_fall(measure):
        return percent(measure.planned_change.percent(1) or Decimal(0))
    return f"{measure.target.known:,}" if measure.target.known is not None else "none"


def headline(row: Row) -> tuple[str, str]:
    """The total's verdict, in two halves: the fact, and how it stands to the target."""
    measure = row.measure
    verb = "are" if row.category.is_plural else "is"
    since = f" since {row.baseline_year}" if row.baseline_year else ""
    if measure.change.reduction is None:
        return f"{row.category.full_name}: {direction(measure.change)}.", ""
    fact = f"{row.category.full_name} {verb} {_state_of(measure.change)}{since}"
    against = {
        Status.MET: "past the target of {}.",
        Status.MISSED_NARROWLY: "just short of the target of {}.",
        Status.MISSED: "short of the target of {}.",
        Status.WITHIN_LIMIT: "within the limit of {}.",
        Status.ABOVE_LIMIT: "above the limit of {}, within usual variation.",
        Status.CLEAR_INCREASE: "clearly above the limit of {}.",
    }.get(measure.verdict.status)
    if against is None:
        return f"{fact}.", ""
    if measure.actual.known == measure.target.known:
        against = "exactly on the target of {}."
    elif measure.verdict.status is Status.MISSED and not _asks_for_a_fall(measure):
        against = "above the target of {}."
    return f"{fact},", against.format(target_in_percent(measure))


def _asks_for_a_fall(measure: Measure) -> bool:
    return measure.planned_change.reduction is not None and measure.planned_change.reduction > 0


def _state_of(change: Change) -> str:
    return "unchanged" if change.reduction == 0 else direction(change)


def targets_met(rows: Sequence[Row]) -> str:
    """Seven of the ten targets were met; theft of cycle, common assault and criminal damage were not."""
    judged = [row for row in rows if row.measure.verdict.status.is_met or row.measure.verdict.status.is_missed]
    missed = [in_sentence(row.category.name) for row in judged if row.measure.verdict.status.is_missed]
    if not judged:
        return ""
    if len(judged) == 1:
        return "The one target was not met." if missed else "The one target was met."
    if not missed:
        return f"All {number(len(judged))} targets were met." if len(judged) > 2 else "Both targets were met."
    if len(missed) == len(judged):
        return f"None of the {number(len(judged))} targets was met." if len(judged) > 2 else "Neither target was met."
    were = "was" if len(missed) == 1 else "were"
    met = len(judged) - len(missed)
    return (
        f"{capital(number(met))} of the {number(len(judged))} targets {'was' if met == 1 else 'were'} met; "
        f"{listed(missed)} {were} not."
    )


def how_missed(rows: Sequence[Row]) -> str:
    """What the missed ones did: rose, and from what to what; or fell, but not as far as planned."""
    missed = [row for row in rows if row.measure.verdict.status.is_missed]
    rose = [row for row in missed if row.measure.change.reduction is not None and row.measure.change.reduction < 0]
    fell = [row for row in missed if row.measure.change.reduction is not None and row.measure.change.reduction > 0]
    sentences = [
        f"{row.category.name} rose by {percent(abs(row.measure.change.percent() or Decimal(0)))}, "
        f"from {row.measure.baseline.known:,} to {row.measure.actual.known:,}."
        for row in rose
    ]
    if fell:
        names = [in_sentence(row.category.name) for row in fell]
        sentences.append(f"{capital(listed(names))} fell, but not as far as planned.")
    sentences += [
        f"{row.category.name} stayed as it was, at {row.measure.actual.known:,}."
        for row in missed
        if row.measure.change.reduction == 0
    ]
    return " ".join(sentences)


def cannot_say(measure: Measure) -> str:
    """Why there is no verdict: the reason, and the figure's own reason where it has one."""
    reason = measure.verdict.cannot_say
    if reason is None:
        return ""
    if reason is CannotSay.NO_FIGURE and measure.actual.reason is not None:
        return f"the figure is {measure.actual.reason.words}"
    return reason.value


def partial(name: str, figure: Figure) -> str:
    """That a total lacks a part, and which."""
    parts = [in_sentence(part) for part in figure.missing_parts]
    return (
        f"The total for {in_sentence(name)} is partial: {listed(parts)} {'is' if len(parts) == 1 else 'are'} missing."
    )


def why(category: Category, measure: Measure) -> str:
    """The verdict with the numbers that led to it.

    Missed: 186 thefts of cycle against a target of 131, 55 too many (42% over).
    """
    verdict = measure.verdict
    if verdict.status is Status.CANNOT_SAY:
        return f"Cannot say: {cannot_say(measure)}."
    counted = f"{verdict.actual.known:,} {category.counted_as}"
    if verdict.status is Status.WATCHED:
        return f"Watched, not judged: {counted}."
    aimed = "a limit" if verdict.sense is Sense.DO_NOT_EXCEED else "a target"
    advice = " Check reporting as well as offending." if verdict.status is Status.CLEAR_INCREASE else ""
    return (
        f"{verdict.status.word}: {counted} against {aimed} of {verdict.target.known:,}{_by_how_much(measure)}.{advice}"
    )


def _by_how_much(measure: Measure) -> str:
    excess, share = measure.verdict.excess, measure.verdict.excess_share
    if excess is None or excess == 0:
        return ", exactly"
    if excess < 0:
        return f", {-excess:,} fewer"
    over = f" ({percent(rounded(share * 100, 1 if share < 1 / 10 else 0))} over)" if share is not None else ""
    return f", {excess:,} too many{over}"


def not_like_for_like(row: Row) -> str:
    """Of a total: how it stands without the parts whose target allows for a change in recording. Of such a part: that.

    Without wounding, all BCS crimes are down 25.3% against a target of 22.3%.
    """
    measure = row.measure
    if not row.parts:
        return "" if measure.verdict.is_like_for_like else "So meeting it is not like for like with meeting the others."
    alike = measure.like_for_like()
    if alike is None or alike.change.reduction is None or alike.planned_change.reduction is None:
        return ""
    names = listed([in_sentence(part.name) for part in measure.unlike])
    moved = "down" if alike.change.reduction >= 0 else "up"
    return (
        f"Without {names}, {in_sentence(row.category.name)} {'are' if row.category.is_plural else 'is'} {moved} "
        f"{percent(abs(alike.change.percent(1) or Decimal(0)))} "
        f"against a target of {percent(alike.planned_change.percent(1) or Decimal(0))}."
    )


def rule_of_narrow_misses(rows: Sequence[Row]) -> str:
    """What "missed narrowly" means, where a row has it."""
    narrow = [row.measure for row in rows if row.measure.verdict.status is Status.MISSED_NARROWLY]
    if not narrow:
        return ""
    shares = {measure.tolerance for measure in narrow}
    most = percent(rounded(shares.pop() * 100, 1)) if len(shares) == 1 else "the share that its target allows"
    small = any((measure.target.known or 0) < SMALL_TARGET for measure in narrow)
    return f"Missed narrowly: above the target by no more than {most}{f' or {SMALL_BAND} offences' if small else ''}."


def since_baseline(row: Row) -> str:
    """Up 27% since 2003/04, from 146 to 186."""
    measure = row.measure
    if measure.actual.known is None or measure.baseline.known is None:
        return ""
    since = f" since {row.baseline_year}" if row.baseline_year else ""
    counts = f", from {measure.baseline.known:,} to {measure.actual.known:,}" if measure.baseline.known else ""
    return f"{capital(direction(measure.change))}{since}{counts}."


def course_title(row: Row) -> str:
    """The chart's finding: Theft of cycle is up 27% since 2003/04."""
    measure = row.measure
    if measure.change.reduction is None:
        return f"{row.category.name}, year by year"
    verb = "are" if row.category.is_plural else "is"
    since = f" since {row.baseline_year}" if row.baseline_year else ""
    return f"{row.category.name} {verb} {_state_of(measure.change)}{since}"
