from __future__ import annotations

from collections.abc import Callable
from datetime import date

from django.contrib.auth.models import User
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import PartnerAgency, Partnership
from tests.pages import Page

Get = Callable[..., Page]


def test_the_plans_eight_agencies(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/agencies/")
    assert page.one(".app-lead") == "Eight bodies make up the partnership."
    assert page.all(".app-agencies h2") == [
        "St Albans City & District Council",
        "Hertfordshire Constabulary",
        "Hertfordshire Police Authority",
        "Probation Service, Hertfordshire area",
        "Hertfordshire County Council",
        "Hertfordshire Fire & Rescue",
        "Primary Care Trust",
        "Youth Offending Team",
    ]
    assert "Supplies the figures for theft of vehicle, theft from vehicle" in page.text


def test_contacts_are_for_members(
    st_albans: Partnership, get: Get, client: Client, person: Callable[..., User]
) -> None:
    PartnerAgency.objects.filter(slug="police").update(contact_name="A. Sergeant", contact_phone="01727 000000")
    assert "Sergeant" not in get("/st-albans/agencies/").text
    client.force_login(person("partner", st_albans))
    assert "Contact: A. Sergeant, 01727 000000" in get("/st-albans/agencies/").text


def test_an_agency_that_has_left_stays_readable(st_albans: Partnership, get: Get) -> None:
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    PartnerAgency.objects.filter(slug="health").update(left_on=date(2013, 3, 31), succeeded_by=council)
    page = get("/st-albans/agencies/")
    assert page.one(".app-lead") == "Seven bodies make up the partnership."
    assert page.all("h2")[-1] == "Formerly in the partnership"
    assert "Left on 31 March 2013; succeeded by St Albans City & District Council." in page.text


def test_a_partnership_without_agencies(elsewhere: Partnership, get: Get) -> None:
    PartnerAgency.objects.all().delete()
    Partnership.objects.update(is_public=True)
    assert "No agencies have been entered yet." in get("/elsewhere/agencies/").text


def test_the_number_of_queries_is_fixed(st_albans: Partnership, client: Client) -> None:
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/st-albans/agencies/").status_code == 200
    assert len(queries) == 4


def test_whoever_came_later_did_not_count_what_was_before(st_albans: Partnership, get: Get) -> None:
    police = PartnerAgency.objects.get(slug="police", partnership=st_albans)
    new = PartnerAgency.objects.create(
        partnership=st_albans, name="Police of Herts", slug="herts", joined_on=date(2013, 4, 1)
    )
    new.supplies.set(police.supplies.all())
    PartnerAgency.objects.filter(pk=police.pk).update(left_on=date(2013, 3, 31), succeeded_by=new)
    assert "Recorded crimes, counted by Hertfordshire Constabulary." in get("/st-albans/2007-08/").text
