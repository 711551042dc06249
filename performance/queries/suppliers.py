"""Which agency supplies which figures on a day."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from performance.models import PartnerAgency, Partnership


@dataclass(frozen=True, slots=True)
class _Supply:
    agency: int
    name: str
    joined_on: date | None
    left_on: date | None
    succeeded_by: int | None
    category: int

    def is_there(self, day: date) -> bool:
        return (self.joined_on is None or self.joined_on <= day) and (self.left_on is None or self.left_on >= day)


class Suppliers:
    """What each agency supplies, from when on. One query.

    A body that took another's place supplies what that one supplied, but not while the other was still there.
    """

    def __init__(self, partnership: Partnership) -> None:
        rows = PartnerAgency.objects.filter(partnership=partnership, supplies__isnull=False)
        columns = rows.values_list("pk", "name", "joined_on", "left_on", "succeeded_by", "supplies")
        self._supplies = [_Supply(*row) for row in columns]

    def on(self, day: date) -> dict[int, list[tuple[int, str]]]:
        """The number and the name of each agency that supplies a category on a day, by the category's number.

        Agencies and categories come up in the order of the partnership and of what each supplies.
        """
        there = [each for each in self._supplies if each.is_there(day)]
        before = {(each.succeeded_by, each.category) for each in there if each.succeeded_by is not None}
        found: dict[int, list[tuple[int, str]]] = defaultdict(list)
        for each in there:
            if (each.agency, each.category) not in before:
                found[each.category].append((each.agency, each.name))
        return found
