"""Like for like: whether two sums count the same things in the same way, and what can be compared where they do not.

One function decides, `compare`, for every comparison by itself: a quarter, a year to date, four quarters in a row or
a whole year, against last year or against the baseline. One of them may be broken and the other not.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum
from functools import cached_property

from .change import Change, NoChange, change
from .figures import NOT_HELD, Figure
from .periods import Period, Quarter
from .significance import is_clear_change, strength


@dataclass(frozen=True, slots=True)
class Span:
    """The quarters that a sum is taken over, from the first to the last of them without a gap."""

    first: Quarter
    last: Quarter

    def __post_init__(self) -> None:
        if self.last < self.first:
            raise ValueError(f"A span does not end in {self.last}, before it begins in {self.first}.")

    @property
    def length(self) -> int:
        """How many quarters."""
        return 4 * (self.last.year.start - self.first.year.start) + self.last.number - self.first.number + 1

    @classmethod
    def of(cls, period: Period) -> Span:
        """A quarter by itself; of a year its four."""
        return cls(period, period) if isinstance(period, Quarter) else cls(period.quarters[0], period.quarters[3])

    @classmethod
    def to_date(cls, quarter: Quarter) -> Span:
        return cls(quarter.year.quarters[0], quarter)

    @classmethod
    def four_to(cls, quarter: Quarter) -> Span:
        return cls(quarter - 3, quarter)


def breaks_between(changes: Iterable[Quarter], earlier: Span, later: Span) -> bool:
    """Whether the way of counting changed after the earlier sum began and by the end of the later one.

    A change that begins with the first quarter of the earlier sum is before both: they are alike.
    """
    return any(earlier.first < begins <= later.last for begins in changes)


def breaks_within(changes: Iterable[Quarter], span: Span) -> bool:
    """Whether a sum is itself made of quarters counted in one way and quarters counted in another."""
    return breaks_between(changes, span, span)


class Unlike(Enum):
    """Why a category in a sum is not like for like."""

    COUNTED_DIFFERENTLY = "counted differently"
    NO_LONGER_COUNTED = "no longer counted"
    NOT_COUNTED_THEN = "not counted then"


@dataclass(frozen=True, slots=True)
class Counted:
    """A category that a sum is made of, with its figure over the sum's quarters.

    `strand` is what it counts through all renamings, splits and mergers: theft of cycle and the bicycle theft that
    took its place are one strand, and so are a category that was split and its parts. `is_whole` is False where a part
    of the strand is counted outside the sum. `changes` are the quarters from which it is counted differently.
    """

    name: str
    strand: Hashable
    figure: Figure
    changes: tuple[Quarter, ...] = ()
    is_whole: bool = True


@dataclass(frozen=True)
class Sum:
    """A category, or the categories that a total is made of, over some quarters."""

    over: Span
    parts: tuple[Counted, ...]

    @cached_property
    def figure(self) -> Figure:
        """As it stands, whatever it is compared with. Without any part it is not held."""
        return _total(self.parts)

    @property
    def is_broken(self) -> bool:
        """Whether the way of counting changed within it: marked [b] wherever the sum is shown."""
        return any(breaks_within(part.changes, self.over) for part in self.parts)


@dataclass(frozen=True)
class Comparison:
    """Two sums of the same parts, as far as there are any, and what had to be left out or said.

    `before` and `after` hold the parts that both sums have. `left_out` names, with the reason, those that only one of
    them has; `changed` those that both have but count differently.
    """

    before: Sum
    after: Sum
    left_out: Mapping[str, Unlike] = field(default_factory=dict)
    changed: tuple[str, ...] = ()
    dispersion: float | None = None
    """How much more than Poisson the later sum's own series varies; None without enough history."""

    @property
    def is_like_for_like(self) -> bool:
        """Whether both sums, as they stand, count the same things in the same way; else it is marked [b]."""
        return not self.left_out and not self.changed

    @property
    def counts_alike(self) -> bool:
        """Whether what is compared, once parts that only one sum has are left out, is counted in the same way."""
        return not self.changed

    @cached_property
    def change(self) -> Change:
        """Of the sums of the same parts. Where there are none the reason is that different things are counted."""
        if not self.before.parts or not self.after.parts:
            return Change(self.before.figure, self.after.figure, None, NoChange.NOT_THE_SAME_THINGS)
        return change(self.before.figure, self.after.figure)

    @cached_property
    def without_changed(self) -> Comparison | None:
        """The comparison without the parts that are counted differently; None where nothing would change or be left."""
        if not self.changed:
            return None
        strands = {part.strand for part in (*self.before.parts, *self.after.parts) if part.name in self.changed}
        before, after = (_without(each, strands) for each in (self.before, self.after))
        if not before.parts or not after.parts:
            return None
        out = dict(self.left_out) | dict.fromkeys(self.changed, Unlike.COUNTED_DIFFERENTLY)
        return Comparison(before, after, out, dispersion=self.dispersion)

    @cached_property
    def is_clear_change(self) -> bool:
        """Whether the two differ by more than chance: what may be told as news. Never across a change."""
        counts = self._countable
        return counts is not None and self.counts_alike and is_clear_change(*counts, self.dispersion)

    @cached_property
    def strength(self) -> float:
        """|z| of the change, by which changes are ranked; 0 where it cannot be tested."""
        return strength(*self._countable, self.dispersion) if self._countable is not None else 0.0

    @property
    def _countable(self) -> tuple[int, int] | None:
        counts = self.change.counts
        is_same = self.change.unavailable is not NoChange.NOT_THE_SAME_THINGS
        return counts if counts is not None and is_same and min(counts) >= 0 else None

    @property
    def fair(self) -> Comparison | None:
        """What a headline may speak of: this if it is counted alike, else the comparison without what is not."""
        return self if self.counts_alike else self.without_changed


