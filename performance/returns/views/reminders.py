"""Reminders: what was sent, and one by hand."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.access import Act
from performance.calculations.periods import Period
from performance.http import get_or_post
from performance.models import ReturnState
from performance.queries import members_of
from performance.returns.context import return_context
from performance.returns.queries import reminders_of, returns_progress
from performance.returns.reminders import asked_for, claim, deliver_later
from performance.wording import times

ON_A_PAGE = 50


@login_required
@require_safe
def reminders(request: HttpRequest, slug: str) -> HttpResponse:
    standing = access.member_in(slug, request.user, clock.today())
    access.require(standing, Act.SEE_REMINDERS)
    shown = Paginator(reminders_of(standing.partnership), ON_A_PAGE).get_page(request.GET.get("page"))
    context = {"shown": shown, "standing": standing, "section": "returns"}
    return render(request, "performance/reminders.html", context)


@login_required
@get_or_post
def remind(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """Who will be written to; sent by POST, to each person once a day."""
    at = return_context(request, slug, period)
    at.require(Act.REMIND, ReturnState.DRAFT)
    page = at.page(at.sheet)
    if not page.may_remind:
        return at.to_return()
    partnership = at.standing.partnership
    (progress,) = (each for each in returns_progress(partnership, [period.year]) if each.period == period)
    members = members_of(partnership, at.standing.day)
    found = asked_for(partnership, progress, members, at.standing.day)
    if request.method == "POST":
        claims = [claim(digest, at=at.now, asked_by=request.user.pk) for digest in found]
        ours = [each for each in claims if each.items]
        for each in ours:
            deliver_later(each)
        _say(request, len(ours))
        return redirect("reminders", slug=slug)
    reached = {member.agency for member in members}
    silent = [supply.name for supply in progress.supplies if supply.missing and supply.agency not in reached]
    return at.show("performance/remind.html", page, found=found, silent=silent)


def _say(request: HttpRequest, count: int) -> None:
    if count:
        on_its_way = times(count, "reminder is", "reminders are")
        messages.success(request, f"{on_its_way} on the way. The list below says what became of each.")
    else:
        messages.info(request, "Everybody whose figures are missing was reminded today already, or has no address.")
