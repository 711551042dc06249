"""The work plan, one action, and what its lead agency reports."""

from __future__ import annotations

from http import HTTPStatus
from typing import NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.access import Act
from performance.exports import as_csv
from performance.http import get_or_post, sent, token_of
from performance.public_pages import published
from performance.queries import returns_held
from performance.refusals import Refused
from priorities.actions.work import held_for_report
from priorities.actions.work import report as add_report
from priorities.forms.work import MilestoneForm, ReportForm
from priorities.models import Milestone
from priorities.pages.action import ActionPage, action_page, quarters_to_report
from priorities.pages.work_plan import HEADINGS, work_plan_page
from priorities.queries import Work, work_on


@require_safe
@published
def work_plan(request: HttpRequest, slug: str) -> HttpResponse:
    """The actions, overdue first; with ?download=csv as a file of all that the filters leave."""
    standing = access.standing_in(slug, request.user, clock.today())
    page = work_plan_page(standing.partnership, returns_held(standing.returns), request.GET.dict(), standing.seen_on)
    if "download" in request.GET:
        file = HttpResponse(as_csv(HEADINGS, page.rows), content_type="text/csv; charset=utf-8")
        file["Content-Disposition"] = f'attachment; filename="{slug}-work-plan-{standing.day}.csv"'
        return file
    return render(request, "priorities/work_plan.html", {"page": page, "standing": standing, "section": "work"})


class _At(NamedTuple):
    """One person at one action."""

    standing: access.Standing
    work: Work
    page: ActionPage


def _at(request: HttpRequest, slug: str, pk: int) -> _At:
    standing = access.standing_in(slug, request.user, clock.today())
    work = work_on(standing.partnership, pk, standing.seen_on)
    if work is None:
        raise Http404("The work plan has no such action.")
    may_report = standing.may_report(work.action.lead_id)
    day, may_manage = standing.seen_on, standing.may_manage
    page = action_page(standing.partnership, work, day, may_report=may_report, may_manage=may_manage)
    return _At(standing, work, page)


@require_safe
@published
def action(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    at = _at(request, slug, pk)
    return render(request, "priorities/action.html", {"page": at.page, "standing": at.standing, "section": "work"})


def _reporting(request: HttpRequest, slug: str, pk: int) -> _At:
    access.member_in(slug, request.user, clock.today())
    at = _at(request, slug, pk)
    if not at.page.may_report:
        raise access.denied(Act.REPORT_OWN)
    return at


@login_required
@get_or_post
def report(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add what was done in a quarter. Sent twice it is added once."""
    at = _reporting(request, slug, pk)
    today = at.standing.day
    form = ReportForm(sent(request), quarters=quarters_to_report(at.work, at.standing.seen_on))
    refusal = ""
    if form.is_valid():
        try:
            add_report(
                action=at.work.action,
                by=request.user,
                today=today,
                at=clock.now(),
                token=token_of(request),
                **form.report,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, "The report is added.")
            return redirect("action", slug=slug, pk=pk)
    return _form(request, at, form, "Report on the action", refusal)


@login_required
@get_or_post
def milestone(request: HttpRequest, slug: str, pk: int, milestone: int | None = None) -> HttpResponse:
    """Add a milestone, or say that one is done."""
    at = _reporting(request, slug, pk)
    today, refusal = at.standing.day, ""
    with transaction.atomic():
        if request.method == "POST":
            try:
                held_for_report(action=at.work.action, by=request.user, today=today)
            except Refused as refused:
                refusal = str(refused)
        held = get_object_or_404(Milestone, action=at.work.action, pk=milestone) if milestone else None
        form = MilestoneForm(sent(request), instance=held or Milestone(action=at.work.action), today=today)
        if not refusal and form.is_valid():
            form.save()
            messages.success(request, "The milestone is saved.")
            return redirect("action", slug=slug, pk=pk)
    return _form(request, at, form, "Change a milestone" if held else "Add a milestone", refusal)


def _form(
    request: HttpRequest, at: _At, form: ReportForm | MilestoneForm, heading: str, refusal: str = ""
) -> HttpResponse:
    context = {
        "page": at.page, "standing": at.standing, "section": "work", "form": form, "heading": heading,
        "refusal": refusal,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "priorities/action_form.html", context, status=status)
