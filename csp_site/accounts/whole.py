"""Changes of how somebody signs in happen whole or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from allauth.account import views
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver


class _Whole:
    """The form's rows and the session in one transaction: where one cannot be written, neither is."""

    def form_valid(self, form: Any) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().form_valid(form)  # type: ignore[misc]
            keep_session(self.request)  # type: ignore[attr-defined]
        return response


class PasswordChange(_Whole, views.PasswordChangeView):
    """The current password is checked before the transaction, for that takes a quarter of a second."""


class PasswordSet(_Whole, views.PasswordSetView):
    pass


class PasswordReset(_Whole, views.PasswordResetFromKeyView):
    pass


def keep_session(request: HttpRequest) -> None:
    """Write the session now, for the middleware would do so after the transaction."""
    if request.session.modified:
        request.session.save()


def all_whole(patterns: list[URLPattern | URLResolver]) -> list[URLPattern | URLResolver]:
    """The library's addresses, each with its writes in one transaction."""
    found: list[URLPattern | URLResolver] = []
    for each in patterns:
        if isinstance(each, URLResolver):
            found.append(URLResolver(each.pattern, all_whole(each.url_patterns)))
        else:
            found.append(URLPattern(each.pattern, whole(each.callback), each.default_args, each.name))
    return found


def whole(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """All that a form of the library's writes, in one transaction."""

    @wraps(view)
    def inner(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if request.method != "POST":
            return view(request, *args, **kwargs)
        with transaction.atomic():
            response = view(request, *args, **kwargs)
            keep_session(request)
        return response

    return inner
