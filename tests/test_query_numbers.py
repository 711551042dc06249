"""How many queries each page asks, in one table: fixed, whatever the number of categories, periods or partnerships.

A page that needs another query gets its new number here, in the commit that gives it the query.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.calculations.periods import FinancialYear
from performance.models import Actual, Baseline, CrimeCategory, Partnership, PeriodReturn, Role, Target

READER = {
    "/{slug}/2007-08/": 12,
    "/{slug}/2008-09/q1/": 13,
    "/{slug}/categories/theft-of-cycle/2008-09/q1/": 15,
    "/{slug}/categories/theft-of-cycle/": 17,
    "/{slug}/categories/all-bcs-crimes/": 17,
    "/{slug}/plan/": 22,
    "/{slug}/actions/": 17,
}
ADMINISTRATOR = {
    "/{slug}/returns/2008-09/q1/": 14,
    "/{slug}/targets/2008-09/": 11,
    "/{slug}/manage/renew/": 14,
}


@pytest.fixture
def demonstration(st_albans: Partnership, person: Callable[..., User]) -> Partnership:
    """Six years of quarters, baselines and targets, with a plan and its work."""
    for command in ("make_demonstration_district", "make_demonstration_plan"):
        call_command(command, verbosity=0)
    return Partnership.objects.get(slug="demonstration")


def more_years_and_categories(partnership: Partnership) -> None:
    """Eight more years of quarters, and thirty categories of its own that are counted in all of them."""
    own = [
        CrimeCategory(name=f"Own {each}", slug=f"own-{each}", position=100, partnership=partnership)
        for each in range(30)
    ]
    CrimeCategory.objects.bulk_create(own)
    publisher = User.objects.create(username="publisher")
    for start in range(1995, 2003):
        for quarter in FinancialYear(start).quarters:
            PeriodReturn.objects.create(
                partnership=partnership, financial_year=quarter.year, quarter=quarter.number, state="published",
                figures_as_at=quarter.ends, published_by=publisher, published_at="2009-01-01T12:00Z",
            )  # fmt: skip
    returns = PeriodReturn.objects.filter(partnership=partnership)
    Actual.objects.bulk_create(
        Actual(period_return=held, category=category, count=20) for held in returns for category in own
    )
    for category in own:
        baseline = Baseline.objects.create(
            partnership=partnership, category=category, financial_year="2003/04", count=80, in_use_from="2004/05"
        )
        Target.objects.create(
            partnership=partnership, category=category, financial_year="2007/08", count=70, baseline=baseline
        )


def asked(client: Client, address: str, slug: str) -> int:
    with CaptureQueriesContext(connection) as queries:
        assert client.get(address.format(slug=slug)).status_code == 200
    return len(queries)


def test_what_a_reader_opens(demonstration: Partnership, client: Client) -> None:
    assert {address: asked(client, address, demonstration.slug) for address in READER} == READER
    more_years_and_categories(demonstration)
    assert {address: asked(client, address, demonstration.slug) for address in READER} == READER


def test_what_an_administrator_opens(demonstration: Partnership, client: Client, person: Callable[..., User]) -> None:
    client.force_login(person("someone", demonstration, Role.ADMINISTRATOR))
    assert {address: asked(client, address, demonstration.slug) for address in ADMINISTRATOR} == ADMINISTRATOR
    more_years_and_categories(demonstration)
    assert {address: asked(client, address, demonstration.slug) for address in ADMINISTRATOR} == ADMINISTRATOR
