"""A browser from which somebody has signed in before has a count of wrong guesses of its own.

So a stranger who guesses at an account does not lock its owner out, who sits at the usual computer.
"""

from __future__ import annotations

from django.conf import settings
from django.core import signing
from django.http import HttpRequest, HttpResponse

LASTS = 180 * 24 * 3600
"""Seconds for which a browser is known."""
_SALT = "known browser"


def name() -> str:
    return "__Host-known" if settings.HTTPS else "known"


def remember(response: HttpResponse, account: int) -> None:
    response.set_cookie(
        name(), signing.dumps(account, salt=_SALT), max_age=LASTS, secure=settings.HTTPS, httponly=True, samesite="Lax"
    )


def knows(request: HttpRequest, account: int) -> bool:
    """Whether the account was signed in to from this browser before."""
    try:
        return bool(signing.loads(request.COOKIES.get(name(), ""), salt=_SALT, max_age=LASTS) == account)
    except signing.BadSignature:
        return False
