"""The forms of agencies, categories and surveys, for administrators."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.db.models import Q

from performance.calculations.periods import FinancialYear, day
from performance.forms.boxes import AmountField, WholeNumberField
from performance.forms.layout import date_field, helper
from performance.forms.steps import reason_field
from performance.models import CrimeCategory, PartnerAgency, Partnership, SurveyQuestion, SurveyWave
from performance.models.surveys import MOST_ASKED
from priorities.forms.choices import choose_from
from priorities.forms.managed import Choices, ManagedForm

_NUMBER_ERRORS = (
    "required",
    "invalid",
    "min_value",
    "max_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
)


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

    def clean_joined_on(self) -> date | None:
        joined: date | None = self.cleaned_data["joined_on"]
        left = self.instance.left_on
        if joined is not None and left is not None and joined > left:
            raise forms.ValidationError(f"Enter a day up to {day(left)}, when it left")
        return joined

    def narrow(self, partnership: Partnership) -> None:
        now = FinancialYear.containing(self.today)
        choose_from(self, "supplies", CrimeCategory.objects.counted_in(partnership, now).filter(children__isnull=True))


class CategoryForm(ManagedForm):
    class Meta:
        model = CrimeCategory
        fields = ("name", "full_name", "kind", "parent", "definition", "counted_as", "is_plural")
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"unique": "There is a category of this name already. Choose another name."}}

    def narrow(self, partnership: Partnership) -> None:
        # Whoever has figures of its own cannot become a total of others, and what all partnerships share and count
        # does not become one for the sake of this one.
        tops = CrimeCategory.objects.of(partnership).filter(parent__isnull=True, actuals__isnull=True)
        tops = tops.filter(Q(partnership=partnership) | Q(children__partnership__isnull=True, children__isnull=False))
        choose_from(self, "parent", tops.exclude(pk=self.instance.pk).distinct())


class SurveyQuestionForm(ManagedForm):
    class Meta:
        model = SurveyQuestion
        fields = ("title", "question", "answer", "better", "asked_by")
        widgets = {"question": forms.Textarea(attrs={"rows": 3})}


class SurveyWaveForm(ManagedForm):
    ended = date_field("Last day of asking", required=True)
    percent = AmountField(
        label="Percentage",
        help_text="Of those who answered, to a tenth: 43.5",
        min_value=0,
        max_value=100,
        max_digits=4,
        decimal_places=1,
        error_messages=dict.fromkeys(_NUMBER_ERRORS, "Enter a percentage from 0 to 100, to a tenth, such as 43.5"),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-5"}),
    )
    sample = WholeNumberField(
        label="How many answered",
        help_text="Without them nobody can say how sure the percentage is.",
        min_value=1,
        max_value=MOST_ASKED,
        error_messages=dict.fromkeys(_NUMBER_ERRORS, "Enter a whole number from 1, such as 1,100"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "class": "govuk-input govuk-input--width-5"}),
    )

    class Meta:
        model = SurveyWave
        fields = ("question", "name", "ended", "percent", "sample", "source", "note")
        widgets = {"note": forms.Textarea(attrs={"rows": 3})}

    def narrow(self, partnership: Partnership) -> None:
        self.fields["ended"].today = self.today  # type: ignore[attr-defined]
        choose_from(self, "question", SurveyQuestion.objects.filter(partnership=partnership, ended_on__isnull=True))

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        question, ended = clean.get("question"), clean.get("ended")
        others = SurveyWave.objects.exclude(pk=self.instance.pk)
        if question and ended and others.filter(question=question, ended=ended).exists():
            self.add_error("ended", "The question has a wave that ended on this day already. Change that one instead")
        return clean


class EndForm(forms.Form):
    """The last day of something, and why."""

    on = date_field("Last day", required=True)
    reason = reason_field("Why does it end?", "Say why it ends", "Kept in the history of changes.")

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["on"].initial = self.fields["on"].today = today  # type: ignore[attr-defined]
        self.helper = helper(*self.fields, button="End it")


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
        choose_from(self, "successor", others.exclude(pk=agency.pk))
        self.agency = agency
        self.fields["on"].label = "Last day in the partnership"
        self.helper = helper("on", "successor", "new_name", "hands_over", "reason", button="End its membership")

    def clean(self) -> dict[str, Any]:
        super().clean()
        if self.cleaned_data.get("successor") and self.cleaned_data.get("new_name"):
            self.add_error("new_name", "Choose a body that is there already or name a new one, not both")
        elif name := self.cleaned_data.get("new_name"):
            there = PartnerAgency.objects.filter(partnership=self.agency.partnership_id, name__iexact=name)
            if there.exists():
                self.add_error("new_name", "There is a body of this name already. Choose it from the list above")
        if (on := self.cleaned_data.get("on")) and self.agency.joined_on and on < self.agency.joined_on:
            self.add_error("on", f"Enter a day on or after {self.agency.joined_on:%-d %B %Y}, when it joined")
        return self.cleaned_data
