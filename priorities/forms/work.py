"""The forms of the work plan that its lead agencies fill in."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import URLValidator

from performance.calculations.periods import Quarter
from performance.forms.fields import Once
from performance.forms.layout import date_field, helper
from priorities.forms.versioned import VersionedForm
from priorities.models import ActionStatus, Milestone

LONGEST_REPORT = 4000


class WebAddressField(forms.URLField):
    """An address of the web, and of nothing else that has addresses."""

    default_validators = [URLValidator(schemes=["http", "https"])]


class ReportForm(Once):
    """How an action went in a quarter, as its lead agency says."""

    quarter = forms.ChoiceField(label="For which quarter?", error_messages={"invalid_choice": "Choose a quarter"})
    status = forms.ChoiceField(
        label="How does it go?",
        choices=[("", "Choose one"), *ActionStatus.choices],
        error_messages={"required": "Choose how it goes"},
    )
    words = forms.CharField(
        label="What was done, and what stands in the way?",
        help_text="Every reader of the work plan can see it. Name no person.",
        max_length=LONGEST_REPORT,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": "Say what was done, or that nothing was"},
    )
    evidence = WebAddressField(
        label="Link to evidence (optional)",
        help_text="A page or document that shows it, such as https://www.example.org/minutes.pdf",
        required=False,
        max_length=500,
        assume_scheme="https",
        error_messages={"invalid": "Enter an address that begins with https://"},
        widget=forms.TextInput(attrs={"inputmode": "url", "autocomplete": "off"}),
    )

    def __init__(self, *args: Any, quarters: tuple[Quarter, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["quarter"].choices = [(each.slug, each.dates) for each in quarters]  # type: ignore[attr-defined]
        self.helper = helper("token", "quarter", "status", "words", "evidence", button="Add the report")

    @property
    def report(self) -> dict[str, Any]:
        """What was reported, as the action takes it."""
        clean = self.cleaned_data
        return {
            "quarter": Quarter.parse(clean["quarter"]),
            "status": clean["status"],
            "words": clean["words"],
            "evidence": clean["evidence"],
        }


class MilestoneForm(VersionedForm):
    due_on = date_field("Due on (optional)")
    done_on = date_field("Done on (optional)")

    class Meta:
        model = Milestone
        fields = ("title", "due_on", "done_on")
        labels = {"title": "Milestone"}
        error_messages = {"title": {"required": "Say what the milestone is"}}

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["done_on"].today = today  # type: ignore[attr-defined]
        self.helper = helper("version", "title", "due_on", "done_on", button="Save the milestone")

    def clean_title(self) -> str:
        title = str(self.cleaned_data["title"])
        others = Milestone.objects.filter(action=self.instance.action_id, title=title).exclude(pk=self.instance.pk)
        if others.exists():
            raise forms.ValidationError("The action has a milestone of this name already.")
        return title
