"""The forms of agencies, categories and surveys, for administrators."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from performance.forms.layout import date_field, helper
from performance.forms.steps import reason_field
from performance.models import CrimeCategory, PartnerAgency, Partnership, SurveyQuestion, SurveyWave
from priorities.forms.managed import Choices, ManagedForm
from priorities.forms.plan import choose_from


class AgencyForm(ManagedForm):
    class Meta:
        model = PartnerAgency
        fields = (
            "name", "responsibility", "supplies", "contact_name", "contact_email", "contact_phone", "joined_on",
        )  # fmt: skip
        widgets = {"supplies": Choices}
        labels = {"supplies": "Figures that it supplies", "joined_on": "Joined on"}
        help_texts = {"supplies": ""}
        error_messages = {"contact_email": {"invalid": "Enter an e-mail address, such as name@example.org"}}

    def narrow(self, partnership: Partnership) -> None:
        choose_from(self, "supplies", CrimeCategory.objects.of(partnership).filter(children__isnull=True))


class CategoryForm(ManagedForm):
    class Meta:
        model = CrimeCategory
        fields = ("name", "full_name", "kind", "parent", "definition", "counted_as", "is_plural")
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"unique": "There is a category of this name already. Choose another name."}}

    def narrow(self, partnership: Partnership) -> None:
        # Whoever has figures of its own cannot become a total of others.
        tops = CrimeCategory.objects.of(partnership).filter(parent__isnull=True, actuals__isnull=True)
        choose_from(self, "parent", tops.exclude(pk=self.instance.pk).distinct())


class SurveyQuestionForm(ManagedForm):
    class Meta:
        model = SurveyQuestion
        fields = ("title", "question", "answer", "better", "asked_by")
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}


class SurveyWaveForm(ManagedForm):
    class Meta:
        model = SurveyWave
        fields = ("question", "name", "ended", "percent", "sample", "source", "note")
        widgets = {
            "percent": forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-5"}),
            "sample": forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input govuk-input--width-5"}),
            "note": forms.Textarea(attrs={"rows": 3}),
        }
        help_texts = {
            "percent": "Of those who answered, to a tenth: 43.5",
            "sample": "Without them nobody can say how sure the percentage is.",
        }
        error_messages = {
            "percent": {"invalid": "Enter a percentage, such as 43.5"},
            "sample": {"invalid": "Enter a whole number, such as 1100"},
        }

    def narrow(self, partnership: Partnership) -> None:
        choose_from(self, "question", SurveyQuestion.objects.filter(partnership=partnership, ended_on__isnull=True))


class EndForm(forms.Form):
    """The last day of something, and why."""

    on = date_field("Last day", required=True)
    reason = reason_field("Why does it end?", "Say why it ends", "Kept in the history of changes.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today
        self.fields["on"].initial = today
        self.helper = helper(*self.fields, button="End it")

    def clean_on(self) -> date:
        day: date = self.cleaned_data["on"]
        if day > self.today:
            raise forms.ValidationError("Enter a day that is not in the future: what is ended ends now.")
        return day


class EndAgencyForm(EndForm):
    """An agency leaves, perhaps because another body takes its place."""

    successor = forms.ModelChoiceField(
        queryset=PartnerAgency.objects.none(),
        required=False,
        label="Which body takes its place?",
        empty_label="None, or a new one named below",
    )
    new_name = forms.CharField(
        label="Name of a new body that takes its place (optional)", required=False, max_length=120
    )
    hands_over = forms.BooleanField(
        label="Its figures, its live actions and its people go over to the body that takes its place",
        required=False,
        initial=True,
    )

    def __init__(self, *args: Any, agency: PartnerAgency, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        others = PartnerAgency.objects.filter(partnership=agency.partnership_id, left_on__isnull=True)
        choose_from(self, "successor", others.exclude(pk=agency.pk))  # type: ignore[arg-type]
        self.agency = agency
        self.fields["on"].label = "Last day in the partnership"
        self.helper = helper("on", "successor", "new_name", "hands_over", "reason", button="End its membership")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("successor") and self.cleaned_data.get("new_name"):
            self.add_error("new_name", "Choose a body that is there already or name a new one, not both")
        if (on := self.cleaned_data.get("on")) and self.agency.joined_on and on < self.agency.joined_on:
            self.add_error("on", f"Enter a day on or after {self.agency.joined_on:%-d %B %Y}, when it joined")
        return self.cleaned_data
