"""Readers get the page as it stands: whatever is written, by form, in the owner's admin or by command.

Each journey sends forms one after the other. After each, every page of readers as it is kept is held against the same
page worked out anew, byte for byte.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from bs4 import BeautifulSoup, Tag
from django.contrib.auth.models import User
from django.core import mail
from django.core.management import call_command, get_commands
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    CrimeCategory,
    Invitation,
    Membership,
    PartnerAgency,
    Partnership,
    RecordingChange,
    Role,
    SurveyQuestion,
    SurveyWave,
)
from performance.public_pages import KEPT
from priorities.administration.registry import KINDS
from priorities.models import Action, Aim, Milestone, Objective, Plan, Priority, StrategicPriority, Strategy
from tests.test_access import DECLARED

SLUG = "demonstration"
LAST = Quarter(FinancialYear(2008), 2)
NOTHING_THAT_READERS_SEE = {
    "account_login", "account_logout", "account_change_password", "account_reauthenticate", "usersessions_list",
    "mfa_activate_totp", "mfa_add_webauthn", "mfa_edit_webauthn", "mfa_remove_webauthn",
    "mfa_generate_recovery_codes", "mfa_reauthenticate", "mfa_reauthenticate_webauthn", "mfa_authenticate",
    "mfa_login_webauthn", "mfa_deactivate_totp", "mfa_download_recovery_codes", "account_set_password",
    "account_reset_password", "account_reset_password_from_key", "openid_connect_login", "openid_connect_callback",
    "socialaccount_connections", "socialaccount_signup", "admin_password_change",
}  # fmt: skip
"""Addresses at which people change how they sign in. Nobody's name stands on a page of readers."""

THROUGH_OTHERS = {
    "upload",
    "import_preview",
    "import_undo",
    "import_history",
    "import_paste",
    "add_partnership",
    "commentary",
}
"""Not sent here: what is imported is saved, published and revised by the same functions as what is typed, a new
partnership raises the shared edition (tests/test_add_partnership.py), and words on a figure that is published its
partnership's (tests/performance/returns/test_commentary.py)."""

FIRST_COMMANDS = {"load_published_plan", "make_demonstration_district"}
COMMANDS = FIRST_COMMANDS | {"make_demonstration_plan", "load_areas", "send_reminders"}


class Readers:
    """Everything that readers see: of a few partnerships, one address of each kind at least."""

    def __init__(self, settings: Settings, addresses: list[str]) -> None:
        self.settings, self.addresses, self.client = settings, addresses, Client()
        self.is_kept: dict[str, bool] = {}
        self.before = {address: self._get(address) for address in addresses}
        again = [address for address in addresses if self._get(address)[0] == 200 and not self.is_kept[address]]
        assert not again, f"Not kept: {', '.join(again)}"

    def changed(self) -> int:
        """How many pages are not as they were when this was last asked; fails where one that is kept is older."""
        now = {address: self._get(address) for address in self.addresses}
        older = [address for address in self.addresses if self.is_kept[address] and now[address] != self._anew(address)]
        assert not older, f"Readers still get the page of before: {', '.join(older)}"
        changed = sum(now[address] != self.before[address] for address in self.addresses)
        self.before = now
        return changed

    def _get(self, address: str) -> tuple[int, bytes]:
        """The answer; whether it was kept, or worked out now, is told by its queries."""
        with CaptureQueriesContext(connection) as asked:
            response = self.client.get(address)
        self.is_kept[address] = len(asked) == 1
        return response.status_code, response.content

    def _anew(self, address: str) -> tuple[int, bytes]:
        self.settings.KEPT_PAGES_MEGABYTES = 0
        try:
            return self._get(address)
        finally:
            self.settings.KEPT_PAGES_MEGABYTES = 32


