"""Every address × every kind of person × GET and POST has a declared outcome.

The addresses come from the URL configuration: one without a declaration fails, and so does a declaration without an
address. Nothing that is asked for here may change the database.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from typing import NamedTuple

import pytest
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.core import serializers
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from performance.models import Edition, Membership, PartnerAgency, Partnership, Role
from priorities.models import Action, Aim, Milestone, Objective, Plan
from tests.conftest import make_partnership

KINDS = ("nobody", "deactivated", "stranger", "partner", "officer", "administrator", "owner")
OUTSIDERS = ("nobody", "deactivated")
"""They have no session: a deactivated person's ends at once."""
MEMBERS = ("partner", "officer", "administrator", "owner")


class Outcome(NamedTuple):
    """The status of GET and of POST, for a person by kind, in a public and in a private partnership."""

    get: Callable[[str, bool], int]
    post: Callable[[str, bool], int]


def always(status: int) -> Callable[[str, bool], int]:
    return lambda kind, is_public: status


def readers(kind: str, is_public: bool) -> int:
    """What is published is open to all in a public partnership, and to members in a private one."""
    return 200 if is_public or kind in MEMBERS else 404


def signed_in(inside: int, outside: int) -> Callable[[str, bool], int]:
    return lambda kind, is_public: outside if kind in OUTSIDERS else inside


def members(partner: int, officer: int, administrator: int, stranger: int = 404) -> Callable[[str, bool], int]:
    """For pages that only members have: nobody is sent to sign in, for strangers there is no such page."""
    by_kind = {"stranger": stranger, "partner": partner, "officer": officer}
    return lambda kind, is_public: TO_SIGN_IN if kind in OUTSIDERS else by_kind.get(kind, administrator)


TO_SIGN_IN = TO_THE_RETURN = 302
READ_ONLY = Outcome(readers, always(405))
FOR_MEMBERS = Outcome(members(200, 200, 200), members(405, 405, 405, stranger=405))
NOT_IN_THIS_STATE = members(403, TO_THE_RETURN, TO_THE_RETURN)
"""The return that is asked for is a draft, so a page about a published one leads back to it."""

REPORTS = Outcome(members(403, 200, 200), members(403, 200, 200))
MANAGED_PAGE = Outcome(members(403, 403, 200), members(405, 405, 405, stranger=405))
MANAGED_FORM = Outcome(members(403, 403, 200), members(403, 403, 200))
MANAGED_BUTTON = Outcome(members(405, 405, 405, stranger=405), members(403, 403, 404))
"""Pressed for a row that there is not, so that nothing changes; what each does is tested beside its page."""

