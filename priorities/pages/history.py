"""The history: who changed what, from what to what, when and why?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.core.paginator import Page, Paginator

from performance.models import Partnership
from performance.queries import AuditEntry, figure_changes, return_changes, setting_changes
from priorities.pages.filters import Filter
from priorities.queries import plan_changes

ON_A_PAGE = 100
_LABELS = {"kind": "What kind", "who": "Who", "category": "Measure", "period": "Period"}
HEADINGS = ("When", "Who", "Kind", "What", "Was", "Became", "Why")


@dataclass(frozen=True)
class HistoryPage:
    """Everything that the page prints; `shown` is one page of `changes`."""

    partnership: Partnership
    changes: tuple[AuditEntry, ...]
    shown: Page
    filters: tuple[Filter, ...]
    query: str

    @property
    def is_filtered(self) -> bool:
        return any(each.chosen for each in self.filters)

    @property
    def rows(self) -> list[tuple[str, ...]]:
        """As they are downloaded."""
        return [
            (f"{each.at:%Y-%m-%d %H:%M}", each.who, each.kind, each.subject, each.was, each.became, each.why)
            for each in self.changes
        ]


def history_page(partnership: Partnership, chosen: Mapping[str, str], number: str) -> HistoryPage:
    """Everything that was changed, the latest first, narrowed by what was chosen, in a fixed number of queries."""
    everything = [
        *figure_changes(partnership),
        *return_changes(partnership),
        *setting_changes(partnership),
        *plan_changes(partnership),
    ]
    everything.sort(key=lambda change: change.at, reverse=True)
    filters = tuple(_filter(name, label, everything, chosen.get(name, "")) for name, label in _LABELS.items())
    found = [change for change in everything if all(each.lets_through(_values(change, each.name)) for each in filters)]
    query = urlencode({each.name: each.chosen for each in filters if each.chosen})
    return HistoryPage(partnership, tuple(found), Paginator(found, ON_A_PAGE).get_page(number), filters, query)


def _values(change: AuditEntry, name: str) -> list[tuple[str, str]]:
    """What a change is found by, and how that is called."""
    if name == "category":
        return [(change.category, change.subject.rsplit(",", 1)[0])] if change.category else []
    if name == "period":
        return [(change.period.slug, str(change.period))] if change.period else []
    value = str(getattr(change, name))
    return [(value, value)]


def _filter(name: str, label: str, changes: list[AuditEntry], chosen: str) -> Filter:
    values = (value for change in changes for value in _values(change, name))
    return Filter.of(name, label, values, chosen, descending=name == "period")


def file_name(partnership: Partnership, today: date) -> str:
    return f"{partnership.slug}-history-{today}.csv"
