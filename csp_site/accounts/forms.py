"""The forms of signing in, in our own words and look."""

from __future__ import annotations

from contextlib import suppress
from functools import partial
from queue import Full
from typing import Any

from allauth.account.forms import ChangePasswordForm as AllauthChangePasswordForm
from allauth.account.forms import LoginForm, ReauthenticateForm, ResetPasswordForm, ResetPasswordKeyForm
from allauth.account.forms import SetPasswordForm as AllauthSetPasswordForm
from allauth.core.context import request_context
from django import forms
from django.http import HttpRequest

from background.queue import do_later
from performance.forms.addresses import can_be_written_to
from performance.forms.layout import helper

NEW_SECRET_HINT = "At least 12 characters. Three words that do not belong together are easy to remember."


def say(form: forms.Form, name: str, label: str, missing: str, hint: str = "") -> None:
    """Give a field its label, its hint and the words for when it is left empty; no placeholder in their stead."""
    field = form.fields[name]
    field.label, field.help_text = label, hint
    field.error_messages["required"] = missing
    field.widget.attrs.pop("placeholder", None)


class SignInForm(LoginForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "login", "User name or e-mail address", "Enter your user name or e-mail address")
        self.fields["login"].widget.attrs |= {"autocomplete": "username", "autocapitalize": "none"}
        say(self, "password", "Password", "Enter your password")
        self.fields["remember"].label = "Keep me signed in on this computer"
        self.helper = helper("login", "password", "remember", button="Sign in")

    def user_credentials(self) -> dict[str, Any]:
        """As an address or as a user name, never tried as both: two tries take twice as long, which would tell."""
        login = self.cleaned_data["login"]
        name = "email" if "@" in login else "username"
        return {name: login, "password": self.cleaned_data.get("password", "")}


class ChangePasswordForm(AllauthChangePasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "oldpassword", "Current password", "Enter your current password")
        say(self, "password1", "New password", "Enter a new password", NEW_SECRET_HINT)
        say(self, "password2", "New password again", "Enter the new password a second time")
        self.helper = helper("oldpassword", "password1", "password2", button="Change password")


class SetPasswordForm(AllauthSetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", "New password", "Enter a new password", NEW_SECRET_HINT)
        say(self, "password2", "New password again", "Enter the new password a second time")
        self.helper = helper("password1", "password2", button="Set password")


class ForgottenPasswordForm(ResetPasswordForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "email", "E-mail address", "Enter your e-mail address")
        self.fields["email"].validators = [can_be_written_to]
        self.helper = helper("email", button="Send the link")

    def clean_email(self) -> str:
        """Whose address it is, is looked up in the background."""
        return str(self.cleaned_data["email"])

    def save(self, request: HttpRequest, **kwargs: Any) -> str:
        """The same whether there is such an account: who it is, and the e-mail, is work for the background."""
        later = partial(self._write_to_whom_it_is, request, **kwargs)
        with suppress(Full):  # whoever gets no e-mail asks again
            do_later(later)
        return str(self.cleaned_data["email"])

    def _write_to_whom_it_is(self, request: HttpRequest, **kwargs: Any) -> None:
        with request_context(request):
            super().clean_email()
            super().save(request, **kwargs)


class NewPasswordForm(ResetPasswordKeyForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password1", "New password", "Enter a new password", NEW_SECRET_HINT)
        say(self, "password2", "New password again", "Enter the new password a second time")
        self.helper = helper("password1", "password2", button="Set password")


class ConfirmForm(ReauthenticateForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        say(self, "password", "Password", "Enter your password")
        self.helper = helper("password", button="Confirm")
