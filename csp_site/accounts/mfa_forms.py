"""The forms of the second step, in our words."""

from __future__ import annotations

from typing import Any

from allauth.mfa.base.forms import AuthenticateForm
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from django.forms import HiddenInput

from .bounded import BoundedJSONField
from .forms import say


class AppCodeForm(ActivateTOTPForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", "Code that the app shows", "Enter the code that the app shows", "Six digits.")


class SecondStepForm(AuthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "code", "Code", "Enter the code", "Six digits from the app, or a recovery code.")


class AddPasskeyForm(AddWebAuthnForm):
    credential = BoundedJSONField(widget=HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "name", "Name", "Enter a name", "So that you know it again, such as “Office computer”.")
        self.fields["passwordless"].label = "Sign in with it alone, without the password"
        self.fields["passwordless"].help_text = ""


class PasskeyStepForm(AuthenticateWebAuthnForm):
    credential = BoundedJSONField(widget=HiddenInput)


class PasskeySignInForm(LoginWebAuthnForm):
    credential = BoundedJSONField(widget=HiddenInput)


class PasskeyConfirmForm(ReauthenticateWebAuthnForm):
    credential = BoundedJSONField(widget=HiddenInput)
