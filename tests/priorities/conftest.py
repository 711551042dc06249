"""People at work on the plan."""

from __future__ import annotations

from collections.abc import Callable, Mapping

import pytest
from django.contrib.auth.models import User
from django.test import Client

from performance.models import Membership, PartnerAgency, Partnership, Role
from tests.pages import Page


class Person:
    """Somebody signed in, who opens pages and sends forms."""

    def __init__(self, user: User) -> None:
        self.user = user
        self.client = Client()
        self.client.force_login(user)

    def get(self, address: str, status: int = 200) -> Page:
        response = self.client.get(address)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        return Page(response.content.decode())

    def send(self, address: str, data: Mapping[str, object] | None = None, status: int = 302) -> Page:
        """POSTs a form; where that leads on, the page that it leads to."""
        response = self.client.post(address, data or {})
        page = Page(response.content.decode())
        assert response.status_code == status, f"{address} answered {response.status_code}: {page.text[:400]}"
        return self.get(response.headers["Location"].partition("#")[0]) if status == 302 else page


Seat = Callable[..., Person]


@pytest.fixture
def seat(st_albans: Partnership) -> Seat:
    """Signs somebody in, for an agency of St Albans in a role."""

    def sit(name: str, role: Role = Role.VIEWER, agency: str = "council") -> Person:
        user = User.objects.create_user(name, f"{name}@example.org", "three words together")
        there = PartnerAgency.objects.get(partnership=st_albans, slug=agency)
        Membership.objects.create(user=user, agency=there, role=role)
        return Person(user)

    return sit


@pytest.fixture
def administrator(seat: Seat) -> Person:
    return seat("administrator", Role.ADMINISTRATOR)
