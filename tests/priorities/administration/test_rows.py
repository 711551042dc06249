"""The management pages: what administrators add, change, order and end, and what is refused."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import uuid4

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from performance.calculations.periods import FinancialYear
from performance.clock import today
from performance.models import (
    Baseline,
    CrimeCategory,
    Membership,
    PartnerAgency,
    Partnership,
    Role,
    Succession,
    SurveyQuestion,
    SurveyWave,
)
from performance.queries.suppliers import Suppliers
from performance.refusals import Refused
from priorities.administration.actions import rows as actions
from priorities.administration.actions.agencies import leave
from priorities.administration.registry import KINDS
from priorities.models import Action, ActionUpdate, Aim, Objective, Plan, Priority, StrategicPriority, Strategy
from tests.priorities.conftest import Person, Seat

HERE = "/st-albans/manage"


def seen(row: object) -> dict[str, object]:
    """What the form of a row carries along, so that a newer change is noticed."""
    latest = type(row).history.filter(id=row.pk).order_by("-history_id").first()  # type: ignore[attr-defined]
    return {"version": latest.history_id}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_its_list_and_its_form(administrator: Person, kind: str) -> None:
    page = administrator.get(f"{HERE}/{kind}/")
    assert page.one("h1") == KINDS[kind].heading
    if kind != "plan":
        form = administrator.get(f"{HERE}/{kind}/add/")
        assert form.one("h1") == f"Add {KINDS[kind].article}"
        # Sent empty it comes back with what is missing, and never breaks.
        assert administrator.send(f"{HERE}/{kind}/add/", {}, status=200).all(".govuk-error-summary a")


@pytest.mark.parametrize(
    ("kind", "data", "model", "found"),
    [
        ("aims", {"title": "Safer homes", "summary": "At home."}, Aim, {"slug": "safer-homes", "position": 4}),
        ("objectives", {"title": "Data"}, Objective, {"slug": "data", "position": 4}),
        ("strategies", {"title": "Health and wellbeing"}, Strategy, {"slug": "health-and-wellbeing", "position": 4}),
        ("agencies", {"name": "Probation Trust"}, PartnerAgency, {"slug": "probation-trust", "position": 9}),
        (
            "survey-questions",
            {"title": "Trust", "better": "higher", "design_effect": "1.5"},
            SurveyQuestion,
            {"slug": "trust", "position": 3},
        ),
        ("actions", {"title": "Patrols"}, Action, {"aim": None, "position": 19}),
        (
            "categories",
            {"name": "Fly-tipping", "kind": "incident", "counted_as": "reports"},
            CrimeCategory,
            {"slug": "fly-tipping"},
        ),
    ],
)
def test_what_is_added_stands_last_and_has_an_address(
    st_albans: Partnership,
    administrator: Person,
    kind: str,
    data: dict[str, object],
    model: type,
    found: dict[str, object],
) -> None:
    page = administrator.send(f"{HERE}/{kind}/add/", data)
    assert "is saved." in page.text
    row = model.objects.latest("pk")  # type: ignore[attr-defined]
    assert {name: getattr(row, name) for name in found} == found
    assert row.history.get().history_user == administrator.user
    title = str(data.get("title") or data["name"])
    assert title in page.text
    again = administrator.send(f"{HERE}/{kind}/add/", data, status=200)
    assert any("of this name already" in each for each in again.all(".govuk-error-summary a"))


def test_the_same_name_in_two_partnerships_makes_two_addresses(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    PartnerAgency.objects.create(partnership=elsewhere, name="Housing trust", slug="housing-trust")
    administrator.send(f"{HERE}/agencies/add/", {"name": "Housing trust"})
    assert st_albans.agencies.get(name="Housing trust").slug == "housing-trust-2"


def test_a_change_is_kept_with_who_and_why(st_albans: Partnership, administrator: Person) -> None:
    aim = Aim.objects.get(slug="reducing-crime")
    data = {"title": "Reducing crime", "summary": "Shorter.", "reason": "Plain English"} | seen(aim)
    administrator.send(f"{HERE}/aims/{aim.pk}/", data)
    aim.refresh_from_db()
    assert (aim.summary, aim.slug) == ("Shorter.", "reducing-crime")
    latest = aim.history.latest()
    assert (latest.history_user, latest.history_change_reason) == (administrator.user, "Plain English")
    history = administrator.get("/st-albans/history/?kind=Aim")
    assert history.rows()[0][2:4] == ["summary: Shorter.", "Plain English"]


def test_who_saves_over_a_newer_one_is_told_and_keeps_what_was_typed(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    other, aim = seat("other", Role.ADMINISTRATOR), Aim.objects.get(slug="reducing-crime")
    old = seen(aim)
    other.send(f"{HERE}/aims/{aim.pk}/", {"title": "Reducing crime", "summary": "Theirs."} | old)
    mine = {"title": "Reducing crime", "summary": "Mine."} | old
    page = administrator.send(f"{HERE}/aims/{aim.pk}/", mine, status=200)
    assert "other changed this after you opened the page." in page.one(".govuk-error-summary")
    assert page.one("textarea") == "Mine."
    assert Aim.objects.get(pk=aim.pk).summary == "Theirs."
    # Sent again, having seen it, it stands.
    token = str(page.soup.select("[name=version]")[0]["value"])
    administrator.send(f"{HERE}/aims/{aim.pk}/", mine | {"version": token})
    assert Aim.objects.get(pk=aim.pk).summary == "Mine."


def test_boxes_that_were_ticked_stay_ticked_when_somebody_was_quicker(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    row, other = StrategicPriority.objects.latest("pk"), seat("other", Role.ADMINISTRATOR)
    old, aims = seen(row), [aim.pk for aim in Aim.objects.all()]
    data = {"strategy": row.strategy_id, "part": row.part, "title": row.title}
    other.send(f"{HERE}/strategic-priorities/{row.pk}/", data | {"part": "Aims"} | old)
    page = administrator.send(f"{HERE}/strategic-priorities/{row.pk}/", data | {"aims": aims} | old, status=200)
    assert len(page.soup.select("input[name=aims][checked]")) == 3


def test_moving_up_and_down(st_albans: Partnership, administrator: Person) -> None:
    def order() -> list[str]:
        return list(Objective.objects.order_by("position").values_list("slug", flat=True))

    first, second, third = order()
    last = Objective.objects.get(slug=third)
    administrator.send(f"{HERE}/objectives/{last.pk}/move/", {"way": "up"})
    assert order() == [first, third, second]
    for _ in range(3):  # beyond the end nothing more happens
        administrator.send(f"{HERE}/objectives/{last.pk}/move/", {"way": "up"})
    assert order() == [third, first, second]
    administrator.send(f"{HERE}/objectives/{last.pk}/move/", {"way": "down"})
    assert order() == [first, third, second]
    assert last.history.latest().history_user == administrator.user


def test_what_is_ended_is_out_of_sight_and_its_end_can_be_taken_back(
    st_albans: Partnership, administrator: Person
) -> None:
    row = Priority.objects.get(title="Hate crime")
    page = administrator.send(f"{HERE}/priorities/{row.pk}/end/", {"on": "2009-03-31", "reason": "Merged"})
    assert "ended on 31 March 2009" in page.text
    assert "Hate crime" not in administrator.get("/st-albans/plan/").text
    administrator.send(f"{HERE}/priorities/{row.pk}/reopen/")
    assert "Hate crime" in administrator.get("/st-albans/plan/").text
    assert [each.history_change_reason for each in row.history.all()[:2]] == ["End taken back", "Merged"]


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"on": "", "reason": "x"}, "Enter the day"),
        ({"on": str(today() + timedelta(days=1)), "reason": "x"}, "Enter a day that is not in the future"),
        ({"on": "2009-02-30", "reason": "x"}, "Enter a day, such as 31/07/2008"),
        ({"on": "2009-03-31", "reason": ""}, "Say why it ends"),
    ],
)
def test_an_end_needs_a_day_and_a_reason(
    st_albans: Partnership, administrator: Person, data: dict[str, object], says: str
) -> None:
    row = Aim.objects.latest("pk")
    page = administrator.send(f"{HERE}/aims/{row.pk}/end/", data, status=200)
    assert any(says in each for each in page.all(".govuk-error-summary a"))
    row.refresh_from_db()
    assert row.ended_on is None


def test_an_agency_is_succeeded_and_what_is_past_keeps_the_old_name(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    nurse = seat("nurse", Role.VIEWER, "health")
    trust = PartnerAgency.objects.get(slug="health")
    trust.supplies.add(CrimeCategory.objects.get(slug="drug-misuse"))
    led = Action.objects.get(title="Licensing")
    led.lead = trust
    led.save()
    data = {
        "on": "2013-03-31", "new_name": "Clinical Commissioning Group", "hands_over": "on", "reason": "Health reform",
    }  # fmt: skip
    administrator.send(f"{HERE}/agencies/{trust.pk}/end/", data)
    new = PartnerAgency.objects.get(slug="clinical-commissioning-group")
    trust.refresh_from_db()
    led.refresh_from_db()
    assert (trust.left_on, trust.succeeded_by) == (date(2013, 3, 31), new)
    assert (new.joined_on, led.lead) == (date(2013, 4, 1), new)
    assert [each.slug for each in new.supplies.all()] == ["drug-misuse"]
    # Its people act for the new body, and no longer for the old.
    held = Membership.objects.filter(user=nurse.user)
    assert {(each.agency.slug, each.ended_on) for each in held} == {
        ("health", date(2013, 4, 1)), ("clinical-commissioning-group", None)
    }  # fmt: skip
    page = administrator.get("/st-albans/agencies/health/")
    assert "until 31 March 2013" in page.text
    assert "Clinical Commissioning Group" in page.one(".app-facts")
    # What it did stays readable under its name: what it supplied and led, and who acted for it.
    assert {"People when it left", "Supplied the figures for"} <= set(page.all(".app-facts dt"))
    assert "nurse, viewer" in page.one(".app-facts")
    assert page.all(".app-works a") == ["Licensing"]
    assert "Actions that it leads" not in page.text
    assert "Took the place of Primary Care Trust" in administrator.get(f"/st-albans/agencies/{new.slug}/").one(
        ".app-facts"
    )
    assert nurse.get("/st-albans/returns/")


@pytest.mark.parametrize(
    ("data", "says"),
    [
        ({"successor": "other", "new_name": "New"}, "not both"),
        ({"successor": "foreign"}, "Choose one of the list"),
        ({"on": "2007-01-01"}, "Enter a day on or after 1 April 2008, when it joined"),
        ({"on": "2199-01-01"}, "Enter a day that is not in the future"),
        ({"new_name": "hertfordshire fire & rescue"}, "There is a body of this name already"),
    ],
)
def test_a_succession_that_cannot_be(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person, data: dict[str, object], says: str
) -> None:
    PartnerAgency.objects.filter(slug="health").update(joined_on=date(2008, 4, 1))
    trust = PartnerAgency.objects.get(slug="health")
    numbers = {
        "other": PartnerAgency.objects.get(slug="fire").pk, "foreign": elsewhere.agencies.get().pk,
    }  # fmt: skip
    if "successor" in data:
        data = data | {"successor": numbers[str(data["successor"])]}
    page = administrator.send(
        f"{HERE}/agencies/{trust.pk}/end/", {"on": "2013-03-31", "reason": "x"} | data, status=200
    )
    assert any(says in each for each in page.all(".govuk-error-summary a"))


def test_a_category_is_retired_and_counted_again(st_albans: Partnership, administrator: Person) -> None:
    row = CrimeCategory.objects.get(slug="theft-of-cycle")
    page = administrator.send(f"{HERE}/categories/{row.pk}/end/", {"on": "2009-03-31", "reason": "Too few"})
    assert "not counted from 2009/10" in page.text
    assert "Theft of cycle" in administrator.get("/st-albans/returns/2008-09/q1/").text
    assert "Theft of cycle" not in administrator.get("/st-albans/returns/2009-10/q1/").text
    # The published year has it still, in the total too.
    assert "5,307" in administrator.get("/st-albans/2007-08/").text
    administrator.send(f"{HERE}/categories/{row.pk}/reopen/")
    assert "Theft of cycle" in administrator.get("/st-albans/returns/2009-10/q1/").text
    assert not Succession.objects.exists()
    assert Succession.history.latest().history_user == administrator.user


def test_what_all_partnerships_share_is_not_one_partnerships_to_change(
    st_albans: Partnership, administrator: Person
) -> None:
    row = CrimeCategory.objects.get(slug="robbery")
    administrator.get(f"{HERE}/categories/{row.pk}/", 403)
    assert "shared by all partnerships" in administrator.get(f"{HERE}/categories/").text


def test_a_category_of_ones_own_is_nobody_elses(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    Partnership.objects.update(is_public=True)
    data = {"name": "Fly-tipping", "kind": "incident", "counted_as": "reports"}
    administrator.send(f"{HERE}/categories/add/", data)
    administrator.get("/st-albans/categories/fly-tipping/")
    administrator.get("/elsewhere/categories/fly-tipping/", 404)
    own = CrimeCategory.objects.get(slug="fly-tipping")
    Baseline.objects.create(
        partnership=st_albans, category=own, financial_year="2008/09", count=5, in_use_from="2009/10"
    )
    assert "Fly-tipping" in administrator.get("/st-albans/targets/2009-10/").text


def test_rows_of_another_partnership_are_not_found(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    plan = Plan.objects.create(partnership=elsewhere, title="Theirs", first_year="2008/09", last_year="2010/11")
    aim = Aim.objects.create(plan=plan, title="Theirs", slug="theirs")
    for kind, row in (("aims", aim), ("plan", plan), ("agencies", elsewhere.agencies.get())):
        administrator.get(f"{HERE}/{kind}/{row.pk}/", 404)
        administrator.send(f"{HERE}/{kind}/{row.pk}/end/", {"on": "2009-01-01", "reason": "x"}, status=404)
        administrator.send(f"{HERE}/{kind}/{row.pk}/move/", {"way": "up"}, status=404)
    priority = Priority.objects.latest("pk")
    page = administrator.send(
        f"{HERE}/priorities/{priority.pk}/",
        {"title": "x", "aim": aim.pk, "emphasis": "reduce"} | seen(priority),
        status=200,
    )
    assert page.all(".govuk-error-summary a")


@pytest.mark.parametrize(
    ("kind", "data", "says"),
    [
        ("aims", {"title": "x" * 121}, "at most 120"),
        ("aims", {"title": "\x00"}, "Null characters are not allowed"),
        ("actions", {"title": "New", "starts_on": "2009-02-01", "due_on": "2009-01-01"}, "before the day it starts"),
        ("actions", {"title": "New", "budget": "lots"}, "Enter the budget in pounds"),
        ("actions", {"title": "New", "budget": "-5"}, "Enter the budget in pounds, from 0"),
        ("actions", {"title": "New", "budget": "12,50"}, "has a comma in an odd place"),
        ("actions", {"title": "New", "budget": "1e5"}, "Enter the budget in pounds, from 0"),
        ("survey-waves", {"name": "New", "percent": "4,5"}, "has a comma in an odd place"),
        ("survey-waves", {"name": "New", "percent": "1e1"}, "Enter a percentage from 0 to 100"),
        ("survey-waves", {"name": "New", "sample": "1,1"}, "has a comma in an odd place"),
        ("survey-waves", {"name": "New", "sample": "1e3"}, "Enter a whole number from 1"),
        ("actions", {"title": "New", "due_on": "0208-01-01"}, "Enter a day between 1 January 1990 and"),
        ("actions", {"title": "New", "place_kind": "ward"}, "Enter the name of the place"),
        ("actions", {"title": "New", "place": "Batchwood"}, "Choose what kind of place it is"),
        ("actions", {"title": "New", "place_kind": "district", "place": "All"}, "The whole district needs no name"),
        ("agencies", {"name": "New", "contact_email": "nobody"}, "Enter an e-mail address"),
        ("priorities", {"title": "New", "emphasis": "reduce"}, "Choose a crime type or a survey question"),
        ("survey-waves", {"percent": "5", "name": "w", "ended": "2190-01-01", "sample": "5"}, "not in the future"),
        (
            "survey-waves",
            {"percent": "101", "name": "w", "ended": "2009-01-01", "sample": "5"},
            "Enter a percentage from 0 to 100",
        ),
        ("survey-waves", {"percent": "x", "name": "w", "ended": "2009-01-01", "sample": "5"}, "Enter a percentage"),
        (
            "survey-waves",
            {"percent": "5", "name": "w", "ended": "2009-01-01", "sample": "0"},
            "Enter a whole number from 1",
        ),
    ],
)
def test_bad_input_is_refused_in_words_and_comes_back(
    st_albans: Partnership, administrator: Person, kind: str, data: dict[str, object], says: str
) -> None:
    if kind == "survey-waves":
        data = data | {"question": SurveyQuestion.objects.latest("pk").pk}
    page = administrator.send(f"{HERE}/{kind}/add/", data, status=200)
    assert any(says in each for each in page.all(".govuk-error-summary a")), page.all(".govuk-error-summary a")


def test_an_action_is_in_a_cell_or_for_the_plan(st_albans: Partnership, administrator: Person) -> None:
    aim, objective = Aim.objects.latest("pk"), Objective.objects.latest("pk")
    page = administrator.send(f"{HERE}/actions/add/", {"title": "Half", "aim": aim.pk}, status=200)
    assert "Choose an aim and an objective, or neither" in page.text
    administrator.send(f"{HERE}/actions/add/", {"title": "Whole", "aim": aim.pk, "objective": objective.pk})
    assert Action.objects.get(title="Whole").aim == aim
    form = administrator.get(f"{HERE}/actions/add/?aim={aim.pk}&objective={objective.pk}")
    assert form.one("#id_aim option[selected]") == aim.title


def test_who_leads_an_action_does_not_support_it_too(st_albans: Partnership, administrator: Person) -> None:
    police = PartnerAgency.objects.get(slug="police").pk
    data = {"title": "New", "lead": police, "supporting": [police]}
    page = administrator.send(f"{HERE}/actions/add/", data, status=200)
    assert "Hertfordshire Constabulary leads it" in page.text


def test_numbers_are_read_as_people_write_them(st_albans: Partnership, administrator: Person) -> None:
    administrator.send(f"{HERE}/actions/add/", {"title": "New", "budget": " £12,500.50 "})
    assert Action.objects.get(title="New").budget == Decimal("12500.50")
    question = SurveyQuestion.objects.latest("pk")
    data = {"question": question.pk, "name": "Spring", "ended": "2009-03-01", "percent": "43.5%", "sample": "1,100"}
    administrator.send(f"{HERE}/survey-waves/add/", data)
    wave = SurveyWave.objects.get()
    assert (wave.percent, wave.sample) == (Decimal("43.5"), 1100)


def test_two_waves_of_one_day_are_refused(st_albans: Partnership, administrator: Person) -> None:
    question = SurveyQuestion.objects.latest("pk")
    data = {"question": question.pk, "name": "Spring", "ended": "2009-03-01", "percent": "43.5", "sample": "1100"}
    administrator.send(f"{HERE}/survey-waves/add/", data)
    page = administrator.send(f"{HERE}/survey-waves/add/", data, status=200)
    assert "The question has a wave that ended on this day already" in page.text
    assert SurveyWave.objects.count() == 1
    assert "43.5% of 1,100" in administrator.get(f"{HERE}/survey-waves/").text


def test_a_partnership_without_a_plan_manages_the_rest_and_begins_its_first(
    elsewhere: Partnership, administrator: Person
) -> None:
    Membership.objects.create(user=administrator.user, agency=elsewhere.agencies.get(), role=Role.ADMINISTRATOR)
    there = "/elsewhere/manage"
    assert "There is no plan yet. Begin the first plan" in administrator.get(f"{there}/aims/").text
    assert "Begin the first plan" in administrator.get(f"{there}/").text
    assert "Begin the first plan" in administrator.get("/elsewhere/plan/").text
    administrator.get(f"{there}/aims/add/", 404)
    administrator.get(f"{there}/agencies/add/")
    administrator.get(f"{there}/renew/", 404)
    first = {"title": "Plan of 2011", "first_year": "2011/12", "last_year": "2010/11"}
    assert "The last year lies before the first" in administrator.send(f"{there}/plan/add/", first, 200).text
    administrator.send(f"{there}/plan/add/", first | {"last_year": "2013/14"})
    plan = Plan.objects.get(partnership=elsewhere)
    assert (str(plan.first_year), str(plan.last_year)) == ("2011/12", "2013/14")
    administrator.send(f"{there}/aims/add/", {"title": "Safer streets"})
    assert "Safer streets" in administrator.get("/elsewhere/plan/").text
    # Its years can be put right while it is the only one; the next is renewed from it.
    administrator.send(f"{there}/plan/{plan.pk}/", first | {"last_year": "2012/13"} | seen(plan))
    plan.refresh_from_db()
    assert str(plan.last_year) == "2012/13"
    administrator.get(f"{there}/plan/add/", 404)


def test_what_belongs_to_another_plan_is_managed_in_its_own_list(st_albans: Partnership, administrator: Person) -> None:
    ahead = Plan.objects.create(
        partnership=st_albans,
        title="Plan ahead",
        first_year=FinancialYear.containing(today()) + 1,
        last_year="2089/90",
    )
    years = f"?plan={ahead.first_year.slug}"
    page = administrator.get(f"{HERE}/aims/")
    assert page.soup.select_one(f'a[href="{HERE}/aims/{years}"]')
    assert administrator.get(f"{HERE}/aims/{years}").one(".app-kicker") == "Plan ahead"
    # Whatever is done there leads back to the same list.
    page = administrator.send(f"{HERE}/aims/add/{years}", {"title": "For later"})
    assert (page.one(".app-kicker"), page.all(".app-items a")[0]) == ("Plan ahead", "For later")
    aim = Aim.objects.get(plan=ahead)
    assert page.soup.select_one(f'a[href="{HERE}/aims/{aim.pk}/{years}"]')
    page = administrator.send(f"{HERE}/aims/{aim.pk}/end/{years}", {"on": today(), "reason": "Not yet"})
    assert page.one(".app-kicker") == "Plan ahead"
    # The years of a plan with others beside it are not changed: they follow on one another.
    assert "first_year" not in str(administrator.get(f"{HERE}/plan/{ahead.pk}/").soup.form)


def test_what_has_ended_is_not_ended_a_second_time(st_albans: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    data = {"on": "2013-03-31", "new_name": "Clinical Commissioning Group", "hands_over": "on", "reason": "Reform"}
    administrator.send(f"{HERE}/agencies/{trust.pk}/end/", data)
    assert "has ended already" in administrator.send(f"{HERE}/agencies/{trust.pk}/end/", data).text
    assert PartnerAgency.objects.filter(name="Clinical Commissioning Group").count() == 1


@pytest.mark.parametrize("kind", ["aims", "objectives"])
def test_what_has_live_actions_is_not_ended_and_an_ended_aim_stays_readable(
    st_albans: Partnership, administrator: Person, kind: str
) -> None:
    model: Any = {"aims": Aim, "objectives": Objective}[kind]
    row = model.objects.earliest("pk")
    data = {"on": "2010-03-31", "reason": "Merged into others"}
    page = administrator.send(f"{HERE}/{kind}/{row.pk}/end/", data, status=200)
    assert "live actions. Move or end what is still at work" in page.text
    for action in Action.objects.filter(**{kind[:-1]: row}):
        administrator.send(f"{HERE}/actions/{action.pk}/end/", data)
    administrator.send(f"{HERE}/{kind}/{row.pk}/end/", data)
    row.refresh_from_db()
    assert row.ended_on == date(2010, 3, 31)
    plan = administrator.get("/st-albans/plan/")
    assert row.title not in plan.all(".app-plan th a") + plan.all(".app-plan thead th")
    if kind == "aims":
        assert f"{row.title}, until 31 March 2010" in plan.text
        assert "Pursued until 31 March 2010." in administrator.get(f"/st-albans/plan/2008-09/aims/{row.slug}/").text


def test_what_was_done_for_an_ended_objective_stands_on_its_aims_page(
    st_albans: Partnership, administrator: Person, seat: Seat
) -> None:
    row = Objective.objects.earliest("pk")
    for action in Action.objects.filter(objective=row):
        ActionUpdate.objects.create(
            action=action, financial_year="2009/10", quarter=1, status="done", words="Done.", by=administrator.user,
            at=datetime(2009, 7, 1, tzinfo=UTC), token=uuid4(),
        )  # fmt: skip
    administrator.send(f"{HERE}/objectives/{row.pk}/end/", {"on": "2010-03-31", "reason": "Reached"})
    aim = Aim.objects.earliest("pk")
    page = administrator.get(f"/st-albans/plan/2008-09/aims/{aim.slug}/")
    assert f"{row.title} (until 31 March 2010)" in page.all("h3")
    assert "Prevent and deter" in page.all(".app-works a")


def test_moving_and_ending_keep_what_was_changed_meanwhile(st_albans: Partnership, administrator: Person) -> None:
    aims = Aim.objects.filter(plan=Plan.objects.get()).order_by("position")
    # Read by a request that then waits for another, which changes the title.
    stale = aims[0]
    Aim.objects.filter(pk=stale.pk).update(title="Changed meanwhile")
    actions.move(partnership=st_albans, siblings=aims, pk=stale.pk, up=False, by=administrator.user)
    assert Aim.objects.get(pk=stale.pk).title == "Changed meanwhile"
    Action.objects.all().update(ended_on=today())
    actions.end(partnership=st_albans, row=stale, on=today(), reason="x", by=administrator.user)
    assert Aim.objects.get(pk=stale.pk).title == "Changed meanwhile"


def test_saving_again_loses_nothing_that_has_ended(st_albans: Partnership, administrator: Person) -> None:
    fire = PartnerAgency.objects.get(slug="fire")
    row = Action.objects.get(title="Fire safety")
    row.supporting.add(fire)
    PartnerAgency.objects.filter(pk=fire.pk).update(left_on=today() - timedelta(days=1))
    form = administrator.get(f"{HERE}/actions/{row.pk}/")
    sent = {"title": "Fire safety at home", "supporting": [fire.pk], "categories": [], "aim": row.aim_id or ""}
    sent |= {"objective": row.objective_id or ""}
    assert form.soup.select_one(f"input[name=supporting][value='{fire.pk}'][checked]")
    administrator.send(f"{HERE}/actions/{row.pk}/", sent | seen(row))
    assert row.supporting.get() == fire
    # The same for what was counted before, and for the wave of a question that is asked no more.
    question = SurveyQuestion.objects.earliest("pk")
    wave = SurveyWave.objects.create(question=question, name="w", ended=date(2009, 1, 1), percent=5, sample=50)
    SurveyQuestion.objects.update(ended_on=today())
    again = {"question": question.pk, "name": "w", "ended": "2009-01-01", "percent": "6", "sample": "50"}
    administrator.send(f"{HERE}/survey-waves/{wave.pk}/", again | seen(wave))
    wave.refresh_from_db()
    assert wave.percent == 6


def test_an_agency_leaves_once_though_two_wait(st_albans: Partnership, administrator: Person) -> None:
    stale = PartnerAgency.objects.get(slug="health")
    leaving: Any = {
        "agency": stale, "on": date(2013, 3, 31), "successor": None, "new_name": "Clinical Commissioning Group",
        "hands_over": True, "reason": "Reform", "by": administrator.user, "today": today(),
    }  # fmt: skip
    leave(**leaving | {"agency": PartnerAgency.objects.get(slug="health")})
    with pytest.raises(Refused, match="has left already, on 31 March 2013"):
        leave(**leaving)
    assert PartnerAgency.objects.filter(name="Clinical Commissioning Group").count() == 1


def test_a_priority_is_added_to_the_plan_that_is_managed(st_albans: Partnership, administrator: Person) -> None:
    later = Plan.objects.create(partnership=st_albans, title="Later", first_year="2011/12", last_year="2013/14")
    mine = Aim.objects.create(plan=later, title="Reducing crime", slug="reducing-crime")
    form = administrator.get(f"{HERE}/priorities/add/")
    assert form.all("#id_aim option") == ["Choose one", "Reducing crime"]
    assert form.soup.select_one(f"#id_aim option[value='{mine.pk}']")
    served = administrator.get(f"{HERE}/strategic-priorities/add/")
    assert "Reducing crime (Later)" in served.text
    assert "Reducing crime (Community Safety Plan 2008 to 2011)" in served.text


def test_what_a_partnership_adds_touches_nobody_elses_totals(
    st_albans: Partnership, elsewhere: Partnership, administrator: Person
) -> None:
    leaf = CrimeCategory.objects.get(slug="drug-misuse")
    data = {"name": "Possession", "kind": "recorded_crime", "counted_as": "offences", "parent": leaf.pk}
    page = administrator.send(f"{HERE}/categories/add/", data, status=200)
    assert any("Choose one of the list" in each for each in page.all(".govuk-error-summary a"))
    # Nor may it have the name of one that all share: sums are made of names.
    page = administrator.send(f"{HERE}/categories/add/", data | {"name": "robbery", "parent": ""}, status=200)
    assert "There is one of this name already" in page.text


def test_the_kind_of_a_category_with_figures_stays(st_albans: Partnership, administrator: Person) -> None:
    administrator.send(f"{HERE}/categories/add/", {"name": "Fly-tipping", "kind": "incident", "counted_as": "reports"})
    row = CrimeCategory.objects.get(slug="fly-tipping")
    Baseline.objects.create(
        partnership=st_albans, category=row, financial_year="2008/09", count=5, in_use_from="2009/10"
    )
    data = {"name": "Fly-tipping", "kind": "cohort", "counted_as": "reports"} | seen(row)
    page = administrator.send(f"{HERE}/categories/{row.pk}/", data, status=200)
    assert "Its kind stays." in page.text


@pytest.mark.parametrize("kind", KINDS)
def test_a_list_takes_as_many_queries_however_long_it_is(
    st_albans: Partnership, administrator: Person, kind: str
) -> None:
    for agency in PartnerAgency.objects.filter(partnership=st_albans):
        Action.objects.create(plan=Plan.objects.get(), title=f"Led by {agency}", lead=agency)
    own = [CrimeCategory(name=f"Own {each}", slug=f"own-{each}", partnership=st_albans) for each in range(9)]
    CrimeCategory.objects.bulk_create(own)
    with CaptureQueriesContext(connection) as queries:
        administrator.get(f"{HERE}/{kind}/")
    assert len(queries) <= 8


def test_errors_are_said_once_and_name_the_box(st_albans: Partnership, administrator: Person) -> None:
    page = administrator.send(f"{HERE}/priorities/add/", {}, status=200)
    assert page.all(".govuk-error-summary a") == [
        "Choose one: aim", "Enter the title", "Choose one: emphasis",
        "Choose a crime type or a survey question that shows how it goes",
    ]  # fmt: skip
    aim = Aim.objects.latest("pk")
    page = administrator.send(f"{HERE}/actions/add/", {"title": "Half", "aim": aim.pk}, status=200)
    assert len(page.all(".govuk-error-summary li")) == 1


def test_who_was_there_already_supplies_what_another_did_only_from_the_day_after(
    st_albans: Partnership, administrator: Person
) -> None:
    police, fire = (PartnerAgency.objects.get(slug=slug) for slug in ("police", "fire"))
    leave(
        agency=police, on=date(2020, 3, 31), successor=fire, new_name="", hands_over=True, reason="Reform",
        by=administrator.user, today=today(),
    )  # fmt: skip
    suppliers = Suppliers.load(st_albans)
    robbery = CrimeCategory.objects.get(slug="robbery").pk
    assert suppliers.on(date(2009, 6, 30))[robbery] == [police.name]
    assert suppliers.on(date(2020, 6, 30))[robbery] == [fire.name]
    page = administrator.get("/st-albans/categories/robbery/")
    assert "Hertfordshire Fire & Rescue" not in page.text