DECLARED = {
    # Outsiders see the one public partnership and are sent there; the others see at least two, in a list.
    "home": Outcome(signed_in(200, 302), always(405)),
    "admin_password_change": Outcome(always(302), always(302)),
    "security_log": Outcome(
        lambda kind, _: 302 if kind in OUTSIDERS else 200 if kind == "owner" else 404,
        lambda kind, _: 302 if kind in OUTSIDERS else 405,
    ),
    "add_partnership": Outcome(
        lambda kind, _: 302 if kind in OUTSIDERS else 200 if kind == "owner" else 404,
        lambda kind, _: 302 if kind in OUTSIDERS else 200 if kind == "owner" else 404,
    ),
    "about": Outcome(always(200), always(405)),
    "too_large": Outcome(always(413), always(405)),
    "health": Outcome(always(200), always(405)),
    "dashboard": READ_ONLY,
    "dashboard_year": READ_ONLY,
    "dashboard_quarter": READ_ONLY,
    "dashboard_chart": READ_ONLY,
    "category": READ_ONLY,
    "download": READ_ONLY,
    "compare": READ_ONLY,
    "category_chart": READ_ONLY,
    "category_quarter": READ_ONLY,
    # St Albans has no quarter to draw.
    "category_quarter_chart": Outcome(always(404), always(405)),
    "agencies": READ_ONLY,
    "category_history": READ_ONLY,
    "plan": READ_ONLY,
    "plan_year": READ_ONLY,
    "aim": READ_ONLY,
    "aim_year": READ_ONLY,
    "strategies": READ_ONLY,
    "work_plan": READ_ONLY,
    "action": READ_ONLY,
    "agency": READ_ONLY,
    "surveys": READ_ONLY,
    # The partner's agency leads no action; an empty form comes back with its errors.
    "action_report": REPORTS,
    "milestone_add": REPORTS,
    "milestone": REPORTS,
    "manage": MANAGED_PAGE,
    "manage_list": MANAGED_PAGE,
    "manage_add": MANAGED_FORM,
    "manage_change": MANAGED_FORM,
    "manage_end": MANAGED_FORM,
    "manage_move": MANAGED_BUTTON,
    "manage_reopen": MANAGED_BUTTON,
    "people": MANAGED_PAGE,
    "people_invite": MANAGED_FORM,
    "people_role": MANAGED_FORM,
    "people_leave": MANAGED_FORM,
    "people_invite_again": MANAGED_BUTTON,
    "people_withdraw": MANAGED_BUTTON,
    "people_reinstate": MANAGED_BUTTON,
    "renew": MANAGED_FORM,
    "returns": FOR_MEMBERS,
    "history": FOR_MEMBERS,
    "reminders": Outcome(members(403, 200, 200), members(405, 405, 405, stranger=405)),
    # The partner's agency supplies nothing, so it enters nothing; officers who send nothing change nothing.
    "return": Outcome(members(200, 200, 200), members(403, TO_THE_RETURN, TO_THE_RETURN)),
    # What is pasted or uploaded is shown first; there is no preview of the number that is asked for.
    "upload": REPORTS,
    "import_paste": REPORTS,
    "import_preview": Outcome(members(403, 404, 404), members(403, 404, 404)),
    "import_undo": Outcome(members(405, 405, 405, stranger=405), members(403, 404, 404)),
    "import_not_taken": Outcome(members(403, 404, 404), members(405, 405, 405, stranger=405)),
    "import_history": Outcome(members(403, 404, 404), members(403, 404, 404)),
    "import_template": Outcome(members(403, 200, 200), members(405, 405, 405, stranger=405)),
    # Nothing is entered yet, so there is nothing to explain.
    "commentary": Outcome(members(404, 404, 404), members(404, 404, 404)),
    "return_submit": Outcome(members(403, 200, 200), members(403, 409, 409)),
    "return_remind": Outcome(members(403, 200, 200), members(403, 302, 302)),
    "return_send_back": Outcome(members(403, 403, TO_THE_RETURN), members(403, 403, TO_THE_RETURN)),
    "return_publish": Outcome(members(403, 403, TO_THE_RETURN), members(403, 403, TO_THE_RETURN)),
    "return_revise": Outcome(NOT_IN_THIS_STATE, NOT_IN_THIS_STATE),
    "return_finalise": Outcome(NOT_IN_THIS_STATE, NOT_IN_THIS_STATE),
    "targets": Outcome(members(403, 403, 302), members(405, 405, 405, stranger=405)),
    "targets_year": Outcome(members(403, 403, 200), members(403, 403, 302)),
    # Who is signed in already is sent on; an empty form comes back with its errors.
    "account_login": Outcome(signed_in(302, 200), signed_in(302, 200)),
    "account_logout": Outcome(signed_in(200, 302), always(302)),
    "account_inactive": Outcome(always(200), always(405)),
    "account_change_password": Outcome(signed_in(200, TO_SIGN_IN), signed_in(200, TO_SIGN_IN)),
    # For accounts without a password only: others are sent to change theirs.
    "account_set_password": Outcome(always(302), always(302)),
    "account": Outcome(signed_in(200, TO_SIGN_IN), signed_in(405, TO_SIGN_IN)),
    "invitation": Outcome(always(404), always(404)),
    "account_reauthenticate": Outcome(signed_in(200, TO_SIGN_IN), signed_in(200, TO_SIGN_IN)),
    "usersessions_list": Outcome(signed_in(200, TO_SIGN_IN), signed_in(302, TO_SIGN_IN)),
    # How somebody signs in is changed only after the password was typed again.
    **dict.fromkeys(
        (
            "mfa_activate_totp",
            "mfa_add_webauthn",
            "mfa_edit_webauthn",
            "mfa_remove_webauthn",
            "mfa_generate_recovery_codes",
            "mfa_reauthenticate",
            "mfa_reauthenticate_webauthn",
        ),
        Outcome(always(302), always(302)),
    ),
    # Nobody here has a second step: there is nothing to enter, to end or to show.
    "mfa_authenticate": Outcome(always(302), always(302)),
    "mfa_login_webauthn": Outcome(always(302), always(302)),
    "mfa_deactivate_totp": Outcome(signed_in(404, TO_SIGN_IN), signed_in(404, TO_SIGN_IN)),
    "mfa_download_recovery_codes": Outcome(signed_in(404, TO_SIGN_IN), signed_in(404, TO_SIGN_IN)),
    "mfa_view_recovery_codes": Outcome(signed_in(404, TO_SIGN_IN), signed_in(405, TO_SIGN_IN)),
    "mfa_index": Outcome(signed_in(200, TO_SIGN_IN), signed_in(405, TO_SIGN_IN)),
    "mfa_list_webauthn": Outcome(signed_in(200, TO_SIGN_IN), signed_in(405, TO_SIGN_IN)),
    # No single sign-on is configured, and it never makes accounts.
    "openid_connect_login": Outcome(always(404), always(404)),
    "openid_connect_callback": Outcome(always(404), always(404)),
    "socialaccount_connections": Outcome(signed_in(200, TO_SIGN_IN), signed_in(200, TO_SIGN_IN)),
    "socialaccount_login_cancelled": Outcome(always(200), always(405)),
    "socialaccount_login_error": Outcome(always(401), always(405)),
    "socialaccount_signup": Outcome(always(302), always(302)),
    "account_reset_password": Outcome(always(200), always(200)),
    "account_reset_password_done": Outcome(always(200), always(405)),
    # A link that does not work says so, and nothing else.
    "account_reset_password_from_key": Outcome(always(200), always(200)),
    "account_reset_password_from_key_done": Outcome(always(200), always(405)),
}
ARGUMENTS = {
    "year": "2007-08",
    "number": "q1",
    "period": "2008-09/q1",
    "category": "theft-of-cycle",
    "chart": "quarters",
    "format": "csv",
    "uidb36": "1",
    "key": "none-such",
    "app_label": "performance",
    "content_type_id": "1",
    "object_id": "1",
    "url": "none",
    "id": "1",
    "aim": "reducing-crime",
    "agency": "council",
    "kind": "aims",
    "provider_id": "council",
    "pk": "1",
}


