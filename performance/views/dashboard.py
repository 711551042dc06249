from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.calculations.periods import FinancialYear, Quarter
from performance.extensions import render_extended
from performance.pages import dashboard as page_of
from performance.pages.quarter import QuarterPage, quarter_page
from performance.public_pages import published
from performance.queries import latest_published, returns_held


@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """To the partnership where there is one, to a list where there are several."""
    partnerships = access.partnerships_seen_by(request.user, clock.today())
    if len(partnerships) == 1:
        return redirect("dashboard", slug=partnerships[0].slug)
    return render(request, "performance/home.html", {"partnerships": partnerships})


@require_safe
@published
def chart(request: HttpRequest, slug: str, year: FinancialYear) -> HttpResponse:
    """The reductions of a year, for plotly.js."""
    page, _ = _dashboard(request, slug, year)
    if isinstance(page, QuarterPage) or page.chart is None:
        raise Http404("There is nothing to draw.")
    return HttpResponse(page.chart.as_json(), content_type="application/json")


@require_safe
@published
def dashboard(request: HttpRequest, slug: str, year: FinancialYear | None = None) -> HttpResponse:
    """A year, or the latest published period, which may be a quarter."""
    page, standing = _dashboard(request, slug, year)
    template = "performance/quarter.html" if isinstance(page, QuarterPage) else "performance/dashboard.html"
    return render_extended(request, template, page, standing, "performance")


@require_safe
@published
def quarter(request: HttpRequest, slug: str, year: FinancialYear, number: int) -> HttpResponse:
    standing = access.standing_in(slug, request.user, clock.today())
    returns = returns_held(standing.returns)
    page = quarter_page(standing.partnership, returns, Quarter(year, number), standing.day)
    return render_extended(request, "performance/quarter.html", page, standing, "performance")


def _dashboard(
    request: HttpRequest, slug: str, year: FinancialYear | None
) -> tuple[page_of.Dashboard | QuarterPage, access.Standing]:
    """The dashboard that an address asks for, or that of the latest published period, and who asks."""
    standing = access.standing_in(slug, request.user, clock.today())
    returns = returns_held(standing.returns)
    latest = latest_published(returns)
    period = year or (latest.period if latest else None)
    if isinstance(period, Quarter):
        return quarter_page(standing.partnership, returns, period, standing.day), standing
    return page_of.dashboard(standing.partnership, returns, period, standing.day), standing
