"""The page on which the owner of the installation adds a partnership and invites its first administrator."""

from __future__ import annotations

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from performance import clock
from performance.actions.partnerships import add_partnership, areas_listed
from performance.forms.addresses import AddressField
from performance.forms.layout import helper
from performance.http import get_or_post, sent
from performance.models import Partnership, Role
from performance.models.areas import code_of_an_area
from performance.people.actions import Sent, invite
from performance.people.email import send_invitation
from performance.refusals import Refused

NOT_LISTED = "not-listed"


class PartnershipForm(forms.Form):
    """A district, its area in official tables, and who is to set it up."""

    name = forms.CharField(
        label="District",
        max_length=80,
        help_text="As in “Stevenage”.",
        error_messages={"required": "Enter the name of the district", "max_length": "Use at most 80 characters"},
    )
    title = forms.CharField(
        label="Name of the partnership",
        max_length=120,
        required=False,
        help_text="Leave empty for the district’s name and “Community Safety Partnership”.",
        error_messages={"max_length": "Use at most 120 characters"},
    )
    area = forms.ChoiceField(
        label="Area in the Home Office’s tables",
        help_text="Past figures and comparisons with other areas come by it.",
        error_messages={"required": "Choose the area", "invalid_choice": "Choose the area from the list"},
    )
    area_code = forms.CharField(
        label="Code of the area, if it is not in the list",
        max_length=9,
        required=False,
        validators=[code_of_an_area],
        help_text="An E or a W and eight digits.",
        error_messages={"max_length": "A code has nine characters"},
    )
    police_force = forms.CharField(
        label="Police force, if the area is not in the list",
        max_length=80,
        required=False,
        error_messages={"max_length": "Use at most 80 characters"},
    )
    is_public = forms.BooleanField(
        label="What it publishes is open to all", required=False, help_text="It can be opened later."
    )
    agency = forms.CharField(
        label="Agency of the first administrator",
        max_length=120,
        help_text="As in “Stevenage Borough Council”.",
        error_messages={"required": "Enter the agency", "max_length": "Use at most 120 characters"},
    )
    administrator = forms.CharField(
        label="Name of the first administrator",
        max_length=120,
        error_messages={"required": "Enter the person’s name", "max_length": "Use at most 120 characters"},
    )
    email = AddressField(
        label="E-mail address of the first administrator",
        max_length=254,
        error_messages={
            "required": "Enter the e-mail address",
            "invalid": "Enter an e-mail address, such as name@example.org",
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        taken = set(Partnership.objects.values_list("home_office_code", flat=True))
        self.listed = {area["code"]: area for area in areas_listed() if area["code"] not in taken}
        areas = [(code, f"{area['name']} ({area['police_force']})") for code, area in self.listed.items()]
        area = self.fields["area"]
        area.choices = [("", "Choose an area"), *areas, (NOT_LISTED, "My area is not in this list")]  # type: ignore[attr-defined]
        self.helper = helper(*self.fields, button="Add the partnership")

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or {}
        if clean.get("area") == NOT_LISTED:
            if not clean.get("area_code") and "area_code" not in self.errors:
                self.add_error("area_code", "Enter the code of the area")
            if not clean.get("police_force"):
                self.add_error("police_force", "Enter the police force")
        return clean

    @property
    def partnership(self) -> dict[str, Any]:
        """What `add_partnership` wants, of a form that is valid."""
        clean = self.cleaned_data
        listed = self.listed.get(clean["area"])
        return {
            "name": clean["name"],
            "title": clean["title"] or f"{clean['name']} Community Safety Partnership",
            "area_code": listed["code"] if listed else clean["area_code"],
            "area_name": listed["name"] if listed else clean["name"],
            "police_force": listed["police_force"] if listed else clean["police_force"],
            "is_public": clean["is_public"],
            "agency_name": clean["agency"],
        }


@login_required
@get_or_post
def add(request: HttpRequest) -> HttpResponse:
    """For the owner of the installation alone; for anybody else there is no such page."""
    if not request.user.is_superuser:
        raise Http404
    form = PartnershipForm(sent(request))
    if form.is_valid():
        try:
            partnership, invitation = _add(request, form)
        except (Refused, ValidationError) as refused:
            words = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            form.add_error(None, " ".join(words))
        else:
            send_invitation(invitation)
            link = settings.SITE_URL + reverse("invitation", kwargs={"key": invitation.key})
            return render(
                request,
                "owner/partnership_added.html",
                {"partnership": partnership, "link": link, "email": form.cleaned_data["email"], "sends": _sends_mail()},
            )
    return render(request, "owner/add_partnership.html", {"form": form, "sends": _sends_mail()})


@transaction.atomic
def _add(request: HttpRequest, form: PartnershipForm) -> tuple[Partnership, Sent]:
    partnership = add_partnership(**form.partnership)
    invitation = invite(
        agency=partnership.agencies.get(),
        name=form.cleaned_data["administrator"],
        email=form.cleaned_data["email"],
        role=Role.ADMINISTRATOR,
        by=request.user,
        today=clock.today(),
        at=clock.now(),
    )
    return partnership, invitation


def _sends_mail() -> bool:
    """Whether e-mail is set up: else it goes to the console, and nobody gets it."""
    return str(settings.MAIL_TRANSPORT).endswith("smtp.EmailBackend")
