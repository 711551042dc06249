"""What may be chosen in a form's field."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from performance.wording import name_of

NOT_IN_LIST = "Choose one of the list: what was chosen is not in it, or no longer"


def choose_from(form: forms.BaseForm, name: str, rows: QuerySet[Any]) -> None:
    """Let these rows be chosen, and what the form's own row holds: saving it again loses nothing that has ended."""
    field: Any = form.fields[name]
    chosen = Q(pk__in=rows.order_by().values("pk")) | Q(pk__in=_held(form, name))
    found = rows.model._default_manager.filter(chosen)
    field.queryset = found.order_by(*rows.query.order_by) if rows.query.order_by else found
    field.error_messages |= {"invalid_choice": NOT_IN_LIST, "invalid_pk_value": NOT_IN_LIST}


def set_messages(field: forms.Field) -> None:
    """Say what a box wants, where the framework would not name it; a field's own words stay."""
    label = str(field.label)
    is_choice = isinstance(field, forms.ChoiceField | forms.ModelChoiceField)
    ours = {
        "required": f"Choose one: {label.lower()}" if is_choice else f"Enter the {label.lower()}",
        "max_length": f"{label}: use at most %(limit_value)d letters; there are %(show_value)d",
    }
    for code, words in ours.items():
        if field.error_messages.get(code) in (None, forms.Field.default_error_messages.get(code)):
            field.error_messages[code] = words


def _held(form: forms.BaseForm, name: str) -> list[int]:
    """The numbers of what the form's row holds in a field; none for a row that is not there yet."""
    row = getattr(form, "instance", None)
    if row is None or row.pk is None:
        return []
    if isinstance(form.fields[name], forms.ModelMultipleChoiceField):
        return list(getattr(row, name).values_list("pk", flat=True))
    return [pk for pk in [getattr(row, f"{name}_id")] if pk is not None]


class AimsField(forms.ModelMultipleChoiceField):
    """Aims of several plans, told apart by the plan that each belongs to."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.title} ({obj.plan.title})"


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)
