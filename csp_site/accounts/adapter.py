from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.contrib import messages
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied, ValidationError
from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from csp_site.accounts import known_browser
from csp_site.security_log import note

_SAID = {
    "account/messages/password_changed.txt": "Your password is changed. You are signed out everywhere else.",
    "account/messages/password_set.txt": "Your password is set.",
}


class AccountAdapter(DefaultAccountAdapter):
    """Accounts are made by an administrator, so nobody signs up."""

    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "The user name or password is not right. Check both and try again.",
        "email_password_mismatch": "The user name or password is not right. Check both and try again.",
        "too_many_login_attempts": "Too many tries. Wait five minutes, then try again or reset your password.",
        "enter_current_password": "The current password is not right. Type it again.",
    }

    def get_password_change_redirect_url(self, request: HttpRequest) -> str:
        return reverse("home")

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def add_message(
        self, request: HttpRequest, level: int, message_template: str | None = None, *args: Any, **kwargs: Any
    ) -> None:
        """Only where the page that follows would not show what happened."""
        if message_template in _SAID:
            messages.add_message(request, level, _SAID[message_template])

    def _get_login_attempts_cache_key(self, request: HttpRequest, **credentials: Any) -> str:
        """One counter an account, whichever of its names is typed and whatever host the request claims to be for;
        and one for browsers that its owner has signed in from before.
        """
        login = str(credentials.get("email") or credentials.get("username") or "").strip().casefold()
        named = Q(username__iexact=login) | Q(email__iexact=login)
        account = get_user_model().objects.filter(named).order_by("pk").values_list("pk", flat=True).first()
        if account is None:
            return f"name:{login}"
        return f"account:{account}:at-home" if known_browser.knows(request, account) else f"account:{account}"

    def login(self, request: HttpRequest, user: Any) -> None:
        """The session and what is noted of it, whole or not at all."""
        with transaction.atomic():
            super().login(request, user)

    def post_login(self, request: HttpRequest, user: Any, **kwargs: Any) -> HttpResponse:
        response: HttpResponse = super().post_login(request, user, **kwargs)
        known_browser.remember(response, user.pk)
        return response

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        try:
            super().pre_authenticate(request, **credentials)
        except ValidationError:
            note("too many tries", request)
            raise

    def get_client_ip(self, request: HttpRequest) -> str:
        """Behind a socket there is no address; all who come that way then share one counter."""
        try:
            return str(super().get_client_ip(request))
        except PermissionDenied:
            return "0.0.0.0"  # noqa: S104 (a name for nobody, not an address to listen on)
