"""E-mail addresses to which a mail can be written."""

from __future__ import annotations

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import EmailValidator

NO_ADDRESS = "Enter an e-mail address, such as name@example.org"


def can_be_written_to(address: str) -> None:
    """Refuses also a domain that has no form in the letters of mail servers: "a@。example.org" breaks on sending."""
    EmailValidator(NO_ADDRESS)(address)
    domain = address.rpartition("@")[2]
    try:
        labels = domain.encode("idna").decode("ascii").split(".")
    except UnicodeError:
        labels = [""]
    if "" in labels or any(dot in domain for dot in "。．｡"):
        raise ValidationError(NO_ADDRESS, code="invalid")


class AddressField(forms.EmailField):
    default_validators = [can_be_written_to]
    default_error_messages = {"invalid": NO_ADDRESS}