def addresses(
    patterns: list[URLPattern | URLResolver], prefix: str = "", namespace: str = ""
) -> Iterator[tuple[str, str]]:
    """The name and the address, with arguments filled in, of everything in the URL configuration."""
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            space = f"{pattern.namespace}:" if pattern.namespace else namespace
            yield from addresses(pattern.url_patterns, prefix + str(pattern.pattern), space)
        else:
            yield f"{namespace}{pattern.name}", prefix + str(pattern.pattern)


FOUND = list(addresses(get_resolver().url_patterns))
NAMES = dict(FOUND)
# Django's admin has addresses without a name, which lead on to others: they are not listed here.
ADMIN = {name for name in NAMES if name.startswith("admin:")} - {"admin:None"}


def rows_of(name: str, slug: str) -> dict[str, str]:
    """The numbers of rows of a partnership that an address asks for; nought where a button would change something."""
    if name.startswith("import_"):
        return {"pk": "00000000-0000-4000-8000-000000000000"}
    if name.startswith("people_"):
        there = Membership.objects.filter(agency__partnership__slug=slug, user__username="member").first()
        return {"pk": str(there.pk) if there and name in ("people_role", "people_leave") else "0"}
    if name.startswith("manage_"):
        aim = Aim.objects.filter(plan__partnership__slug=slug).first()
        return {"pk": str(aim.pk) if aim and name in ("manage_change", "manage_end") else "0"}
    action = Action.objects.filter(plan__partnership__slug=slug).first()
    milestone = Milestone.objects.filter(action=action).first()
    return {"pk": str(action.pk if action else 0), "milestone": str(milestone.pk if milestone else 0)}


