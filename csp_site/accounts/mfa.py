"""The second step of signing in: its secrets are encrypted, and administrators may be asked to have one."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter, get_adapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils import timezone

from performance.access import administers_somewhere

_OPEN = ("/accounts/", "/static/", "/health/", "/about/")
"""What somebody may open who has yet to set up the second step."""


def _cipher() -> MultiFernet:
    """Of the installation's key; those of before are still read while they stand among the fallbacks."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(urlsafe_b64encode(sha256(f"second step {key}".encode()).digest())) for key in keys])


class MFAAdapter(DefaultMFAAdapter):
    """Who gets hold of the database alone has no second step of anybody."""

    def encrypt(self, text: str) -> str:
        return _cipher().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _cipher().decrypt(encrypted_text.encode()).decode()


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


def second_step_is_required(request: HttpRequest) -> dict[str, bool]:
    """For the page on which it is set up."""
    is_asked = settings.ADMINISTRATORS_NEED_SECOND_STEP and request.path.startswith("/accounts/2fa/")
    return {"second_step_is_required": bool(is_asked and lacks_second_step(request))}
