"""The work plan: what is in it, what is late, who reports, and what is missing."""

from __future__ import annotations

import csv
import io
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import CrimeCategory, PartnerAgency, Partnership, Role
from priorities.models import Action, ActionUpdate, Aim, Milestone, Objective, Plan
from priorities.pages.action import quarters_to_report
from priorities.queries import Work, WorkState
from tests.pages import Page
from tests.priorities.conftest import Person, Seat

Get = Callable[..., Page]
YESTERDAY = timezone.localdate() - timedelta(days=1)
THEN = datetime(2009, 5, 4, 10, tzinfo=UTC)


def action(title: str, **columns: object) -> Action:
    row = Action.objects.get(title=title)
    for name, value in columns.items():
        setattr(row, name, value)
    row.save()
    return row


def told(row: Action, person: Person, status: str, at: datetime = THEN) -> ActionUpdate:
    return ActionUpdate.objects.create(
        action=row, financial_year="2009/10", quarter=1, status=status, words="So it is.", by=person.user, at=at,
        token=uuid4(),
    )  # fmt: skip


def titles(page: Page) -> list[str]:
    return page.all("main table th a")


def test_what_the_plan_names_is_there_and_nothing_is_invented(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/actions/")
    assert len(titles(page)) == 18
    assert {"Quarterly newsletter", "Annual strategic assessment", "Fire safety", "Catch and convict"} <= set(
        titles(page)
    )
    assert page.one(".app-lead") == "18 actions, none with a report yet."
    rows = page.rows()
    assert {tuple(row[1:]) for row in rows[::2]} == {("not set in the plan", "not set in the plan", "○ No report yet")}
    # What is printed below each is as silent as the plan.
    assert all(row[0].endswith("Budget: not set in the plan.") for row in rows[1::2])
    for row in Action.objects.all():
        assert (row.lead, row.starts_on, row.due_on, row.budget, row.responsible) == (None,) * 5
        assert row.source


def test_a_missed_target_without_an_action_is_said_to_have_none(st_albans: Partnership, get: Get) -> None:
    assert get("/st-albans/actions/").all("main ul.govuk-list--bullet li") == [
        "Theft of cycle", "Common assault", "Criminal damage"
    ]  # fmt: skip
    dashboard = get("/st-albans/2007-08/")
    assert dashboard.all(".app-facts dd") == ["No action in the work plan bears on this."] * 3
    assert "No action in the work plan bears on this." in get("/st-albans/categories/theft-of-cycle/").text


def test_an_action_that_bears_on_it_is_named_while_it_lives(st_albans: Partnership, get: Get, seat: Seat) -> None:
    row = action("Community policing")
    row.categories.add(CrimeCategory.objects.get(slug="theft-of-cycle"))
    assert get("/st-albans/2007-08/").all(".app-facts dd")[0] == "Community policing ○ No report yet"
    assert "Theft of cycle" not in get("/st-albans/actions/").all("main ul.govuk-list--bullet li")
    assert "Community policing" in get("/st-albans/categories/theft-of-cycle/").text
    # A total is served by what its parts are served by.
    assert "Community policing" in get("/st-albans/categories/all-bcs-crimes/").text
    told(row, seat("officer", Role.OFFICER), "done")
    assert get("/st-albans/2007-08/").all(".app-facts dd")[0] == "No action in the work plan bears on this."


def test_overdue_first_then_by_the_day_it_is_due_and_what_is_over_last(
    st_albans: Partnership, get: Get, seat: Seat
) -> None:
    officer = seat("officer", Role.OFFICER)
    told(action("Prevent and deter"), officer, "done")
    action("Fire safety", due_on=YESTERDAY)
    action("Licensing", due_on=YESTERDAY + timedelta(days=30))
    action("Road safety", due_on=YESTERDAY + timedelta(days=10))
    found = titles(get("/st-albans/actions/"))
    assert found[:3] == ["Fire safety", "Road safety", "Licensing"]
    assert found[-1] == "Prevent and deter"
    page = get("/st-albans/actions/")
    assert page.one(".app-lead") == "18 actions, one overdue, 16 without a report yet."
    assert page.rows()[0][-1] == "▲ Overdue"


@pytest.mark.parametrize(
    ("due", "status", "ended", "state"),
    [
        (None, None, None, WorkState.NOT_REPORTED),
        (None, "on_track", None, WorkState.ON_TRACK),
        (date(2009, 3, 31), None, None, WorkState.OVERDUE),
        (date(2009, 3, 31), "on_track", None, WorkState.OVERDUE),
        (date(2009, 4, 1), "at_risk", None, WorkState.AT_RISK),
        (date(2009, 3, 31), "done", None, WorkState.DONE),
        (date(2009, 3, 31), "stopped", None, WorkState.STOPPED),
        (date(2009, 3, 31), "off_track", date(2009, 1, 1), WorkState.ENDED),
    ],
)
def test_how_an_action_goes(due: date | None, status: str | None, ended: date | None, state: WorkState) -> None:
    row = Action(title="Patrols", due_on=due, ended_on=ended)
    row.status, row.reported_at, row.words, row.next_begins, row.goes_on_in = (status, *[None] * 4)  # type: ignore[attr-defined]
    assert Work.of(row, date(2009, 4, 1)).state is state


@pytest.mark.parametrize(
    ("status", "today", "goes_on_in", "state"),
    [
        ("on_track", date(2011, 3, 31), 7, WorkState.OVERDUE),
        ("on_track", date(2011, 4, 1), 7, WorkState.CARRIED),
        ("on_track", date(2011, 4, 1), None, WorkState.UNFINISHED),
        (None, date(2011, 4, 1), None, WorkState.UNFINISHED),
        ("done", date(2011, 4, 1), None, WorkState.DONE),
        ("stopped", date(2011, 4, 1), None, WorkState.STOPPED),
    ],
)
def test_an_action_is_over_once_the_next_plan_begins(
    status: str | None, today: date, goes_on_in: int | None, state: WorkState
) -> None:
    row: Any = Action(title="Patrols", due_on=date(2010, 1, 1))
    row.status, row.reported_at, row.words = status, None, None
    row.next_begins, row.goes_on_in = FinancialYear(2011), goes_on_in
    assert Work.of(row, today).state is state


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?agency=fire", ["Fire safety", "Road safety"]),
        ("?aim=plan", ["Annual strategic assessment"]),
        ("?category=accidental-dwelling-fires", ["Fire safety"]),
        ("?status=overdue", ["Fire safety"]),
        ("?agency=fire&status=not_reported", ["Road safety"]),
    ],
)
def test_filters_stand_in_the_address(st_albans: Partnership, get: Get, query: str, found: list[str]) -> None:
    fire = PartnerAgency.objects.get(slug="fire")
    action("Fire safety", lead=fire, due_on=YESTERDAY)
    action("Road safety").supporting.add(fire)
    page = get(f"/st-albans/actions/{query}")
    assert titles(page) == found
    assert "Show all 18" in page.text


