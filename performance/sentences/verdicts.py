"""Values -> plain English. "Down 44%", "up 27%": never a bare minus for a reduction that is an increase."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

from performance.calculations.change import Change, NoChange
from performance.calculations.figures import NoFigure
from performance.calculations.measures import Measure
from performance.calculations.status import SMALL_BAND, SMALL_TARGET, CannotSay, Sense, Status
from performance.queries import Category, Row
from performance.wording import capital, in_percent, in_sentence, listed, moved, number


def direction(change: Change) -> str:
    """down 44%, up 27%, no change; the counts first where the baseline is small, and alone where it is 0."""
    if change.reduction is None:
        return _without_percentage(change)
    if change.is_unreliable:
        return f"from {change.baseline.known:,} to {change.actual.known:,} ({moved(change)})"
    return moved(change)


def _without_percentage(change: Change) -> str:
    if change.unavailable is NoChange.BASELINE_IS_ZERO and change.actual.known is not None:
        return f"from 0 to {change.actual.known:,}"
    return f"change cannot be worked out: {change.unavailable.value if change.unavailable else ''}"


def target_in_percent(measure: Measure) -> str:
    """The target as a reduction, to a tenth: 18.5%; as its count where it is not below the baseline."""
    if _asks_for_a_fall(measure):
        return in_percent(measure.planned_change.reduction or Fraction(0), 1)
    return f"{measure.target.known:,}" if measure.target.known is not None else "none"


def headline(row: Row) -> tuple[str, str]:
    """The total's verdict, in two halves: the fact, and how it stands to the target."""
    measure = row.measure
    if measure.change.reduction is None:
        return f"{row.category.full_name}: {direction(measure.change)}.", ""
    against = _against(measure)
    # A tenth more where rounding would make what differs look the same: down 24.6%, just short of 25%.
    places = 1 if measure.actual.known != measure.target.known and _look_alike(measure) else 0
    fact = f"{row.category.full_name} {is_or_are(row)} {_state_of(measure.change, places)}{since(row)}"
    return (f"{fact},", against) if against else (f"{fact}.", "")


def to_date_headline(row: Row) -> str:
    """All BCS crimes are down 5% in April to June 2008 on the same months of 2007."""
    to_date = row.to_date
    if to_date is None or to_date.change.reduction is None:
        return ""
    fact = f"{row.category.full_name} {is_or_are(row)} {_state_of(to_date.change)} on the same period last year"
    return f"{fact}: {to_date.year_to_date.known:,} against {to_date.last_year.known:,}."


def movers(rows: Sequence[Row]) -> str:
    """Which rose and fell most, in per cent, among those that can be compared: not too few, and counted alike."""
    alike = [row for row in rows if row.to_date and not row.is_broken and row.to_date.change.reduction is not None]
    sound = [row for row in alike if row.to_date and not row.to_date.change.is_unreliable]
    if not sound:
        return ""
    in_order = sorted(
        sound, key=lambda row: row.to_date.change.reduction or Fraction(0) if row.to_date else Fraction(0)
    )
    ends = [in_order[0]] if len(in_order) == 1 else [in_order[0], in_order[-1]]
    return " ".join(filter(None, (_moved_most(row, first=row is in_order[0]) for row in ends)))


def _moved_most(row: Row, *, first: bool) -> str:
    """Domestic burglary rose most, by 21%, from 109 to 132."""
    reduction = row.to_date.change.reduction if row.to_date else None
    if row.to_date is None or not reduction or (reduction < 0) is not first:
        return ""
    way = "rose" if first else "fell"
    counts = f"from {row.to_date.last_year.known:,} to {row.to_date.year_to_date.known:,}"
    return f"{row.category.name} {way} most, by {in_percent(abs(reduction))}, {counts}."


def broken(row: Row) -> str:
    """That a total contains a category that is counted differently now, so that its change is not like for like."""
    parts = [in_sentence(part.category.name) for part in row.parts if part.is_broken]
    if not parts:
        return ""
    return (
        f"{row.category.name} {'contain' if row.category.is_plural else 'contains'} {listed(parts)}, "
        f"which {'is' if len(parts) == 1 else 'are'} counted differently now: the change is not like for like."
    )


