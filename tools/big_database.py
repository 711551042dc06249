"""Make the demonstration's database big: more years, categories and partnerships, and a long history.

    DATABASE_URL=sqlite:///big.sqlite3 … python -m tools.big_database

The demonstration district then has 25 years of 25 categories and 100,000 changes, 319 other partnerships have as many
figures, and the first of those has 100 changes. What it writes is for measuring, and is written past the forms.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from typing import Any
from uuid import UUID

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.db.models import Model  # noqa: E402

from performance.calculations.periods import FinancialYear, Quarter  # noqa: E402
from performance.models import (  # noqa: E402
    Actual,
    Baseline,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    ReturnEvent,
    Revision,
    Target,
)

YEARS, CATEGORIES, PARTNERSHIPS, CHANGES, FEW_CHANGES = 25, 25, 320, 100_000, 100
DEMONSTRATION = "demonstration"
LAST = Quarter(FinancialYear(2008), 2)
FIRST = Quarter(FinancialYear(LAST.year.start - YEARS + 1), 1)
AT_ONCE = 5_000
APART = 10_000_000
"""The numbers of a partnership's rows and those of its copy are so far apart."""


def main() -> None:
    with transaction.atomic():
        partnership = Partnership.objects.get(slug=DEMONSTRATION)
        categories = _categories(partnership)
        _figures(partnership, categories)
        _targets(partnership, categories)
        _partnerships(partnership)
        for model in (PeriodReturn, Actual, Baseline, Target):
            _copy(model, partnership)
        _changes(partnership, CHANGES)
        _changes(Partnership.objects.get(slug="partnership-1"), FEW_CHANGES)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    print(
        f"{Partnership.objects.count()} partnerships, {Actual.objects.count():,} figures, {CHANGES:,} changes of one."
    )


def _categories(partnership: Partnership) -> list[CrimeCategory]:
    """The demonstration's, and so many of its own that there are enough."""
    shared = list(CrimeCategory.objects.filter(actuals__period_return__partnership=partnership).distinct())
    own = [
        CrimeCategory(partnership=partnership, name=f"Invented crime {number}", slug=f"invented-{number}", position=900)
        for number in range(CATEGORIES - len(shared))
    ]
    return shared + CrimeCategory.objects.bulk_create(own)


def _quarters() -> Iterator[Quarter]:
    quarter = FIRST
    while quarter <= LAST:
        yield quarter
        quarter += 1


def _figures(partnership: Partnership, categories: list[CrimeCategory]) -> None:
    """Every quarter has a figure of every category; the last one waits to be published."""
    there = {row.period for row in PeriodReturn.objects.filter(partnership=partnership)}
    PeriodReturn.objects.bulk_create(
        PeriodReturn(
            partnership=partnership,
            financial_year=quarter.year,
            quarter=quarter.number,
            state="published",
            figures_as_at=quarter.ends + timedelta(days=24),
        )
        for quarter in _quarters()
        if quarter not in there
    )
    held = set(Actual.objects.filter(period_return__partnership=partnership).values_list("period_return", "category"))
    Actual.objects.bulk_create(
        Actual(period_return=row, category=category, count=100 + (7 * place + 13 * number) % 90, version=1)
        for number, row in enumerate(PeriodReturn.objects.filter(partnership=partnership))
        for place, category in enumerate(categories)
        if (row.pk, category.pk) not in held
    )


def _targets(partnership: Partnership, categories: list[CrimeCategory]) -> None:
    """Each category without a baseline gets one, and each year after it a target."""
    without = [row for row in categories if not row.baselines.filter(partnership=partnership).exists()]
    Baseline.objects.bulk_create(
        Baseline(
            partnership=partnership, category=row, financial_year=FIRST.year, count=600, in_use_from=FIRST.year + 1
        )
        for row in without
    )
    baselines = {row.category_id: row for row in Baseline.objects.filter(partnership=partnership)}
    there = set(Target.objects.filter(partnership=partnership).values_list("category", "financial_year"))
    Target.objects.bulk_create(
        Target(partnership=partnership, category_id=pk, financial_year=year, count=570, baseline=baseline)
        for pk, baseline in baselines.items()
        for year in (FinancialYear(start) for start in range(baseline.in_use_from.start, LAST.year.start + 1))
        if (pk, year) not in there
    )


def _partnerships(partnership: Partnership) -> None:
    """Others, public as the first is; their numbers follow on its own by what `_copy` adds."""
    Partnership.objects.bulk_create(
        Partnership(
            pk=partnership.pk + number * APART,
            name=f"District {number}",
            title=f"District {number}: invented figures",
            slug=f"partnership-{number}",
            home_office_name=f"District {number}",
            home_office_code=f"E99{number:06}",
            police_force="Demonstration Constabulary",
            is_public=True,
            is_invented=True,
        )
        for number in range(1, PARTNERSHIPS - Partnership.objects.count() + 1)
    )


def _copy(model: type[Model], partnership: Partnership) -> None:
    """Give every other partnership the same rows, each row's number and those that it names moved by so much."""
    moved = (Partnership, PeriodReturn, Baseline)
    columns, values = [], []
    for field in model._meta.concrete_fields:
        columns.append(f'"{field.column}"')
        is_moved = field.primary_key or field.related_model in moved
        values.append(f'source."{field.column}"' + (" + other.id - %s" if is_moved else ""))
    is_own = "source.partnership_id = %s"
    if model is Actual:
        is_own = "source.period_return_id IN (SELECT id FROM performance_periodreturn WHERE partnership_id = %s)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {model._meta.db_table} ({', '.join(columns)}) "  # noqa: S608 (our own names)
            f"SELECT {', '.join(values)} FROM {model._meta.db_table} source, performance_partnership other "
            f"WHERE {is_own} AND other.slug LIKE 'partnership-%%'",
            [*[partnership.pk] * sum("%s" in value for value in values), partnership.pk],
        )


def _changes(partnership: Partnership, wanted: int) -> None:
    """Figures saved one by one until the history has so many changes, each a version of its figure."""
    there = Revision.objects.filter(actual__period_return__partnership=partnership)
    missing = max(0, wanted - there.count())
    rows = list(Actual.objects.filter(period_return__partnership=partnership).order_by("pk"))
    user = get_user_model().objects.get(username="officer")
    begins, numbers = datetime(2009, 1, 1, tzinfo=UTC), count(partnership.pk * APART)
    for first in range(0, missing, AT_ONCE):
        places = range(first, min(first + AT_ONCE, missing))
        of = [rows[place % len(rows)] for place in places]
        events = ReturnEvent.objects.bulk_create(
            ReturnEvent(
                period_return_id=row.period_return_id,
                kind=ReturnEvent.Kind.SAVED,
                token=UUID(int=next(numbers)),
                at=begins + timedelta(minutes=place),
                by=user,
            )
            for place, row in zip(places, of, strict=True)
        )
        Revision.objects.bulk_create(_next_version(row, event) for row, event in zip(of, events, strict=True))
    Actual.objects.bulk_update(rows, ["version"], batch_size=200)


def _next_version(row: Any, event: ReturnEvent) -> Revision:
    row.version += 1
    return Revision(actual=row, event=event, version=row.version, was_count=row.count, count=row.count)


if __name__ == "__main__":
    main()
