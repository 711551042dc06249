from __future__ import annotations

import os
from typing import Any

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from performance.models import Membership, PartnerAgency, Role

PEOPLE = {
    "officer": ("council", Role.OFFICER),
    "partner": ("police", Role.VIEWER),
    "administrator": ("council", Role.ADMINISTRATOR),
}


class Command(BaseCommand):
    help = "Make the demonstration's officer, partner and administrator, with the password in DEMONSTRATION_PASSWORD."

    def handle(self, *args: Any, **options: Any) -> None:
        password = os.environ.get("DEMONSTRATION_PASSWORD", "")
        if not password:
            raise CommandError("DEMONSTRATION_PASSWORD is not set. 'make demo' makes one.")
        for username, (agency, role) in PEOPLE.items():
            _make(username, password, PartnerAgency.objects.get(partnership__slug="st-albans", slug=agency), role)
        self.stdout.write(f"People: {', '.join(PEOPLE)}.")


@transaction.atomic
def _make(username: str, password: str, agency: PartnerAgency, role: Role) -> None:
    """A person who is there already keeps password and role."""
    users = get_user_model().objects
    if users.filter(username=username).exists():
        return
    user = users.create_user(username, f"{username}@example.org", password)
    Membership.objects.create(user=user, agency=agency, role=role)
