"""The form of an action of the work plan, for administrators."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from performance.models import CrimeCategory, Membership, PartnerAgency, Partnership
from performance.queries.people import name_of
from priorities.forms.managed import Choices, ManagedForm
from priorities.forms.plan import choose_from
from priorities.models import Action, Aim, Objective


class PersonField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return name_of(obj)


class ActionForm(ManagedForm):
    responsible = PersonField(
        queryset=None,
        label="Who answers for it",
        required=False,
        help_text="Shown to members of the partnership only.",
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
            "budget": forms.TextInput(attrs={"inputmode": "decimal", "class": "govuk-input govuk-input--width-10"}),
        }
        error_messages = {"budget": {"invalid": "Enter the budget in pounds, such as 12500 or 12500.50"}}
        help_texts = {
            "aim": "With an objective, or neither for the plan as a whole.",
            "source": "Leave empty for an action that the published plan does not name.",
        }

    def narrow(self, partnership: Partnership) -> None:
        plan = self.instance.plan
        choose_from(self, "aim", Aim.objects.filter(plan=plan, ended_on__isnull=True))
        choose_from(self, "objective", Objective.objects.filter(plan=plan, ended_on__isnull=True))
        agencies = PartnerAgency.objects.filter(partnership=partnership, left_on__isnull=True)
        # Who has left meanwhile still stands where it stood.
        held = [self.instance.lead_id] if self.instance.pk else []
        choose_from(self, "lead", agencies | PartnerAgency.objects.filter(pk__in=held))
        choose_from(self, "supporting", agencies)
        choose_from(self, "categories", CrimeCategory.objects.of(partnership).filter(children__isnull=True))
        members = Membership.objects.filter(agency__partnership=partnership, ended_on__isnull=True)
        people = get_user_model().objects.filter(pk__in=members.values("user"), is_active=True)
        choose_from(self, "responsible", people.order_by("first_name", "username"))
        self.fields["place_kind"].choices = [("", "Not set"), *Action.Place.choices]  # type: ignore[attr-defined]
