"""The grid of baselines and targets."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from performance import access, clock
from performance.access import Act
from performance.actions.targets import Done, set_targets
from performance.calculations.periods import FinancialYear
from performance.forms.fields import LONGEST_REASON
from performance.forms.targets import TargetForm
from performance.http import get_or_post
from performance.pages.targets import TargetsPage, targets_page
from performance.queries.targets import TargetSheet, last_year_set, target_sheet
from performance.refusals import Refused
from performance.wording import times


def _manager(request: HttpRequest, slug: str) -> access.Standing:
    standing = access.member_in(slug, request.user, clock.today())
    access.require(standing, Act.MANAGE)
    return standing


@login_required
@require_safe
def latest(request: HttpRequest, slug: str) -> HttpResponse:
    """To the last year for which a target is set, or to this one."""
    standing = _manager(request, slug)
    this_year = FinancialYear.containing(standing.day)
    return redirect("targets_year", slug=slug, year=last_year_set(standing.partnership) or this_year)


@login_required
@get_or_post
def targets(request: HttpRequest, slug: str, year: FinancialYear) -> HttpResponse:
    standing = _manager(request, slug)
    sheet = target_sheet(standing.partnership, year)
    if request.method != "POST":
        return _show(request, standing, targets_page(standing.partnership, sheet))
    forms = {
        row.pk: TargetForm(request.POST, prefix=row.slug, held=row.setting, year=year)
        for row in sheet.rows
        if f"{row.slug}-version" in request.POST
    }
    valid = {pk: form for pk, form in forms.items() if form.is_valid()}
    failed = {pk: form for pk, form in forms.items() if pk not in valid}
    reason = request.POST.get("reason", "").replace("\x00", "")[:LONGEST_REASON]
    try:
        done = set_targets(
            partnership=standing.partnership,
            year=year,
            edits={pk: form.edit for pk, form in valid.items()},
            reason=reason,
            by=request.user,
            today=standing.day,
        )
    except Refused as refusal:
        page = targets_page(standing.partnership, sheet, failed=forms, reason=reason, refusal=str(refusal))
        return _show(request, standing, page)
    roundings = [valid[pk].rounding for pk in done.written if valid[pk].rounding]
    if failed or done.conflicts:
        failed |= {pk: valid[pk] for pk in done.conflicts}
        sheet = target_sheet(standing.partnership, year)
        page = targets_page(standing.partnership, sheet, failed=failed, newer=done.conflicts, reason=reason)
        return _show(request, standing, page)
    messages.success(request, _said(done, roundings, sheet))
    return redirect("targets_year", slug=slug, year=year)


def _said(done: Done, roundings: list[str], sheet: TargetSheet) -> str:
    if not done.written:
        return "Nothing had changed."
    words = f"{times(len(done.written), 'category is', 'categories are')} set for {sheet.year}."
    return f"{words} Rounded: {'; '.join(roundings)}." if roundings else words


def _show(request: HttpRequest, standing: access.Standing, page: TargetsPage) -> HttpResponse:
    status = HTTPStatus.CONFLICT if page.refusal else HTTPStatus.OK
    context = {"page": page, "standing": standing, "section": "returns", "refusal": page.refusal}
    return render(request, "performance/targets.html", context, status=status)