class Installation:
    """The demonstration with its people, who open forms and send them, and readers who look on."""

    def __init__(self, readers: Readers) -> None:
        self.readers = readers
        self.partnership = Partnership.objects.get(slug=SLUG)
        self.sent: set[str] = set()
        self._clients: dict[str, Client] = {}

    def client(self, name: str) -> Client:
        if name not in self._clients:
            self._clients[name] = Client()
            self._clients[name].force_login(User.objects.get(username=name))
        return self._clients[name]

    def send(self, by: str, name: str, /, *args: object, sees: bool | None = True, **values: Any) -> None:
        """Fill in the form at an address and send it; `sees`: whether that changes what readers see (None: it may)."""
        address = reverse(name, args=args if name.startswith("admin:") or name == "invitation" else (SLUG, *args))
        shown = self.client(by).get(address)
        self.post(by, name, address, filled_in(shown.content, values) if shown.status_code == 200 else values, sees)

    def post(self, by: str, name: str, address: str, data: dict[str, Any], sees: bool | None = True) -> None:
        """As `send`, with everything that is sent said here."""
        response = self.client(by).post(address, data)
        said = BeautifulSoup(response.content, "html.parser").get_text(" ", strip=True)
        assert response.status_code == 302, f"{address} answered {response.status_code}: {said[:1500]}"
        self.sent.add(name)
        changed = self.readers.changed()
        assert sees is None or bool(changed) == sees, f"{name} {address} changed {changed} pages"


def filled_in(markup: bytes, values: dict[str, Any]) -> dict[str, Any]:
    """What a browser sends of the page's form, with some boxes filled in anew."""
    soup = BeautifulSoup(markup, "html.parser")
    forms = [form for form in soup.select("main form, #content form") if str(form.get("method", "")).lower() == "post"]
    found: dict[str, Any] = {}
    for box in [each for form in forms for each in form.select("input, select, textarea")]:
        name, kind = str(box.get("name", "")), str(box.get("type", ""))
        if not name or kind in ("submit", "button") or (kind in ("checkbox", "radio") and not box.has_attr("checked")):
            continue
        found.setdefault(name, []).extend(_value(box))
    return found | values


def _value(box: Tag) -> list[str]:
    if box.name == "select":
        chosen = [str(each["value"]) for each in box.select("option[selected]")]
        return chosen or ([] if box.has_attr("multiple") else [str(each["value"]) for each in box.select("option")][:1])
    return (
        [box.get_text().removeprefix("\n")]
        if box.name == "textarea"
        else [str(box.get("value", "on" if box.get("type") in ("checkbox", "radio") else ""))]
    )


def addresses_of(slug: str) -> list[str]:
    """Every page of readers, each kind once or more."""
    actions = Action.objects.filter(plan__partnership__slug=slug)
    names: dict[str, list[tuple[Any, ...]]] = {
        "dashboard": [()], "dashboard_year": [(FinancialYear(2007),)],
        "dashboard_quarter": [(LAST.year, 1), (LAST.year, 2)],
        "dashboard_chart": [(FinancialYear(2007),)], "category": [("theft-of-cycle",), ("wounding",)],
        "category_chart": [("theft-of-cycle",)], "category_history": [("theft-of-cycle",)], "plan": [()],
        "plan_year": [(FinancialYear(2008),)], "aim": [("reducing-crime",)],
        "aim_year": [(FinancialYear(2008), "reducing-crime")], "strategies": [()], "work_plan": [()],
        "action": [(row.pk,) for row in actions[:2]], "agencies": [()], "agency": [("police",), ("council",)],
        "surveys": [()],
    }  # fmt: skip
    return [reverse(name, args=(slug, *each)) for name, many in names.items() for each in many]


@pytest.fixture
def at(st_albans: Partnership, settings: Settings) -> Iterator[Installation]:
    settings.KEPT_PAGES_MEGABYTES = 32
    KEPT.clear()
    people = User.objects.create_superuser("owner", "owner@example.org", "three words together")
    for command in ("make_demonstration_district", "make_demonstration_plan"):
        call_command(command, verbosity=0)
    council = PartnerAgency.objects.get(partnership__slug=SLUG, slug="council")
    Membership.objects.get_or_create(user=people, agency=council, defaults={"role": Role.ADMINISTRATOR})
    yield Installation(Readers(settings, [*addresses_of(SLUG), *addresses_of("st-albans")[:4]]))
    KEPT.clear()


