"""What the forms of the management pages share: one row of a partnership, added or changed, with its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from performance.forms.fields import LONGEST_REASON, DayField
from performance.forms.layout import date_field, helper
from performance.models import CrimeCategory, Partnership
from priorities.administration.actions.slugs import free_slug
from priorities.administration.choices import set_messages
from priorities.forms.versioned import VersionedForm
from priorities.models import Plan

TAKEN = "There is one of this name already. Choose another name."


class Choices(forms.CheckboxSelectMultiple):
    """Many of a list; the tested component is a list of boxes, not a select that wants a key held down."""


class ManagedForm(VersionedForm):
    """Adds or changes one row.

    Subclasses name the model and the fields, and limit what may be chosen to the partnership in `limit_choices`.
    """

    reason = forms.CharField(
        label="Why does it change? (optional)",
        help_text="Kept in the history of changes.",
        required=False,
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: Any, partnership: Partnership, today: date, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.today, self.plan = partnership, today, plan
        self.limit_choices(partnership)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and not isinstance(field, DayField):
                self.fields[name] = date_field(str(field.label), str(field.help_text), required=field.required)
            elif isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
                field.empty_label = "Choose one" if field.required else "Not set"
            set_messages(self.fields[name])
        shown = [name for name in self.fields if name != "reason" or self.instance.pk]
        if not self.instance.pk:
            del self.fields["reason"]
        self.helper = helper(*shown, button="Save")

    def limit_choices(self, partnership: Partnership) -> None:
        """Let nothing of another partnership be chosen."""

    def clean(self) -> dict[str, Any]:
        super().clean()
        if hasattr(self.instance, "slug"):
            self._name()
        return self.cleaned_data

    def _name(self) -> None:
        """What has an address has a name that none beside it has; the address is made of it once, and stays."""
        column = "title" if "title" in self.fields else "name"
        name = self.cleaned_data.get(column)
        if not name:
            return
        beside = "plan" if hasattr(self.instance, "plan_id") else "partnership"
        model = type(self.instance)
        others = model._default_manager.filter(
            **{f"{column}__iexact": name, beside: getattr(self.instance, f"{beside}_id")}
        )
        if model is CrimeCategory:
            others = CrimeCategory.objects.of(self.partnership).filter(name__iexact=name)
        if others.exclude(pk=self.instance.pk).exists():
            self.add_error(column, TAKEN)
        elif not self.instance.slug:
            self.instance.slug = free_slug(model, str(name))

    def _post_clean(self) -> None:
        """What must hold of a row holds of all of it, also of columns that no box is for."""
        super()._post_clean()  # type: ignore[misc]
        if self.errors:
            return
        try:
            self.instance.validate_constraints()
        except ValidationError as error:
            is_taken = any(each.code in ("unique", "unique_together") for each in _all(error))
            self.add_error(None, TAKEN if is_taken else error.messages)

    def save(self, commit: bool = True) -> Any:
        self.instance._change_reason = self.cleaned_data.get("reason", "").strip() or None
        return super().save(commit)


def _all(error: ValidationError) -> list[ValidationError]:
    if hasattr(error, "error_dict"):
        return [each for errors in error.error_dict.values() for each in errors]
    return list(error.error_list)
