"""The plan, one aim of it, and the strategies that it serves."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.calculations.periods import FinancialYear
from performance.public_pages import published
from performance.queries import returns_held
from priorities.pages.aim import aim_page
from priorities.pages.plan import PlanPage, plan_page
from priorities.pages.strategies import strategies_page


@require_safe
@published
def plan(request: HttpRequest, slug: str, year: FinancialYear | None = None) -> HttpResponse:
    page, standing = _page(request, slug, year)
    return render(request, "priorities/plan.html", {"page": page, "standing": standing, "section": "plan"})


@require_safe
@published
def aim(request: HttpRequest, slug: str, aim: str, year: FinancialYear | None = None) -> HttpResponse:
    of_plan, standing = _page(request, slug, year)
    page = aim_page(of_plan, aim)
    if page is None:
        raise Http404("The plan has no such aim.")
    return render(request, "priorities/aim.html", {"page": page, "standing": standing, "section": "plan"})


@require_safe
@published
def strategies(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.standing_in(slug, request.user, clock.today())
    page = strategies_page(standing.partnership, standing.seen_on)
    return render(request, "priorities/strategies.html", {"page": page, "standing": standing, "section": "plan"})


def _page(request: HttpRequest, slug: str, year: FinancialYear | None) -> tuple[PlanPage, access.Standing]:
    standing = access.standing_in(slug, request.user, clock.today())
    page = plan_page(standing.partnership, returns_held(standing.returns), standing.seen_on, year)
    if year is not None and page.plan is None:
        raise Http404("No plan begins in this year.")
    return page, standing
