"""The form of an action of the work plan, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from performance.forms.fields import AmountField
from performance.models import CrimeCategory, Membership, PartnerAgency, Partnership
from priorities.administration.base import Choices, ManagedForm
from priorities.administration.choices import PersonField, choose_from
from priorities.models import Action, Aim, Objective
from priorities.models.work import MOST_POUNDS


class ActionForm(ManagedForm):
    responsible = PersonField(
        queryset=None,
        label="Who answers for it",
        required=False,
        help_text="Shown to members of the partnership only.",
    )
    budget = AmountField(
        label="Budget in pounds",
        required=False,
        min_value=0,
        max_value=MOST_POUNDS,
        decimal_places=2,
        error_messages=dict.fromkeys(
            ("invalid", "min_value", "max_value", "max_decimal_places"),
            "Enter the budget in pounds, from 0 to 999,999,999.99, such as 12,500 or 12,500.50",
        ),
        widget=forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-10"}),
    )

    class Meta:
        model = Action
        fields = (
            "title", "summary", "aim", "objective", "lead", "responsible", "supporting", "categories", "place_kind",
            "place", "starts_on", "due_on", "budget", "budget_source", "source",
        )  # fmt: skip
        widgets = {
            "summary": forms.Textarea(attrs={"rows": 4}),
            "supporting": Choices,
            "categories": Choices,
        }
        help_texts = {
            "aim": "With an objective, or neither for the plan as a whole.",
            "source": "Leave empty for an action that the published plan does not name.",
        }

    def limit_choices(self, partnership: Partnership) -> None:
        plan = self.instance.plan
        choose_from(self, "aim", Aim.objects.filter(plan=plan, ended_on__isnull=True))
        choose_from(self, "objective", Objective.objects.filter(plan=plan, ended_on__isnull=True))
        day = max(self.today, plan.first_year.begins)
        agencies = PartnerAgency.objects.there_on(day).filter(partnership=partnership)
        choose_from(self, "lead", agencies)
        choose_from(self, "supporting", agencies)
        counted = CrimeCategory.objects.counted_in(partnership, plan.last_year)
        choose_from(self, "categories", counted.filter(children__isnull=True))
        members = Membership.objects.there_on(day).filter(agency__partnership=partnership)
        people = get_user_model().objects.filter(pk__in=members.values("user"), is_active=True)
        choose_from(self, "responsible", people.order_by("first_name", "username"))
        self.fields["place_kind"].choices = [("", "Not set"), *Action.Place.choices]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        clean = super().clean()
        lead, supporting = clean.get("lead"), clean.get("supporting")
        if lead is not None and supporting is not None and lead in supporting:
            self.add_error("supporting", f"{lead.name} leads it. Take it off those that support it")
        kind, place = clean.get("place_kind"), clean.get("place")
        if kind == Action.Place.DISTRICT and place:
            self.add_error(
                "place", "The whole district needs no name. Empty the box, or choose what kind of place it is"
            )
        elif kind and kind != Action.Place.DISTRICT and not place:
            self.add_error("place", "Enter the name of the place")
        elif place and not kind:
            self.add_error("place_kind", "Choose what kind of place it is")
        return clean
