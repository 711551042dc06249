"""What became of a count: down 25%, no clear change, from 0 to 5. Chance is not told as news."""

from __future__ import annotations

from dataclasses import dataclass

from performance.calculations.change import Change
from performance.calculations.measures import Measure
from performance.queries import Row
from performance.wording import capital, count, from_to, in_percent, moved


@dataclass(frozen=True, slots=True)
class Subject:
    """Who a sentence is about: all BCS crimes are, robbery is."""

    name: str
    is_plural: bool

    @classmethod
    def of(cls, row: Row) -> Subject:
        return cls(row.category.full_name, row.category.is_plural)

    @property
    def is_(self) -> str:
        return "are" if self.is_plural else "is"

    def verb(self, plural: str) -> str:
        """show or shows."""
        return plural if self.is_plural else f"{plural}s"


def direction(change: Change) -> str:
    """down 44%, up 27%, no change: a fact of two counts. The counts first where the baseline is small, alone at 0."""
    if change.reduction is None:
        return from_to(change) if change.has_counts_alone else f"change cannot be worked out: {_reason(change)}"
    if change.is_unreliable and change.reduction:
        return f"{from_to(change)} ({moved(change)})"
    return moved(change)


def _reason(change: Change) -> str:
    return change.unavailable.value if change.unavailable else ""


def told(measure: Measure, since: str = "") -> str:
    """What may be said of a change as a message: its direction only where it is more than chance."""
    if measure.fair is None:
        return "counted differently now"
    if measure.fair is not measure:
        return f"{told(measure.fair, since)}, without what is counted differently now"
    if measure.change.counts is None or measure.change.reduction == 0 or measure.is_clear_change:
        return f"{direction(measure.change)}{since}"
    return f"no clear change{since}, {from_to(measure.change)}"


def stood(row: Row, *, is_past: bool = False) -> str:
    """are down 25%; showed no clear change, from 104 to 79: what may be said of a change, with its verb."""
    is_plural, said = row.category.is_plural, told(row.measure)
    present, past = ("show", "showed") if said.startswith("no ") else ("are", "were")
    if not is_plural:
        present, past = {"show": "shows", "are": "is"}[present], {"showed": "showed", "were": "was"}[past]
    return f"{past if is_past else present} {said}"


def fact(
    subject: Subject, change: Change, since: str, *, is_clear: bool, places: int = 0, has_counts: bool = True
) -> str:
    """All BCS crimes are down 25% since 2003/04; robbery shows no clear change since 2003/04, from 104 to 79.

    `has_counts`: with the counts where there is no percentage; not where they are told beside it.
    """
    counts = change.counts
    if counts is None or (change.reduction is None and not change.has_counts_alone):
        return f"{subject.name}: {direction(change)}"
    before, after = counts
    if before == after:
        return f"{subject.name} {subject.is_} unchanged{since}"
    if min(counts) < 0:
        return f"{subject.name} went {from_to(change)}{since}"
    if not is_clear:
        return f"{subject.name} {subject.verb('show')} no clear change{since}" + (
            f", {from_to(change)}" if has_counts else ""
        )
    if change.reduction is None or change.is_unreliable:
        way = "fell" if after < before else "rose"
        return f"{subject.name} {way} {from_to(change)}{since}" if has_counts else f"{subject.name} {way}{since}"
    return f"{subject.name} {subject.is_} {moved(change, places)}{since}"


def rose_or_fell(name: str, change: Change, how: str = "") -> str:
    """Theft of cycle rose by 27%, from 146 to 186; without a percentage where the baseline is small.

    `how` stands after the verb: rose most clearly, by 27%.
    """
    before, after = change.counts or (0, 0)
    way = f"{'fell' if after < before else 'rose'}{how}"
    if change.reduction is None or change.is_unreliable:
        return f"{name} {way} {from_to(change)}"
    return f"{name} {way}{',' if how else ''} by {in_percent(change.reduction)}, {from_to(change)}"


def since(row: Row) -> str:
    """Since 2003/04, where the baseline has one year."""
    return f" since {row.measure.baseline_year}" if row.measure.baseline_year else ""


def since_baseline(row: Row) -> str:
    """Up 27% since 2003/04, from 146 to 186."""
    measure = row.measure
    change = measure.change
    if change.counts is None or len(measure.baseline_years) > 1:
        return ""
    if measure.fair is not measure:
        return f"{capital(from_to(change))}{since(row)}, but counted differently now: not like for like."
    if change.reduction == 0:
        return f"No change{since(row)}, at {count(change.counts[1])}."
    if min(change.counts) >= 0 and not measure.is_clear_change:
        return f"No clear change{since(row)}: {from_to(change)}."
    if change.reduction is None or change.is_unreliable:
        return f"{capital(direction(change))}{since(row)}."
    return f"{capital(moved(change))}{since(row)}, {from_to(change)}."


def course_title(row: Row) -> str:
    """The finding of the chart of years: Theft of cycle is up 27% since 2003/04."""
    measure = row.measure
    subject = Subject(row.category.name, row.category.is_plural)
    if measure.change.counts is None or len(measure.baseline_years) > 1:
        return f"{subject.name}, year by year"
    if measure.fair is not measure:
        return f"{subject.name}, year by year: counted differently now"
    return fact(subject, measure.change, since(row), is_clear=measure.is_clear_change)
