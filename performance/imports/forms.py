"""What is pasted, uploaded, and answered about it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django import forms

from performance.calculations.periods import Period
from performance.forms.layout import date_field, helper
from performance.models import Actual
from performance.wording import times

from .pages import NOWHERE
from .planning import ImportPlan, period_of
from .readers import MOST_BYTES

LONGEST_PASTE = 200_000
LONGEST_REASON = 500
ALL_PERIODS = "all"


class PasteForm(forms.Form):
    """A block out of a spreadsheet."""

    text = forms.CharField(
        label="Paste the rows here",
        help_text="With their names and headings. You see what was read before anything changes.",
        strip=False,
        max_length=LONGEST_PASTE,
        error_messages={
            "required": "Paste the rows first",
            "max_length": f"That is more than {LONGEST_PASTE:,} letters. Paste only the rows with the figures",
        },
        widget=forms.Textarea(attrs={"rows": 12, "spellcheck": "false", "wrap": "off", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("text", button="Check what was pasted")


class UploadForm(forms.Form):
    """A file, and the period whose figures are taken from it."""

    period = forms.ChoiceField(
        label="Which figures are wanted?",
        error_messages={"invalid_choice": "Choose a period", "required": "Choose a period"},
    )
    file = forms.FileField(
        label="The file",
        help_text=f"Excel (.xlsx), OpenDocument (.ods) or CSV, up to {MOST_BYTES // 1024 // 1024} MB.",
        max_length=200,
        allow_empty_file=True,
        widget=forms.FileInput(attrs={"class": "govuk-file-upload", "accept": ".xlsx,.ods,.csv"}),
        error_messages={
            "required": "Choose a file",
            "max_length": "The name of the file is too long. Give it a shorter one",
            "missing": "Choose a file",
            "invalid": "Choose a file",
        },
    )

    def __init__(self, *args: Any, periods: Mapping[Period, str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        choices = [(period.slug, words) for period, words in periods.items()]
        field: Any = self.fields["period"]
        field.choices = [*choices, (ALL_PERIODS, "Every period that the file names")]
        self.helper = helper("period", "file", button="Upload and check")
        self.helper.attrs = {"enctype": "multipart/form-data"}

    @property
    def wanted(self) -> Period | None:
        """The period that was chosen; None for all."""
        return period_of(self.cleaned_data["period"])


class HistoryForm(forms.Form):
    """The day on which figures of many periods were true, and where they come from."""

    figures_as_at = date_field(
        "Figures as at", "The day on which they were true, after the last of the periods.", required=True
    )
    source = forms.CharField(
        label="Source",
        help_text="Readers see it, as in “Recorded crime, Home Office, October 2008”.",
        max_length=200,
        error_messages={"required": "Say where the figures come from", "max_length": "Use at most 200 letters"},
    )

    def __init__(self, *args: Any, periods: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("figures_as_at", "source", button=f"Publish {times(periods, 'period')} as history")


def answers_in(data: Mapping[str, str], plan: ImportPlan, kept: Mapping[str, Any]) -> dict[str, Any]:
    """What was kept of the answers, with those that were sent now. What was sent and is no answer is passed over."""
    found = dict(kept)
    columns = {str(number): number for number in plan.sheet.filled_columns}
    rows = {str(row[0].row): row[0].row for row in plan.sheet.rows if row}
    if data.get("sheet") in {sheet.name for sheet in plan.sheets} and data["sheet"] != plan.sheet.name:
        # Of another sheet nothing that was said of this one is true.
        return {"sheet": data["sheet"]}
    layout = plan.reading.layout
    for name, known, now in (
        ("column", columns, layout.figures[0].number if len(layout.figures) == 1 else None),
        ("names", columns, layout.names),
        ("heading_row", rows, layout.heading_row),
    ):
        if (value := known.get(data.get(name, ""))) is not None and value != now:
            found[name] = value
    if data.get("order") == "yes":
        found["is_in_order"] = True
    categories, reasons = dict(found.get("categories", {})), dict(found.get("reasons", {}))
    zeros = set(found.get("zeros", []))
    asked = {str(pk): pk for pk in plan.catalogue.asked}
    for line in plan.reading.lines:
        goes, why = data.get(f"goes-{line.address}", ""), data.get(f"why-{line.address}", "")
        if goes == NOWHERE or goes in asked:
            categories[line.address] = asked.get(goes)
        if why in Actual.Missing.values:
            reasons[line.address] = why
        elif why == "0":
            zeros.add(line.address)
    added = {pk for text, pk in asked.items() if data.get(f"add-{text}")}
    found |= {
        "categories": categories,
        "reasons": reasons,
        "zeros": sorted(zeros),
        "added": sorted(added | set(found.get("added", []))),
    }
    return found


def remembered_in(data: Mapping[str, str], plan: ImportPlan) -> dict[str, int]:
    """The names that are to be remembered with their category, as was ticked."""
    asked = {str(pk): pk for pk in plan.catalogue.asked}
    return {
        line.label: asked[goes]
        for line in plan.reading.asked
        if data.get(f"remember-{line.address}") and (goes := data.get(f"goes-{line.address}", "")) in asked
    }
