"""Paste, upload, look, put in, take out."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from datetime import date
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.timezone import localtime
from django.views.decorators.http import require_POST, require_safe

from performance import access, clock
from performance.access import Act
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.exports.csv import as_csv
from performance.http import get_or_post, sent
from performance.models import ImportPreview, Partnership, PeriodReturn, ReturnState
from performance.queries import entry_sheet
from performance.refusals import Refused
from performance.returns.context import return_context
from performance.returns.values import Entry
from performance.wording import times

from .applying import MovedError, apply_import, periods_of, publish_history, undo_import
from .downloads import rows_not_taken
from .forms import LONGEST_PASTE, HistoryForm, PasteForm, UploadForm, answers_in, remembered_in
from .pages import import_page
from .planning import ImportPlan, period_of, plan_of
from .readers import MOST_BYTES, UnreadableError, kept, read_file
from .remembering import remember
from .sheets import TooLargeError, pasted

_YEARS_OFFERED = 2


@login_required
@get_or_post
def paste(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """A block out of a spreadsheet, for one return. Nothing is put into it yet."""
    at = return_context(request, slug, period)
    _require_entering(at.standing)
    form = PasteForm(sent(request))
    if form.is_valid():
        text = form.cleaned_data["text"]
        try:
            sheets = [pasted(text)]
        except TooLargeError as error:
            form.add_error("text", str(error))
        else:
            preview = ImportPreview.objects.create(
                partnership=at.standing.partnership,
                financial_year=period.year,
                quarter=period.number if isinstance(period, Quarter) else None,
                way=ImportPreview.Way.PASTED,
                digest=hashlib.sha256(text.encode()).hexdigest(),
                sheets=kept(sheets),
                by_id=request.user.pk,  # type: ignore[misc]
                at=at.now,
            )
            return redirect("import_preview", slug=slug, pk=preview.pk)
    context = {"standing": at.standing, "section": "returns", "form": form, "period": period, "page": at.page(at.sheet)}
    return render(request, "performance/imports/paste.html", context)


paste.largest_body = 8 * LONGEST_PASTE  # type: ignore[attr-defined]


@login_required
@get_or_post
def upload(request: HttpRequest, slug: str) -> HttpResponse:
    """A file, for one return or for all periods that it names. Nothing is put in yet."""
    standing = access.member_in(slug, request.user, clock.today())
    _require_entering(standing)
    files = request.FILES if request.method == "POST" else None
    periods = _periods(standing.partnership, _asked_for(request), standing.day)
    form = UploadForm(sent(request), files, periods=periods, initial={"period": request.GET.get("period", "")})
    if form.is_valid():
        file = form.cleaned_data["file"]
        content = file.read()
        try:
            sheets = read_file(file.name, content)
        except UnreadableError as error:
            form.add_error("file", str(error))
        else:
            wanted = form.wanted
            preview = ImportPreview.objects.create(
                partnership=standing.partnership,
                financial_year=wanted.year if wanted else None,
                quarter=wanted.number if isinstance(wanted, Quarter) else None,
                way=ImportPreview.Way.UPLOADED,
                file_name=file.name,
                digest=hashlib.sha256(content).hexdigest(),
                sheets=kept(sheets),
                by_id=request.user.pk,  # type: ignore[misc]
                at=clock.now(),
            )
            return redirect("import_preview", slug=slug, pk=preview.pk)
    wanted = period_of(form["period"].value() or "")
    context = {"standing": standing, "section": "returns", "form": form, "period": wanted}
    return render(request, "performance/imports/upload.html", context)


upload.largest_body = MOST_BYTES + 64 * 1024  # type: ignore[attr-defined]


def _require_entering(standing: access.Standing) -> None:
    """403 for members who enter no figures at all."""
    supplied = access.supplied_by(standing)
    if not standing.is_officer and not supplied:
        raise access.denied(Act.ENTER)


def _asked_for(request: HttpRequest) -> Period | None:
    """The period that was chosen, or with which the page was opened."""
    return period_of(request.POST.get("period") or request.GET.get("period", ""))


def _periods(partnership: Partnership, asked_for: Period | None, today: date) -> dict[Period, str]:
    """The periods to choose from, the newest first: those of the last two years, those begun, and the one asked for."""
    now = Quarter.containing(today)
    found: set[Period] = {now - back for back in range(1, 4 * _YEARS_OFFERED + 1)}
    found |= {FinancialYear.containing(today) - back for back in range(1, _YEARS_OFFERED + 1)}
    found |= {row.period for row in PeriodReturn.objects.filter(partnership=partnership, state=ReturnState.DRAFT)}
    if asked_for is not None and asked_for.ends < today:
        found.add(asked_for)
    in_order = sorted(found, key=lambda each: (each.ends, isinstance(each, FinancialYear)), reverse=True)
    return {each: f"The whole year {each}" if isinstance(each, FinancialYear) else each.dates for each in in_order}


@login_required
@get_or_post
def preview(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """What was read and what would become of it; a POST keeps the answers, and puts in exactly what was shown."""
    held, standing = _held(request, slug, pk)
    if request.method != "POST":
        return _show(request, held, standing, plan_of(held, standing))
    plan = plan_of(held, standing)
    if held.applied_at is None:
        remember(standing.partnership, remembered_in(request.POST, plan), by=request.user, at=clock.now())
        answers = answers_in(request.POST, plan, held.choices)
        if answers != held.choices:
            held.choices = answers
            held.save(update_fields=["choices"])
            plan = plan_of(held, standing)
    if "apply" not in request.POST and "revise" not in request.POST:
        return redirect("import_preview", slug=slug, pk=pk)
    return _apply(request, slug, held, standing)


def _apply(request: HttpRequest, slug: str, held: ImportPreview, standing: access.Standing) -> HttpResponse:
    reason = request.POST.get("reason", "").strip()[:500] if "revise" in request.POST else ""
    if "revise" in request.POST and not reason:
        plan = plan_of(held, standing)
        return _show(request, held, standing, plan, "Say why the published figures are revised.")
    try:
        _, number = apply_import(
            preview=held.pk,
            shown=request.POST.get("shown", ""),
            reason=reason,
            by=request.user,
            today=standing.day,
            at=clock.now(),
        )
    except (MovedError, Refused) as refused:
        held.refresh_from_db()
        return _show(request, held, standing, plan_of(held, standing), str(refused))
    messages.success(request, f"{times(number, 'figure is', 'figures are')} put in.")
    if held.period is None:
        return redirect("import_preview", slug=slug, pk=held.pk)
    return redirect("return", slug=slug, period=held.period)


@login_required
@require_POST
def undo(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Take out again what a preview put in."""
    held, standing = _held(request, slug, pk)
    try:
        number = undo_import(preview=held.pk, by=request.user, today=standing.day, at=clock.now())
    except Refused as refused:
        return _show(request, held, standing, plan_of(held, standing), str(refused))
    messages.success(request, f"{times(number, 'figure is', 'figures are')} as before.")
    return redirect("import_preview", slug=slug, pk=pk)


