from __future__ import annotations

from collections.abc import Callable

from allauth.mfa.adapter import get_adapter
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.cache import patch_cache_control

from performance.access import administers_somewhere

_OPEN = ("/accounts/", "/static/", "/health/", "/about/")
"""What somebody may open who has yet to set up the second step."""


def private_when_signed_in(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """What is made for somebody who is signed in is kept by nobody, not by the browser's Back: it may hold drafts."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        if settings.SESSION_COOKIE_NAME in request.COOKIES:
            patch_cache_control(response, private=True, no_cache=True, no_store=True)
        return response

    return middleware


def permissions_policy(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """No page asks for the camera, the place or the like, and no script on one may."""

    def middleware(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", settings.PERMISSIONS_POLICY)
        return response

    return middleware


def second_step_for_administrators(
    get_response: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Sends an administrator without a second step to set one up, where the setting asks for it."""

    def middleware(request: HttpRequest) -> HttpResponse:
        if (
            settings.ADMINISTRATORS_NEED_SECOND_STEP
            and not request.path.startswith(_OPEN)
            and lacks_second_step(request)
        ):
            return redirect("mfa_index")
        return get_response(request)

    return middleware


def lacks_second_step(request: HttpRequest) -> bool:
    """Whether whoever asks is an administrator somewhere and signs in with a password alone."""
    user = request.user
    if not user.is_authenticated or not administers_somewhere(user, timezone.localdate()):
        return False
    return not get_adapter().is_mfa_enabled(user)