Journey = Callable[[Installation], None]
JOURNEYS: dict[str, tuple[Journey, frozenset[str]]] = {}


def sends(*names: str) -> Callable[[Journey], Journey]:
    """Says which addresses a journey sends forms to."""

    def known(journey: Journey) -> Journey:
        JOURNEYS[journey.__name__] = journey, frozenset(names)
        return journey

    return known


@sends("return", "return_submit", "return_send_back", "return_publish", "return_revise", "return_finalise",
       "return_remind")  # fmt: skip
def returns(at: Installation) -> None:
    """A draft is no reader's business until it is published."""
    police = PartnerAgency.objects.get(partnership=at.partnership, slug="police")
    Membership.objects.get_or_create(user=User.objects.get(username="partner"), agency=police)
    at.send("officer", "return_remind", LAST, sees=False)
    damage: dict[str, Any] = {"criminal-damage-count": "401"}
    at.send("officer", "return", LAST, sees=False, **damage)
    at.send("officer", "return_submit", LAST, sees=False, accepted="on", odd="on")
    at.send("administrator", "return_send_back", LAST, sees=False, reason="Look at robbery")
    at.send("officer", "return_submit", LAST, sees=False, accepted="on", odd="on")
    at.send("administrator", "return_publish", LAST)
    revise(at)
    at.send("officer", "return_finalise", LAST - 1, reason="They are final")


def revise(at: Installation) -> None:
    at.send("officer", "return_revise", LAST - 1, "theft-of-cycle", count="77", reason="One more", confirmed="on")


@sends("targets_year")
def targets(at: Installation) -> None:
    robbery: dict[str, Any] = {"robbery-target": "50"}
    at.send("administrator", "targets_year", FinancialYear(2007), reason="Put right", **robbery)


@sends("action_report", "milestone_add", "milestone")
def work(at: Installation) -> None:
    action = Action.objects.filter(plan__partnership=at.partnership).order_by("pk").first()
    assert action is not None
    at.send("officer", "action_report", action.pk, status="off_track", words="The marking days are rained off.")
    at.send("officer", "milestone_add", action.pk, title="Three days held")
    at.send("officer", "milestone", action.pk, Milestone.objects.get(title="Three days held").pk, title="Four days")


@sends("manage_add", "manage_change", "manage_move", "manage_end", "manage_reopen")
def management(at: Installation) -> None:
    here = {"partnership": at.partnership}
    plan = Plan.objects.get(**here)
    aim, objective = plan.aims.first(), plan.objectives.first()
    assert aim is not None
    assert objective is not None
    question = SurveyQuestion.objects.filter(**here)[0]
    today = timezone.localdate()
    added: dict[str, dict[str, object]] = {
        "aims": {"title": "A new aim"},
        "objectives": {"title": "A new objective"},
        "agencies": {"name": "Demonstration Ambulance"},
        "categories": {"name": "Invented nuisance", "kind": "incident", "counted_as": "incidents"},
        "priorities": {"aim": aim.pk, "title": "Robbery", "categories": [pk_of("robbery")], "emphasis": "reduce"},
        "actions": {"title": "A new action", "aim": aim.pk, "objective": objective.pk},
        "strategies": {"title": "A strategy of the county"},
        "survey-questions": {"title": "Litter", "better": "lower", "answer": "very worried"},
        "survey-waves": {
            "question": question.pk, "name": "Spring 2009", "ended_0": "1", "ended_1": "3", "ended_2": "2009",
            "ended": "2009-03-01", "percent": "41.0", "sample": "900",
        },
    }  # fmt: skip
    for kind, values in added.items():
        at.send(
            "administrator",
            "manage_add",
            kind,
            sees=None if kind in ("categories", "survey-questions") else True,
            **values,
        )
    strategy = Strategy.objects.get(**here)
    at.send(
        "administrator",
        "manage_add",
        "strategic-priorities",
        strategy=strategy.pk,
        title="Safer",
        part="A",
        aims=[aim.pk],
    )
    changed = {
        "plan": (plan, "title"), "aims": (aim, "title"), "objectives": (objective, "title"),
        "priorities": (Priority.objects.filter(aim=aim)[0], "title"),
        "actions": (Action.objects.filter(plan=plan)[0], "title"),
        "agencies": (PartnerAgency.objects.get(slug="police", **here), "name"),
        "categories": (CrimeCategory.objects.get(partnership=at.partnership), "name"),
        "strategies": (strategy, "title"),
        "strategic-priorities": (StrategicPriority.objects.get(strategy=strategy), "title"),
        "survey-questions": (question, "title"),
        "survey-waves": (SurveyWave.objects.filter(question=question)[0], "name"),
    }  # fmt: skip
    assert set(changed) == set(KINDS)
    for kind, (row, column) in changed.items():
        sees = None if kind == "categories" else True
        at.send("administrator", "manage_change", kind, row.pk, sees=sees, **{column: f"Changed {kind}"})
    for kind in ("aims", "objectives", "actions", "agencies"):
        at.send("administrator", "manage_move", kind, changed[kind][0].pk, sees=None, way="down")
    day: dict[str, Any] = {
        "on_0": f"{today.day}",
        "on_1": f"{today.month}",
        "on_2": f"{today.year}",
        "on": today.isoformat(),
    }
    for kind, row in {"aims": Aim.objects.get(title="A new aim"), "survey-questions": question, "strategies": strategy,
                      "categories": CrimeCategory.objects.get(partnership=at.partnership)}.items():  # fmt: skip
        sees = None if kind in ("categories", "aims") else True
        at.send("administrator", "manage_end", kind, row.pk, sees=sees, reason="Over", **day)
        at.send("administrator", "manage_reopen", kind, row.pk, sees=sees)
    fire = PartnerAgency.objects.get(slug="fire", **here)
    at.send("administrator", "manage_end", "agencies", fire.pk, new_name="Fire of the county", reason="Merged", **day)


