"""Who has supplied what for each period, and what is missing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import QuerySet

from performance.calculations.figures import NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.models import (
    Actual,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    Reminder,
    ReturnEvent,
    ReturnState,
)
from performance.queries.category_tree import load_successions
from performance.queries.suppliers import Suppliers
from performance.wording import in_sentence

_CLOSING = (ReturnEvent.Kind.SUBMITTED, ReturnEvent.Kind.SENT_BACK, ReturnEvent.Kind.PUBLISHED)


@dataclass(frozen=True, slots=True)
class Supply:
    """What one agency supplies for a period: how many figures are expected, and the categories that are missing.

    Without an agency: the categories that no agency is named for.
    """

    agency: int | None
    name: str
    expected: int
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """A period's return: its state, the day on which it is due, and what each agency has supplied."""

    period: Period
    state: ReturnState
    is_begun: bool
    due: date
    supplies: tuple[Supply, ...]
    without: tuple[str, ...] = ()
    """The categories that have no figure and will have none, each with its reason: robbery is withheld."""
    is_sent_back: bool = False

    @property
    def expected(self) -> int:
        return sum(supply.expected for supply in self.supplies)

    @property
    def missing(self) -> tuple[str, ...]:
        """The names of the missing categories, each once, though two agencies may supply one."""
        return tuple(dict.fromkeys(name for supply in self.supplies for name in supply.missing))

    @property
    def is_quarter(self) -> bool:
        return isinstance(self.period, Quarter)


def returns_progress(partnership: Partnership, years: Iterable[FinancialYear]) -> tuple[Progress, ...]:
    """Every quarter of some years, and every other period that has a return, in order of time. Six queries."""
    held = {row.period: row for row in PeriodReturn.objects.filter(partnership=partnership)}
    expected = dict(CrimeCategory.objects.expected_of(partnership).values_list("pk", "name"))
    answered: dict[int, dict[int, str]] = defaultdict(dict)
    rows = Actual.objects.filter(period_return__partnership=partnership, category__in=expected)
    rows = rows.exclude(missing=Actual.Missing.NOT_YET_AVAILABLE)
    for return_pk, category, missing in rows.values_list("period_return", "category", "missing"):
        answered[return_pk][category] = missing
    steps = ReturnEvent.objects.filter(period_return__partnership=partnership, kind__in=_CLOSING)
    last = dict(steps.order_by("pk").values_list("period_return", "kind"))
    suppliers = Suppliers.load(partnership)
    successions = load_successions(partnership)
    periods: set[Period] = {quarter for year in years for quarter in year.quarters} | set(held)
    found = []
    for period in sorted(periods, key=lambda each: (each.ends, isinstance(each, FinancialYear))):
        row = held.get(period)
        given = answered[row.pk] if row else {}
        names = {pk: name for pk, name in expected.items() if successions.is_counted(pk, period.year)}
        found.append(
            Progress(
                period=period,
                state=ReturnState(row.state) if row else ReturnState.DRAFT,
                is_begun=row is not None,
                due=due_on(partnership, period),
                supplies=_supplies(names, suppliers.by_agency(period.ends), set(given)),
                without=tuple(
                    f"{in_sentence(names[pk])} is {NoFigure(missing).words}"
                    for pk, missing in given.items()
                    if missing and pk in names
                ),
                is_sent_back=row is not None and last.get(row.pk) == ReturnEvent.Kind.SENT_BACK,
            )
        )
    return tuple(found)


def due_on(partnership: Partnership, period: Period) -> date:
    """The day by which a period's return is to be handed in."""
    return period.ends + timedelta(days=partnership.returns_due_after)


def _supplies(
    names: dict[int, str], suppliers: dict[tuple[int, str], list[int]], answered: set[int]
) -> tuple[Supply, ...]:
    """By agency, in the order of the partnership; those only that supplied when the period ended."""
    expected = {agency: [pk for pk in categories if pk in names] for agency, categories in suppliers.items()}
    supplied: dict[tuple[int | None, str], list[int]] = {agency: pks for agency, pks in expected.items() if pks}
    named = {category for categories in supplied.values() for category in categories}
    if orphans := [category for category in names if category not in named]:
        supplied[None, "No agency is named"] = orphans
    in_order = list(names)
    return tuple(
        Supply(
            agency=pk,
            name=name,
            expected=len(categories),
            missing=tuple(names[each] for each in in_order if each in categories and each not in answered),
        )
        for (pk, name), categories in supplied.items()
    )


def reminders_of(partnership: Partnership) -> QuerySet[Reminder]:
    """What was sent, the latest first. One query when read."""
    return Reminder.objects.filter(partnership=partnership).select_related("user", "asked_by")
