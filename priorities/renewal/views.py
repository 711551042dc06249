"""New plan from this one, for administrators: filled in, looked over, made."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from performance.http import get_or_post
from performance.queries import returns_held
from performance.refusals import Refused
from priorities.administration.views.rows import manager
from priorities.models import Plan
from priorities.queries import plans_of
from priorities.renewal.actions import renew as make_new_plan
from priorities.renewal.pages import renewal_page


@login_required
@get_or_post
def renew(request: HttpRequest, slug: str) -> HttpResponse:
    standing = manager(request, slug)
    plans = plans_of(standing.partnership)
    if not plans:
        raise Http404("There is no plan to begin from.")
    data = request.POST.dict() if request.method == "POST" else None
    if data and "make" in data and (made := _made_already(plans, data)):
        messages.info(request, f"{made.title} is made already.")
        return redirect("plan_year", slug=slug, year=made.first_year)
    page = renewal_page(standing.partnership, returns_held(standing.returns), plans, data)
    # Baselines of another year may be asked for first: then nothing is held against the form yet.
    proposes = "propose" in request.POST
    makes = page.is_sound and "make" in request.POST and not proposes
    refusal = ""
    if makes and page.is_looked_over:
        try:
            new = make_new_plan(plan=plans[-1], renewal=page.renewal, by=request.user, today=standing.day)
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{new.title} is made. The plan before it stays readable.")
            return redirect("plan_year", slug=slug, year=new.first_year)
    context = {
        "page": page, "standing": standing, "section": "manage", "refusal": refusal,
        "errors": () if proposes else page.errors, "is_sound": page.is_sound and not proposes and not refusal,
        "is_changed": makes and not page.is_looked_over,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "priorities/renew.html", context, status=status)


def _made_already(plans: tuple[Plan, ...], data: dict[str, str]) -> Plan | None:
    """The last plan, where it is what was sent: who sends the form twice is led to what it made."""
    last = plans[-1]
    is_it = data.get("title", "").strip() == last.title and data.get("first_year", "").strip() == str(last.first_year)
    return last if is_it else None
