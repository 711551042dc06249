"""The entry grid."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.utils.timezone import localtime

from performance import access
from performance.access import Act
from performance.calculations.periods import Period
from performance.http import get_or_post
from performance.models import ReturnState
from performance.queries import EntryRow, EntrySheet
from performance.refusals import Refused
from performance.returns import saving
from performance.returns.context import ReturnContext, return_context
from performance.returns.forms.entry import FigureForm
from performance.returns.pages.entry_rows import SubmittedGrid, questions
from performance.returns.values import Conflict, Saved
from performance.wording import count, times


@login_required
@get_or_post
def entry(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """A POST saves the rows that are right and gives back the others; asked by script it answers in JSON."""
    at = return_context(request, slug, period)
    sheet = at.sheet
    if request.method != "POST":
        return at.show("performance/entry.html", at.page(sheet))
    supplied = access.supplied_by(at.standing)
    if not any(at.standing.may_enter(ReturnState.DRAFT, row.pk, supplied) for row in sheet.leaves):
        raise access.denied(Act.ENTER_OWN)
    answer, saved = _save(at, sheet)
    if request.headers.get("Accept") == "application/json":
        return _as_json(at, answer, saved)
    if answer.failed or answer.conflicts or answer.refusal:
        return at.show("performance/entry.html", at.page(at.sheet, answer), refusal=answer.refusal)
    if "check" in request.POST:
        return redirect("return_submit", slug=slug, period=period)
    messages.success(request, _said(saved))
    return at.to_return()


def _said(saved: Saved) -> str:
    if saved.is_repeated:
        return "These figures were saved already."
    return f"{times(len(saved.written), 'figure')} saved." if saved.written else "Nothing had changed."


def _save(at: ReturnContext, sheet: EntrySheet) -> tuple[SubmittedGrid, Saved]:
    """Save the rows that were sent and are right."""
    data = at.request.POST
    sent = {
        row.pk: FigureForm(data, prefix=row.category.slug, is_total=bool(row.parts))
        for row in sheet.in_order
        if f"{row.category.slug}-count" in data
    }
    valid = {pk: form for pk, form in sent.items() if form.is_valid()}
    failed = {pk: form for pk, form in sent.items() if pk not in valid}
    # Rows that are empty and were empty say nothing: without any other there is nothing to begin a return with.
    edits = {pk: form.edit for pk, form in valid.items() if form.edit and not form.edit.entry.is_empty}
    try:
        saved = saving.save_figures(edits=edits, **at.who_and_when) if edits else Saved()
    except Refused as refusal:
        return SubmittedGrid(failed=failed, sent=sent, refusal=str(refusal)), Saved()
    conflicts = {pk: (valid[pk], conflict) for pk, conflict in saved.conflicts.items()}
    # Who has not chosen yet is shown both again.
    held = {row.pk: row.held for row in sheet.leaves}
    for pk in [pk for pk, form in failed.items() if "choice" in form.errors]:
        if (row := held[pk]) is not None:
            conflicts[pk] = (failed.pop(pk), saving.newest(row))
    return SubmittedGrid(failed=failed, conflicts=conflicts, sent=sent), saved


def _as_json(at: ReturnContext, answer: SubmittedGrid, saved: Saved) -> JsonResponse:
    """What the script needs to know: of each row that it sent its version now, and what is to be said beside it.

    With them what the whole page has to say of what is missing or odd.
    """
    rows: dict[str, dict[str, Any]] = {}
    sheet = at.sheet
    for row in sheet.in_order:
        if row.pk not in answer.sent and not row.parts:
            continue
        said: dict[str, Any] = {}
        if (newer := saved.newer.get(row.pk) or _kept(row, answer)) is not None:
            said["newer"] = _stands(newer)
        if row.pk in saved.written:
            said["version"] = saved.written[row.pk]
        if row.pk in answer.failed:
            said["error"] = answer.failed[row.pk].problem
        elif row.pk in answer.conflicts:
            said["conflict"] = answer.conflicts[row.pk][1].by or "Somebody"
        else:
            said["questions"] = questions(row, sheet.period)
            said["count"] = count(row.held.count) if row.held and row.held.count is not None else ""
        rows[row.category.slug] = said
    attention = at.page(sheet, answer).attention
    answered_at = f"{localtime(at.now):%H:%M}"
    return JsonResponse({"refusal": answer.refusal, "rows": rows, "at": answered_at, "attention": attention})


def _kept(row: EntryRow, answer: SubmittedGrid) -> Conflict | None:
    """Somebody else's figure that the sender chose to keep."""
    form = answer.sent.get(row.pk)
    is_theirs = form is not None and form.is_valid() and form.cleaned_data.get("choice") == "theirs"
    return saving.newest(row.held) if is_theirs and row.held is not None else None


def _stands(newer: Conflict) -> dict[str, Any]:
    """A newer figure, as the boxes of its row show it."""
    theirs = newer.theirs
    return {
        "version": newer.version,
        "by": newer.by or "Somebody",
        "count": "" if theirs.count is None else count(theirs.count),
        "missing": theirs.missing,
        "note": theirs.note,
        "provisional": theirs.is_provisional,
    }
