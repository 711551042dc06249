"""The steps of a return: hand it in, send it back, publish it, revise what is published."""

from __future__ import annotations

from dataclasses import replace

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse

from performance.access import Act
from performance.calculations.periods import Period, Quarter
from performance.http import get_or_post, sent
from performance.models import ReturnState
from performance.pages.quarter import quarter_page
from performance.queries import EntryRow, returns_held
from performance.queries.commentary import commentaries_in
from performance.queries.readings import ReadingRow
from performance.refusals import Refused
from performance.returns import transitions
from performance.returns.context import ReturnContext, return_context
from performance.returns.forms.transitions import FinaliseForm, PublishForm, ReviseForm, SendBackForm
from performance.returns.pages.entry_rows import figure_in_words
from performance.returns.values import Conflict, Entry, FigureEdit
from performance.wording import times


@login_required
@get_or_post
def submit(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """What is missing or odd, and whether the return is to be handed in all the same."""
    at = return_context(request, slug, period)
    at.require(Act.SUBMIT, ReturnState.DRAFT)
    refusal = ""
    if request.method == "POST" and at.page(at.sheet).odd and "odd" not in request.POST:
        refusal = "Some figures look odd. Say that they are right, or correct them."
    elif request.method == "POST":
        said = "The return is handed in. An administrator publishes it or sends it back."
        refusal = at.do(transitions.submit, said, accepted="accepted" in request.POST)
        if not refusal:
            return at.to_return()
    page = at.page(at.sheet)
    if not page.may_submit:
        return at.to_return()
    return at.show("performance/submit.html", page, refusal=refusal, unexplained=_unexplained(at))


def _unexplained(at: ReturnContext) -> list[ReadingRow]:
    """The measures of a quarter that ask for an explanation and have none. Ten queries; none for a whole year."""
    if not isinstance(at.period, Quarter):
        return []
    page = quarter_page(at.standing.partnership, returns_held(at.standing.returns), at.period, at.standing.day)
    if page.current is None:
        return []
    written = commentaries_in(page.current)
    return [row for row in page.to_explain if row.category.pk not in written]


@login_required
@get_or_post
def send_back(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    at = return_context(request, slug, period)
    at.require(Act.SEND_BACK, ReturnState.SUBMITTED)
    form = SendBackForm(sent(request))
    refusal = ""
    if form.is_valid():
        refusal = at.do(
            transitions.send_back, "The return is sent back. It is a draft again.", reason=form.cleaned_data["reason"]
        )
        if not refusal:
            return at.to_return()
    page = at.page(at.sheet)
    if not page.may_send_back and not refusal:
        return at.to_return()
    return at.show("performance/send_back.html", page, refusal=refusal, form=form)


@login_required
@get_or_post
def publish(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    at = return_context(request, slug, period)
    at.require(Act.PUBLISH, ReturnState.SUBMITTED)
    sheet = at.sheet
    submitted = sheet.steps.get("submitted")
    form = PublishForm(sent(request), day=sheet.figures_as_at or (submitted.at.date() if submitted else None))
    refusal = ""
    if form.is_valid():
        refusal = at.do(
            transitions.publish, "The figures are published.", figures_as_at=form.cleaned_data["figures_as_at"]
        )
        if not refusal:
            return at.to_return()
    page = at.page(at.sheet)
    if not page.may_publish and not refusal:
        return at.to_return()
    return at.show("performance/publish.html", page, refusal=refusal, form=form)


@login_required
@get_or_post
def revise(request: HttpRequest, slug: str, period: Period, category: str) -> HttpResponse:
    """Change one published figure. Where somebody else changed it meanwhile, both are shown before anything is done."""
    at = return_context(request, slug, period)
    at.require(Act.REVISE, ReturnState.PUBLISHED)
    row = _row(at, category)
    form = ReviseForm(sent(request), held=row.held)
    refusal = ""
    if form.is_valid() and (asked := form.asks(row, period)):
        return at.show("performance/revise.html", at.page(at.sheet), form=form, row=row, now=_now(row), asked=asked)
    if form.is_valid():
        try:
            saved = transitions.revise(
                edits={row.pk: form.revision}, reason=form.cleaned_data["reason"], **at.who_and_when
            )
        except Refused as refused:
            refusal = str(refused)
        else:
            if row.pk not in saved.conflicts:
                messages.success(request, f"{row.category.name} is revised. What it was stays in its history.")
                return at.to_return()
            refusal = _newer(saved.conflicts[row.pk])
            form.show_version(saved.conflicts[row.pk].version)
    page = at.page(at.sheet)
    if not page.may_revise and not refusal:
        return at.to_return()
    return at.show("performance/revise.html", page, refusal=refusal, form=form, row=row, now=_now(row))


def _now(row: EntryRow) -> str:
    return figure_in_words(Entry.of(row.held))


def _row(at: ReturnContext, category: str) -> EntryRow:
    for row in at.sheet.leaves:
        if row.category.slug == category:
            return row
    raise Http404("No figure of this category is entered.")


def _newer(conflict: Conflict) -> str:
    return (
        f"{conflict.by or 'Somebody'} changed this figure after you opened the page: it is "
        f"{figure_in_words(conflict.theirs)} now. Yours stands in the box; send it again if it is to replace that."
    )


@login_required
@get_or_post
def finalise(request: HttpRequest, slug: str, period: Period) -> HttpResponse:
    """Make all provisional figures final, each a revision without a change of value."""
    at = return_context(request, slug, period)
    at.require(Act.REVISE, ReturnState.PUBLISHED)
    sheet = at.sheet
    held = {row.pk: row.held for row in sheet.leaves if row.held is not None and row.held.is_provisional}
    form = FinaliseForm(sent(request))
    refusal = ""
    if form.is_valid() and held:
        edits = {pk: FigureEdit(replace(Entry.of(row), is_provisional=False), row.version) for pk, row in held.items()}
        said = f"{times(len(edits), 'figure is', 'figures are')} final now."
        refusal = at.do(transitions.revise, said, edits=edits, reason=form.cleaned_data["reason"])
        if not refusal:
            return at.to_return()
    page = at.page(sheet)
    if not (page.may_revise and page.has_provisional) and not refusal:
        return at.to_return()
    return at.show("performance/finalise.html", page, refusal=refusal, form=form)
