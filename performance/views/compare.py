from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.calculations.periods import Quarter
from performance.pages.compare import compare_page
from performance.public_pages import published


@require_safe
@published
def compare(request: HttpRequest, slug: str) -> HttpResponse:
    """A category beside similar areas; `category` and `to` (2008-09/q1) choose what and when."""
    standing = access.standing_in(slug, request.user, clock.today())
    page = compare_page(
        standing.partnership, request.GET.get("category", ""), _quarter(request.GET.get("to", "")), standing.seen_on
    )
    return render(request, "performance/compare.html", {"page": page, "standing": standing, "section": "compare"})


def _quarter(text: str) -> Quarter | None:
    """What was asked for; None, for the latest, where it is no quarter."""
    try:
        return Quarter.parse(text)
    except ValueError:
        return None
