"""One agency with the work that it leads and supports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from performance import access
from performance.pages.agency import agency_page
from priorities.queries import work_by


@require_safe
def agency(request: HttpRequest, slug: str, agency: str) -> HttpResponse:
    today = timezone.localdate()
    standing = access.standing_in(slug, request.user, today)
    page = agency_page(standing, agency)
    if page is None:
        raise Http404("The partnership has no such agency.")
    leads, supports = work_by(page.agency, today)
    context = {
        "page": page, "leads": leads, "supports": supports, "today": today, "standing": standing, "section": "agencies",
    }  # fmt: skip
    return render(request, "priorities/agency.html", context)