def compare(earlier: Sum, later: Sum, dispersion: float | None = None) -> Comparison:
    """Take the same parts on both sides where that can be done, and say what was left out and what is not alike.

    A part is on both sides if its whole strand is. A part of which the way of counting changed between the first
    quarter of the earlier sum and the last of the later one stays in and is named. Sums without a strand in common
    are given as they stand, without a change.
    """
    shared = _strands(earlier) & _strands(later)
    before, after = (
        Sum(each.over, tuple(part for part in each.parts if part.strand in shared)) for each in (earlier, later)
    )
    left_out = {part.name: Unlike.NO_LONGER_COUNTED for part in earlier.parts if part.strand not in shared}
    left_out |= {part.name: Unlike.NOT_COUNTED_THEN for part in later.parts if part.strand not in shared}
    changed = tuple(dict.fromkeys(part.name for part in after.parts if _has_changed(part.strand, before, after)))
    return Comparison(before, after, left_out, changed, dispersion)


def _has_changed(strand: Hashable, before: Sum, after: Sum) -> bool:
    changes = {begins for part in (*before.parts, *after.parts) if part.strand == strand for begins in part.changes}
    return breaks_between(changes, before.over, after.over)


def _strands(total: Sum) -> set[Hashable]:
    """Those that are wholly in a sum."""
    return {part.strand for part in total.parts} - {part.strand for part in total.parts if not part.is_whole}


def _without(total: Sum, strands: set[Hashable]) -> Sum:
    return Sum(total.over, tuple(part for part in total.parts if part.strand not in strands))


def _total(parts: Sequence[Counted]) -> Figure:
    if not parts:
        return NOT_HELD
    if len(parts) == 1:
        return parts[0].figure
    return Figure.total({part.name: part.figure for part in parts})


def strands_of(links: Iterable[tuple[Hashable, Hashable]]) -> dict[Hashable, Hashable]:
    """The strand of each category that took another's place or gave up its own: one name for all that hang together.

    `links` are pairs of what was counted before and what is counted after. What is in no pair is its own strand.
    """
    found: dict[Hashable, Hashable] = {}
    for before, after in links:
        joined = {found.get(before, before), found.get(after, after)}
        name = found.get(before, before)
        for member in [each for each, strand in found.items() if strand in joined]:
            found[member] = name
        found[before] = found[after] = name
    return found
