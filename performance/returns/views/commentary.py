"""A figure is explained: why, what is being done, what is asked of the board."""

from __future__ import annotations

from http import HTTPStatus

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from performance import access, clock
from performance.calculations.periods import Period, Quarter
from performance.http import get_or_post, sent
from performance.models import CrimeCategory, PeriodReturn, ReturnState
from performance.pages.category_quarter import category_quarter_page
from performance.queries import returns_held
from performance.refusals import Refused
from performance.returns.commentary import NewerWordsError, WrittenWords, words_held, write_commentary
from performance.returns.forms.commentary import CommentaryForm


@login_required
@get_or_post
def commentary(request: HttpRequest, slug: str, period: Period, category: str) -> HttpResponse:
    """Write, change or take back the words on one category in one return."""
    standing = access.member_in(slug, request.user, clock.today())
    row = get_object_or_404(CrimeCategory.objects.of(standing.partnership), slug=category)
    held = _return_of(standing, period)
    if not standing.may_explain(ReturnState(held.state), row.pk, access.supplied_by(standing)):
        raise PermissionDenied("Your role in the partnership does not allow you to explain this figure.")
    written = words_held(held, row)
    form = CommentaryForm(sent(request), held=written, is_published=held.state == ReturnState.PUBLISHED)
    refusal, newer = "", None
    if form.is_valid():
        try:
            write_commentary(
                partnership=standing.partnership,
                period=period,
                category=row,
                words=form.words,
                version=form.cleaned_data["version"],
                reason=form.cleaned_data.get("reason", ""),
                by=request.user,
                today=standing.day,
                at=clock.now(),
            )
        except NewerWordsError as conflict:
            refusal, newer = str(conflict), conflict.newer
            form.show_version(newer.version)
        except Refused as refused:
            refusal = str(refused)
        else:
            done = "taken back" if form.words.is_empty else "saved"
            messages.success(request, f"The explanation of {row.name} is {done}.")
            return redirect(_address_of(slug, period, category))
    return _show(request, standing, period, row, form, refusal, newer)


def _return_of(standing: access.Standing, period: Period) -> PeriodReturn:
    number = period.number if isinstance(period, Quarter) else None
    held = standing.returns.filter(financial_year=period.year, quarter=number).first()
    if held is None:
        raise Http404("No figure of this period is entered yet.")
    found: PeriodReturn = held
    return found


def _address_of(slug: str, period: Period, category: str) -> str:
    if isinstance(period, Quarter):
        return reverse("category_quarter", args=[slug, category, period.year, period.number])
    return reverse("category", args=[slug, category])


def _show(
    request: HttpRequest,
    standing: access.Standing,
    period: Period,
    row: CrimeCategory,
    form: CommentaryForm,
    refusal: str,
    newer: WrittenWords | None,
) -> HttpResponse:
    """The form under what is to be explained."""
    read = None
    if isinstance(period, Quarter):
        read = category_quarter_page(standing.partnership, returns_held(standing.returns), row, period)
    context = {
        "standing": standing,
        "section": "returns",
        "period": period,
        "name": period.dates,
        "category": row,
        "form": form,
        "read": read,
        "refusal": refusal,
        "newer": newer,
        "back": _address_of(standing.partnership.slug, period, row.slug),
    }
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "performance/commentary.html", context, status=status)
