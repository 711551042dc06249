"""The first sentence of a page: how the total stands."""

from __future__ import annotations

from fractions import Fraction

from performance.calculations.comparability import Comparison, Unlike
from performance.calculations.measures import Measure
from performance.calculations.periods import Quarter
from performance.calculations.status import Sense, Status
from performance.queries import Row
from performance.wording import capital, count, in_percent, in_sentence, listed, moved, places_of, planned_in_percent

from .changes import Subject, fact, since


def headline(row: Row) -> tuple[str, str]:
    """The total's verdict on a year, in two halves: the fact, and how it stands to the target.

    Of a total with parts that are counted differently now, that of the others; of a category that is, that it is.
    """
    subject, measure = Subject.of(row), row.measure.fair
    if measure is None:
        return f"{subject.name} {subject.is_} counted differently now, so nothing is said of a change{since(row)}.", ""
    if len(measure.baseline_years) > 1:
        return _without_one_year(subject, measure), ""
    if measure is not row.measure:
        names = listed([in_sentence(part.name) for part in row.measure.counted_differently])
        be = "is" if len(row.measure.counted_differently) == 1 else "are"
        subject = Subject(
            f"Without {names}, which {be} counted differently now, {in_sentence(subject.name)}", subject.is_plural
        )
    said = fact(subject, measure.change, since(row), is_clear=measure.is_clear_change, places=_places(measure))
    joint, against = _against(measure)
    return (f"{said}{joint}", against) if against else (f"{said}.", "")


def _without_one_year(subject: Subject, measure: Measure) -> str:
    years = listed([str(year) for year in measure.baseline_years])
    return f"{subject.name}: no change can be told, for the parts have baselines of different years, {years}."


def target_in_percent(measure: Measure) -> str:
    """The target as a change: 18.5%, as its count where it asks for none."""
    if asks_for_change(measure):
        return planned_in_percent(measure.change, measure.planned_change)
    return count(measure.target.known) if measure.target.known is not None else "none"


def promised(measure: Measure) -> str:
    """to be down 18.5%; to be no more than 1,250, where the target asks for no fall."""
    if asks_for_change(measure):
        return f"to be {'up' if measure.sense is Sense.INCREASE else 'down'} {target_in_percent(measure)}"
    most = "at least" if measure.sense is Sense.INCREASE else "no more than"
    return f"to be {most} {target_in_percent(measure)}"


def asks_for_change(measure: Measure) -> bool:
    """Whether a target lies on the side of its baseline to which the count is to go."""
    planned = measure.planned_change.reduction
    if planned is None or measure.sense is Sense.DO_NOT_EXCEED:
        return False
    return planned < 0 if measure.sense is Sense.INCREASE else planned > 0


def _against(measure: Measure) -> tuple[str, str]:
    """How the fact is joined to the target, and what is said of it: ", past the target of 18.5%."."""
    status, target = measure.verdict.status, measure.target.known
    if target is None or not status.is_judged:
        return "", ""
    if measure.sense is Sense.DO_NOT_EXCEED:
        return ",", _LIMITS[status].format(count(target))
    if measure.actual.known == target:
        return ",", f"exactly on the target of {target_in_percent(measure)}."
    if not measure.is_clear_change or measure.change.reduction is None or measure.change.is_unreliable:
        return ";", f"the target of {count(target)} was {_MET[status]}."
    if not asks_for_change(measure):
        side = "below" if measure.sense is Sense.INCREASE else "above"
        return ",", f"{'within' if status.is_met else side} the target of {count(target)}."
    return _beside_percentage(measure)


