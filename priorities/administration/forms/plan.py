"""The forms of the plan and its parts, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms

from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, Partnership, SurveyQuestion
from priorities.administration.base import Choices, ManagedForm
from priorities.administration.choices import AimsField, choose_from
from priorities.models import Aim, Objective, Plan, Priority, StrategicPriority, Strategy

_LONG = forms.Textarea(attrs={"rows": 4})


MOST_YEARS = 10


def check_years(form: forms.BaseForm) -> None:
    """A plan ends after it begins, and within `MOST_YEARS`."""
    first, last = (form.cleaned_data.get(name) for name in ("first_year", "last_year"))
    if first and last and last < first:
        form.add_error("last_year", "The last year lies before the first")
    elif first and last and last.start - first.start >= MOST_YEARS:
        form.add_error("last_year", f"A plan runs for {MOST_YEARS} years at most")


class PlanForm(ManagedForm):
    """A plan's words; of the only plan its years as well, for the next plan follows on them."""

    class Meta:
        model = Plan
        fields = ("title", "first_year", "last_year", "introduction", "source")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}
        help_texts = {"first_year": "Such as 2008/09", "last_year": "Such as 2010/11"}

    def limit_choices(self, partnership: Partnership) -> None:
        years = ("first_year", "last_year")
        has_others = Plan.objects.filter(partnership=partnership).exclude(pk=self.instance.pk).exists()
        for name in years:
            if has_others:
                del self.fields[name]
            else:
                self.fields[name].widget.attrs["class"] = "govuk-input govuk-input--width-5"

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        check_years(self)
        return clean


class AimForm(ManagedForm):
    class Meta:
        model = Aim
        fields = ("title", "summary")
        widgets = {"summary": _LONG}


class ObjectiveForm(ManagedForm):
    class Meta:
        model = Objective
        fields = ("title", "summary")
        widgets = {"summary": _LONG}


class PriorityForm(ManagedForm):
    class Meta:
        model = Priority
        fields = ("aim", "title", "emphasis", "categories", "questions", "note")
        widgets = {"categories": Choices, "questions": Choices, "note": _LONG}
        labels = {
            "categories": "Crime types whose figures show how it goes",
            "questions": "Survey questions whose answers show how it goes",
        }
        help_texts = {"categories": "", "questions": ""}

    def limit_choices(self, partnership: Partnership) -> None:
        plan = self.instance.aim.plan if self.instance.pk else self.plan
        choose_from(self, "aim", Aim.objects.filter(plan=plan, ended_on__isnull=True))
        last = plan.last_year if plan else FinancialYear.containing(self.today)
        choose_from(self, "categories", CrimeCategory.objects.counted_in(partnership, last))
        choose_from(self, "questions", SurveyQuestion.objects.filter(partnership=partnership, ended_on__isnull=True))

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        if not clean.get("categories") and not clean.get("questions"):
            self.add_error("categories", "Choose a crime type or a survey question that shows how it goes")
        return clean


class StrategyForm(ManagedForm):
    class Meta:
        model = Strategy
        fields = ("title", "note")
        widgets = {"note": _LONG}


class StrategicPriorityForm(ManagedForm):
    class Meta:
        model = StrategicPriority
        fields = ("strategy", "part", "title", "aims")
        field_classes = {"aims": AimsField}
        widgets = {"aims": Choices}

    def limit_choices(self, partnership: Partnership) -> None:
        choose_from(self, "strategy", Strategy.objects.filter(partnership=partnership, ended_on__isnull=True))
        aims = Aim.objects.filter(plan__partnership=partnership, ended_on__isnull=True)
        choose_from(self, "aims", aims.order_by("-plan__first_year", "position"))
        self.fields["aims"].queryset = self.fields["aims"].queryset.select_related("plan")  # type: ignore[attr-defined]
