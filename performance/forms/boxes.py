"""Boxes for days, amounts and numbers, which read them as people write them."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone

from performance.calculations.periods import day

FIRST_DAY = date(1990, 1, 1)
"""Before the first partnerships: an earlier day is a slip of the pen."""
YEARS_AHEAD = 20


class DayField(forms.DateField):
    """A day, chosen or typed, between `FIRST_DAY` and today, or `YEARS_AHEAD` where it may lie in the future."""

    def __init__(self, *, may_be_ahead: bool = True, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.may_be_ahead = may_be_ahead

    def validate(self, value: date | None) -> None:
        super().validate(value)
        if value is None:
            return
        today = timezone.localdate()
        if not self.may_be_ahead and value > today:
            raise forms.ValidationError("Enter a day that is not in the future")
        if value < FIRST_DAY or value.year > today.year + YEARS_AHEAD:
            raise forms.ValidationError(f"Enter a day between {day(FIRST_DAY)} and {today.year + YEARS_AHEAD}")


class AmountField(forms.DecimalField):
    """A decimal number, also with what people write beside it: £12,500 or 43.5%."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_bare(value))


class WholeNumberField(forms.IntegerField):
    """A whole number, also with commas: 1,100."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(_bare(value))


def _bare(value: Any) -> Any:
    """Without the signs and commas that a number is read without."""
    return (
        value.strip().removeprefix("£").removesuffix("%").replace(",", "").strip() if isinstance(value, str) else value
    )
