"""The management pages: lists, forms, order and ends of what a partnership has. For administrators."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from performance import access, clock
from performance.access import Act
from performance.actions.recording import lock_partnership
from performance.calculations.periods import FinancialYear
from performance.http import get_or_post, sent
from performance.models import CrimeCategory, PartnerAgency
from performance.refusals import Refused
from performance.wording import capital
from priorities.administration.actions import rows as actions
from priorities.administration.actions.agencies import leave
from priorities.administration.actions.categories import count_again, retire
from priorities.administration.base import ManagedForm
from priorities.administration.forms.agencies import EndAgencyForm
from priorities.administration.forms.endings import EndForm
from priorities.administration.pages.lists import managed_list
from priorities.administration.queries import shared_categories
from priorities.administration.registry import KINDS, Kind
from priorities.models import Plan
from priorities.queries import latest_plan, plans_of


class _At(NamedTuple):
    """An administrator at one kind of thing; where it belongs to a plan, of the one asked for, or the latest."""

    standing: access.Standing
    kind: Kind
    plans: tuple[Plan, ...]
    plan: Plan | None
    query: str
    """What goes on in every address so that the plan that was asked for stays."""

    @property
    def context(self) -> dict[str, Any]:
        return {
            "standing": self.standing, "kind": self.kind, "section": "manage", "query": self.query,
            "list_url": self.list_url,
        }  # fmt: skip

    @property
    def list_url(self) -> str:
        """The list that one came from."""
        address = reverse("manage_list", args=(self.standing.partnership.slug, self.kind.slug))
        return f"{address}{self.query}"

    def to_list(self, row: Any | None = None) -> HttpResponse:
        """Back to the list, at a row."""
        return redirect(self.list_url + (f"#row-{row.pk}" if row else ""))


def manager(request: HttpRequest, slug: str) -> access.Standing:
    """404 for strangers, 403 for members who do not manage the partnership."""
    standing = access.member_in(slug, request.user, clock.today())
    access.require(standing, Act.MANAGE)
    return standing


def _at(request: HttpRequest, slug: str, kind: str) -> _At:
    standing = manager(request, slug)
    if kind not in KINDS:
        raise Http404("There is nothing of this kind to manage.")
    asked = request.GET.get("plan", "")
    plans = plans_of(standing.partnership)
    plan = next((each for each in plans if each.first_year.slug == asked), None)
    query = f"?plan={plan.first_year.slug}" if plan else ""
    return _At(standing, KINDS[kind], plans, plan or latest_plan(plans, standing.day), query)


@login_required
@require_safe
def index(request: HttpRequest, slug: str) -> HttpResponse:
    standing = manager(request, slug)
    plans = plans_of(standing.partnership)
    context = {"standing": standing, "kinds": KINDS.values(), "section": "manage", "has_plan": bool(plans)}
    return render(request, "priorities/manage.html", context)


@login_required
@require_safe
def items(request: HttpRequest, slug: str, kind: str) -> HttpResponse:
    at = _at(request, slug, kind)
    page = managed_list(at.standing.partnership, at.kind, at.plan, at.plans)
    return render(request, "priorities/manage_list.html", at.context | {"page": page})


@login_required
@get_or_post
def edit(request: HttpRequest, slug: str, kind: str, pk: int | None = None) -> HttpResponse:
    """Add a row, or change one. What was typed comes back with what is wrong."""
    at = _at(request, slug, kind)
    here = at.standing.partnership
    if pk is None:
        if not at.kind.may_add(at.plan):
            raise Http404(f"Nobody adds {at.kind.article} here.")
        row = at.kind.new(here, at.plan)
    else:
        row = _own(at, pk)
        if at.kind.model is CrimeCategory and pk in shared_categories():
            raise PermissionDenied("All partnerships share this, so the installation's owner changes it.")
    initial = {name: request.GET[name] for name in ("aim", "objective", "question", "strategy") if name in request.GET}
    with transaction.atomic():
        if request.method == "POST":
            lock_partnership(here)
        form = at.kind.form(
            sent(request),
            instance=row,
            partnership=here,
            plan=at.plan,
            today=at.standing.day,
            initial=initial,
        )
        if request.method == "POST" and form.is_valid() and _saved(form, at.kind, is_new=pk is None):
            messages.success(request, f"The {at.kind.one} is saved.")
            return at.to_list()
    context = at.context | {"form": form, "row": row if pk else None}
    return render(request, "priorities/manage_form.html", context)


def _own(at: _At, pk: int) -> Any:
    """A row of this partnership; of any of its plans, the latest first."""
    here = at.standing.partnership
    for plan in (at.plan, *at.plans):
        if (row := at.kind.rows(here, plan).filter(pk=pk).first()) is not None:
            return row
    raise Http404(f"There is no such {at.kind.one}.")


def _saved(form: ManagedForm, kind: Kind, *, is_new: bool) -> bool:
    """Save what is sound, a new row at the end of its siblings; refused in words where the database knows better."""
    try:
        with transaction.atomic():
            if is_new and kind.ordered_within:
                last = kind.siblings(form.instance).aggregate(last=Max("position"))["last"]
                form.instance.position = (last or 0) + 1
            form.save()
    except IntegrityError:
        form.add_error(None, "This does not go together with what is there already. Look at the names and the dates.")
        return False
    return True


@login_required
@require_POST
def move(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    at = _at(request, slug, kind)
    row = _own(at, pk)
    if not at.kind.ordered_within:
        raise Http404("These have no order of their own.")
    up = request.POST.get("way") == "up"
    siblings = at.kind.siblings(row)
    actions.move(partnership=at.standing.partnership, siblings=siblings, pk=pk, up=up, by=request.user)
    return at.to_list(row)


@login_required
@get_or_post
def end(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """End a row on a day, with a reason; an agency perhaps with the body that takes its place."""
    at = _at(request, slug, kind)
    if not at.kind.ends:
        raise Http404("These are not ended.")
    row = _own(at, pk)
    if getattr(row, "ended_on", None) or getattr(row, "left_on", None):
        messages.info(request, f"{capital(str(row))} has ended already.")
        return at.to_list()
    today = at.standing.day
    if isinstance(row, PartnerAgency):
        form: EndForm = EndAgencyForm(sent(request), agency=row, today=today)
    else:
        form = EndForm(sent(request), today=today)
    if request.method == "POST" and form.is_valid():
        try:
            _end(at, row, form, request)
        except Refused as refused:
            form.add_error(None, str(refused))
        else:
            messages.success(request, f"{capital(str(row))} is ended. What is past keeps its name.")
            return at.to_list()
    return render(request, "priorities/manage_end.html", at.context | {"form": form, "row": row})


def _end(at: _At, row: Any, form: EndForm, request: HttpRequest) -> None:
    clean = form.cleaned_data
    if isinstance(row, PartnerAgency):
        leave(
            agency=row,
            on=clean["on"],
            successor=clean["successor"],
            new_name=clean["new_name"],
            hands_over=clean["hands_over"],
            reason=clean["reason"],
            by=request.user,
            today=at.standing.day,
        )
    elif isinstance(row, CrimeCategory):
        year = FinancialYear.containing(clean["on"]) + 1
        retire(
            partnership=at.standing.partnership, category=row, first_year=year, reason=clean["reason"], by=request.user
        )
    else:
        actions.end(
            partnership=at.standing.partnership, row=row, on=clean["on"], reason=clean["reason"], by=request.user
        )


@login_required
@require_POST
def reopen(request: HttpRequest, slug: str, kind: str, pk: int) -> HttpResponse:
    """Take an end back. An agency that has left joins again as another."""
    at = _at(request, slug, kind)
    if not at.kind.ends or at.kind.slug == "agencies":
        raise Http404("These are not taken back.")
    row = _own(at, pk)
    if isinstance(row, CrimeCategory):
        count_again(partnership=at.standing.partnership, category=row, by=request.user)
    else:
        actions.end(partnership=at.standing.partnership, row=row, on=None, reason="End taken back", by=request.user)
    messages.success(request, f"{capital(str(row))} goes on.")
    return at.to_list(row)
