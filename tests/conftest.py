"""Named people with different rights, and St Albans as published. Everything goes through the real fixtures."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import hypothesis
import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client
from pytest_django import DjangoDbBlocker, Settings

from performance.models import Membership, PartnerAgency, Partnership, Role
from tests import prepared
from tests.pages import Page

PASSWORD = "three words together"

# No test is timed: a slow machine is not a wrong answer.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.register_profile("few", deadline=None, max_examples=10)  # for the inner loop: make test-fast
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _quick_passwords(settings: Settings) -> None:
    """The real hash takes a quarter of a second each time, on purpose."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def _nothing_in_the_background(settings: Settings) -> None:
    """What a request leaves behind is done at once: another thread would not see the rows of a test."""
    settings.WORK_BESIDE_REQUESTS = False


@pytest.fixture(scope="session")
def django_db_keepdb() -> bool:
    """The database is not made anew where a copy of the empty one lies in its place."""
    return True


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None) -> None:
    """Once the name of the database is settled, which is one for each process, the empty one is copied there."""
    if connection.vendor == "sqlite":
        prepared.copy_empty_database(Path(connection.settings_dict["TEST"]["NAME"]))


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> None:
    if connection.vendor == "sqlite":
        with django_db_blocker.unblock():
            prepared.keep_empty_database()


@pytest.fixture(scope="session")
def published_plan(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> list[str]:
    """The statements that copy the published plan into the database."""
    with django_db_blocker.unblock():
        return prepared.keep_published_plan()


def make_partnership(name: str, code: str) -> Partnership:
    """A partnership that is not public, with a council in it."""
    partnership = Partnership.objects.create(
        name=name,
        title=f"{name} Community Safety Partnership",
        slug=name.lower(),
        home_office_name=name,
        home_office_code=code,
        police_force=f"{name} Constabulary",
    )
    PartnerAgency.objects.create(partnership=partnership, name=f"{name} Council", slug="council")
    return partnership


@pytest.fixture
def st_albans(published_plan: list[str], db: None) -> Partnership:
    """The published plan, loaded as an installation loads it."""
    with transaction.atomic(), connection.cursor() as cursor:
        for statement in published_plan:
            cursor.execute(statement)
    return Partnership.objects.get(slug="st-albans")


@pytest.fixture
def elsewhere(db: None) -> Partnership:
    """Another partnership, which is not public and has one agency."""
    return make_partnership("Elsewhere", "E22000999")


@pytest.fixture
def person(db: None) -> Callable[..., User]:
    """Makes a person, with a role in an agency of a partnership if one is given."""

    def make(username: str, partnership: Partnership | None = None, role: Role = Role.VIEWER, **columns: bool) -> User:
        user = User.objects.create_user(username, f"{username}@example.org", PASSWORD, **columns)
        if partnership is not None:
            agency = partnership.agencies.earliest("position")
            Membership.objects.create(user=user, agency=agency, role=role)
        return user

    return make


@pytest.fixture
def get(client: Client) -> Callable[..., Page]:
    """GETs an address and reads the page; the status is checked, 200 unless told."""

    def fetch(address: str, status: int = 200) -> Page:
        response = client.get(address)
        assert response.status_code == status, f"{address} answered {response.status_code}"
        return Page(response.content.decode())

    return fetch