@login_required
@require_safe
def template(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """Our own sheet for a return: the categories that the person enters, with the figures that are there."""
    at = return_context(request, slug, period)
    _require_entering(at.standing)
    supplied = access.supplied_by(at.standing)
    rows = [row for row in at.sheet.leaves if at.standing.is_officer or row.pk in supplied]
    heading = str(period) if isinstance(period, FinancialYear) else f"Q{period.number} {period.year}"
    table = []
    for row in rows:
        entry = Entry.of(row.held)
        figure = entry.missing.replace("_", " ") if entry.count is None else str(entry.count)
        table.append([row.category.name, figure, entry.note])
    return _csv(["Category", heading, "Comments"], table, f"{slug}-{period.slug.replace('/', '-')}-template.csv")


@login_required
@require_safe
def not_taken(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """The rows that are not taken, in the layout of the file itself, with the reason beside each."""
    held, standing = _held(request, slug, pk)
    plan = plan_of(held, standing)
    first, *rest = rows_not_taken(plan) or [[]]
    return _csv(first, rest, f"{slug}-not-taken.csv")


def _csv(headings: Sequence[str], rows: Iterable[Sequence[str]], name: str) -> HttpResponse:
    response = HttpResponse(as_csv(headings, rows), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


@login_required
@get_or_post
def history(request: HttpRequest, slug: str, pk: UUID) -> HttpResponse:
    """Publish the periods into which a preview was put, all in one act, with their day and source."""
    held, standing = _held(request, slug, pk)
    access.require(standing, Act.PUBLISH, ReturnState.SUBMITTED)
    periods = periods_of(held)
    form = HistoryForm(sent(request), periods=len(periods))
    refusal = ""
    if form.is_valid():
        try:
            number = publish_history(
                preview=held.pk,
                by=request.user,
                today=standing.day,
                at=clock.now(),
                **form.cleaned_data,
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{times(number, 'period is', 'periods are')} published.")
            return redirect("returns", slug=slug)
    context = {"standing": standing, "section": "returns", "form": form, "preview": held, "refusal": refusal}
    context["periods"] = [each.dates for each in periods]
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "performance/imports/history.html", context, status=status)


def _held(request: HttpRequest, slug: str, pk: UUID) -> tuple[ImportPreview, access.Standing]:
    """A preview of one's own; officers see all of their partnership."""
    standing = access.member_in(slug, request.user, clock.today())
    _require_entering(standing)
    rows = ImportPreview.objects.filter(partnership=standing.partnership).select_related("partnership", "by")
    held = (rows if standing.is_officer else rows.filter(by=request.user.pk)).filter(pk=pk).first()
    if held is None:
        raise Http404("There is no such preview.")
    return held, standing


def _show(
    request: HttpRequest, held: ImportPreview, standing: access.Standing, plan: ImportPlan, refusal: str = ""
) -> HttpResponse:
    entry = entry_sheet(standing.partnership, held.period) if held.period else None
    page = import_page(held, plan, standing, entry, _same_before(held))
    context: dict[str, Any] = {"page": page, "standing": standing, "section": "returns", "refusal": refusal}
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "performance/imports/preview.html", context, status=status)


def _same_before(held: ImportPreview) -> str:
    """When the same was put in before, if it was."""
    earlier = ImportPreview.objects.filter(
        partnership=held.partnership_id, digest=held.digest, applied_at__isnull=False, undone_at__isnull=True
    )
    found = earlier.exclude(pk=held.pk).first()
    return f"{localtime(found.applied_at):%-d %B at %H:%M}" if found and found.applied_at else ""