@pytest.mark.parametrize("query", ["?agency=none-such", "?status=%00", "?plan=1999-00", "?aim="])
def test_what_cannot_be_chosen_is_ignored(st_albans: Partnership, get: Get, query: str) -> None:
    assert len(titles(get(f"/st-albans/actions/{query}"))) == 18


def test_it_is_downloaded_as_it_is_narrowed(st_albans: Partnership, client: Client) -> None:
    row = action("Fire safety", summary="=cmd()", budget="1250.50", budget_source="Home Office")
    Milestone.objects.create(action=row, title="Leaflet", due_on="2009-01-31", done_on="2009-01-30")
    Milestone.objects.create(action=row, title="Visits", due_on="2009-02-28")
    answer = client.get("/st-albans/actions/?category=accidental-dwelling-fires&download=csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    (line,) = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")))
    assert line["Action"] == "Fire safety"
    assert line["What will be done"] == "'=cmd()"
    assert (line["Budget"], line["Budget from"]) == ("1250.50", "Home Office")
    assert line["Milestones"] == "Leaflet: done on 30 January 2009; Visits: overdue, due on 28 February 2009"


def test_an_action_says_what_is_not_set(st_albans: Partnership, get: Get) -> None:
    page = get(f"/st-albans/actions/{action('Fire safety').pk}/")
    facts = dict(zip(page.all(".app-facts dt"), page.all(".app-facts dd"), strict=True))
    assert facts["Lead agency"] == facts["Starts"] == facts["Due"] == facts["Budget"] == "not set in the plan"
    assert facts["Bears on"] == "Accidental dwelling fires"
    assert facts["In the plan under"] == "Aims and objectives: the third aim"


