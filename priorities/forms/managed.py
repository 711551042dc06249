"""What the forms of the management pages share: one row of a partnership, added or changed, with its history."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from performance.forms.boxes import DayField
from performance.forms.layout import date_field, helper
from performance.forms.steps import LONGEST_REASON
from performance.models import CrimeCategory, Partnership
from performance.queries.people import name_of
from priorities.actions.manage import free_slug
from priorities.forms.choices import speak_plainly
from priorities.models import Plan

TAKEN = "There is one of this name already. Choose another name."


class Choices(forms.CheckboxSelectMultiple):
    """Many of a list; the tested component is a list of boxes, not a select that wants a key held down."""


class ManagedForm(forms.ModelForm):
    """Adds or changes one row. Who saves over a newer one is told, and keeps what was typed.

    Subclasses name the model and the fields, and narrow what may be chosen to the partnership in `narrow`.
    """

    seen = forms.IntegerField(required=False, widget=forms.HiddenInput)
    reason = forms.CharField(
        label="Why does it change? (optional)",
        help_text="Kept in the history of changes.",
        required=False,
        max_length=LONGEST_REASON,
    )

    def __init__(self, *args: Any, partnership: Partnership, today: date, plan: Plan | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.partnership, self.today, self.plan = partnership, today, plan
        self.narrow(partnership)
        for name, field in self.fields.items():
            if isinstance(field, forms.DateField) and not isinstance(field, DayField):
                self.fields[name] = date_field(str(field.label), str(field.help_text), required=field.required)
            elif isinstance(field, forms.ModelChoiceField) and not isinstance(field, forms.ModelMultipleChoiceField):
                field.empty_label = "Choose one" if field.required else "Not set"
            speak_plainly(self.fields[name])
        self.fields["seen"].initial = self._version()
        shown = [name for name in self.fields if name != "reason" or self.instance.pk]
        if not self.instance.pk:
            del self.fields["reason"]
        self.helper = helper(*shown, button="Save")

    def narrow(self, partnership: Partnership) -> None:
        """Let nothing of another partnership be chosen."""

    def _version(self) -> int | None:
        """The number of the row's latest entry in its history; None for one that is not there yet."""
        if not self.instance.pk:
            return None
        past: Any = type(self.instance).history
        latest = past.filter(id=self.instance.pk).aggregate(latest=Max("history_id"))["latest"]
        return int(latest) if latest else None

    def clean(self) -> dict[str, Any]:
        super().clean()
        # What must hold of the whole row is looked at once each box is sound by itself.
        self._validate_constraints = False
        clean = self.cleaned_data
        if self.instance.pk and clean.get("seen") != self._version():
            self._tell_who()
        if hasattr(self.instance, "slug"):
            self._name()
        return clean

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

    def _tell_who(self) -> None:
        past: Any = type(self.instance).history
        latest = past.filter(id=self.instance.pk).select_related("history_user").first()
        who = name_of(latest.history_user) if latest and latest.history_user else "Somebody"
        self.data = {**self.data.dict(), **self._lists(), "seen": str(self._version())}  # type: ignore[attr-defined]
        raise ValidationError(
            f"{who} changed this after you opened the page. What you typed is still here: look at what is shown "
            "elsewhere, then save again if yours is to stand."
        )

    def _lists(self) -> dict[str, list[str]]:
        """What was ticked, which a plain dictionary of the data would shorten to its last."""
        many = [name for name, field in self.fields.items() if isinstance(field, forms.ModelMultipleChoiceField)]
        return {name: self.data.getlist(name) for name in many}  # type: ignore[attr-defined]

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
