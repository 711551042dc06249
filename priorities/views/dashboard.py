"""Pages about figures that also tell what is being done about them: the work plan is known here, not below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.access import Standing
from performance.calculations.periods import FinancialYear, Quarter
from performance.pages.quarter import QuarterPage
from performance.public_pages import published
from performance.views.categories import category_of_request, category_quarter_of_request
from performance.views.dashboard import dashboard_of_request, quarter_of_request
from priorities.pages.actions_on_figures import doing_about, doing_on, explained_in, works_on


@require_safe
@published
def dashboard(request: HttpRequest, slug: str, year: FinancialYear | None = None) -> HttpResponse:
    """A year, or the latest published period, which may be a quarter."""
    page, standing = dashboard_of_request(request, slug, year)
    if isinstance(page, QuarterPage):
        return _quarter(request, page, standing)
    doing = doing_about(page, standing.seen_on)
    context = {"page": page, "doing": doing, "standing": standing, "section": "performance"}
    return render(request, "performance/dashboard.html", context)


@require_safe
@published
def quarter(request: HttpRequest, slug: str, year: FinancialYear, number: int) -> HttpResponse:
    page, standing = quarter_of_request(request, slug, Quarter(year, number))
    return _quarter(request, page, standing)


def _quarter(request: HttpRequest, page: QuarterPage, standing: Standing) -> HttpResponse:
    explained = explained_in(page, standing.seen_on)
    context = {"page": page, "explained": explained, "standing": standing, "section": "performance"}
    return render(request, "priorities/quarter.html", context)


@require_safe
@published
def category(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    page, standing = category_of_request(request, slug, category)
    doing = doing_on(page, standing.seen_on)
    context = {"page": page, "doing": doing, "standing": standing, "section": "performance"}
    return render(request, "performance/category.html", context)


@require_safe
@published
def category_quarter(request: HttpRequest, slug: str, category: str, year: FinancialYear, number: int) -> HttpResponse:
    page, standing = category_quarter_of_request(request, slug, category, Quarter(year, number))
    works = works_on(page, standing.day)
    context = {"page": page, "works": works, "standing": standing, "section": "performance"}
    return render(request, "priorities/category_quarter.html", context)