def test_an_action_with_everything_set(st_albans: Partnership, get: Get) -> None:
    row = action(
        "Fire safety", lead=PartnerAgency.objects.get(slug="fire"), starts_on=date(2008, 4, 1),
        due_on=date(2199, 3, 31), budget="12500", budget_source="the Home Office", place_kind="ward", place="Batchwood",
    )  # fmt: skip
    row.supporting.add(PartnerAgency.objects.get(slug="council"))
    page = get(f"/st-albans/actions/{row.pk}/")
    facts = dict(zip(page.all(".app-facts dt"), page.all(".app-facts dd"), strict=True))
    assert facts["Lead agency"] == "Hertfordshire Fire & Rescue"
    assert facts["Supporting agencies"] == "St Albans City & District Council"
    assert facts["Place"] == "Ward: Batchwood"
    assert facts["Starts"] == "1 April 2008"
    assert facts["Budget"] == "£12,500, from the Home Office"


def report(**given: str) -> dict[str, str]:
    return {
        "token": str(uuid4()), "quarter": "", "status": "on_track", "words": "Twelve homes visited.", "evidence": "",
    } | given  # fmt: skip


def this_quarter() -> str:
    return Quarter.containing(timezone.localdate()).slug


@pytest.fixture
def led(st_albans: Partnership) -> Action:
    return action("Fire safety", lead=PartnerAgency.objects.get(slug="fire"))


def test_the_lead_agency_reports_and_every_reader_sees_it(led: Action, seat: Seat, get: Get) -> None:
    partner = seat("partner", agency="fire")
    sent = report(quarter=this_quarter(), evidence="https://example.org/minutes.pdf")
    page = partner.send(f"/st-albans/actions/{led.pk}/report/", sent)
    assert "The report is added." in page.text
    seen = get(f"/st-albans/actions/{led.pk}/")
    assert seen.one(".app-lead") == "● On track"
    assert "Twelve homes visited." in seen.text
    assert seen.links(".app-report a") == ["https://example.org/minutes.pdf"]
    # Who wrote it is for members.
    assert "partner" not in seen.text
    assert "partner" in partner.get(f"/st-albans/actions/{led.pk}/").text


@pytest.mark.parametrize(
    ("today", "next_begins", "first", "last", "count"),
    [
        (date(2008, 4, 1), None, "2008-09/q1", "2008-09/q1", 1),
        (date(2009, 12, 31), None, "2009-10/q3", "2008-09/q1", 7),
        # Without a next plan the work goes on; twelve quarters are enough to choose from.
        (date(2012, 1, 1), None, "2011-12/q4", "2009-10/q1", 12),
        (date(2012, 1, 1), FinancialYear(2011), "2010-11/q4", "2008-09/q1", 12),
        # Before the plan begins there is the quarter that a day is in.
        (date(2008, 3, 31), None, "2007-08/q4", "2007-08/q4", 1),
    ],
)
def test_reports_are_for_the_quarters_of_the_actions_plan(
    today: date, next_begins: FinancialYear | None, first: str, last: str, count: int
) -> None:
    row = Action(title="Patrols", plan=Plan(first_year=FinancialYear(2008), last_year=FinancialYear(2010)))
    quarters = quarters_to_report(Work(row, WorkState.ON_TRACK, None, next_begins=next_begins), today)
    assert (quarters[0].slug, quarters[-1].slug, len(quarters)) == (first, last, count)