def address_of(name: str, slug: str) -> str:
    route = NAMES[name]
    rows = {} if name.startswith("admin:") or not slug else rows_of(name, slug)
    known = ARGUMENTS | rows | ({"year": "2008-09"} if name in ("plan_year", "aim_year") else {})
    wanted = {key: value for key, value in known.items() if f":{key}>" in route or f"<{key}>" in route}
    if "slug>" in route:
        wanted["slug"] = slug
    if "year" in wanted:
        from performance.calculations.periods import FinancialYear

        wanted["year"] = FinancialYear.parse(wanted["year"])  # type: ignore[assignment]
    if "period" in wanted:
        from performance.calculations.periods import FinancialYear, Quarter

        # A file is made of what is published, a return of a quarter is entered.
        period = FinancialYear(2007) if name == "download" else Quarter.parse(wanted["period"])
        wanted["period"] = period  # type: ignore[assignment]
    if "number" in wanted:
        wanted["number"] = 1  # type: ignore[assignment]
    return reverse(name, kwargs=wanted)


def digest() -> str:
    """Of every row of every table but those of sessions, which a sign-in needs, and editions.

    A form that is sent may raise the edition in vain: then pages are worked out anew, and nothing else is changed.
    """
    found = hashlib.sha256()
    for model in apps.get_models():
        if model not in (Session, UserSession, Edition):
            found.update(serializers.serialize("json", model._default_manager.order_by("pk")).encode())
    return found.hexdigest()


@pytest.fixture
def sign_in(st_albans: Partnership, elsewhere: Partnership, client: Client) -> Callable[[str], Client]:
    """Signs a person of a kind in. Members belong to both partnerships, the stranger to a third."""
    third = make_partnership("Third", "E22000998")
    for partnership in (elsewhere, third):
        _give_figures(partnership)
        _give_plan(partnership)
    member = User.objects.create_user("member")
    for partnership in (st_albans, elsewhere, third):
        Membership.objects.create(user=member, agency=partnership.agencies.earliest("position"))
        Milestone.objects.create(action=Action.objects.filter(plan__partnership=partnership)[0], title="Begun")

    def enter(kind: str) -> Client:
        if kind == "nobody":
            return client
        user = User.objects.create_user(kind, is_superuser=kind == "owner", is_staff=kind == "owner")
        roles = {"partner": Role.VIEWER, "officer": Role.OFFICER, "administrator": Role.ADMINISTRATOR}
        places = [third] if kind in ("stranger", "deactivated") else [st_albans, elsewhere]
        if kind != "owner":
            for place in places:
                agency = place.agencies.earliest("position")
                Membership.objects.create(user=user, agency=agency, role=roles.get(kind, Role.VIEWER))
        user.set_password("three words together")
        user.save()
        client.force_login(user)
        if kind == "deactivated":
            User.objects.filter(pk=user.pk).update(is_active=False)
        return client

    return enter


def _give_figures(partnership: Partnership) -> None:
    """The same year's return as St Albans', so that every address leads somewhere."""
    from performance.models import Actual, Baseline, CrimeCategory, PeriodReturn

    category = CrimeCategory.objects.get(slug="theft-of-cycle")
    Baseline.objects.create(
        partnership=partnership, category=category, financial_year="2003/04", count=100, in_use_from="2005/06"
    )
    held = PeriodReturn.objects.create(
        partnership=partnership, financial_year="2007/08", state="published", figures_as_at="2008-03-31"
    )
    Actual.objects.create(period_return=held, category=category, count=90)


def _give_plan(partnership: Partnership) -> None:
    """A plan with an action that has a milestone, and somebody in the council."""
    plan = Plan.objects.create(partnership=partnership, title="Plan", first_year="2008/09", last_year="2010/11")
    aim = Aim.objects.create(plan=plan, title="Reducing crime", slug="reducing-crime")
    objective = Objective.objects.create(plan=plan, title="Local", slug="local")
    Action.objects.create(plan=plan, aim=aim, objective=objective, title="Patrols")


