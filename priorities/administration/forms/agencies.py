"""The forms of agencies, categories and surveys, for administrators."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms

from performance.calculations.periods import FinancialYear, day
from performance.forms.addresses import AddressField
from performance.forms.layout import helper
from performance.models import CrimeCategory, PartnerAgency, Partnership
from priorities.administration.base import Choices, ManagedForm
from priorities.administration.choices import choose_from
from priorities.administration.forms.endings import EndForm


class AgencyForm(ManagedForm):
    class Meta:
        model = PartnerAgency
        fields = (
            "name", "responsibility", "supplies", "contact_name", "contact_email", "contact_phone", "joined_on",
        )  # fmt: skip
        widgets = {"supplies": Choices}
        labels = {"supplies": "Figures that it supplies", "joined_on": "Joined on"}
        help_texts = {"supplies": ""}
        field_classes = {"contact_email": AddressField}

    def clean_joined_on(self) -> date | None:
        joined: date | None = self.cleaned_data["joined_on"]
        left = self.instance.left_on
        if joined is not None and left is not None and joined > left:
            raise forms.ValidationError(f"Enter a day up to {day(left)}, when it left")
        return joined

    def limit_choices(self, partnership: Partnership) -> None:
        now = FinancialYear.containing(self.today)
        choose_from(self, "supplies", CrimeCategory.objects.counted_in(partnership, now).filter(children__isnull=True))


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
