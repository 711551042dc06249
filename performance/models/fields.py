"""A financial year as a column: stored as the year in which it starts, read and typed as 2007/08."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from performance.calculations.periods import EARLIEST, LATEST, FinancialYear


def _parsed(text: str) -> FinancialYear:
    try:
        return FinancialYear.parse(text)
    except ValueError as error:
        raise ValidationError(str(error), code="invalid") from error


class FinancialYearFormField(forms.CharField):
    """A box into which "2007/08", "07/08" or "2007-08" may be typed."""

    default_error_messages = {"required": "Enter a financial year, such as 2007/08."}

    def to_python(self, value: Any) -> Any:
        if isinstance(value, FinancialYear):
            return value
        text = super().to_python(value)
        return _parsed(text) if text else None

    def prepare_value(self, value: Any) -> Any:
        return str(value) if isinstance(value, FinancialYear) else value


class FinancialYearField(models.Field):
    """Holds a `FinancialYear`; sorts and compares as the year in which it starts."""

    # What the type checker reads: what may be assigned, what is read, what may be looked up.
    _pyi_private_set_type: FinancialYear | str | int
    _pyi_private_get_type: FinancialYear
    _pyi_lookup_exact_type: FinancialYear | str | int

    def get_internal_type(self) -> str:
        return "PositiveSmallIntegerField"

    def from_db_value(self, value: int | None, expression: Any, connection: Any) -> FinancialYear | None:
        return None if value is None else FinancialYear(value)

    def to_python(self, value: Any) -> Any:
        if value is None or isinstance(value, FinancialYear):
            return value
        return FinancialYear(value) if isinstance(value, int) else _parsed(str(value))

    def get_prep_value(self, value: Any) -> int | None:
        year = self.to_python(value)
        return None if year is None else year.start

    def value_to_string(self, obj: models.Model) -> str:
        return str(self.value_from_object(obj))

    def formfield(self, **kwargs: Any) -> Any:
        options: dict[str, Any] = {"form_class": FinancialYearFormField}
        return super().formfield(**(options | kwargs))


def year_in_range(name: str) -> models.Q:
    """The condition of a check constraint that keeps a financial year within what `FinancialYear` takes."""
    return models.Q(**{f"{name}__gte": EARLIEST, f"{name}__lte": LATEST})


MOST = 999_999_999
"""The highest count: more than any district has, and what both databases can hold."""
