"""The forms about people: invite, change a role, end."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.contrib.auth import get_user_model

from performance.forms.addresses import AddressField
from performance.forms.fields import reason_field
from performance.forms.layout import helper
from performance.models import Membership, PartnerAgency, Partnership, Role
from priorities.administration.choices import NOT_IN_LIST, PersonField, choose_from


def _role_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label="Role",
        choices=Role.choices,
        help_text="Viewers read and supply their agency's figures; officers enter all figures; administrators manage.",
        error_messages={"required": NOT_IN_LIST, "invalid_choice": NOT_IN_LIST},
    )


class InviteForm(forms.Form):
    name = forms.CharField(label="Name", max_length=120, error_messages={"required": "Enter the person's name"})
    email = AddressField(
        label="E-mail address",
        max_length=254,
        error_messages={
            "required": "Enter the e-mail address",
            "invalid": "Enter an e-mail address, such as name@example.org",
        },
    )
    agency = forms.ModelChoiceField(
        queryset=PartnerAgency.objects.none(), label="Agency", error_messages={"required": "Choose the agency"}
    )
    role = _role_field()

    def __init__(self, *args: Any, partnership: Partnership, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agencies = PartnerAgency.objects.filter(partnership=partnership, left_on__isnull=True)
        choose_from(self, "agency", agencies)
        self.helper = helper("name", "email", "agency", "role", button="Send the invitation")

    def clean_email(self) -> str:
        return str(self.cleaned_data["email"]).strip().lower()


class RoleForm(forms.Form):
    role = _role_field()
    reason = reason_field("Why does it change?", "Say why the role changes", "Kept in the history of changes.")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.helper = helper("role", "reason", button="Change the role")


class LeaveForm(forms.Form):
    successor = PersonField(
        queryset=None,
        label="Who takes over what the person held?",
        empty_label="Nobody yet",
        required=False,
        help_text="The actions that the person answers for, and the agency's contact where it names the person.",
    )
    reason = reason_field("Why does it end?", "Say why it ends", "Kept in the history of changes.")

    def __init__(self, *args: Any, membership: Membership, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        there = Membership.objects.going_on(today).filter(agency__partnership=membership.agency.partnership_id)
        people = get_user_model().objects.filter(pk__in=there.values("user"), is_active=True)
        choose_from(self, "successor", people.exclude(pk=membership.user_id))
        self.helper = helper("successor", "reason", button="End it")
