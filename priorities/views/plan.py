from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from performance import access
from performance.queries import returns_held
from priorities.pages.plan import plan_page


@require_safe
def plan(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.standing_in(slug, request.user, timezone.localdate())
    page = plan_page(standing.partnership, returns_held(standing.returns))
    return render(request, "priorities/plan.html", {"page": page, "standing": standing, "section": "plan"})
