"""Whatever people do and in whatever order, the history is whole and what is published is what the history says."""

from __future__ import annotations

from typing import Any, ClassVar

import hypothesis.strategies as st
import pytest
from hypothesis import given, settings
from hypothesis.extra.django import TestCase

from performance.models import Actual, Membership, PartnerAgency, Partnership, PeriodReturn, ReturnEvent, Revision, Role
from performance.refusals import Refused
from performance.returns.values import Entry
from tests.performance.conftest import Desk

CATEGORIES = ("robbery", "wounding", "theft-of-cycle")
ENTRIES = st.one_of(
    st.builds(Entry, count=st.integers(0, 3), is_provisional=st.booleans()),
    st.builds(Entry, count=st.just(-1), note=st.just("Cancelled")),
    st.builds(Entry, count=st.none(), missing=st.sampled_from(["not_yet_available", "withheld"])),
    st.just(Entry(None)),
)
STEPS = st.one_of(
    st.tuples(st.just("save"), st.dictionaries(st.sampled_from(CATEGORIES), ENTRIES, min_size=1), st.integers(0, 2)),
    st.tuples(st.just("revise"), st.sampled_from(CATEGORIES), ENTRIES, st.integers(0, 2)),
    st.tuples(st.sampled_from(["submit", "send_back", "publish", "again"])),
)
PEOPLE = st.sampled_from(["officer", "administrator", "supplier"])


@pytest.mark.slow
class TestHistory(TestCase):
    desks: ClassVar[dict[str, Desk]]

    @classmethod
    def setUpTestData(cls) -> None:
        from django.contrib.auth.models import User
        from django.core.management import call_command

        call_command("load_published_plan", verbosity=0)
        st_albans = Partnership.objects.get(slug="st-albans")
        cls.desks = {}
        places = {"officer": ("council", Role.OFFICER), "administrator": ("council", Role.ADMINISTRATOR)}
        for name in ("officer", "administrator", "supplier"):
            agency, role = places.get(name, ("police", Role.VIEWER))
            user = User.objects.create(username=name)
            Membership.objects.create(user=user, agency=PartnerAgency.objects.get(slug=agency), role=role)
            cls.desks[name] = Desk(st_albans, user)

    def setUp(self) -> None:
        for desk in self.desks.values():
            desk.sent = {}

    @settings(max_examples=60)
    @given(steps=st.lists(st.tuples(PEOPLE, STEPS), max_size=14))
    def test_any_sequence_of_actions(self, steps: list[tuple[str, tuple[Any, ...]]]) -> None:
        published: dict[str, tuple[Any, ...]] | None = None
        for person, step in steps:
            before = figures()
            try:
                do(self.desks[person], step)
            except Refused:
                assert figures() == before
            held = PeriodReturn.objects.filter(quarter=1).first()
            if held is None or held.state != "published":
                continue
            if published is not None and step[0] != "revise":
                assert figures() == published, "what is published changes by a revision only"
            published = figures()
        assert_chains_are_whole()
        assert figures() == as_history_says()


def do(desk: Desk, step: tuple[Any, ...]) -> None:
    """One step; a save or a revision with figures seen so many versions ago."""
    match step:
        case "save", said, behind:
            desk.save(said, {slug: max(0, version - behind) for slug, version in desk.versions().items()})
        case "revise", slug, entry, behind:
            desk.revise(slug, entry, seen=max(0, desk.versions().get(slug, 0) - behind))
        case ("submit",):
            desk.submit()
        case ("send_back",):
            desk.send_back()
        case ("publish",):
            desk.publish()
        case ("again",) if desk.sent:
            desk.again()
            once = figures()
            desk.again()
            assert figures() == once


def figures() -> dict[str, tuple[Any, ...]]:
    rows = Actual.objects.filter(period_return__quarter=1)
    columns = ("count", "missing", "is_provisional", "is_confirmed", "note", "version")
    return {str(slug): tuple(rest) for slug, *rest in rows.values_list("category__slug", *columns)}


def as_history_says() -> dict[str, tuple[Any, ...]]:
    """The figures, read from the history alone."""
    columns = ("count", "missing", "is_provisional", "is_confirmed", "note", "version")
    rows = Revision.objects.order_by("event", "pk").values_list("actual__category__slug", *columns)
    return {str(slug): tuple(rest) for slug, *rest in rows}


def assert_chains_are_whole() -> None:
    for actual in Actual.objects.filter(period_return__quarter=1):
        chain = list(actual.revisions.order_by("version"))
        assert [each.version for each in chain] == list(range(1, actual.version + 1))
        was: tuple[Any, ...] = (None, "", False, "")
        for each in chain:
            assert (each.was_count, each.was_missing, each.was_provisional, each.was_note) == was
            was = (each.count, each.missing, each.is_provisional, each.note)
    assert not ReturnEvent.objects.filter(kind__in=["saved", "revised"], revisions=None).exists()
