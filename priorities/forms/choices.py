"""What may be chosen in a form's field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from performance.queries.people import name_of

NOT_IN_LIST = "Choose one of the list: what was chosen is not in it, or no longer"


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let these rows be chosen, and no others."""
    field: Any = form.fields[name]
    field.queryset = rows
    field.error_messages |= {"invalid_choice": NOT_IN_LIST, "invalid_pk_value": NOT_IN_LIST}


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)
