"""One row of the entry grid, as it was typed."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from performance.calculations.count_input import NotACountError, read_count
from performance.forms.fields import NoteField
from performance.models import Actual
from performance.queries import Entered
from performance.returns.values import Entry, FigureEdit
from performance.wording import count

LONGEST_NOTE = 500
REASONS = (("", "–"), *Actual.Missing.choices)


class FigureForm(forms.Form):
    """A count or why there is none, provisional or final, a note; and which version of the figure the person saw.

    Where somebody else's newer figure was met, `conflict_version` is its version and `choice` says whose is to stay.
    """

    count = forms.CharField(required=False, max_length=100)
    missing = forms.ChoiceField(choices=REASONS, required=False)
    provisional = forms.BooleanField(required=False)
    note = NoteField(required=False, max_length=LONGEST_NOTE)
    confirmed = forms.CharField(required=False, max_length=100)
    version = forms.IntegerField(min_value=0, max_value=2_000_000_000)
    conflict_version = forms.IntegerField(min_value=0, max_value=2_000_000_000, required=False)
    choice = forms.ChoiceField(choices=(("", ""), ("theirs", ""), ("mine", "")), required=False)

    def __init__(self, *args: Any, is_total: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.is_total = is_total

    @classmethod
    def showing(cls, row: Entered | None, prefix: str) -> FigureForm:
        """The form as it is first shown: with a figure as it is held; an empty row is provisional until it is said."""
        if row is None:
            empty = dict.fromkeys(("count", "missing", "note", "confirmed"), "")
            return cls(prefix=prefix, initial=empty | {"provisional": True, "version": 0})
        text = "" if row.count is None else count(row.count)
        initial = {
            "count": text,
            "missing": row.missing,
            "provisional": row.is_provisional,
            "note": row.note,
            "confirmed": text if row.is_confirmed else "",
            "version": row.version,
        }
        return cls(prefix=prefix, initial=initial)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        found["number"], missing = None, found.get("missing", "")
        try:
            found["number"] = read_count(found.get("count", ""))
        except NotACountError as error:
            # "n/a" with "not applicable" chosen beside it is an answer.
            if error.reason is None or error.reason.value != missing:
                raise ValidationError({"count": str(error)}) from error
        number = found["number"]
        if number is not None and missing:
            raise ValidationError({"count": f"Choose one: {count(number)}, or the reason why there is no figure."})
        if number is None and not missing:
            self._refuse_half_a_row(found)
        if number is not None and number < 0 and self.is_total:
            raise ValidationError({"count": "A supplied total is not below 0."})
        if number is not None and number < 0 and not found.get("note"):
            raise ValidationError(
                {"count": f"{count(number)} is below 0. Say in the note which crimes were cancelled, or correct it."}
            )
        if found.get("conflict_version") is not None and not found.get("choice"):
            raise ValidationError({"choice": "Choose which figure is to stay."})
        return found

    def _refuse_half_a_row(self, found: dict[str, Any]) -> None:
        if found.get("version"):
            # What was entered by mistake and is taken back is a figure that is still to come; a sum need not come.
            none = Actual.Missing.NOT_APPLICABLE if self.is_total else Actual.Missing.NOT_YET_AVAILABLE
            found["missing"] = none.value
        elif found.get("note"):
            raise ValidationError({"count": "The note has no figure. Enter a number, or choose why there is none."})

    @property
    def edit(self) -> FigureEdit | None:
        """What is to be saved; nothing where the person chose to keep somebody else's figure."""
        found = self.cleaned_data
        if found.get("choice") == "theirs":
            return None
        shown = found.get("conflict_version")
        version = found["version"] if shown is None else shown
        is_count = found["number"] is not None
        entry = Entry(
            count=found["number"],
            missing="" if is_count else found["missing"],
            is_provisional=is_count and found["provisional"],
            note=found["note"],
            is_confirmed=is_count and self._is_said_to_be_right(found["number"]),
        )
        return FigureEdit(entry, version)

    def _is_said_to_be_right(self, number: int) -> bool:
        """Whether it was this number that was said to be right, and not one that stood in the box before."""
        try:
            return read_count(self.cleaned_data.get("confirmed", "")) == number
        except NotACountError:
            return False

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence; empty where nothing is."""
        return next((str(each) for errors in self.errors.values() for each in errors), "")
