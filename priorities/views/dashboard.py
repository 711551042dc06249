"""Pages about figures that also tell what is being done about them: the work plan is known here, not below."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance.calculations.periods import FinancialYear
from performance.views.categories import category_of_request
from performance.views.dashboard import dashboard_of_request
from priorities.pages.actions_on_figures import doing_about, doing_on


@require_safe
def dashboard(request: HttpRequest, slug: str, year: FinancialYear | None = None, number: int = 0) -> HttpResponse:
    page, standing = dashboard_of_request(request, slug, year, number)
    doing = doing_about(page, standing.day)
    context = {"page": page, "doing": doing, "standing": standing, "section": "performance"}
    return render(request, "performance/dashboard.html", context)


@require_safe
def category(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    page, standing = category_of_request(request, slug, category)
    doing = doing_on(page, standing.day)
    context = {"page": page, "doing": doing, "standing": standing, "section": "performance"}
    return render(request, "performance/category.html", context)
