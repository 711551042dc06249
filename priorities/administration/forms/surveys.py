"""The forms of survey questions and their waves, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms

from performance.forms.fields import AmountField, WholeNumberField
from performance.forms.layout import date_field
from performance.models import Partnership, SurveyQuestion, SurveyWave
from performance.models.surveys import MOST_ASKED
from priorities.administration.base import ManagedForm
from priorities.administration.choices import choose_from

_NUMBER_ERRORS = (
    "required",
    "invalid",
    "min_value",
    "max_value",
    "max_digits",
    "max_decimal_places",
    "max_whole_digits",
)


class SurveyQuestionForm(ManagedForm):
    class Meta:
        model = SurveyQuestion
        fields = ("title", "question", "answer", "better", "asked_by", "design_effect")
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

    def limit_choices(self, partnership: Partnership) -> None:
        self.fields["ended"].today = self.today  # type: ignore[attr-defined]
        choose_from(self, "question", SurveyQuestion.objects.filter(partnership=partnership, ended_on__isnull=True))

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        question, ended = clean.get("question"), clean.get("ended")
        others = SurveyWave.objects.exclude(pk=self.instance.pk)
        if question and ended and others.filter(question=question, ended=ended).exists():
            self.add_error("ended", "The question has a wave that ended on this day already. Change that one instead")
        return clean
