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
from performance.queries.renewal import category_names
from performance.views.desk import get_or_post
from priorities.actions.renewal import renew as make_new_plan
from priorities.pages.renewal import names_twice, renewal_page
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
    # Other baselines may be asked for first: what was typed stays, the boxes of baselines are filled anew.
    proposes = "propose" in request.POST
    page = renewal_page(standing.partnership, returns, plans[-1], request.POST if request.method == "POST" else None)
    if proposes:
        data = request.POST.copy()
        for line in page.categories:
            data[f"{line.slug}-baseline"] = "" if line.actual is None else f"{line.actual:,}"
        page = renewal_page(standing.partnership, returns, plans[-1], data)
    errors, refusal = page.errors, ""
    is_sound = page.is_valid and not proposes
    if is_sound and (twice := names_twice(page.categories, category_names(standing.partnership))):
        errors, is_sound = twice, False
    if is_sound and "make" in request.POST:
        try:
            new = make_new_plan(plan=plans[-1], renewal=page.renewal, by=request.user, today=timezone.localdate())
        except Refused as refused:
            refusal, is_sound = str(refused), False
        else:
            messages.success(request, f"{new.title} is made. The plan before it stays readable.")
            return redirect("plan_year", slug=slug, year=new.first_year)
    context = {
        "page": page, "standing": standing, "section": "manage", "errors": errors, "refusal": refusal,
        "is_sound": is_sound,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "priorities/renew.html", context, status=status)
