"""The forms of the plan and its parts, for administrators."""

from __future__ import annotations

from django import forms

from performance.models import CrimeCategory, Partnership
from priorities.forms.choices import choose_from
from priorities.forms.managed import Choices, ManagedForm
from priorities.models import Aim, Objective, Plan, Priority, StrategicPriority, Strategy

_LONG = forms.Textarea(attrs={"rows": 4})


class PlanForm(ManagedForm):
    class Meta:
        model = Plan
        fields = ("title", "introduction", "source")
        widgets = {"introduction": forms.Textarea(attrs={"rows": 6})}


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
        fields = ("aim", "title", "emphasis", "categories", "note")
        widgets = {"categories": Choices, "note": _LONG}
        labels = {"categories": "Crime types whose figures show how it goes"}
        help_texts = {"categories": ""}

    def narrow(self, partnership: Partnership) -> None:
        plan = self.instance.aim.plan if self.instance.pk else None
        aims = Aim.objects.filter(plan__partnership=partnership, ended_on__isnull=True)
        choose_from(self, "aim", aims.filter(plan=plan) if plan else aims.order_by("-plan__first_year", "position"))
        choose_from(self, "categories", CrimeCategory.objects.of(partnership))


class StrategyForm(ManagedForm):
    class Meta:
        model = Strategy
        fields = ("title", "note")
        widgets = {"note": _LONG}


class StrategicPriorityForm(ManagedForm):
    class Meta:
        model = StrategicPriority
        fields = ("strategy", "part", "title", "aims")
        widgets = {"aims": Choices}

    def narrow(self, partnership: Partnership) -> None:
        choose_from(self, "strategy", Strategy.objects.filter(partnership=partnership, ended_on__isnull=True))
        aims = Aim.objects.filter(plan__partnership=partnership, ended_on__isnull=True)
        choose_from(self, "aims", aims.select_related("plan").order_by("-plan__first_year", "position"))
