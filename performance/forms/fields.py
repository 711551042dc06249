"""Boxes for days, amounts and numbers, which read them as people write them."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django import forms

from performance.calculations.count_input import NotACountError, NotANumberError, read_count, read_decimal
from performance.calculations.periods import day

FIRST_DAY, LAST_DAY = date(1990, 1, 1), date(2099, 12, 31)
"""No partnership was there before and no plan looks further ahead: a day beyond them is a slip of the pen."""


class DayField(forms.DateField):
    """A day, chosen or typed, from `FIRST_DAY` to `LAST_DAY`; up to `today` where a form sets it."""

    today: date | None = None

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        if self.today is not None and value > self.today:
            raise forms.ValidationError("Enter a day that is not in the future")
        if not FIRST_DAY <= value <= LAST_DAY:
            raise forms.ValidationError(f"Enter a day between {day(FIRST_DAY)} and {day(LAST_DAY)}")


class AmountField(forms.DecimalField):
    """A decimal number, also with what people write beside it: £12,500 or 43.5%."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_decimal(value, places=self.decimal_places or 0)
        except NotANumberError as error:
            raise _refusal(self, value, str(error)) from error


class WholeNumberField(forms.IntegerField):
    """A whole number, also with commas: 1,100."""

    def to_python(self, value: Any) -> Any:
        if not isinstance(value, str):
            return super().to_python(value)
        try:
            return read_count(value)
        except NotACountError as error:
            raise _refusal(self, value, str(error)) from error


def _refusal(field: forms.Field, value: str, words: str) -> forms.ValidationError:
    """What the box wants; where a comma made the number uncertain, what is wrong with that."""
    return forms.ValidationError(words if "," in value else field.error_messages["invalid"], code="invalid")


LONGEST_REASON = 500


def reason_field(label: str, missing: str, hint: str = "") -> forms.CharField:
    """A box for the reason, in which a NUL or more than fits is refused before it reaches the database."""
    return forms.CharField(
        label=label,
        help_text=hint,
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        error_messages={"required": missing},
    )


class Once(forms.Form):
    """A form that is done once, however often it is sent."""

    token = forms.UUIDField(
        widget=forms.HiddenInput,
        required=False,
        error_messages={"invalid": "The form did not arrive whole. Open the page again and send it once more"},
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["token"].initial = uuid4


class NoteField(forms.CharField):
    """A few lines of words. A browser counts a new line as one character and sends two: here it is one again."""

    widget = forms.Textarea

    def to_python(self, value: Any) -> str:
        return str(super().to_python(value)).replace("\r\n", "\n")
