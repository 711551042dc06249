"""The forms of a return's steps: send back, publish, revise."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from performance.calculations.periods import Period
from performance.forms.fields import Once, reason_field
from performance.forms.layout import date_field, helper
from performance.queries import Entered, EntryRow
from performance.returns.forms.entry import LONGEST_NOTE, REASONS, FigureForm
from performance.returns.values import FigureEdit
from performance.sentences import ask


class SendBackForm(Once):
    reason = reason_field(
        "Why is it sent back?", "Say why the return is sent back", "The officer sees it above the figures."
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("token", "reason", button="Send the return back")


class PublishForm(Once):
    figures_as_at = date_field(
        "On which day were the figures true?",
        "Pages say “Figures as at” this day. It is not before the end of the period.",
        required=True,
    )

    def __init__(self, *args: Any, day: date | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["figures_as_at"].initial = day
        self.helper = helper("token", "figures_as_at", button="Publish the figures")


class FinaliseForm(Once):
    reason = reason_field("Why are they final?", "Say why the figures are final now")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].initial = "Confirmed as final, unchanged"
        self.helper = helper("token", "reason", button="Make the figures final")


_FIELDS = ("token", "version", "count", "missing", "provisional", "note", "reason")


class ReviseForm(Once, FigureForm):
    """A published figure's new value, and why it changes."""

    reason = reason_field(
        "Why is the figure revised?", "Say why the figure is revised", "Every reader of the figure can see it."
    )

    def __init__(self, *args: Any, held: Entered | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("conflict_version", "choice"):
            del self.fields[name]
        self.fields["confirmed"] = forms.BooleanField(required=False, label="Yes, it is right")
        labels = {
            "count": "New figure",
            "missing": "No figure because",
            "provisional": "Provisional: it may still change",
            "note": "Note on the figure",
        }
        for name, label in labels.items():
            self.fields[name].label = label
        self.fields["count"].widget.attrs |= {"inputmode": "numeric", "class": "govuk-input govuk-input--width-10"}
        self.fields["note"].widget = forms.Textarea(attrs={"rows": 2, "maxlength": LONGEST_NOTE})
        self.fields["missing"].choices = REASONS  # type: ignore[attr-defined]
        self.fields["version"].widget = forms.HiddenInput()
        self.initial = {
            "count": "" if held is None or held.count is None else f"{held.count:,}",
            "missing": held.missing if held else "",
            "provisional": held.is_provisional if held else False,
            "note": held.note if held else "",
            "version": held.version if held else 0,
        }
        self.helper = helper(*_FIELDS, button="Revise the figure")

    def asks(self, row: EntryRow, period: Period) -> tuple[str, ...]:
        """What is asked about the new figure before it is published, unless its sender has answered."""
        number = self.cleaned_data["number"]
        if self.cleaned_data["confirmed"] or row.figure.known == number:
            return ()
        doubts = row.doubts(number, period)
        if doubts:
            self.helper = helper(*_FIELDS[:-1], "confirmed", "reason", button="Revise the figure")
        return tuple(ask(doubt) for doubt in doubts)

    def show_version(self, version: int) -> None:
        """Show the form again as typed, now that its sender has seen a newer figure."""
        self.data = {**self.data.dict(), "version": str(version)}  # type: ignore[attr-defined]

    def _is_said_to_be_right(self, number: int) -> bool:
        return bool(self.cleaned_data["confirmed"])

    @property
    def revision(self) -> FigureEdit:
        edit = self.edit
        if edit is None:
            raise ValueError("A revision is of a figure.")
        return edit
