"""Accepting an invitation: who has no account yet makes one, who has signs in with it."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.contrib.auth.password_validation import validate_password
from django.db import IntegrityError, transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from performance import clock
from performance.forms.layout import helper
from performance.http import sent
from performance.models import Invitation
from performance.people.actions import accept, digest_of, held_open
from performance.refusals import Refused

from .forms import NEW_SECRET_HINT


class NewAccountForm(forms.Form):
    """A name and a password, for somebody whose address is known from the invitation."""

    first_name = forms.CharField(label="First name", max_length=150, error_messages={"required": "Enter a first name"})
    last_name = forms.CharField(label="Last name", max_length=150, error_messages={"required": "Enter a last name"})
    password = forms.CharField(
        label="Password",
        help_text=NEW_SECRET_HINT,
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": "Enter a password"},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        first, _, last = invitation.name.partition(" ")
        super().__init__(*args, **kwargs)
        self.initial = {"first_name": first, "last_name": last}
        self.invitation = invitation
        self.helper = helper("first_name", "last_name", "password", button="Make my account")

    def clean_password(self) -> str:
        password = str(self.cleaned_data["password"])
        validate_password(password, self.account)
        return password

    @property
    def account(self) -> Any:
        """Not saved yet. The user name is the e-mail address: one thing fewer to remember.

        Where it is another account's, which has another address by now, a number is put behind it.
        """
        email = self.invitation.email
        taken = set(
            get_user_model().objects.filter(username__startswith=email[:140]).values_list("username", flat=True)
        )
        numbered = (f"{email[:140]}-{number}" for number in range(2, len(taken) + 3))
        free = next(name for name in (email[:150], *numbered) if name not in taken)
        names = {name: self.cleaned_data.get(name, "") for name in ("first_name", "last_name")}
        return get_user_model()(username=free, email=email, **names)


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def invitation(request: HttpRequest, key: str) -> HttpResponse:
    """The same words whether a link never was, was used, was withdrawn or is too old."""
    now = clock.now()
    rows = Invitation.objects.select_related("agency__partnership", "invited_by")
    held = rows.filter(digest=digest_of(key)).first()
    if held is None or not held.is_open(now):
        return render(request, "account/invitation_over.html", status=404)
    known = get_user_model().objects.filter(email__iexact=held.email).order_by("pk").first()
    if known is None:
        return _new(request, held, key, now)
    if request.method == "POST" and request.user == known and known.is_active:
        return _join(request, held, known, now)
    return render(
        request, "account/invitation.html", {"invitation": held, "known": known, "is_own": request.user == known}
    )


def _new(request: HttpRequest, held: Invitation, key: str, now: Any) -> HttpResponse:
    form = NewAccountForm(sent(request), invitation=held)
    if form.is_valid():
        account = form.account
        account.set_password(form.cleaned_data["password"])
        try:
            with transaction.atomic():
                # Two clicks on one link: the second waits here, and finds the invitation used.
                held_open(invitation=held, at=now)
                account.save()
                accept(invitation=held, user=account, at=now)
        except Refused:
            return render(request, "account/invitation_over.html", status=404)
        except IntegrityError:
            # Another invitation to the same address was accepted at this moment: the account is there to sign in with.
            return redirect("invitation", key=key)
        messages.success(request, "Your account is made. Sign in with your e-mail address and your password.")
        return redirect("account_login")
    return render(request, "account/invitation.html", {"invitation": held, "form": form})


def _join(request: HttpRequest, held: Invitation, user: Any, now: Any) -> HttpResponse:
    try:
        accept(invitation=held, user=user, at=now)
    except Refused:
        return render(request, "account/invitation_over.html", status=404)
    messages.success(request, f"You act for {held.agency.name} now.")
    return redirect("dashboard", slug=held.agency.partnership.slug)
