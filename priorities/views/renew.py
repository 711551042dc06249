"""New plan from this one, for administrators: filled in, looked over, made."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from performance.actions.returns import Refused
from performance.queries import returns_held
from performance.views.desk import get_or_post
from priorities.actions.renewal import renew as make_new_plan
from priorities.pages.renewal import renewal_page
from priorities.queries import plans_of
from priorities.views.manage import manager


@login_required
@get_or_post
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    standing = manager(request, slug)
    plans = plans_of(standing.partnership)
    if not plans:
        raise Http404("There is no plan to begin from.")
    returns = returns_held(standing.returns)
    data = request.POST.dict() if request.method == "POST" else None
    page = renewal_page(standing.partnership, returns, plans[-1], data)
    # Baselines of another year may be asked for first: then nothing is held against the form yet.
    proposes = "propose" in request.POST
    refusal = ""
    if page.is_sound and "make" in request.POST and not proposes:
        try:
            new = make_new_plan(plan=plans[-1], renewal=page.renewal, by=request.user, today=timezone.localdate())
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{new.title} is made. The plan before it stays readable.")
            return redirect("plan_year", slug=slug, year=new.first_year)
    context = {
        "page": page, "standing": standing, "section": "manage", "refusal": refusal,
        "errors": () if proposes else page.errors, "is_sound": page.is_sound and not proposes and not refusal,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "priorities/renew.html", context, status=status)
