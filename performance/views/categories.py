from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.calculations.periods import FinancialYear, Quarter
from performance.extensions import render_extended
from performance.models import CrimeCategory
from performance.pages.category import CategoryPage, category_page
from performance.pages.category_quarter import CHARTS, CategoryQuarterPage, category_quarter_page
from performance.public_pages import published
from performance.queries import figure_changes, parts_of, returns_held, target_changes


@require_safe
@published
def chart(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """A category's years, for plotly.js."""
    page, _ = _category(request, slug, category)
    if page.chart is None:
        raise Http404("There is nothing to draw.")
    return HttpResponse(page.chart.as_json(), content_type="application/json")


@require_safe
@published
def category(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    page, standing = _category(request, slug, category)
    return render_extended(request, "performance/category.html", page, standing, "performance")


def _category(request: HttpRequest, slug: str, category: str) -> tuple[CategoryPage, access.Standing]:
    """The category that an address asks for, and who asks."""
    standing = access.standing_in(slug, request.user, clock.today())
    row = get_object_or_404(CrimeCategory.objects.of(standing.partnership).select_related("parent"), slug=category)
    return category_page(standing.partnership, returns_held(standing.returns), row), standing


@require_safe
@published
def category_quarter(request: HttpRequest, slug: str, category: str, year: FinancialYear, number: int) -> HttpResponse:
    page, standing = _category_quarter(request, slug, category, Quarter(year, number))
    return render_extended(request, "performance/category_quarter.html", page, standing, "performance")


def _category_quarter(
    request: HttpRequest, slug: str, category: str, quarter: Quarter
) -> tuple[CategoryQuarterPage, access.Standing]:
    """The category in the light of a quarter that an address asks for, and who asks."""
    standing = access.standing_in(slug, request.user, clock.today())
    row = get_object_or_404(CrimeCategory.objects.of(standing.partnership).select_related("parent"), slug=category)
    return category_quarter_page(standing.partnership, returns_held(standing.returns), row, quarter), standing


@require_safe
@published
def quarter_chart(
    request: HttpRequest, slug: str, category: str, year: FinancialYear, number: int, chart: str
) -> HttpResponse:
    """One of the charts of a category in a quarter, for plotly.js."""
    page, _ = _category_quarter(request, slug, category, Quarter(year, number))
    drawn = CHARTS[chart](page) if chart in CHARTS else None
    if drawn is None:
        raise Http404("There is nothing to draw.")
    return HttpResponse(drawn.as_json(), content_type="application/json")


@require_safe
@published
def history(request: HttpRequest, slug: str, category: str) -> HttpResponse:
    """What was revised after publication, which every reader of the figures may see; by whom, for members."""
    standing = access.standing_in(slug, request.user, clock.today())
    row = get_object_or_404(CrimeCategory.objects.of(standing.partnership), slug=category)
    slugs = [part.slug for part in parts_of(standing.partnership, row)] or [row.slug]
    changes = figure_changes(
        standing.partnership, category_slugs=slugs, revised_only=True, hides_withheld=not standing.is_member
    )
    changes += target_changes(standing.partnership, slugs)
    context = {"category": row, "changes": changes, "standing": standing, "section": "performance"}
    return render(request, "performance/category_history.html", context)
