from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.pages.agencies import agencies_page
from performance.public_pages import published


@require_safe
@published
def agencies(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.standing_in(slug, request.user, clock.today())
    page = agencies_page(standing.partnership, today=standing.day, shows_contacts=standing.is_member)
    return render(request, "performance/agencies.html", {"page": page, "standing": standing, "section": "agencies"})