def _beside_percentage(measure: Measure) -> tuple[str, str]:
    """A clear change in per cent against one that was planned: in the same direction, or in the other."""
    reduction = measure.change.reduction or Fraction(0)
    planned = measure.planned_change.reduction or Fraction(0)
    way = "up " if measure.sense is Sense.INCREASE else ""
    if reduction * planned < 0:
        return ";", f"the target was {moved(measure.planned_change, max(1, _places(measure)))}."
    if in_percent(reduction, _places(measure)) == in_percent(planned, _places(measure)):
        by = count(abs(measure.verdict.excess or 0))
        return ",", f"{by} {_more_or_fewer(measure)} the target of {count(measure.target.known or 0)}."
    place = {Status.MET: "past", Status.MISSED_NARROWLY: "just short of"}.get(measure.verdict.status, "short of")
    return ",", f"{place} the target of {way}{target_in_percent(measure)}."


def _places(measure: Measure) -> int:
    return places_of(measure.change, measure.planned_change)


def _more_or_fewer(measure: Measure) -> str:
    return "more than" if (measure.verdict.excess or 0) > 0 else "fewer than"


_LIMITS = {
    Status.WITHIN_LIMIT: "within the limit of {}.",
    Status.ABOVE_LIMIT: "above the limit of {}, within usual variation.",
    Status.CLEAR_INCREASE: "clearly above the limit of {}.",
}
_MET = {Status.MET: "met", Status.MISSED_NARROWLY: "narrowly missed", Status.MISSED: "missed"}


def to_date_headline(row: Row, quarter: Quarter) -> tuple[str, str]:
    """How a quarter's year so far stands to the same months of last year, and how the quarter by itself does.

    Of the same parts, counted alike; nothing where there is nothing to compare.
    """
    if row.to_date is None:
        return "", ""
    so_far = _compared(row, row.to_date.on_last_year, months(quarter.year.quarters[0], quarter))
    if quarter.number == 1:
        return so_far, ""
    alone = _alone(row.to_date.quarter_on_quarter, quarter)
    return (so_far, alone) if so_far else (alone, "")


def months(first: Quarter, last: Quarter) -> str:
    """April to September 2008."""
    if first.begins.year == last.ends.year:
        return f"{first.begins:%B} to {last.ends:%B %Y}"
    return f"{first.begins:%B %Y} to {last.ends:%B %Y}"


def _compared(row: Row, comparison: Comparison, period: str) -> str:
    fair = comparison.fair
    if fair is None or fair.change.counts is None:
        return ""
    subject = Subject.of(row)
    without = without_words(fair)
    name = f"{capital(without)} {in_sentence(subject.name)}" if without else subject.name
    before, after = fair.change.counts
    # The counts once, at the end, with the period that they are of.
    said = fact(Subject(name, subject.is_plural), fair.change, "", is_clear=fair.is_clear_change, has_counts=False)
    return f"{said} in {period} on the same months a year before: {count(after)} against {count(before)}."


def _alone(comparison: Comparison, quarter: Quarter) -> str:
    """July to September 2008 alone: 1,204 against 1,230, no clear change."""
    fair = comparison.fair
    if fair is None or fair.change.counts is None or fair.change.unavailable is not None:
        return ""
    before, after = fair.change.counts
    without = without_words(fair)
    change = moved(fair.change) if fair.is_clear_change or before == after else "no clear change"
    where = f"{months(quarter, quarter)} alone{', ' + without.rstrip(',') if without else ''}"
    return f"{where}: {count(after)} against {count(before)}, {change}."


def without_words(comparison: Comparison) -> str:
    """without wounding, counted differently now, and robbery, no longer counted,"""
    return f"without {_left_out(comparison)}," if comparison.left_out else ""


def _left_out(comparison: Comparison) -> str:
    return " and ".join(
        f"{listed([in_sentence(name) for name in names])}, {words}" for words, names in _by_reason(comparison).items()
    )


def _by_reason(comparison: Comparison) -> dict[str, list[str]]:
    words = {
        Unlike.COUNTED_DIFFERENTLY: "counted differently now",
        Unlike.NO_LONGER_COUNTED: "no longer counted",
        Unlike.NOT_COUNTED_THEN: "not counted then",
    }
    found: dict[str, list[str]] = {}
    for name, reason in comparison.left_out.items():
        found.setdefault(words[reason], []).append(name)
    return found