def _against(measure: Measure) -> str:
    status = measure.verdict.status
    if measure.actual.known == measure.target.known:
        words = "exactly on the target of {}."
    elif status is Status.MISSED and not _asks_for_a_fall(measure):
        words = "above the target of {}."
    else:
        words = {
            Status.MET: "past the target of {}.",
            Status.MISSED_NARROWLY: "just short of the target of {}.",
            Status.MISSED: "short of the target of {}.",
            Status.WITHIN_LIMIT: "within the limit of {}.",
            Status.ABOVE_LIMIT: "above the limit of {}, within usual variation.",
            Status.CLEAR_INCREASE: "clearly above the limit of {}.",
        }.get(status, "")
    return words.format(target_in_percent(measure))


def _look_alike(measure: Measure) -> bool:
    planned = measure.planned_change
    return planned.percent(1) is not None and measure.change.percent() == planned.percent(1)


def since(row: Row) -> str:
    """Since 2003/04, where the baseline has one year."""
    return f" since {row.baseline_year}" if row.baseline_year else ""


def is_or_are(row: Row) -> str:
    return "are" if row.category.is_plural else "is"


def _asks_for_a_fall(measure: Measure) -> bool:
    return measure.planned_change.reduction is not None and measure.planned_change.reduction > 0


def _state_of(change: Change, places: int = 0) -> str:
    if change.reduction == 0:
        return "unchanged"
    if places and change.reduction is not None:
        return f"{'down' if change.reduction > 0 else 'up'} {in_percent(abs(change.reduction), places)}"
    return moved(change)


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
        f"{row.category.name} rose by {in_percent(abs(row.measure.change.reduction or Fraction(0)))}, "
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


def partial(measure: Measure) -> str:
    """That a total lacks parts, which, and why where that is known: robbery is withheld; wounding is missing."""
    lacking: dict[str, list[str]] = {}
    for leaf in measure.leaves:
        if leaf.actual.known is None:
            told = leaf.actual.reason in (NoFigure.WITHHELD, NoFigure.NOT_APPLICABLE, NoFigure.QUARTER_MISSING)
            words = leaf.actual.reason.words if told and leaf.actual.reason else "missing"
            lacking.setdefault(words, []).append(in_sentence(leaf.name))
    parts = [f"{listed(names)} {'is' if len(names) == 1 else 'are'} {words}" for words, names in lacking.items()]
    return f"The total for {in_sentence(measure.name)} is partial: {'; '.join(parts)}."


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
    return f", {excess:,} too many{_over(share)}"


def _over(share: Fraction | None) -> str:
    if share is None:
        return ""
    if share < Fraction(1, 2000):
        return " (less than 0.1% over)"
    return f" ({in_percent(share, 1 if share < Fraction(1, 10) else 0)} over)"


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
    return (
        f"Without {names}, {in_sentence(row.category.name)} {is_or_are(row)} {_state_of(alike.change, 1)} "
        f"against a target of {in_percent(alike.planned_change.reduction, 1)}."
    )


def rule_of_narrow_misses(rows: Sequence[Row]) -> str:
    """What "missed narrowly" means, where a row has it."""
    narrow = [row.measure for row in rows if row.measure.verdict.status is Status.MISSED_NARROWLY]
    if not narrow:
        return ""
    shares = {measure.tolerance for measure in narrow}
    most = in_percent(shares.pop(), 1) if len(shares) == 1 else "the share that its target allows"
    small = any((measure.target.known or 0) < SMALL_TARGET for measure in narrow)
    return f"Missed narrowly: above the target by no more than {most}{f' or {SMALL_BAND} offences' if small else ''}."


def since_baseline(row: Row) -> str:
    """Up 27% since 2003/04, from 146 to 186."""
    change = row.measure.change
    if change.actual.known is None or change.baseline.known is None:
        return ""
    if change.reduction is None or change.is_unreliable:
        return f"{capital(direction(change))}{since(row)}."
    return f"{capital(moved(change))}{since(row)}, from {change.baseline.known:,} to {change.actual.known:,}."


def course_title(row: Row) -> str:
    """The chart's finding: Theft of cycle is up 27% since 2003/04."""
    if row.measure.change.reduction is None:
        return f"{row.category.name}, year by year"
    return f"{row.category.name} {is_or_are(row)} {_state_of(row.measure.change)}{since(row)}"
