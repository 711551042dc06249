"""The areas of all Community Safety Partnerships, as the official lookups name them."""

from __future__ import annotations

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command

from performance.models import Area, AreaPopulation, ComparisonGroup, Partnership

pytestmark = pytest.mark.django_db


@pytest.fixture
def areas() -> None:
    call_command("load_areas", verbosity=0)


def test_every_area_of_both_lookups_is_there(areas: None) -> None:
    assert Area.objects.count() == 316
    assert Area.objects.filter(code__startswith="W").count() == 23


def test_st_albans_has_its_code_force_district_and_population(areas: None) -> None:
    area = Area.objects.get(code="E22000128")
    assert (area.name, area.police_force, area.districts) == ("St Albans", "Hertfordshire", ["E07000240"])
    assert area.populations.get(year=2011).residents == 141_248


def test_an_area_knows_the_names_that_other_tables_use(areas: None) -> None:
    assert Area.objects.get(name="City of London").other_names == ["London, City of"]


def test_loading_again_mends_what_was_changed_and_adds_nothing(areas: None) -> None:
    Area.objects.filter(code="E22000128").update(name="Verulamium")
    call_command("load_areas", verbosity=0)
    assert Area.objects.get(code="E22000128").name == "St Albans"
    assert (Area.objects.count(), AreaPopulation.objects.count()) == (316, 130)


def test_a_group_to_compare_with_does_not_end_before_it_begins(elsewhere: Partnership) -> None:
    group = ComparisonGroup(partnership=elsewhere, name="Neighbours", first_day="2008-04-08", last_day="2008-04-07")
    with pytest.raises(ValidationError, match="The last day is before the first"):
        group.full_clean()
