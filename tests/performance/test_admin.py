"""The owner's admin: lists that can be searched and filtered, and nothing published that can be lost."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.contrib import admin
from django.contrib.auth.models import User
from django.db.models import Model
from django.test import Client
from django.urls import reverse

from performance.models import Actual, Baseline, CrimeCategory, PartnerAgency, Partnership, PeriodReturn, Target
from tests.pages import Page

OURS = [model for model in admin.site._registry if model.__module__.startswith(("performance.", "priorities."))]


@pytest.fixture
def owner(st_albans: Partnership, client: Client, person: Callable[..., User]) -> Client:
    client.force_login(person("owner", is_staff=True, is_superuser=True))
    return client


def change_address(row: Model, action: str = "change") -> str:
    return reverse(f"admin:{row._meta.app_label}_{row._meta.model_name}_{action}", args=[row.pk])


@pytest.mark.parametrize("model", OURS, ids=lambda model: model.__name__)
def test_every_list_can_be_searched_filtered_and_read(owner: Client, model: type[Model]) -> None:
    options = admin.site._registry[model]
    assert len(options.list_display) > 1
    assert options.list_filter
    assert options.search_fields
    address = reverse(f"admin:{model._meta.app_label}_{model._meta.model_name}_changelist")
    assert owner.get(address, {"q": "St Albans"}).status_code == 200
    page = Page(owner.get(address).content.decode())
    assert len(page.soup.select("#result_list thead th")) > 2 or not model._default_manager.exists()
    for link in page.links("#changelist-filter a"):
        assert owner.get(address + link).status_code == 200


@pytest.mark.parametrize("model", [PeriodReturn, Actual, Baseline, Target], ids=lambda model: model.__name__)
def test_what_is_published_can_be_read_but_not_changed(owner: Client, model: type[Model]) -> None:
    row = model._default_manager.first()
    assert row is not None
    page = Page(owner.get(change_address(row)).content.decode())
    assert page.soup.select("#content input[name=count]") == []
    assert page.soup.select("input[name=_save]") == []
    assert owner.post(change_address(row), {"count": 1}).status_code == 403
    assert owner.post(change_address(row, "delete"), {"post": "yes"}).status_code == 403


def test_many_published_figures_cannot_be_deleted_at_once(owner: Client) -> None:
    chosen = {"action": "delete_selected", "_selected_action": [str(row.pk) for row in Actual.objects.all()]}
    owner.post(reverse("admin:performance_actual_changelist"), chosen | {"post": "yes"})
    assert Actual.objects.count() == 10


def test_a_category_with_figures_cannot_be_deleted(owner: Client) -> None:
    robbery = CrimeCategory.objects.get(slug="robbery")
    page = Page(owner.post(change_address(robbery, "delete"), {"post": "yes"}).content.decode())
    assert page.one("h1") == "Cannot delete crime category"
    assert CrimeCategory.objects.filter(slug="robbery").exists()


def test_an_agency_that_supplies_figures_is_ended_not_deleted(owner: Client) -> None:
    police, health = (PartnerAgency.objects.get(slug=slug) for slug in ("police", "health"))
    assert owner.post(change_address(police, "delete"), {"post": "yes"}).status_code == 403
    assert owner.post(change_address(health, "delete"), {"post": "yes"}).status_code == 302
    assert not PartnerAgency.objects.filter(slug="health").exists()


def test_a_draft_is_not_changed_here_either(owner: Client, st_albans: Partnership) -> None:
    """Figures are entered on the returns pages, where each change is kept."""
    held = PeriodReturn.objects.create(partnership=st_albans, financial_year="2008/09", quarter=1)
    figure = Actual.objects.create(period_return=held, category=CrimeCategory.objects.get(slug="robbery"), count=21)
    for row in (held, figure):
        assert owner.get(change_address(row)).status_code == 200
        assert owner.post(change_address(row), {"count": 1}).status_code == 403
        assert owner.post(change_address(row, "delete"), {"post": "yes"}).status_code == 403
    assert owner.get(reverse("admin:performance_actual_add")).status_code == 403


def test_a_year_that_is_none_gets_a_message(owner: Client) -> None:
    response = owner.post(reverse("admin:performance_baseline_add"), {"financial_year": "2003/05", "count": "1"})
    page = Page(response.content.decode())
    assert any("2003 is followed by 2004" in error for error in page.all(".errorlist li"))
    assert any("Enter a financial year, such as 2007/08." in error for error in page.all(".errorlist li"))
