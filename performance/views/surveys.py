from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.pages.surveys import surveys_page
from performance.public_pages import published


@require_safe
@published
def surveys(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.standing_in(slug, request.user, clock.today())
    page = surveys_page(standing.partnership)
    return render(request, "performance/surveys.html", {"page": page, "standing": standing, "section": "surveys"})