def test_no_report_is_for_a_quarter_before_the_action_starts() -> None:
    plan = Plan(first_year=FinancialYear(2008), last_year=FinancialYear(2010))
    row = Action(title="Patrols", plan=plan, starts_on=date(2009, 8, 1))
    quarters = quarters_to_report(Work(row, WorkState.ON_TRACK, None), date(2009, 12, 1))
    assert [each.slug for each in quarters] == ["2009-10/q3", "2009-10/q2"]


def test_a_form_sent_twice_is_kept_once(led: Action, seat: Seat) -> None:
    partner = seat("partner", agency="fire")
    sent = report(quarter=this_quarter())
    for _ in range(2):
        partner.send(f"/st-albans/actions/{led.pk}/report/", sent)
    assert ActionUpdate.objects.count() == 1
    # Gone back to, corrected and sent again it is another report, not a repetition.
    partner.send(f"/st-albans/actions/{led.pk}/report/", sent | {"words": "Thirteen homes visited."})
    assert [each.words for each in ActionUpdate.objects.all()] == ["Thirteen homes visited.", "Twelve homes visited."]


def test_a_report_says_for_which_agency(led: Action, seat: Seat, get: Get) -> None:
    for name, role, agency in (("partner", Role.VIEWER, "fire"), ("officer", Role.OFFICER, "council")):
        sent = report(quarter=this_quarter(), words=f"By {name}.")
        seat(name, role, agency).send(f"/st-albans/actions/{led.pk}/report/", sent)
    assert [each.agency.slug for each in ActionUpdate.objects.all() if each.agency] == ["council", "fire"]
    # Another body takes the place of the first: what the old one reported stays its own.
    PartnerAgency.objects.filter(slug="fire").update(name="Fire & Rescue of old")
    page = get(f"/st-albans/actions/{led.pk}/")
    assert "Fire & Rescue of old" in page.all(".app-report")[1]
    assert "St Albans City & District Council" in page.all(".app-report")[0]


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"status": ""}, "Choose how it goes"),
        ({"words": " "}, "Say what was done, or that nothing was"),
        ({"quarter": "2199-00/q1"}, "Choose a quarter"),
        ({"evidence": "javascript:alert(1)"}, "Enter an address that begins with https://"),
        ({"evidence": "not an address"}, "Enter an address that begins with https://"),
    ],
)
def test_what_is_wrong_with_a_report_is_said_and_nothing_typed_is_lost(
    led: Action, seat: Seat, wrong: dict[str, str], says: str
) -> None:
    partner = seat("partner", agency="fire")
    sent = report(quarter=this_quarter()) | wrong
    page = partner.send(f"/st-albans/actions/{led.pk}/report/", sent, status=200)
    assert says in page.all(".govuk-error-summary a")
    assert page.one("textarea").strip() == str(sent["words"]).strip()
    assert not ActionUpdate.objects.exists()


@pytest.mark.parametrize(
    ("name", "role", "agency", "status"),
    [
        ("partner", Role.VIEWER, "fire", 200),
        ("other", Role.VIEWER, "police", 403),
        ("officer", Role.OFFICER, "council", 200),
        ("administrator", Role.ADMINISTRATOR, "council", 200),
    ],
)
def test_who_may_report(led: Action, seat: Seat, name: str, role: Role, agency: str, status: int) -> None:
    person = seat(name, role, agency)
    person.get(f"/st-albans/actions/{led.pk}/report/", status)
    person.get(f"/st-albans/actions/{led.pk}/milestones/add/", status)
    assert ("Report on this action" in person.get(f"/st-albans/actions/{led.pk}/").text) is (status == 200)


def test_nobody_reports_on_what_has_ended(led: Action, seat: Seat) -> None:
    officer = seat("officer", Role.OFFICER)
    action("Fire safety", ended_on=YESTERDAY)
    officer.get(f"/st-albans/actions/{led.pk}/report/", 403)
    assert "Report on this action" not in officer.get(f"/st-albans/actions/{led.pk}/").text