def pk_of(category: str) -> int:
    return CrimeCategory.objects.get(slug=category).pk


@sends("people_invite", "people_invite_again", "people_withdraw", "invitation", "people_role", "people_leave",
       "people_reinstate")  # fmt: skip
def people(at: Installation) -> None:
    """Names of people stand on no page of readers; the contact and the work of who leaves may."""
    council = PartnerAgency.objects.get(partnership=at.partnership, slug="council")
    invited: dict[str, object] = {"agency": council.pk, "name": "N. Newcomer", "role": "officer"}
    at.send("administrator", "people_invite", sees=False, email="new@example.org", **invited)
    invitation = Invitation.objects.latest("pk")
    at.send("administrator", "people_invite_again", invitation.pk, sees=False)
    invitation = Invitation.objects.latest("pk")
    at.send("administrator", "people_withdraw", invitation.pk, sees=False)
    at.send("administrator", "people_invite", sees=False, email="new@example.org", **invited)
    link = next(word for word in str(mail.outbox[-1].body).split() if "/accounts/" in word)
    at._clients["newcomer"] = Client()
    key = link.rstrip("/").rsplit("/", 1)[1]
    at.send("newcomer", "invitation", key, sees=False, password="four words in a row")
    there = Membership.objects.get(user__email="new@example.org")
    at.send("administrator", "people_role", there.pk, sees=False, role="viewer", reason="Helps out")
    at.send("administrator", "people_leave", there.pk, sees=False, reason="Has moved")
    at.send("administrator", "people_reinstate", there.pk, sees=False)


@sends("renew")
def renewal(at: Installation) -> None:
    address = reverse("renew", args=(SLUG,))
    client = at.client("administrator")
    data = filled_in(client.get(address).content, {"propose": "on"})
    proposed = filled_in(client.post(address, data).content, {})
    looked_over = filled_in(client.post(address, proposed | {"make": "on"}).content, {})
    at.post("administrator", "renew", address, looked_over | {"make": "on"}, sees=None)


