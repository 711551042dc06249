"""JSON that comes from a browser: so long and with so many brackets, which bounds its depth, and no more."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

LONGEST, BRACKETS = 20_000, 50
"""Letters, and openings of lists and objects; a passkey's answer has some 2,000 and five."""
UNREADABLE = "What the browser sent cannot be read. Try again."


class BoundedJSONField(forms.JSONField):
    """An object; anything else cannot be what a passkey answers."""

    def to_python(self, value: Any) -> Any:
        if isinstance(value, str) and (len(value) > LONGEST or value.count("[") + value.count("{") > BRACKETS):
            raise ValidationError(UNREADABLE, code="invalid")
        found = super().to_python(value)
        if found is not None and not isinstance(found, dict):
            raise ValidationError(UNREADABLE, code="invalid")
        return found
