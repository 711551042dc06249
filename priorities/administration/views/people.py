"""People and roles, for administrators."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST, require_safe

from performance import access, clock
from performance.calculations.periods import day
from performance.http import get_or_post, sent
from performance.models import Invitation, Membership, Role
from performance.people import actions
from performance.people.email import send_invitation
from performance.refusals import Refused
from performance.wording import name_of, times
from priorities.administration.actions.people import end_and_hand_over
from priorities.administration.forms.people import InviteForm, LeaveForm, RoleForm
from priorities.administration.pages.people import people_page
from priorities.administration.views.rows import manager


@login_required
@require_safe
def people(request: HttpRequest, slug: str) -> HttpResponse:
    standing = manager(request, slug)
    page = people_page(standing.partnership, standing.day, clock.now())
    return render(request, "priorities/people.html", {"page": page, "standing": standing, "section": "manage"})


@login_required
@get_or_post
def invite(request: HttpRequest, slug: str) -> HttpResponse:
    standing = manager(request, slug)
    form = InviteForm(sent(request), partnership=standing.partnership)
    if form.is_valid():
        clean = form.cleaned_data
        refusal = _invite(request, standing, clean["agency"], clean["name"], clean["email"], Role(clean["role"]))
        if not refusal:
            return redirect("people", slug=slug)
        form.add_error("email", refusal)
    return _form(request, standing, form, "Invite somebody", "They get an e-mail with a link that works for a week.")


def _invite(request: HttpRequest, standing: access.Standing, agency: Any, name: str, email: str, role: Role) -> str:
    """Invite and write the e-mail; why it was refused, or nothing."""
    try:
        sent = actions.invite(
            agency=agency, name=name, email=email, role=role, by=request.user, today=standing.day, at=clock.now()
        )
    except Refused as refused:
        return str(refused)
    if sent.is_new:
        send_invitation(sent)
    until = day(timezone.localtime(sent.invitation.expires_at).date())
    messages.success(request, f"{name} is invited. The e-mail is on the way, and its link works until {until}.")
    return ""


@login_required
@require_POST
def invite_again(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """A new link for somebody who was invited; the old one stops working."""
    standing = manager(request, slug)
    held = get_object_or_404(Invitation, pk=pk, agency__partnership=standing.partnership, accepted_at__isnull=True)
    if refusal := _invite(request, standing, held.agency, held.name, held.email, Role(held.role)):
        messages.error(request, refusal)
    return redirect("people", slug=slug)


@login_required
@require_POST
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    standing = manager(request, slug)
    held = get_object_or_404(Invitation, pk=pk, agency__partnership=standing.partnership, accepted_at__isnull=True)
    try:
        actions.withdraw(invitation=held, by=request.user, today=standing.day, at=clock.now())
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"The invitation of {held.name} is withdrawn: its link no longer works.")
    return redirect("people", slug=slug)


def _membership(standing: access.Standing, pk: int) -> Membership:
    rows = Membership.objects.select_related("user", "agency__partnership")
    return get_object_or_404(rows, pk=pk, agency__partnership=standing.partnership)


@login_required
@get_or_post
def role(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    standing = manager(request, slug)
    held = _membership(standing, pk)
    if held.has_ended(standing.day):
        return redirect("people", slug=slug)
    form = RoleForm(sent(request), initial={"role": held.role})
    refusal = ""
    if form.is_valid():
        clean = form.cleaned_data
        try:
            actions.change_role(
                membership=held, role=Role(clean["role"]), reason=clean["reason"], by=request.user,
                today=standing.day,
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            messages.success(request, f"{name_of(held.user)} is {Role(clean['role']).label.lower()} now.")
            return redirect("people", slug=slug)
    return _form(request, standing, form, f"Role of {name_of(held.user)}", f"For {held.agency}.", refusal)


@login_required
@get_or_post
def leave(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """End a person's rights, and hand over what the person held."""
    standing = manager(request, slug)
    held = _membership(standing, pk)
    if held.has_ended(standing.day):
        return redirect("people", slug=slug)
    form = LeaveForm(sent(request), membership=held, today=standing.day)
    refusal = ""
    if form.is_valid():
        clean = form.cleaned_data
        try:
            handed = end_and_hand_over(
                membership=held, successor=clean["successor"], reason=clean["reason"], by=request.user,
                today=standing.day,
            )  # fmt: skip
        except Refused as refused:
            refusal = str(refused)
        else:
            over = f" {times(handed, 'action goes', 'actions go')} over." if handed else ""
            messages.success(request, f"{name_of(held.user)} no longer acts for {held.agency}.{over}")
            return redirect("people", slug=slug)
    words = (
        f"From today on {name_of(held.user)} has no rights for {held.agency}. Without any other agency the account is "
        "closed too. What was entered and reported keeps the name."
    )
    return _form(request, standing, form, f"End: {name_of(held.user)}", words, refusal)


@login_required
@require_POST
def reinstate(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    standing = manager(request, slug)
    held = _membership(standing, pk)
    try:
        actions.reinstate(membership=held, by=request.user, today=standing.day)
    except Refused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, f"{name_of(held.user)} acts for {held.agency} again.")
    return redirect("people", slug=slug)


def _form(
    request: HttpRequest, standing: access.Standing, form: Any, heading: str, words: str, refusal: str = ""
) -> HttpResponse:
    context = {
        "standing": standing, "section": "manage", "form": form, "heading": heading, "words": words, "refusal": refusal,
    }  # fmt: skip
    status = HTTPStatus.CONFLICT if refusal else HTTPStatus.OK
    return render(request, "priorities/people_form.html", context, status=status)
