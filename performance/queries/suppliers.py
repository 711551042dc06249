"""Which agency supplies which figures on a day."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from performance.models import PartnerAgency, Partnership


@dataclass(frozen=True, slots=True)
class Supply:
    """That an agency supplies a category while it is there."""

    agency: int
    name: str
    joined_on: date | None
    left_on: date | None
    succeeded_by: int | None
    category: int

    def is_there(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or self.left_on >= day)


class Suppliers:
    """What each agency supplies, from when on.

    A body that took another's place supplies what that one supplied, but not while the other, or the one before it, was
    still there. What a body supplied by itself before it took a place is not told apart from that.
    """

    def __init__(self, supplies: Iterable[Supply]) -> None:
        self._supplies = list(supplies)
        self._after = {each.agency: each.succeeded_by for each in self._supplies}

    @classmethod
    def load(cls, partnership: Partnership) -> Suppliers:
        """One query."""
        return cls.load_many([partnership.pk])[partnership.pk]

    @classmethod
    def load_many(cls, partnerships: Collection[int]) -> dict[int, Suppliers]:
        """Those of some partnerships, by the partnership's number. One query."""
        rows = PartnerAgency.objects.filter(partnership__in=partnerships, supplies__isnull=False)
        columns = ("partnership", "pk", "name", "joined_on", "left_on", "succeeded_by", "supplies")
        found: dict[int, list[Supply]] = defaultdict(list)
        for partnership, *supply in rows.values_list(*columns):
            found[partnership].append(Supply(*supply))
        return {pk: cls(found[pk]) for pk in partnerships}

    def by_agency(self, day: date) -> dict[tuple[int, str], list[int]]:
        """The numbers of the categories that each agency supplies on a day, in the order of the partnership."""
        there = [each for each in self._supplies if each.is_there(day)]
        waiting = {(pk, each.category) for each in there for pk in self._successors(each.agency)}
        found: dict[tuple[int, str], list[int]] = defaultdict(list)
        for each in there:
            if (each.agency, each.category) not in waiting:
                found[each.agency, each.name].append(each.category)
        return found

    def on(self, day: date) -> dict[int, list[str]]:
        """The names of the agencies that supply a category on a day, by the category's number."""
        found: dict[int, list[str]] = defaultdict(list)
        for (_, name), categories in self.by_agency(day).items():
            for category in categories:
                found[category].append(name)
        return found

    def _successors(self, agency: int) -> Iterator[int]:
        """Who took its place, and theirs."""
        seen = {agency}
        while (after := self._after.get(agency)) is not None and after not in seen:
            yield after
            seen.add(after)
            agency = after
