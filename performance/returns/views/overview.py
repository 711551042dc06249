"""All returns of a partnership."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.extensions import years_asked_for
from performance.returns.pages.overview import returns_page


@login_required
@require_safe
def returns(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.member_in(slug, request.user, clock.today())
    page = returns_page(standing, years_asked_for(standing.partnership))
    return render(request, "performance/returns.html", {"page": page, "standing": standing, "section": "returns"})
