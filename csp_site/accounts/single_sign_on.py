"""Signing in with the account that people have at their council: OpenID Connect, by configuration alone."""

from __future__ import annotations

from typing import Any

from allauth.account.models import EmailAddress
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.conf import settings
from django.contrib.auth import get_user_model
from django.db import transaction
from django.http import HttpRequest


class SingleSignOnAdapter(DefaultSocialAccountAdapter):
    """It lets people in who have been invited; it makes no accounts."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        return False

    def authenticate_by_email(self, sociallogin: Any) -> tuple[Any, str] | None:
        """The one active account with an address that the provider vouches for, however its letters are written.

        Accounts here are made by invitation, so the provider's word makes the address a verified one: without that the
        library takes the account for one that a stranger might have made, and wipes its password.
        """
        for address in sociallogin.email_addresses:
            if not (address.verified and self.can_authenticate_by_email(sociallogin, address.email)):
                continue
            accounts = get_user_model().objects.filter(email__iexact=address.email, is_active=True)[:2]
            if len(accounts) == 1:
                email = address.email.lower()
                _vouch(accounts[0], email)
                return accounts[0], email
        return None


@transaction.atomic
def _vouch(account: Any, email: str) -> None:
    """Note that an address is an account's one address; what it was of others before, or what was before it, ends."""
    EmailAddress.objects.filter(email__iexact=email).exclude(user=account).delete()
    EmailAddress.objects.filter(user=account, primary=True).exclude(email=email).update(primary=False)
    EmailAddress.objects.update_or_create(user=account, email=email, defaults={"verified": True, "primary": True})


def single_sign_on(request: HttpRequest) -> dict[str, str]:
    """The name and the address of the service on the pages about signing in; empty where none is configured."""
    if not settings.OIDC_SERVER_URL or not request.path.startswith("/accounts/"):
        return {"single_sign_on": ""}
    return {"single_sign_on": settings.OIDC_NAME, "single_sign_on_provider": "council"}
