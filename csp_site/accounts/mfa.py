"""The second step of signing in: its secrets are encrypted."""

from __future__ import annotations

from base64 import urlsafe_b64encode
from hashlib import sha256

from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.http import HttpRequest

from csp_site.middleware import lacks_second_step


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


def second_step_is_required(request: HttpRequest) -> dict[str, bool]:
    """For the page on which it is set up."""
    is_asked = settings.ADMINISTRATORS_NEED_SECOND_STEP and request.path.startswith("/accounts/2fa/")
    return {"second_step_is_required": bool(is_asked and lacks_second_step(request))}