OWNERS_CHANGES: dict[type[Any], tuple[str, object]] = {
    Partnership: ("title", "Another title"),
    PartnerAgency: ("name", "Another agency"),
    Membership: ("role", "viewer"),
    CrimeCategory: ("definition", "Another definition"),
    RecordingChange: ("description", "Another description"),
    Plan: ("title", "Another plan"),
    Aim: ("title", "Another aim"),
    Objective: ("title", "Another objective"),
    Priority: ("title", "Another priority"),
    User: ("first_name", "Another"),
}


@sends()
def owners_admin(at: Installation) -> None:
    for model, (column, value) in OWNERS_CHANGES.items():
        name = f"admin:{model._meta.app_label}_{model._meta.model_name}"
        row = row_of(at, model)
        at.send("owner", f"{name}_change", row.pk, sees=None, **{column: value})
        model.objects.get(pk=row.pk, **{column: value})
    wave = RecordingChange.objects.filter(partnership=at.partnership)[0]
    at.send("owner", "admin:performance_recordingchange_delete", wave.pk, post="yes")
    at.send("owner", "admin:performance_crimecategory_add", sees=None, name="Other", slug="other", kind="incident",
            counted_as="crimes", position="90")  # fmt: skip
    at.send("owner", "admin:performance_partnership_change", at.partnership.pk, is_public=[])
    at.send("owner", "admin:performance_partnership_change", at.partnership.pk, is_public="on")


def row_of(at: Installation, model: type[Any]) -> Any:
    """A row that stands on some page of the demonstration's."""
    places: dict[type[Any], dict[str, Any]] = {
        Partnership: {"slug": SLUG}, PartnerAgency: {"partnership": at.partnership, "slug": "police"},
        Membership: {"agency__partnership": at.partnership, "user__username": "officer"},
        CrimeCategory: {"slug": "theft-of-cycle"}, RecordingChange: {"partnership": at.partnership},
        Plan: {"partnership": at.partnership}, Aim: {"plan__partnership": at.partnership},
        Objective: {"plan__partnership": at.partnership}, Priority: {"aim__plan__partnership": at.partnership},
        User: {"username": "officer"},
    }  # fmt: skip
    return model.objects.filter(**places[model])[0]


@pytest.mark.slow
@pytest.mark.parametrize("name", sorted(JOURNEYS))
def test_readers_get_the_page_as_it_stands_after_every_write(at: Installation, name: str) -> None:
    journey, names = JOURNEYS[name]
    journey(at)
    assert {each for each in at.sent if not each.startswith("admin:")} == names


def test_readers_get_the_page_as_it_stands_after_every_command(db: None, settings: Settings) -> None:
    settings.KEPT_PAGES_MEGABYTES = 32
    settings.DEMONSTRATION_PASSWORD = "three words together"
    KEPT.clear()
    call_command("load_published_plan", verbosity=0)
    call_command("make_demonstration_district", verbosity=0)
    readers = Readers(
        settings, [f"/{slug}/{page}" for slug in ("st-albans", SLUG) for page in ("", "plan/", "actions/")]
    )
    for name in ("make_demonstration_plan", "load_areas", "send_reminders", "load_published_plan"):
        call_command(name, verbosity=0)
        assert bool(readers.changed()) == (name == "make_demonstration_plan")


def test_every_command_is_run_before_readers() -> None:
    ours = {name for name, app in get_commands().items() if app in ("performance", "priorities")}
    # tests/test_add_partnership.py, tests/performance/test_compare.py
    tested_elsewhere = {"add_partnership", "load_standard_categories", "make_demonstration_areas"}
    assert ours == COMMANDS | tested_elsewhere | {"make_demonstration_people", "backtest_forecasts"}


def test_every_form_is_sent_by_a_journey() -> None:
    takes_forms = {name for name, outcome in DECLARED.items() if outcome.post("administrator", True) != 405}
    sent = {name for _, names in JOURNEYS.values() for name in names}
    assert takes_forms - NOTHING_THAT_READERS_SEE - THROUGH_OTHERS == sent


@pytest.mark.slow
def test_a_write_that_forgets_to_raise_the_edition_is_found(at: Installation, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("performance.returns.transitions.raise_edition", lambda partnership: None)
    with pytest.raises(AssertionError, match="Readers still get the page of before: /demonstration/"):
        revise(at)