def test_milestones_are_added_changed_and_said_to_be_late(led: Action, seat: Seat, get: Get) -> None:
    partner = seat("partner", agency="fire")
    address = f"/st-albans/actions/{led.pk}/"
    partner.send(f"{address}milestones/add/", {"title": "Leaflet printed", "due_on": str(YESTERDAY)})
    assert "Leaflet printed: overdue, due on" in get(address).text
    # In the work plan it stands beside the action, and with budget and the last report on paper.
    listed = get("/st-albans/actions/?category=accidental-dwelling-fires").rows()
    assert "Next: Leaflet printed: overdue, due on" in listed[0][2]
    assert "Milestones: Leaflet printed: overdue, due on" in listed[1][0]
    twice = partner.send(f"{address}milestones/add/", {"title": "Leaflet printed"}, status=200)
    assert "The action has a milestone of this name already." in twice.text
    held = Milestone.objects.get()
    done = {"title": "Leaflet printed", "due_on": str(YESTERDAY), "done_on": str(YESTERDAY)}
    form = partner.get(f"{address}milestones/{held.pk}/")
    seen = {"version": str(form.soup.select("input[name=version]")[0]["value"])}
    partner.send(f"{address}milestones/{held.pk}/", done | seen)
    assert "Leaflet printed: done on" in get(address).text
    # Who saves over that without having seen it is told.
    page = partner.send(f"{address}milestones/{held.pk}/", {"title": "Leaflet printed"} | seen, status=200)
    assert "partner changed this after you opened the page." in page.text
    held.refresh_from_db()
    assert held.done_on == YESTERDAY
    other = action("Licensing", lead=led.lead)
    partner.get(f"/st-albans/actions/{other.pk}/milestones/{held.pk}/", 404)


def test_an_action_of_another_partnership_is_not_found(
    st_albans: Partnership, elsewhere: Partnership, get: Get
) -> None:
    Partnership.objects.update(is_public=True)
    get(f"/elsewhere/actions/{action('Licensing').pk}/", 404)
    assert "No action is in the work plan yet." in get("/elsewhere/actions/").text


def test_the_database_keeps_what_must_hold(st_albans: Partnership) -> None:
    plan = Plan.objects.get()
    wrong: list[dict[str, object]] = [
        {"aim": Aim.objects.first()},
        {"objective": Objective.objects.first()},
        {"starts_on": date(2009, 1, 2), "due_on": date(2009, 1, 1)},
        {"budget": "-1"},
        {"title": "Fire safety"},
    ]
    for columns in wrong:
        with pytest.raises(IntegrityError), transaction.atomic():
            Action.objects.create(**({"plan": plan, "title": "New"} | columns))


@pytest.mark.parametrize("address", ["/st-albans/actions/", "/st-albans/plan/", "/st-albans/agencies/fire/"])
def test_the_number_of_queries_does_not_grow_with_the_work(
    st_albans: Partnership, client: Client, seat: Seat, address: str
) -> None:
    officer, plan = seat("officer", Role.OFFICER), Plan.objects.get()

    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get(address).status_code == 200
        return len(found)

    few = queries()
    for number in range(12):
        row = Action.objects.create(
            plan=plan, aim=plan.aims.first(), objective=plan.objectives.first(), title=f"Action {number}",
            lead=PartnerAgency.objects.get(slug="fire"),
        )  # fmt: skip
        row.categories.add(CrimeCategory.objects.get(slug="robbery"))
        told(row, officer, "on_track")
    assert queries() == few


def test_reports_and_milestones_are_in_the_history(led: Action, seat: Seat) -> None:
    partner = seat("partner", agency="fire")
    partner.send(f"/st-albans/actions/{led.pk}/report/", report(quarter=this_quarter()))
    partner.send(f"/st-albans/actions/{led.pk}/milestones/add/", {"title": "Leaflet printed"})
    told_of = {row[0].split()[-1]: row for row in partner.get("/st-albans/history/?who=partner").rows()}
    assert "On track: Twelve homes visited." in told_of["Report"][2]
    assert "Leaflet printed" in told_of["Milestone"][2]
