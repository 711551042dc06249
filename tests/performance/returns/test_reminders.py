"""Reminders: one e-mail a person, to the right people on the right day, never twice of the same."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from smtplib import SMTPRecipientsRefused
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.core.mail.backends.locmem import EmailBackend
from django.core.management import call_command
from django.test import Client
from pytest_django import Settings

from performance.models import Membership, PartnerAgency, Reminder, Role
from performance.queries import members_of
from performance.returns.queries import returns_progress
from performance.returns.reminders import Digest, digests, send
from priorities.queries import plan_years
from tests.pages import Page
from tests.performance.conftest import NOW, Desk

Seat = Callable[..., Desk]


class RefusesOne(EmailBackend):
    """A mail server that refuses one address."""

    def send_messages(self, messages: Any) -> int:
        for message in messages:
            if message.to == ["supplier@example.org"]:
                raise SMTPRecipientsRefused({"supplier@example.org": (550, b"No such user")})
        return super().send_messages(messages)


@pytest.fixture
def people(desk: Seat) -> dict[str, Desk]:
    return {kind: desk(kind) for kind in ("supplier", "officer", "administrator", "viewer")}


def on(desk: Desk, today: date) -> tuple[Digest, ...]:
    partnership = desk.partnership
    progress = returns_progress(partnership, plan_years(partnership))
    return digests([(partnership, progress, members_of(partnership, today))], today)


def names(found: tuple[Digest, ...]) -> dict[str, str]:
    return {digest.name: digest.items[0].stage for digest in found}


@pytest.mark.parametrize(
    ("today", "reminded"),
    [
        (date(2008, 7, 23), {}),
        (date(2008, 7, 24), {"supplier": "soon"}),
        (date(2008, 7, 31), {"supplier": "due", "officer": "due"}),
        (date(2008, 8, 7), {"supplier": "overdue", "officer": "overdue"}),
        (date(2008, 8, 14), {"supplier": "overdue", "officer": "overdue", "administrator": "escalated"}),
    ],
)
def test_who_is_reminded_when(people: dict[str, Desk], today: date, reminded: dict[str, str]) -> None:
    assert names(on(people["officer"], today)) == reminded


def test_nobody_is_reminded_twice_of_the_same(people: dict[str, Desk]) -> None:
    officer = people["officer"]
    assert len(send(on(officer, date(2008, 7, 31)), at=NOW)) == 2
    assert len(mail.outbox) == 2
    assert send(on(officer, date(2008, 8, 1)), at=NOW) == ()
    assert len(send(on(officer, date(2008, 8, 7)), at=NOW)) == 2
    assert len(mail.outbox) == 4


def test_a_run_that_was_left_out_is_made_up_for_by_the_next(people: dict[str, Desk]) -> None:
    found = on(people["officer"], date(2008, 11, 20))
    assert {digest.name: len(digest.items) for digest in found} == {"supplier": 2, "officer": 2, "administrator": 2}
    send(found, at=NOW)
    assert len(mail.outbox) == 3, "one digest a person, whatever it holds"
    (text,) = (str(each.body) for each in mail.outbox if each.to == ["administrator@example.org"])
    assert text.count("http://127.0.0.1:8000/st-albans/returns/2008-09/q") == 2
    assert "Hertfordshire Constabulary: theft of vehicle" in text


def test_what_is_handed_in_is_not_reminded_of(people: dict[str, Desk]) -> None:
    officer = people["officer"]
    officer.save({"robbery": 21})
    (digest,) = (each for each in on(officer, date(2008, 8, 1)) if each.name == "supplier")
    assert "robbery" not in digest.items[0].missing
    officer.submit()
    assert on(officer, date(2008, 8, 1)) == ()


def test_when_all_is_in_only_the_officer_is_asked_to_hand_it_in(people: dict[str, Desk]) -> None:
    officer = people["officer"]
    officer.save(dict.fromkeys(_expected(officer), 21))
    (digest,) = on(officer, date(2008, 8, 1))
    assert (digest.name, digest.items[0].missing) == ("officer", "all figures are in; it waits to be handed in")


def _expected(desk: Desk) -> list[str]:
    from performance.models import CrimeCategory

    return list(CrimeCategory.objects.expected_of(desk.partnership).values_list("slug", flat=True))


def test_one_failing_address_does_not_stop_the_others_and_is_tried_again(
    people: dict[str, Desk], settings: Settings
) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.RefusesOne"
    officer, day = people["officer"], date(2008, 7, 31)
    outcome = {each.address: bool(each.problem) for each in send(on(officer, day), at=NOW)}
    assert outcome == {"supplier@example.org": True, "officer@example.org": False}
    failed = Reminder.objects.get(outcome="failed")
    assert "No such user" in failed.problem
    settings.MAIL_TRANSPORT = "django.core.mail.backends.locmem.EmailBackend"
    assert [each.address for each in send(on(officer, day), at=NOW)] == ["supplier@example.org"]
    failed.refresh_from_db()
    assert (failed.outcome, failed.problem) == ("sent", "")


def test_a_run_that_broke_off_while_sending_is_not_done_twice(people: dict[str, Desk]) -> None:
    found = on(people["officer"], date(2008, 7, 31))
    send(found, at=NOW)
    Reminder.objects.update(outcome="sending")
    mail.outbox.clear()
    assert send(found, at=NOW) == ()
    assert mail.outbox == []


def test_the_deactivated_those_without_an_address_and_who_has_left_get_nothing(people: dict[str, Desk]) -> None:
    day = date(2008, 8, 14)
    User.objects.filter(username="officer").update(is_active=False)
    User.objects.filter(username="administrator").update(email="")
    assert set(names(on(people["officer"], day))) == {"supplier"}
    PartnerAgency.objects.filter(slug="police").update(left_on=date(2008, 7, 1))
    assert on(people["officer"], day) == ()


def test_who_is_concerned_twice_gets_one_e_mail(people: dict[str, Desk]) -> None:
    police = PartnerAgency.objects.get(slug="police")
    Membership.objects.create(user=people["officer"].user, agency=police, role=Role.VIEWER)
    Membership.objects.create(user=people["administrator"].user, agency=police, role=Role.OFFICER)
    found = on(people["officer"], date(2008, 8, 14))
    assert names(found) == {"supplier": "overdue", "officer": "overdue", "administrator": "escalated"}


def test_who_acts_for_two_agencies_is_told_of_both(people: dict[str, Desk]) -> None:
    fire = PartnerAgency.objects.get(slug="fire")
    police = PartnerAgency.objects.get(slug="police")
    robbery = police.supplies.get(slug="robbery")
    police.supplies.remove(robbery)
    fire.supplies.add(robbery)
    Membership.objects.create(user=people["supplier"].user, agency=fire, role=Role.VIEWER)
    (digest,) = (each for each in on(people["officer"], date(2008, 8, 1)) if each.name == "supplier")
    assert "criminal damage" in digest.items[0].missing
    assert "robbery" in digest.items[0].missing


def test_figures_are_not_asked_for_before_their_quarter_is_over(people: dict[str, Desk]) -> None:
    people["officer"].partnership.returns_due_after = 3
    assert on(people["officer"], date(2008, 6, 30)) == ()
    assert names(on(people["officer"], date(2008, 7, 1))) == {"supplier": "soon"}


def test_the_command_sends_what_is_due_and_says_so(
    people: dict[str, Desk], capsys: pytest.CaptureFixture[str], settings: Settings
) -> None:
    settings.MAIL_TRANSPORT = f"{__name__}.RefusesOne"
    call_command("send_reminders")
    said = capsys.readouterr().out
    assert "officer@example.org: sent" in said
    assert "supplier@example.org: failed: SMTPRecipientsRefused" in said
    assert said.endswith("2 sent, 1 failed.\n")
    call_command("send_reminders")
    assert capsys.readouterr().out.endswith("0 sent, 1 failed.\n")


def test_reminding_by_hand_is_confirmed_and_done_once_a_day(people: dict[str, Desk], client: Client) -> None:
    client.force_login(people["officer"].user)
    address = "/st-albans/returns/2008-09/q1/remind/"
    page = Page(client.get(address).content.decode())
    assert page.one("dl.app-checks dt") == "supplier (supplier@example.org)"
    assert mail.outbox == []
    page = Page(client.post(address, follow=True).content.decode())
    assert "1 reminder is on the way." in page.text
    assert page.rows()[0][:3] == ["supplier@example.org", "2008/09 Q1", "Asked for by hand by officer"]
    page = Page(client.post(address, follow=True).content.decode())
    assert "was reminded today already" in page.text
    assert len(mail.outbox) == 1


def test_an_agency_whom_nobody_answers_for_is_named(desk: Seat, client: Client) -> None:
    client.force_login(desk("officer").user)
    page = Page(client.get("/st-albans/returns/2008-09/q1/remind/").content.decode())
    assert "Nobody can be reminded." in page.text
    assert "Hertfordshire Constabulary has figures missing, but no active member" in page.text
