"""One agency with the work that it leads and supports."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.pages.agency import agency_page
from performance.public_pages import published
from priorities.queries import work_by


@require_safe
@published
def agency(request: HttpRequest, slug: str, agency: str) -> HttpResponse:
    standing = access.standing_in(slug, request.user, clock.today())
    page = agency_page(standing, agency)
    if page is None:
        raise Http404("The partnership has no such agency.")
    work = work_by(page.agency, standing.seen_on)
    context = {"page": page, "work": work, "standing": standing, "section": "agencies"}
    return render(request, "priorities/agency.html", context)
