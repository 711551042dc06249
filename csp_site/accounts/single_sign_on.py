"""Signing in with the account that people have at their council: OpenID Connect, by configuration alone."""

from __future__ import annotations

from typing import Any

from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.http import HttpRequest


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """It lets people in who have been invited; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False


def single_sign_on(request: HttpRequest) -> dict[str, str]:
    """The name and the address of the service on the pages about signing in; empty where none is configured."""
    if not settings.OIDC_SERVER_URL or not request.path.startswith("/accounts/"):
        return {"single_sign_on": ""}
    return {"single_sign_on": settings.OIDC_NAME, "single_sign_on_provider": "council"}