def test_every_address_is_declared_and_every_declaration_has_an_address() -> None:
    ours = [name for name, _ in FOUND if not name.startswith("admin:")]
    assert len(ours) == len(set(ours))
    assert set(NAMES) - ADMIN - {"admin:None"} == set(DECLARED)


@pytest.mark.slow
@pytest.mark.parametrize("is_public", [True, False], ids=["public", "private"])
@pytest.mark.parametrize("kind", KINDS)
def test_every_address_answers_as_declared(sign_in: Callable[[str], Client], kind: str, is_public: bool) -> None:
    client = sign_in(kind)
    session = dict(client.cookies)
    before = digest()
    slug = "st-albans" if is_public else "elsewhere"
    surprises = []
    for name, outcome in sorted(DECLARED.items()):
        for method, declared in (("get", outcome.get(kind, is_public)), ("post", outcome.post(kind, is_public))):
            client.cookies.clear()
            client.cookies.update(session)
            if kind != "nobody" and name == "account_logout":
                continue  # tested by itself below, for it ends the session
            answer = getattr(client, method)(address_of(name, slug)).status_code
            if answer != declared:
                surprises.append(f"{method.upper()} {name}: {answer} instead of {declared}")
    assert surprises == []
    assert digest() == before


@pytest.mark.parametrize("kind", KINDS)
def test_signing_out(sign_in: Callable[[str], Client], kind: str) -> None:
    client = sign_in(kind)
    outcome = DECLARED["account_logout"]
    assert client.get("/accounts/logout/").status_code == outcome.get(kind, True)
    assert client.post("/accounts/logout/").status_code == outcome.post(kind, True)
    assert client.get("/accounts/password/change/").status_code == TO_SIGN_IN


@pytest.mark.slow
@pytest.mark.parametrize("kind", KINDS)
def test_the_admin_is_the_owners_alone(sign_in: Callable[[str], Client], kind: str) -> None:
    client = sign_in(kind)
    before = digest()
    surprises = []
    for name in sorted(ADMIN - {"admin:logout"}):
        for method in ("get", "post"):
            answer = getattr(client, method)(address_of(name, "st-albans")).status_code
            may = answer < 500 if kind == "owner" else answer in (302, 403, 404)
            if not may:
                surprises.append(f"{method.upper()} {name}: {answer}")
    assert surprises == []
    assert digest() == before


@pytest.mark.slow
def test_the_owner_reaches_every_list_in_the_admin(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("owner")
    lists = [name for name in ADMIN if name.endswith(("_changelist", "_add", ":index"))]
    answers = {name: client.get(address_of(name, "")).status_code for name in lists}
    # Figures are entered on the returns pages, where each change is kept.
    closed = {"admin:performance_actual_add", "admin:performance_periodreturn_add"}
    assert answers == {name: 403 if name in closed else 200 for name in lists}


@pytest.mark.parametrize(("left_on", "status"), [("2008-03-31", 404), ("2199-01-01", 200)])
def test_an_agency_that_has_left_takes_its_peoples_rights_with_it(
    sign_in: Callable[[str], Client], left_on: str, status: int
) -> None:
    client = sign_in("partner")
    PartnerAgency.objects.filter(partnership__slug="elsewhere").update(left_on=left_on)
    assert client.get("/elsewhere/").status_code == status
    assert ("Elsewhere" in client.get("/", follow=True).content.decode()) is (status == 200)


def test_a_private_partnership_looks_as_if_it_did_not_exist(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("stranger")
    hidden, absent = (client.get(address).content.decode() for address in ("/elsewhere/", "/no-such-place/"))
    assert hidden.replace("elsewhere", "no-such-place") == absent


def test_members_see_their_private_partnership_in_the_list(sign_in: Callable[[str], Client]) -> None:
    client = sign_in("partner")
    listed = client.get("/").content.decode()
    assert "Elsewhere" in listed
    assert "Third" not in listed
