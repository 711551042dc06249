"""The history of changes: of the figures and of the plan, so it stands here and not beside the figures."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.exports import as_csv
from priorities.pages.history import HEADINGS, file_name, history_page


@login_required
@require_safe
def history(request: HttpRequest, slug: str) -> HttpResponse:
    """Everything that was changed; with ?download=csv as a file of all that the filters leave."""
    standing = access.member_in(slug, request.user, clock.today())
    page = history_page(standing.partnership, request.GET.dict(), request.GET.get("page", ""))
    if "download" in request.GET:
        file = HttpResponse(as_csv(HEADINGS, page.rows), content_type="text/csv; charset=utf-8")
        file["Content-Disposition"] = f'attachment; filename="{file_name(standing.partnership, standing.day)}"'
        return file
    return render(request, "priorities/history.html", {"page": page, "standing": standing, "section": "returns"})
