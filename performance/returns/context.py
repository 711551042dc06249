"""What the pages of one return share: the person, the return, the moment."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from http import HTTPStatus
from typing import Any, NamedTuple
from uuid import uuid4

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from performance import access, clock
from performance.access import Act
from performance.calculations.periods import Period
from performance.http import token_of
from performance.models import ReturnState
from performance.queries import EntrySheet, entry_sheet, officers_of
from performance.refusals import Refused
from performance.returns.pages.entry import EntryPage, entry_page
from performance.returns.pages.entry_rows import SubmittedGrid


class ReturnContext(NamedTuple):
    """One person at one return, now."""

    request: HttpRequest
    standing: access.Standing
    period: Period
    now: datetime

    @property
    def who_and_when(self) -> dict[str, Any]:
        """What every action wants to know."""
        return {
            "partnership": self.standing.partnership,
            "period": self.period,
            "by": self.request.user,
            "today": self.standing.day,
            "at": self.now,
            "token": token_of(self.request),
        }

    @property
    def sheet(self) -> EntrySheet:
        """The return as it stands now."""
        return entry_sheet(self.standing.partnership, self.period)

    def page(self, sheet: EntrySheet, answer: SubmittedGrid | None = None) -> EntryPage:
        ask = () if self.standing.is_officer else officers_of(self.standing.partnership, self.standing.day)
        supplied = access.supplied_by(self.standing)
        return entry_page(self.standing, sheet, supplied=supplied, token=uuid4(), ask=ask, answer=answer)

    def require(self, act: Act, state: ReturnState) -> None:
        """403 for members who may never do this; in which state it may be done is decided under the lock."""
        access.require(self.standing, act, state)

    def do(self, act: Callable[..., object], said: str, **given: Any) -> str:
        """Do something with the return and say so; why it was refused, or nothing."""
        try:
            act(**given, **self.who_and_when)
        except Refused as refused:
            return str(refused)
        messages.success(self.request, said)
        return ""

    def to_return(self) -> HttpResponse:
        return redirect("return", slug=self.standing.partnership.slug, period=self.period)

    def show(self, template: str, page: Any, *, refusal: str = "", **more: Any) -> HttpResponse:
        """A page; with a refusal it says so on top, and in its status."""
        context = {"page": page, "standing": self.standing, "section": "returns", "refusal": refusal, **more}
        status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
        return render(self.request, template, context, status=status)


def return_context(request: HttpRequest, slug: str, period: Period) -> ReturnContext:
    """404 for whoever is no member of the partnership."""
    return ReturnContext(request, access.member_in(slug, request.user, clock.today()), period, clock.now())
