"""The form that ends something."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from performance.forms.fields import reason_field
from performance.forms.layout import date_field, helper


class EndForm(forms.Form):
    """The last day of something, and why."""

    on = date_field("Last day", required=True)
    reason = reason_field("Why does it end?", "Say why it ends", "Kept in the history of changes.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.fields["on"].today = today  # type: ignore[attr-defined]
        self.helper = helper(*self.fields, button="End it")
