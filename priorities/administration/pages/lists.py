"""The lists of what administrators manage."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from performance.models import CrimeCategory, Partnership, SurveyWave
from priorities.administration.queries import Ending, endings_of, shared_categories
from priorities.administration.registry import Kind
from priorities.models import Plan


@dataclass(frozen=True, slots=True)
class Item:
    """A row in a list: how it is called, what is said beside it, whether it has ended and where it may be moved."""

    pk: int
    title: str
    remark: str
    ended: Ending | None
    may_change: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ManagedList:
    partnership: Partnership
    kind: Kind
    plan: Plan | None
    others: tuple[Plan, ...]
    """The partnership's other plans, whose rows of the kind have lists of their own."""
    groups: tuple[Group, ...]

    @property
    def may_add(self) -> bool:
        return self.kind.may_add(self.plan)


def managed_list(partnership: Partnership, kind: Kind, plan: Plan | None, plans: Sequence[Plan]) -> ManagedList:
    """The rows of a kind under their headings, in order; of one of its plans where it belongs to them.

    At most four queries.
    """
    rows = list(kind.rows(partnership, plan)) if plan or not kind.needs_plan else []
    ended = endings_of(partnership, rows)
    shared = shared_categories() if kind.model is CrimeCategory else frozenset()
    groups = []
    for heading, each in groupby(rows, key=lambda row: _heading(kind, row)):
        members = list(each)
        items = [
            Item(
                pk=row.pk,
                title=_title(row),
                remark=kind.remark(row),
                ended=ended.get(row.pk),
                may_change=row.pk not in shared,
                is_first=row is members[0],
                is_last=row is members[-1],
            )
            for row in members
        ]
        groups.append(Group(heading, tuple(items)))
    others = tuple(each for each in plans if each != plan) if kind.needs_plan else ()
    return ManagedList(partnership, kind, plan, others, tuple(groups))


def _heading(kind: Kind, row: Any) -> str:
    if isinstance(row, CrimeCategory):
        return str(row.get_kind_display())
    return str(getattr(row, kind.group)) if kind.group else ""


def _title(row: Any) -> str:
    return str(row.name) if isinstance(row, SurveyWave) else str(getattr(row, "title", "") or row)
