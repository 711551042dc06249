"""A form that knows which version of its row was shown."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from performance.wording import name_of


class VersionedForm(forms.ModelForm):
    """Adds or changes a row whose history is kept. Who saves over a newer one is told, and keeps what was typed."""

    version = forms.IntegerField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = self._version()

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.instance.pk and self.cleaned_data.get("version") != self._version():
            self._refuse_stale()
        return self.cleaned_data

    def _version(self) -> int | None:
        """The number of the row's latest entry in its history; None for one that is not there yet."""
        if not self.instance.pk:
            return None
        past: Any = type(self.instance).history
        latest = past.filter(id=self.instance.pk).aggregate(latest=Max("history_id"))["latest"]
        return int(latest) if latest else None

    def _refuse_stale(self) -> None:
        past: Any = type(self.instance).history
        latest = past.filter(id=self.instance.pk).select_related("history_user").first()
        who = name_of(latest.history_user) if latest and latest.history_user else "Somebody"
        self.data = {**self.data.dict(), **self._lists(), "version": str(self._version())}  # type: ignore[attr-defined]
        raise ValidationError(
            f"{who} changed this after you opened the page. What you typed is still here: look at what is shown "
            "elsewhere, then save again if yours is to stand."
        )

    def _lists(self) -> dict[str, list[str]]:
        """What was ticked, which a plain dictionary of the data would shorten to its last."""
        many = [name for name, field in self.fields.items() if isinstance(field, forms.ModelMultipleChoiceField)]
        return {name: self.data.getlist(name) for name in many}  # type: ignore[attr-defined]
