"""How others do: rates, what of their difference means anything, and what is missing."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.core.management import CommandError, call_command
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import Area, AreaFigure, AreaPopulation, ComparisonGroup, CrimeCategory, Partnership
from tests.pages import Page

Get = Callable[..., Page]
ADDRESS = "/st-albans/compare/"
QUARTERS = (("2007/08", 2), ("2007/08", 3), ("2007/08", 4), ("2008/09", 1))


def give(area: Area, *counts: int, residents: int | None = 10_000) -> None:
    """Four quarters of robbery, and how many live there."""
    robbery = CrimeCategory.objects.get(slug="robbery")
    for (year, quarter), count in zip(QUARTERS, counts, strict=False):
        AreaFigure.objects.create(
            area=area,
            category=robbery,
            financial_year=year,
            quarter=quarter,
            count=count,
            source=AreaFigure.Source.HOME_OFFICE,
        )
    if residents is not None:
        AreaPopulation.objects.create(area=area, year=2007, residents=residents, source="Invented")


@pytest.fixture
def group(st_albans: Partnership) -> list[Area]:
    """Five areas that St Albans is compared with, all alike but for the last."""
    call_command("load_areas", verbosity=0)
    areas = list(Area.objects.filter(police_force="Hertfordshire").exclude(code="E22000128")[:5])
    made = ComparisonGroup.objects.create(
        partnership=st_albans, name="Neighbours", reason="Of one county.", first_day=date(2008, 4, 8)
    )
    made.areas.set(areas)
    for place, area in enumerate(areas):
        give(area, *((20 + place,) * 4 if place < 4 else (90,) * 4))
    give(Area.objects.get(code="E22000128"), 20, 20, 20, 20)
    return areas


def test_the_sentence_follows_the_limits_and_not_the_rank(group: list[Area], get: Get) -> None:
    page = get(ADDRESS)
    assert page.one(".app-lead") == "8.0 robberies for every 1,000 residents of St Albans, similar to areas like it."
    assert page.one(".app-verdict").startswith("Lowest of 6 (joint). Five of the six differ by no more than is usual")
    assert page.all("figure h2") == [f"{group[4].name} is higher than similar areas"]


def test_the_table_has_every_rate_with_how_sure_it_is(group: list[Area], get: Get) -> None:
    rows = {row[0]: row[1:] for row in get(ADDRESS).rows()}
    assert rows["St Albans"][:3] == ["80", "10,000", "8.0"]
    assert rows[group[4].name][-1] == "▲ Higher"
    assert len(rows) == 6


def test_an_area_that_lacks_a_quarter_is_left_out_and_named(group: list[Area], get: Get) -> None:
    AreaFigure.objects.filter(area=group[1], quarter=3).delete()
    page = get(ADDRESS)
    assert f"{group[1].name}: a quarter or the population is not held" in page.text
    assert group[1].name not in {row[0] for row in page.rows()}


def test_without_a_population_there_is_no_rate(group: list[Area], get: Get) -> None:
    AreaPopulation.objects.filter(area__code="E22000128").delete()
    page = get(ADDRESS)
    assert page.one(".app-lead") == "St Albans has no rate: a quarter, or its population, is not held."


def test_a_later_quarter_is_chosen_in_the_address(group: list[Area], get: Get) -> None:
    page = get(f"{ADDRESS}?category=robbery&to=2008-09/q1")
    assert "July 2007 to June 2008, the last four quarters" in page.text
    page = get(f"{ADDRESS}?category=robbery&to=2009-10/q1")
    assert "No area has all four quarters of robbery." in page.text


@pytest.mark.parametrize("query", ["?category=none-such", "?to=soon", "?to=2008-09/q9", "?category=%00"])
def test_odd_choices_lead_to_the_latest(group: list[Area], get: Get, query: str) -> None:
    assert "July 2007 to June 2008" in get(ADDRESS + query).text


def test_a_group_counts_from_its_first_day_to_its_last(group: list[Area], get: Get) -> None:
    ComparisonGroup.objects.update(last_day=date(2009, 3, 31))
    assert get(ADDRESS).one(".app-lead") == "No areas to compare with have been chosen yet."


def test_without_figures_it_says_so(st_albans: Partnership, group: list[Area], get: Get) -> None:
    AreaFigure.objects.all().delete()
    assert get(ADDRESS).one(".app-lead") == "No figures of these areas are held yet."


def test_the_number_of_queries_is_fixed(group: list[Area], client: Client) -> None:
    with CaptureQueriesContext(connection) as few:
        client.get(ADDRESS)
    for area in Area.objects.exclude(populations__isnull=False):
        give(area, 20, 21, 22, 23)
    ComparisonGroup.objects.get().areas.set(Area.objects.all())
    with CaptureQueriesContext(connection) as many:
        client.get(ADDRESS)
    assert len(few) == len(many) <= 10


def test_the_demonstration_has_invented_areas_and_says_so(st_albans: Partnership, get: Get) -> None:
    with pytest.raises(CommandError, match="no demonstration district"):
        call_command("make_demonstration_areas")
    call_command("make_demonstration_district", verbosity=0)
    call_command("make_demonstration_areas", verbosity=0)
    call_command("make_demonstration_areas", verbosity=0)
    page = get("/demonstration/compare/?category=all-bcs-crimes")
    assert len(page.rows()) == 11
    assert "Invented figures." in page.text
    assert AreaPopulation.objects.filter(year=2007, is_invented=False).count() == 0
