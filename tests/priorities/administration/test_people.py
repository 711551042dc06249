"""People: invited by e-mail, given roles, ended, and what they held handed over."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from django.contrib.auth.models import User
from django.core import mail
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from performance.clock import today
from performance.models import Invitation, Membership, PartnerAgency, Partnership, Role
from performance.people.actions import change_role, end_membership
from performance.refusals import Refused
from priorities.administration.actions.agencies import leave
from priorities.models import Action
from tests.pages import Page
from tests.priorities.conftest import Person, Seat

HERE = "/st-albans/manage/people"
NEW = {"first_name": "Jo", "last_name": "Miller", "password": "correct horse battery"}


def invite(person: Person, email: str = "jo@example.org", agency: str = "fire", role: str = "viewer") -> str:
    """Invites somebody and gives the address in the e-mail."""
    there = PartnerAgency.objects.get(partnership__slug="st-albans", slug=agency)
    data = {"name": "Jo Miller", "email": email, "agency": there.pk, "role": role}
    assert "is invited" in person.send(f"{HERE}/invite/", data).text
    return link()


def link() -> str:
    found = re.search(r"http://[^/]+(/accounts/invitation/\S+)", str(mail.outbox[-1].body))
    assert found
    return found[1]


def open_(address: str, client: Client | None = None) -> tuple[int, Page]:
    answer = (client or Client()).get(address)
    return answer.status_code, Page(answer.content.decode())


def test_somebody_is_invited_makes_an_account_and_is_in(st_albans: Partnership, administrator: Person) -> None:
    address = invite(administrator, role="officer")
    assert mail.outbox[-1].to == ["jo@example.org"]
    assert "invites you to St Albans Community Safety Partnership" in str(mail.outbox[-1].body)
    # The key stands in the e-mail alone.
    assert address.strip("/").rpartition("/")[2] not in str(list(Invitation.objects.values()))
    client = Client()
    status, page = open_(address, client)
    assert status == 200
    assert "as community safety officer" in page.text
    answer = client.post(address, NEW, follow=True)
    assert "Your account is made." in answer.content.decode()
    user = User.objects.get(email="jo@example.org")
    assert (user.get_full_name(), user.check_password(NEW["password"])) == ("Jo Miller", True)
    held = Membership.objects.get(user=user)
    assert (held.role, held.agency.slug) == ("officer", "fire")
    assert held.history.get().history_user == administrator.user
    # The link works once.
    assert open_(address)[0] == 404
    assert "Jo Miller" in administrator.get(f"{HERE}/").text


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"first_name": ""}, "Enter a first name"),
        ({"password": "short"}, "This password is too short"),
        ({"password": "jo@example.org"}, "too similar"),
        ({"password": ""}, "Enter a password"),
    ],
)
def test_an_account_needs_a_name_and_a_good_password(
    st_albans: Partnership, administrator: Person, wrong: dict[str, str], says: str
) -> None:
    address = invite(administrator)
    page = Page(Client().post(address, NEW | wrong).content.decode())
    assert any(says in each for each in page.all(".govuk-error-summary a"))
    assert not User.objects.filter(email="jo@example.org").exists()


def test_who_has_an_account_signs_in_to_accept(st_albans: Partnership, administrator: Person, seat: Seat) -> None:
    partner, other = seat("partner", Role.VIEWER, "police"), seat("other")
    address = invite(administrator, "Partner@example.org", role="administrator")
    _, page = open_(address)
    assert "There is an account with this address. Sign in with it to accept." in page.text
    # Somebody else who is signed in does not get it.
    other.client.post(address)
    Client().post(address, NEW)
    assert Membership.objects.filter(user__username="other").count() == 1
    assert User.objects.filter(email__iexact="partner@example.org").count() == 1
    answer = partner.client.post(address, follow=True)
    assert "You act for Hertfordshire Fire &amp; Rescue now." in answer.content.decode()
    assert Membership.objects.get(user=partner.user, agency__slug="fire").role == "administrator"


def test_an_invitation_expires(st_albans: Partnership, administrator: Person) -> None:
    address = invite(administrator)
    Invitation.objects.update(expires_at=timezone.now() - timedelta(seconds=1))  # noqa: TID251
    status, page = open_(address)
    assert (status, page.one("h1")) == (404, "This invitation does not work")
    assert Client().post(address, NEW).status_code == 404
    assert "The link expired on" in administrator.get(f"{HERE}/").text


def later(held: Invitation) -> None:
    """As if the invitation had been sent two minutes ago."""
    Invitation.objects.filter(pk=held.pk).update(sent_at=held.sent_at - timedelta(minutes=2))


def test_four_clicks_send_one_e_mail(st_albans: Partnership, administrator: Person) -> None:
    address = invite(administrator)
    held = Invitation.objects.get()
    for _ in range(3):
        administrator.send(f"{HERE}/invitations/{held.pk}/again/")
    assert len(mail.outbox) == 1
    assert open_(address)[0] == 200


def test_nobody_floods_an_address_with_invitations(st_albans: Partnership, administrator: Person) -> None:
    for _ in range(5):
        invite(administrator)
        later(Invitation.objects.latest("pk"))
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    data = {"name": "Jo", "email": "JO@example.org", "agency": council.pk, "role": "viewer"}
    page = administrator.send(f"{HERE}/invite/", data, status=200)
    assert any("5 invitations in a day" in each for each in page.all(".govuk-error-summary a"))
    assert len(mail.outbox) == 5


def test_a_name_brings_no_lines_of_its_own_into_an_e_mail(st_albans: Partnership, administrator: Person) -> None:
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    forged = "Jo\r\nBcc: x@example.org\r\n\u2028Pay at example.org"
    data = {"name": forged, "email": "jo@example.org", "agency": council.pk, "role": "viewer"}
    administrator.send(f"{HERE}/invite/", data)
    (message,) = mail.outbox
    assert str(message.body).splitlines()[0] == "Dear Jo Bcc: x@example.org Pay at example.org"
    assert "Bcc" not in message.message()


def test_sent_again_the_old_link_stops_working(st_albans: Partnership, administrator: Person) -> None:
    old = invite(administrator)
    held = Invitation.objects.get()
    later(held)
    administrator.send(f"{HERE}/invitations/{held.pk}/again/")
    assert open_(old)[0] == 404
    assert open_(link())[0] == 200


def test_withdrawn_it_works_no_longer(st_albans: Partnership, administrator: Person) -> None:
    address = invite(administrator)
    administrator.send(f"{HERE}/invitations/{Invitation.objects.get().pk}/withdraw/")
    assert open_(address)[0] == 404
    assert "jo@example.org" not in administrator.get(f"{HERE}/").text


def test_an_invitation_of_another_partnership_is_not_found(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    moment = timezone.now()  # noqa: TID251
    theirs = Invitation.objects.create(
        agency=elsewhere.agencies.get(), name="X", email="x@example.org", digest="0" * 64,
        invited_by=administrator.user, sent_at=moment, expires_at=moment + timedelta(days=7),
    )  # fmt: skip
    for what in ("again", "withdraw"):
        administrator.send(f"{HERE}/invitations/{theirs.pk}/{what}/", status=404)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"email": f"{'x' * 60}@{'y.' * 100}org"}, "at most 254 characters"),
        ({"email": "nobody"}, "Enter an e-mail address, such as name@example.org"),
        ({"name": ""}, "Enter the person's name"),
        ({"agency": "0"}, "Choose one of the list"),
        ({"role": "owner"}, "Choose one of the list"),
        ({"email": "administrator@example.org"}, "acts for St Albans City & District Council already"),
    ],
)
def test_a_wrong_invitation_is_refused(
    st_albans: Partnership, administrator: Person, wrong: dict[str, str], says: str
) -> None:
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    data = {"name": "Jo", "email": "jo@example.org", "agency": council.pk, "role": "viewer"} | wrong
    page = administrator.send(f"{HERE}/invite/", data, status=200)
    assert any(says in each for each in page.all(".govuk-error-summary a"))
    assert not mail.outbox


def test_an_e_mail_that_cannot_be_sent_is_told(
    st_albans: Partnership, administrator: Person, settings: Settings
) -> None:
    settings.MAIL_TRANSPORT = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    data = {"name": "Jo", "email": "jo@example.org", "agency": council.pk, "role": "viewer"}
    page = administrator.send(f"{HERE}/invite/", data)
    assert "The e-mail could not be sent (ConnectionRefusedError" in page.text
    assert "Send again" in page.text


def membership(name: str) -> Membership:
    return Membership.objects.get(user__username=name)


def test_a_role_is_changed_with_a_reason(st_albans: Partnership, administrator: Person, seat: Seat) -> None:
    seat("partner")
    held = membership("partner")
    page = administrator.send(f"{HERE}/{held.pk}/role/", {"role": "officer"}, status=200)
    assert "Say why the role changes" in page.all(".govuk-error-summary a")
    administrator.send(f"{HERE}/{held.pk}/role/", {"role": "officer", "reason": "New job"})
    held.refresh_from_db()
    assert held.role == "officer"
    told = administrator.get("/st-albans/history/?kind=Person").rows()[0]
    assert told[1:4] == ["role: Viewer", "role: Community safety officer", "New job"]


def test_a_partnership_keeps_an_administrator(st_albans: Partnership, administrator: Person, seat: Seat) -> None:
    held = membership("administrator")
    says = "A partnership needs an administrator. Make somebody else one first."
    page = administrator.send(f"{HERE}/{held.pk}/role/", {"role": "viewer", "reason": "x"}, status=409)
    assert says in page.text
    page = administrator.send(f"{HERE}/{held.pk}/end/", {"reason": "x"}, status=409)
    assert says in page.text
    seat("second", Role.ADMINISTRATOR)
    second = Person(User.objects.get(username="second"))
    second.send(f"{HERE}/{held.pk}/end/", {"reason": "Retired"})
    assert membership("administrator").ended_on == timezone.localdate()


def test_who_leaves_hands_over_what_was_held_and_cannot_sign_in(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    leaver, heir = seat("leaver", Role.OFFICER, "fire"), seat("heir", Role.OFFICER, "fire")
    Action.objects.filter(title__in=["Fire safety", "Road safety"]).update(responsible=leaver.user)
    PartnerAgency.objects.filter(slug="fire").update(contact_name="L", contact_email="Leaver@example.org")
    assert "answers for 2 actions" in administrator.get(f"{HERE}/").text
    page = administrator.send(
        f"{HERE}/{membership('leaver').pk}/end/", {"successor": heir.user.pk, "reason": "New job"}
    )
    assert "2 actions go over." in page.text
    assert set(Action.objects.filter(responsible=heir.user).values_list("title", flat=True)) == {
        "Fire safety", "Road safety"
    }  # fmt: skip
    fire = PartnerAgency.objects.get(slug="fire")
    assert (fire.contact_name, fire.contact_email) == ("heir", "heir@example.org")
    assert User.objects.get(username="leaver").is_active is False
    assert leaver.client.get("/st-albans/returns/").status_code == 302
    assert "Formerly" in page.text
    administrator.send(f"{HERE}/{membership('leaver').pk}/reinstate/")
    assert User.objects.get(username="leaver").is_active is True


def test_who_acts_elsewhere_too_keeps_the_account(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person, seat: Seat
) -> None:
    both = seat("both")
    Membership.objects.create(user=both.user, agency=elsewhere.agencies.get())
    administrator.send(
        f"{HERE}/{both.user.memberships.get(agency__slug='council', agency__partnership=st_albans).pk}/end/",
        {"reason": "x"},
    )
    assert User.objects.get(username="both").is_active is True
    assert both.client.get("/st-albans/returns/").status_code == 404
    assert both.client.get("/elsewhere/returns/").status_code == 200


def test_an_ended_membership_gives_no_rights_at_once(st_albans: Partnership, seat: Seat) -> None:
    officer = seat("officer", Role.OFFICER)
    Membership.objects.update(ended_on=timezone.localdate())
    assert officer.client.get("/st-albans/returns/").status_code == 404


def test_the_last_sign_in_is_shown(st_albans: Partnership, administrator: Person, seat: Seat) -> None:
    seat("partner")
    User.objects.filter(username="partner").update(last_login=None)
    rows = {row[0]: row[3] for row in administrator.get(f"{HERE}/").rows()}
    assert rows["partner partner@example.org"] == "never"
    assert rows["administrator administrator@example.org"] != "never"


def test_memberships_of_another_partnership_are_not_found(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    theirs = Membership.objects.create(user=User.objects.create_user("x"), agency=elsewhere.agencies.get())
    for what in ("role", "end"):
        administrator.get(f"{HERE}/{theirs.pk}/{what}/", 404)
    administrator.send(f"{HERE}/{theirs.pk}/reinstate/", status=404)


def sit(user: User, agency: str, role: Role) -> Membership:
    there = PartnerAgency.objects.get(partnership__slug="st-albans", slug=agency)
    return Membership.objects.create(user=user, agency=there, role=role)


def succeed(administrator: Person, agency: str, on: date) -> PartnerAgency:
    """An agency whose place a new body takes."""
    row = PartnerAgency.objects.get(partnership__slug="st-albans", slug=agency)
    leave(
        agency=row, on=on, successor=None, new_name="New body", hands_over=True, reason="Reform",
        by=administrator.user, today=today(),
    )  # fmt: skip
    return PartnerAgency.objects.get(slug="new-body")


def test_who_leaves_before_another_body_takes_the_agencys_place_has_left(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    nurse = seat("nurse", Role.OFFICER, agency="health")
    new = succeed(administrator, "health", today() + timedelta(days=60))
    # Still at work until then.
    page = administrator.get(f"{HERE}/")
    assert "nurse" in page.text.partition("Formerly")[0]
    held = Membership.objects.get(user=nurse.user, agency__slug="health")
    administrator.send(f"{HERE}/{held.pk}/end/", {"reason": "Moved away"})
    assert not Membership.objects.going_on(today()).filter(user=nurse.user).exists()
    assert Membership.objects.get(user=nurse.user, agency=new).ended_on == today()
    nurse.user.refresh_from_db()
    assert not nurse.user.is_active


def test_who_waited_for_the_lock_sees_what_was_done_meanwhile(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    officer = seat("officer", Role.OFFICER)
    read_before = Membership.objects.get(user=officer.user)
    end_membership(
        membership=Membership.objects.get(user=officer.user), reason="x", by=administrator.user, today=today()
    )
    with pytest.raises(Refused, match=r"no longer acts for"):
        change_role(membership=read_before, role=Role.VIEWER, reason="x", by=administrator.user, today=today())
    assert Membership.objects.get(user=officer.user).ended_on == today()
    # Made an administrator meanwhile, the last one is still not ended.
    viewer = seat("viewer")
    read_before = Membership.objects.get(user=viewer.user)
    Membership.objects.filter(user=viewer.user).update(role=Role.ADMINISTRATOR)
    Membership.objects.filter(user=administrator.user).update(role=Role.OFFICER)
    owner = User.objects.create_superuser("owner")
    with pytest.raises(Refused, match=r"needs an administrator"):
        end_membership(membership=read_before, reason="x", by=owner, today=today())


def test_the_last_administrator_is_not_lost_with_an_agency(st_albans: Partnership, administrator: Person) -> None:
    council = PartnerAgency.objects.get(slug="council", partnership=st_albans)
    data = {"on": str(today() - timedelta(days=1)), "reason": "x"}
    page = administrator.send(f"/st-albans/manage/agencies/{council.pk}/end/", data, status=200)
    assert "A partnership needs an administrator." in page.text
    council.refresh_from_db()
    assert council.left_on is None


def test_an_invitation_does_not_lower_a_role_that_is_held(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    officer = seat("officer", Role.OFFICER, agency="police")
    Membership.objects.filter(user=officer.user).update(ended_on=today())
    address = invite(administrator, email="officer@example.org", agency="police", role="viewer")
    Membership.objects.filter(user=officer.user).update(ended_on=None)
    officer.client.post(address)
    assert Membership.objects.get(user=officer.user).role == Role.OFFICER


def test_a_hand_over_brings_no_role_of_long_ago_back_and_lowers_none(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    once, now = seat("once", agency="police"), seat("now", agency="police")
    Membership.objects.filter(pk=sit(once.user, "fire", Role.ADMINISTRATOR).pk).update(ended_on=date(2010, 1, 1))
    sit(now.user, "fire", Role.OFFICER)
    fire = PartnerAgency.objects.get(slug="fire", partnership=st_albans)
    leave(
        agency=PartnerAgency.objects.get(slug="police"), on=today() - timedelta(days=1), successor=fire, new_name="",
        hands_over=True, reason="Reform", by=administrator.user, today=today(),
    )  # fmt: skip
    roles = dict(Membership.objects.filter(agency=fire).values_list("user__username", "role"))
    assert roles == {"once": "viewer", "now": "officer"}


def test_an_invitation_rests_on_who_sent_it_and_on_the_agency(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    second = seat("second", Role.ADMINISTRATOR)
    address = invite(second, role="administrator")
    end_membership(
        membership=Membership.objects.get(user=second.user), reason="x", by=administrator.user, today=today()
    )
    assert Client().post(address, NEW).status_code == 404
    assert not User.objects.filter(email="jo@example.org").exists()
    address = invite(administrator, agency="health")
    succeed(administrator, "health", today() - timedelta(days=1))
    assert Client().post(address, NEW).status_code == 404
    assert not User.objects.filter(email="jo@example.org").exists()


def test_only_an_account_that_the_end_closed_is_opened_again(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    officer = seat("officer", Role.OFFICER)
    held = Membership.objects.get(user=officer.user)
    administrator.send(f"{HERE}/{held.pk}/end/", {"reason": "Left"})
    administrator.send(f"{HERE}/{held.pk}/reinstate/")
    officer.user.refresh_from_db()
    assert officer.user.is_active
    # Ended for one agency after the other, either end can be taken back: both were the partnership's doing.
    first = sit(officer.user, "fire", Role.VIEWER)
    for row in (first, held):
        administrator.send(f"{HERE}/{row.pk}/end/", {"reason": "Left"})
    assert "acts for" in administrator.send(f"{HERE}/{first.pk}/reinstate/").text
    officer.user.refresh_from_db()
    assert officer.user.is_active
    # The installation's owner closed this one.
    Membership.objects.filter(pk=held.pk).update(ended_on=today())
    User.objects.filter(pk=officer.user.pk).update(is_active=False)
    page = administrator.send(f"{HERE}/{held.pk}/reinstate/")
    assert "was closed by others. Ask the installation’s owner." in page.text.replace("'", "’")
    officer.user.refresh_from_db()
    assert not officer.user.is_active


def test_who_still_acts_for_another_agency_goes_on_answering_for_actions(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    both = seat("both", agency="fire")
    sit(both.user, "police", Role.VIEWER)
    Action.objects.filter(title="Fire safety").update(responsible=both.user)
    held = Membership.objects.get(user=both.user, agency__slug="police")
    administrator.send(f"{HERE}/{held.pk}/end/", {"reason": "Moved"})
    assert Action.objects.get(title="Fire safety").responsible == both.user


def test_an_account_is_made_though_its_user_name_is_somebody_elses(
    st_albans: Partnership, administrator: Person
) -> None:
    User.objects.create_user("jo@example.org", "changed@example.org")
    assert Client().post(invite(administrator), NEW).status_code == 302
    assert User.objects.get(email="jo@example.org").username == "jo@example.org-2"
