"""What our forms share: the button and the helper of our template pack."""

from __future__ import annotations

from typing import Any

from crispy_forms.helper import FormHelper
from crispy_forms.layout import BaseInput, Layout
from django import forms

from performance.forms.fields import DayField


class Button(BaseInput):
    """A GOV.UK button; crispy's own would bring the classes of another framework."""

    input_type = "submit"
    field_classes = "govuk-button"
    template = "govuk/button.html"

    def __init__(self, label: str, **kwargs: Any) -> None:
        super().__init__("", label, **kwargs)


def helper(*fields: Any, button: str) -> FormHelper:
    """A form sent by POST, its fields in order and one button; the summary of errors stands on the page's top."""
    made = FormHelper()
    made.form_show_errors = True
    made.attrs = {"novalidate": ""}
    made.layout = Layout(*fields, Button(button))
    return made


def date_field(label: str, hint: str = "", *, required: bool = False) -> DayField:
    """A day, chosen or typed."""
    return DayField(
        label=label,
        help_text=hint,
        required=required,
        widget=forms.DateInput(attrs={"type": "date", "class": "govuk-input govuk-input--width-10"}, format="%Y-%m-%d"),
        error_messages={"required": "Enter the day", "invalid": "Enter a day, such as 31/07/2008"},
    )
