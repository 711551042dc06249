"""New plan from this one: what is kept, renamed, split, merged and retired; old plan and series stay readable."""

from __future__ import annotations

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    PartnerAgency,
    Partnership,
    PeriodReturn,
    Succession,
    Target,
)
from performance.refusals import Refused
from priorities.models import Action, ActionUpdate, Aim, Milestone, Plan, Priority, StrategicPriority
from priorities.renewal.actions import renew
from priorities.renewal.category_changes import Renewal
from tests.pages import Page
from tests.priorities.conftest import Person

HERE = "/st-albans/manage/renew/"
ACTUALS = {
    "theft-of-vehicle": 280, "theft-from-vehicle": 1000, "vehicle-interference": 60, "domestic-burglary": 500,
    "theft-of-cycle": 150, "theft-from-person": 250, "common-assault": 380, "wounding": 420, "robbery": 70,
    "criminal-damage": 1500,
}  # fmt: skip


def give(partnership: Partnership, year: str, counts: dict[str, int]) -> None:
    """A published whole year."""
    held = PeriodReturn.objects.create(
        partnership=partnership,
        financial_year=year,
        state="published",
        figures_as_at=FinancialYear.parse(year).ends,
    )
    for slug, count in counts.items():
        Actual.objects.create(period_return=held, category=CrimeCategory.objects.get(slug=slug), count=count)


def give_quarter(partnership: Partnership, year: str, quarter: int, counts: dict[str, int]) -> None:
    """A published quarter."""
    held = PeriodReturn.objects.create(
        partnership=partnership, financial_year=year, quarter=quarter, state="published",
        figures_as_at=Quarter(FinancialYear.parse(year), quarter).ends,
    )  # fmt: skip
    for slug, count in counts.items():
        Actual.objects.create(period_return=held, category=CrimeCategory.objects.get(slug=slug), count=count)


@pytest.fixture
def three_years_on(st_albans: Partnership) -> Partnership:
    """The figures of 2010/11, from which the next plan starts."""
    give(st_albans, "2010/11", ACTUALS)
    return st_albans


def filled(page: Page) -> dict[str, object]:
    """The form as it is shown."""
    found: dict[str, object] = {
        str(box["name"]): str(box.get("value", "")) for box in page.soup.select("main form input[name]")
        if box.get("type") != "checkbox"
    }  # fmt: skip
    for choice in page.soup.select("main form select"):
        picked = choice.select_one("option[selected]")
        found[str(choice["name"])] = str(picked["value"]) if picked else "keep"
    return found | {"carries_actions": "on"}


def test_baselines_are_proposed_from_the_actuals(three_years_on: Partnership, administrator: Person) -> None:
    page = administrator.get(HERE)
    form = filled(page)
    assert form["title"] == "Community Safety Plan 2011 to 2014"
    assert (form["first_year"], form["last_year"], form["baseline_year"]) == ("2011/12", "2013/14", "2010/11")
    assert form["theft-from-vehicle-baseline"] == "1,000"
    # Another year is asked for: what was typed stays, also a baseline; those that were proposed change.
    asked = form | {
        "baseline_year": "2007/08", "title": "Ours", "propose": "yes", "robbery-target": "5%",
        "wounding-baseline": "430",
    }  # fmt: skip
    page = administrator.send(HERE, asked, status=200)
    form = filled(page)
    assert (form["title"], form["theft-from-vehicle-baseline"], form["robbery-target"]) == ("Ours", "1,148", "5%")
    assert form["wounding-baseline"] == "430"
    assert page.all(".govuk-error-summary") == []
    form = filled(administrator.send(HERE, form | {"baseline_year": "2010/11", "propose": "yes"}, status=200))
    assert (form["theft-from-vehicle-baseline"], form["wounding-baseline"]) == ("1,000", "430")


def renewed(administrator: Person, **changes: str) -> Page:
    form = filled(administrator.get(HERE)) | {name.replace("__", "-"): value for name, value in changes.items()}
    looked_over = administrator.send(HERE, form, status=200)
    assert looked_over.all(".govuk-error-summary a") == []
    assert "What will be done" in looked_over.text
    return administrator.send(HERE, filled(looked_over) | {"make": "yes"})


def looked_over(administrator: Person, form: dict[str, object]) -> dict[str, object]:
    """The form as it is sent to make the plan, once it was looked over."""
    page = administrator.send(HERE, form, status=200)
    assert page.all(".govuk-error-summary a") == []
    return form | {"looked_over": filled(page)["looked_over"], "make": "yes"}


def test_an_unchanged_renewal_takes_everything_over(three_years_on: Partnership, administrator: Person) -> None:
    page = renewed(administrator)
    assert page.one("h1") == "Community Safety Plan 2011 to 2014"
    new = Plan.objects.get(first_year="2011/12")
    assert [each.title for each in new.aims.all()] == [
        each.title for each in Plan.objects.get(first_year="2008/09").aims.all()
    ]
    assert new.objectives.count() == 3
    assert Priority.objects.filter(aim__plan=new).count() == 13
    assert Priority.objects.get(aim__plan=new, title="Fear of crime").questions.count() == 2
    assert Action.objects.filter(plan=new).count() == Action.objects.exclude(plan=new).count() == 18
    assert Baseline.objects.filter(in_use_from="2011/12").count() == 10
    assert Baseline.objects.get(in_use_from="2011/12", category__slug="robbery").financial_year == FinancialYear(2010)
    assert not Target.objects.filter(financial_year="2013/14").exists()
    assert not Succession.objects.exists()
    served = StrategicPriority.objects.get(title="Reduce the fear of crime")
    assert {each.plan_id for each in served.aims.all()} == set(Plan.objects.values_list("pk", flat=True))
    assert new.history.get().history_user == administrator.user
    # The old plan and its work stay readable.
    old = administrator.get("/st-albans/plan/2008-09/")
    assert old.one("h1") == "Community Safety Plan 2008 to 2011"
    assert "18 actions in the work plan." in old.text
    assert "Work plan of the Community Safety Plan 2008 to 2011" in administrator.get("/st-albans/actions/").text


def test_targets_by_value_and_by_percentage(three_years_on: Partnership, administrator: Person) -> None:
    renewed(administrator, robbery__target="60", wounding__target="12.5%")
    by_slug = {each.category.slug: each for each in Target.objects.filter(financial_year="2013/14")}
    assert {slug: each.count for slug, each in by_slug.items()} == {"robbery": 60, "wounding": 368}
    assert by_slug["wounding"].basis == "12.5% below the baseline"
    assert by_slug["robbery"].baseline.count == 70


def test_what_is_renamed_runs_on_with_a_mark(three_years_on: Partnership, administrator: Person) -> None:
    renewed(administrator, wounding__change="rename", wounding__names="Violence with injury", wounding__target="400")
    new = CrimeCategory.objects.get(slug="violence-with-injury")
    assert (new.partnership, new.parent) == (three_years_on, CrimeCategory.objects.get(slug="all-bcs-crimes"))
    give(three_years_on, "2013/14", {slug: 50 for slug in ACTUALS if slug != "wounding"} | {new.slug: 390})
    page = administrator.get("/st-albans/categories/violence-with-injury/")
    figures = {row[0]: row[2] for row in page.rows() if row[1] in ("Actual", "Baseline")}
    assert figures == {"2003/04": "558", "2007/08": "444", "2010/11": "420", "2013/14": "390"}
    assert "[b] Counted as wounding then." in page.text
    assert "Takes the place of wounding from 2011/12." in page.text
    old = administrator.get("/st-albans/categories/wounding/")
    assert "Counted as violence with injury from 2011/12." in old.text
    # Each year's table has what was counted then, and its total is whole.
    assert administrator.get("/st-albans/2007-08/").all("tbody th a")[7] == "Wounding"
    table = administrator.get("/st-albans/2013-14/")
    assert "Violence with injury" in table.all("tbody th a")
    assert "Wounding" not in table.all("tbody th a")
    assert "840" in table.all(".app-total .app-actual")
    # Its supplier goes on supplying, and the grid asks for the new one with what the old one had.
    assert new.supplied_by.get().slug == "police"
    grid = administrator.get("/st-albans/returns/2011-12/")
    assert "Violence with injury" in grid.text
    assert "Wounding" not in grid.text
    assert "Wounding" in administrator.get("/st-albans/returns/2008-09/q1/").text


def test_what_is_merged_is_the_sum_of_what_it_was(three_years_on: Partnership, administrator: Person) -> None:
    name = "Vehicle offences"
    renewed(
        administrator,
        **{
            "theft-of-vehicle-change": "merge", "theft-of-vehicle-names": name, "theft-of-vehicle-target": "10%",
            "theft-from-vehicle-change": "merge", "theft-from-vehicle-names": name, "theft-from-vehicle-target": "900",
        },
    )  # fmt: skip
    new = CrimeCategory.objects.get(slug="vehicle-offences")
    assert Baseline.objects.get(category=new).count == 1280
    assert Target.objects.get(category=new).count == 252 + 900
    page = administrator.get("/st-albans/categories/vehicle-offences/")
    assert {row[0]: row[2] for row in page.rows()}["2007/08"] == "1,445"
    assert "[b] Counted as theft of vehicle and theft from vehicle then." in page.text
    # A priority that named both names the one, once.
    priority = Priority.objects.get(aim__plan__first_year="2011/12", title="Vehicle crime")
    assert [each.slug for each in priority.categories.all()] == ["vehicle-offences", "vehicle-interference"]


def test_what_is_split_begins_anew_and_the_total_stays_whole(
    three_years_on: Partnership, administrator: Person
) -> None:
    page = renewed(
        administrator,
        **{"criminal-damage-change": "split", "criminal-damage-names": "Arson, Graffiti"},
    )
    assert "made" in page.text
    parts = {"arson": 100, "graffiti": 900}
    assert not Baseline.objects.filter(category__slug__in=parts).exists()
    give(three_years_on, "2011/12", {slug: 50 for slug in ACTUALS if slug != "criminal-damage"} | parts)
    table = administrator.get("/st-albans/2011-12/")
    assert "1,450" in table.all(".app-total .app-actual")
    assert "2010/11" not in {row[0] for row in administrator.get("/st-albans/categories/arson/").rows()}
    assert "5,307" in administrator.get("/st-albans/2007-08/").all(".app-total .app-actual")


def test_what_is_retired_is_asked_for_no_more(three_years_on: Partnership, administrator: Person) -> None:
    renewed(administrator, **{"theft-of-cycle-change": "retire"})
    assert "Theft of cycle" not in administrator.get("/st-albans/returns/2011-12/q1/").text
    assert "Theft of cycle" in administrator.get("/st-albans/returns/2010-11/q4/").text
    page = administrator.get("/st-albans/categories/theft-of-cycle/")
    assert "Not counted from 2011/12 on." in page.text
    assert "186" in page.text


def test_an_agency_is_succeeded_with_the_plan(three_years_on: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    renewed(administrator, **{f"agency-{trust.pk}-successor": "Clinical Commissioning Group"})
    trust.refresh_from_db()
    assert trust.left_on == date(2011, 3, 31)
    assert trust.succeeded_by is not None
    assert (trust.succeeded_by.name, trust.succeeded_by.joined_on) == ("Clinical Commissioning Group", date(2011, 4, 1))


def test_actions_stay_behind_where_they_are_not_wanted(three_years_on: Partnership, administrator: Person) -> None:
    form = filled(administrator.get(HERE))
    del form["carries_actions"]
    administrator.send(HERE, looked_over(administrator, form))
    assert Action.objects.filter(plan__first_year="2011/12").count() == 0


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"title": ""}, "Enter the title"),
        ({"first_year": "2011/13"}, "2011/13"),
        ({"last_year": "2010/11"}, "The last year lies before the first"),
        ({"last_year": "2199/00"}, "A plan runs for 10 years at most"),
        ({"baseline_year": "2012/13"}, "The baseline year lies after the plan's first year"),
        ({"robbery-change": "rename"}, "Robbery: enter the one name that it has from now on"),
        ({"robbery-change": "split", "robbery-names": "One"}, "Robbery: enter two different names or more, with"),
        ({"robbery-change": "rename", "robbery-names": "wounding"}, "there is a category of this name already"),
        ({"robbery-baseline": "lots"}, "Robbery:"),
        ({"robbery-baseline": "-5"}, "Robbery: it cannot be below 0"),
        ({"robbery-baseline": "", "robbery-target": "10"}, "a target is measured from a baseline"),
        ({"robbery-baseline": "", "robbery-target": "10%"}, "a percentage needs a baseline"),
        ({"robbery-target": "80"}, "the target is above its baseline"),
        ({"robbery-target": "-10%"}, "the target is above its baseline"),
        ({"robbery-target": "101%"}, "Crime cannot fall by more than 100%"),
        ({"robbery-change": "explode"}, "Robbery: choose what becomes of it"),
        ({"robbery-change": ""}, "Robbery: choose what becomes of it"),
        ({"robbery-names": "Theft with force"}, "Robbery: it is kept, so it needs no new name"),
        ({"robbery-change": "retire", "robbery-names": "x"}, "Robbery: it is counted no more, so it needs no new name"),
        ({"robbery-change": "retire", "robbery-target": "5"}, "Robbery: what is counted no more has no target"),
        ({"robbery-change": "split", "robbery-names": "A, B", "robbery-target": "5"}, "Robbery: what it is split into"),
        ({"robbery-change": "split", "robbery-names": "Apple, apple"}, "Robbery: enter two different names or more"),
        ({"robbery-change": "merge", "robbery-names": "Force"}, "Robbery: nothing else merges into Force"),
        ({"robbery-names": "\x00"}, "Null characters are not allowed"),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_made(
    three_years_on: Partnership, administrator: Person, changes: dict[str, str], says: str
) -> None:
    form = filled(administrator.get(HERE)) | changes | {"make": "yes"}
    page = administrator.send(HERE, form, status=200)
    assert any(says in each for each in page.all(".govuk-error-summary a")), page.all(".govuk-error-summary a")
    shown = filled(page)
    assert {name: shown[name] for name in changes if "\x00" not in changes[name] and "change" not in name} == {
        name: value for name, value in changes.items() if "\x00" not in value and "change" not in name
    }
    assert Plan.objects.count() == 1


def test_years_that_another_plan_has_are_refused(three_years_on: Partnership, administrator: Person) -> None:
    form = filled(administrator.get(HERE)) | {"first_year": "2010/11", "make": "yes"}
    page = administrator.send(HERE, form, status=200)
    assert page.all(".govuk-error-summary a") == [
        "Community Safety Plan 2008 to 2011 runs in some of these years already"
    ]
    # Another may have been made since the form was looked over.
    form = looked_over(administrator, filled(administrator.get(HERE)))
    plan = Plan.objects.get()
    with pytest.raises(Refused, match="runs in some of these years already"):
        renew(plan=plan, renewal=renewal_of(plan, plan.last_year), by=administrator.user, today=date(2011, 1, 1))
    assert Plan.objects.count() == 1


def test_of_two_plans_of_other_years_made_at_once_one_is_refused(
    three_years_on: Partnership, administrator: Person
) -> None:
    """Both forms began from the same plan; the second finds the first's plan under the lock."""
    plan = Plan.objects.get()
    today = date(2011, 1, 1)
    renew(plan=plan, renewal=renewal_of(plan, plan.last_year + 1), by=administrator.user, today=today)
    with pytest.raises(Refused, match="was made meanwhile"):
        renew(plan=plan, renewal=renewal_of(plan, plan.last_year + 10), by=administrator.user, today=today)
    assert Plan.objects.count() == 2


def test_made_twice_it_is_made_once(three_years_on: Partnership, administrator: Person) -> None:
    form = looked_over(administrator, filled(administrator.get(HERE)))
    administrator.send(HERE, form)
    page = administrator.send(HERE, form)
    assert "Community Safety Plan 2011 to 2014 is made already." in page.text
    assert Plan.objects.count() == 2
    assert Aim.objects.count() == 6


def test_what_goes_on_is_told_once(three_years_on: Partnership, administrator: Person) -> None:
    row = Action.objects.get(title="Community policing")
    row.categories.add(CrimeCategory.objects.get(slug="theft-of-cycle"))
    row.lead = PartnerAgency.objects.get(slug="police")
    row.save()
    renewed(administrator)
    assert administrator.get("/st-albans/2007-08/").all(".app-facts dd")[0] == "Community policing ○ No report yet"
    assert administrator.get("/st-albans/agencies/police/").all(".app-works a") == ["Community policing"]


def renewal_of(plan: Plan, first: FinancialYear) -> Renewal:
    return Renewal(
        title="Too early", first_year=first, last_year=first + 2, baseline_year=first, categories=(), agencies={},
        carries_actions=False,
    )  # fmt: skip


def test_what_is_made_is_what_was_looked_over(three_years_on: Partnership, administrator: Person) -> None:
    form = looked_over(administrator, filled(administrator.get(HERE)))
    page = administrator.send(HERE, form | {"robbery-target": "10%"}, status=200)
    assert "Something was changed after it was looked over." in page.text
    assert Plan.objects.count() == 1
    administrator.send(HERE, filled(page) | {"make": "yes"})
    assert Target.objects.get(category__slug="robbery", financial_year="2013/14").count == 63


def test_a_target_for_some_of_what_merges_is_not_lost(three_years_on: Partnership, administrator: Person) -> None:
    form = filled(administrator.get(HERE)) | {
        "theft-of-vehicle-change": "merge", "theft-of-vehicle-names": "Vehicle offences",
        "theft-of-vehicle-target": "10%", "theft-from-vehicle-change": "merge",
        "theft-from-vehicle-names": "vehicle offences",
    }  # fmt: skip
    page = administrator.send(HERE, form, status=200)
    assert page.all(".govuk-error-summary a") == [
        "Theft from vehicle: give a target here too, for those that merge into vehicle offences are added up"
    ]
    page = administrator.send(HERE, form | {"theft-from-vehicle-target": "10%"}, status=200)
    assert ["Vehicle offences", "1,280 (2010/11)", "1,152 (10% below)"] in page.rows(".app-will-do table")


def test_a_typed_baseline_is_not_said_to_be_the_actual(three_years_on: Partnership, administrator: Person) -> None:
    renewed(administrator, robbery__baseline="95")
    sources = dict(Baseline.objects.filter(in_use_from="2011/12").values_list("category__slug", "source"))
    assert sources["robbery"] == "Set with Community Safety Plan 2011 to 2014"
    assert sources["wounding"] == "Actual of 2010/11"


def test_a_year_without_figures_proposes_nothing_and_says_so(st_albans: Partnership, administrator: Person) -> None:
    page = administrator.get(HERE)
    said = "No whole-year figures of 2010/11 are held, so no baseline is proposed. The latest year with figures is"
    assert f"{said} 2007/08." in page.text
    page = administrator.send(HERE, filled(page) | {"baseline_year": "2007/08", "propose": "yes"}, status=200)
    assert "10 baselines are proposed from the actuals of 2007/08." in page.text


def test_two_do_not_get_one_name_without_merging(three_years_on: Partnership, administrator: Person) -> None:
    form = filled(administrator.get(HERE)) | {
        "robbery-change": "rename", "robbery-names": "Violence",
        "wounding-change": "rename", "wounding-names": "violence",
    }  # fmt: skip
    page = administrator.send(HERE, form | {"make": "yes"}, status=200)
    says = "Violence: another category gets this name too. Merge both, or choose another"
    assert says in page.all(".govuk-error-summary a")
    assert Plan.objects.count() == 1


def test_what_was_set_for_those_years_before_takes_the_new_values(
    three_years_on: Partnership, administrator: Person
) -> None:
    robbery = CrimeCategory.objects.get(slug="robbery")
    set_before = Baseline.objects.create(
        partnership=three_years_on, category=robbery, financial_year="2009/10", count=90, in_use_from="2011/12"
    )
    Target.objects.create(
        partnership=three_years_on, category=robbery, financial_year="2013/14", count=80, baseline=set_before
    )
    renewed(administrator, robbery__target="60")
    set_before.refresh_from_db()
    assert (set_before.count, Target.objects.get(financial_year="2013/14").count) == (70, 60)
    assert set_before.history.latest().history_user == administrator.user


def test_what_is_wrong_with_a_successors_name_is_said(three_years_on: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    form = filled(administrator.get(HERE)) | {f"agency-{trust.pk}-successor": "x" * 121}
    page = administrator.send(HERE, form, status=200)
    errors = page.all(".govuk-error-summary a")
    assert "Primary Care Trust: a name has 120 letters at most" in errors


def test_an_agency_stays_until_the_new_plan_begins(three_years_on: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    later = {"first_year": "2032/33", "last_year": "2034/35", f"agency-{trust.pk}-successor": "Health board"}
    renewed(administrator, **later)
    trust.refresh_from_db()
    assert trust.left_on == date(2032, 3, 31)
    assert "Primary Care Trust" in administrator.get("/st-albans/agencies/").all(".app-agencies h2, .app-agencies h3")


def test_the_old_plans_work_stays_with_whom_it_was(three_years_on: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    old = Action.objects.get(title="Licensing")
    old.lead, old.due_on = trust, date(2010, 1, 31)
    old.save()
    old.supporting.add(PartnerAgency.objects.get(slug="fire"))
    Milestone.objects.create(action=old, title="Late", due_on=date(2010, 1, 1))
    Milestone.objects.create(action=old, title="Still to come", due_on=date(2012, 1, 1))
    Milestone.objects.create(action=old, title="Done", due_on=date(2009, 1, 1), done_on=date(2009, 1, 1))
    renewed(administrator, **{f"agency-{trust.pk}-successor": "Health board"})
    old.refresh_from_db()
    new = old.carried_to
    assert (old.lead, new.lead and new.lead.name) == (trust, "Health board")
    assert [each.slug for each in new.supporting.all()] == ["fire"]
    # Days that are over when the new plan begins are to be set anew; others stay.
    assert new.due_on is None
    assert {each.title: each.due_on for each in new.milestones.all()} == {
        "Late": None, "Still to come": date(2012, 1, 1)
    }  # fmt: skip
    page = administrator.get("/st-albans/agencies/health/")
    assert page.all(".app-works a") == ["Licensing"]
    assert "Goes on in the next plan" in page.text
    assert "Health board" in administrator.get(f"/st-albans/actions/{new.pk}/").text
    before = administrator.get(f"/st-albans/actions/{old.pk}/")
    assert "Goes on in the Community Safety Plan 2011 to 2014." in before.text
    assert "Overdue" not in administrator.get("/st-albans/actions/?plan=2008-09").one("main table")


def test_new_categories_are_supplied_by_those_who_stay(three_years_on: Partnership, administrator: Person) -> None:
    police = PartnerAgency.objects.get(slug="police")
    renewed(
        administrator, wounding__change="rename", wounding__names="Violence with injury",
        **{f"agency-{police.pk}-successor": "Constabulary of the county"},
    )  # fmt: skip
    new = CrimeCategory.objects.get(slug="violence-with-injury")
    assert [each.name for each in new.supplied_by.all()] == ["Constabulary of the county"]
    # It means what it meant: its definition and its offence codes go with it.
    old = CrimeCategory.objects.get(slug="wounding")
    assert new.definition == old.definition != ""
    assert {each.code for each in new.offence_codes.all()} == {each.code for each in old.offence_codes.all()} != set()


def test_one_body_takes_the_places_of_two_or_is_there_already(
    three_years_on: Partnership, administrator: Person
) -> None:
    health, fire, council = (PartnerAgency.objects.get(slug=slug) for slug in ("health", "fire", "council"))
    probation = PartnerAgency.objects.get(slug="probation")
    renewed(
        administrator,
        **{
            f"agency-{health.pk}-successor": "Joint board", f"agency-{fire.pk}-successor": "joint Board",
            f"agency-{probation.pk}-successor": council.name.upper(),
        },
    )  # fmt: skip
    joint = PartnerAgency.objects.get(name__iexact="Joint board")
    assert {each.slug for each in joint.succeeded.all()} == {"health", "fire"}
    assert [each.slug for each in council.succeeded.all()] == ["probation"]


def test_an_agency_cannot_leave_before_it_joined(three_years_on: Partnership, administrator: Person) -> None:
    trust = PartnerAgency.objects.get(slug="health")
    PartnerAgency.objects.filter(pk=trust.pk).update(joined_on=date(2012, 1, 1))
    form = filled(administrator.get(HERE)) | {f"agency-{trust.pk}-successor": "Health board"}
    page = administrator.send(HERE, looked_over(administrator, form), status=409)
    assert "joined on 1 January 2012, so it cannot leave on 31 March 2011" in page.text
    assert Plan.objects.count() == 1


@pytest.mark.parametrize(
    ("successor", "says"),
    [
        ("Primary care trust", "Primary Care Trust: it cannot take its own place"),
        ("{fire}", "Primary Care Trust: Hertfordshire Fire & Rescue leaves as well. Choose a body that stays"),
    ],
)
def test_who_cannot_take_a_place(three_years_on: Partnership, administrator: Person, successor: str, says: str) -> None:
    trust, fire = (PartnerAgency.objects.get(slug=slug) for slug in ("health", "fire"))
    form = filled(administrator.get(HERE)) | {
        f"agency-{trust.pk}-successor": successor.format(fire=fire.name), f"agency-{fire.pk}-successor": "Brigade",
    }  # fmt: skip
    page = administrator.send(HERE, form | {"make": "yes"}, status=200)
    assert any(says in each for each in page.all(".govuk-error-summary a"))
    assert Plan.objects.count() == 1


def test_it_is_told_what_will_be_done_and_what_comes_of_what_is_not(
    three_years_on: Partnership, administrator: Person
) -> None:
    form = filled(administrator.get(HERE))
    page = administrator.send(HERE, form | {"robbery-target": "10%"}, status=200)
    assert page.rows(".app-will-do table")[8] == ["Robbery", "70 (2010/11)", "63 (10% below)"]
    assert "No headline target for all BCS crimes: nine of the parts have none." in page.all(".app-will-do li")
    # What the plan names and nobody has counted yet can be renewed too, and what is kept keeps its baseline.
    page = administrator.send(HERE, form | {"wounding-baseline": ""}, status=200)
    told = {row[0]: row[1:] for row in page.rows(".app-will-do table")}
    assert told["Drug misuse"] == ["none", "none"]
    assert told["Wounding"] == ["558 (2003/04), as till now", "none"]
    page = administrator.send(HERE, form | {f"{slug}-target": "10%" for slug in ACTUALS}, status=200)
    assert "The headline target: All BCS crimes from 4,610 to 4,149 (10% below) by 2013/14." in page.all(
        ".app-will-do li"
    )


def test_the_new_plans_page_shows_its_own_targets_and_judges_on_what_stood_before(
    three_years_on: Partnership, administrator: Person
) -> None:
    for slug, count in ACTUALS.items():
        Target.objects.create(
            partnership=three_years_on, category=CrimeCategory.objects.get(slug=slug), financial_year="2010/11",
            count=count + 1, baseline=Baseline.objects.get(category__slug=slug),
        )  # fmt: skip
    page = renewed(
        administrator,
        **{f"{slug}-target": "10%" for slug in ACTUALS if slug not in ("criminal-damage", "theft-of-vehicle")},
        **{
            "criminal-damage-change": "rename", "criminal-damage-names": "Damage and arson",
            "criminal-damage-target": "20%",
            "theft-of-vehicle-target": "10%",
        },
    )  # fmt: skip
    facts = dict(zip(page.all(".app-facts dt"), page.all(".app-facts dd"), strict=True))
    assert (
        facts["Headline target"]
        == "All British Crime Survey (BCS) crimes are to be down 13.3% since 2010/11 by 2013/14."
    )
    assert facts["Baseline year"] == "2010/11"
    rows = page.rows(".app-table--list")
    damage = next(row for row in rows if "Damage and arson" in row)
    assert damage[-1] == "✔ Met down 26% since 2003/04, counted as criminal damage then"
    # The old plan keeps what it was measured from, and says what became of its target.
    old = administrator.get("/st-albans/plan/2008-09/")
    facts = dict(zip(old.all(".app-facts dt"), old.all(".app-facts dd"), strict=True))
    assert facts["Baseline year"] == "2003/04"
    assert facts["Headline target"].startswith("All British Crime Survey (BCS) crimes were to be down")
    # Before it was renamed the series is measured from what stood under the old name.
    series = administrator.get("/st-albans/categories/damage-and-arson/")
    assert series.rows()[0][:3] == ["2003/04", "Baseline", "2,039"]
    assert "Down 26% since 2003/04, from 2,039 to 1,500." in series.text


def test_without_targets_of_its_own_the_plan_says_so(three_years_on: Partnership, administrator: Person) -> None:
    page = renewed(administrator, robbery__target="60")
    facts = dict(zip(page.all(".app-facts dt"), page.all(".app-facts dd"), strict=True))
    assert facts["Headline target"] == "No headline target is set yet. 1 measure has a target for 2013/14."


def test_the_past_of_a_total_stays_as_it_was_published(three_years_on: Partnership, administrator: Person) -> None:
    renewed(
        administrator,
        **{
            "vehicle-interference-change": "retire", "criminal-damage-change": "split",
            "criminal-damage-names": "Arson, Graffiti", "wounding-change": "rename",
            "wounding-names": "Violence with injury",
        },
    )  # fmt: skip
    now = {slug: 50 for slug in ACTUALS if slug not in ("vehicle-interference", "criminal-damage", "wounding")}
    give(three_years_on, "2011/12", now | {"arson": 10, "graffiti": 20, "violence-with-injury": 30})
    page = administrator.get("/st-albans/categories/all-bcs-crimes/")
    figures = {row[0]: row[2] for row in page.rows() if row[1].startswith(("Actual", "Baseline"))}
    assert figures == {"2003/04": "7,072", "2007/08": "5,307", "2010/11": "4,610", "2011/12": "410"}


def test_quarters_of_a_total_are_sums_of_what_was_counted_in_each(
    three_years_on: Partnership, administrator: Person
) -> None:
    give_quarter(three_years_on, "2009/10", 1, dict.fromkeys(ACTUALS, 100))
    give_quarter(three_years_on, "2010/11", 1, dict.fromkeys(ACTUALS, 90))
    renewed(
        administrator,
        **{
            "robbery-change": "retire", "criminal-damage-change": "split", "criminal-damage-names": "Arson, Graffiti",
        },
    )  # fmt: skip
    now = {slug: 80 for slug in ACTUALS if slug not in ("robbery", "criminal-damage")}
    give_quarter(three_years_on, "2011/12", 1, now | {"arson": 10, "graffiti": 10})
    page = administrator.get("/st-albans/categories/all-bcs-crimes/")
    quarters = [row[1] for row in page.rows(".app-quarters table") or page.rows() if row[0].startswith("April to June")]
    assert quarters == ["660", "900", "1,000"]
    # The year to date is set against what was counted in the same part of last year.
    dashboard = administrator.get("/st-albans/2011-12/q1/")
    assert "900" in dashboard.one(".app-total")


def test_a_renamed_crime_type_keeps_its_past_and_cannot_be_ended_under_its_old_name(
    three_years_on: Partnership, administrator: Person
) -> None:
    renewed(administrator, wounding__change="rename", wounding__names="Violence with injury")
    old = CrimeCategory.objects.get(slug="wounding")
    listed = administrator.get("/st-albans/manage/categories/")
    assert "counted as violence with injury from 2011/12" in listed.one(f"#row-{old.pk}")
    assert not listed.soup.select(f"#row-{old.pk} .app-items__acts a, #row-{old.pk} .app-items__acts button")
    page = administrator.send(
        f"/st-albans/manage/categories/{old.pk}/end/", {"on": "2012-03-31", "reason": "x"}, status=200
    )
    assert "It is counted as Violence with injury from 2011/12. End that instead." in page.text
    assert Succession.objects.count() == 1


def test_work_on_what_takes_anothers_place_is_work_on_what_missed_its_target(
    three_years_on: Partnership, administrator: Person
) -> None:
    row = Action.objects.get(title="Community policing")
    row.categories.set(CrimeCategory.objects.filter(slug__in=["theft-of-cycle", "common-assault"]))
    Actual.objects.filter(period_return__financial_year="2010/11").delete()
    PeriodReturn.objects.filter(financial_year="2010/11").delete()
    renewed(
        administrator,
        **{
            "theft-of-cycle-change": "split",
            "theft-of-cycle-names": "Theft of cycle in town, Theft of cycle elsewhere",
            "common-assault-change": "rename", "common-assault-names": "Assault without injury",
        },
    )  # fmt: skip
    page = administrator.get("/st-albans/actions/")
    assert page.all("h2 ~ ul.govuk-list li") == ["Criminal damage"]
    assert "Community policing" in administrator.get("/st-albans/2007-08/").text
    # A plan that is over is not asked what is being done now.
    assert "Missed targets without an action" not in administrator.get("/st-albans/actions/?plan=2008-09").text


def test_what_was_split_is_judged_on_the_whole_that_it_was_counted_within(
    three_years_on: Partnership, administrator: Person
) -> None:
    row = Priority.objects.get(title="Criminal damage")
    assert row.categories.get().slug == "criminal-damage"
    Actual.objects.filter(period_return__financial_year="2010/11").delete()
    PeriodReturn.objects.filter(financial_year="2010/11").delete()
    page = renewed(administrator, **{"criminal-damage-change": "split", "criminal-damage-names": "Arson, Graffiti"})
    told = [line[-1] for line in page.rows(".app-table--list") if line[-2] in ("Arson", "Graffiti")]
    assert told == ["◆ Missed narrowly down 7% since 2003/04, counted as criminal damage then"] * 2
    assert page.all(".app-plan tbody th p")[0] == "Five of the six measures with a target met it"


def test_what_goes_on_is_as_it_was_last_said_to_be(three_years_on: Partnership, administrator: Person) -> None:
    row = Action.objects.get(title="Community policing")

    def report(action: Action, year: str, quarter: int, status: str) -> None:
        ActionUpdate.objects.create(
            action=action, financial_year=year, quarter=quarter, status=status, words="Said.", by=administrator.user,
            at=datetime(2011, 1, 10 + ActionUpdate.objects.count(), tzinfo=UTC), token=uuid4(),
        )  # fmt: skip

    report(row, "2010/11", 3, "at_risk")
    # A report on an earlier quarter that comes late is not how it goes now.
    report(row, "2010/11", 2, "done")
    renewed(administrator)
    assert "◆ At risk" in administrator.get("/st-albans/actions/?status=at_risk").text
    report(Action.objects.get(title=row.title, carried_from=row), "2011/12", 1, "on_track")
    assert "◆ At risk" not in administrator.get("/st-albans/actions/").text


def test_who_supplied_what_is_told_by_the_names_of_then_and_now(
    three_years_on: Partnership, administrator: Person
) -> None:
    renewed(
        administrator,
        **{
            "wounding-change": "rename", "wounding-names": "Violence with injury", "theft-of-cycle-change": "retire",
            "robbery-baseline": "",
        },
    )  # fmt: skip
    page = administrator.get("/st-albans/agencies/police/")
    facts = dict(zip(page.all(".app-facts dt"), page.all(".app-facts dd"), strict=True))
    assert "Violence with injury" in facts["Supplies the figures for"]
    assert facts["Supplied before"] == "Theft of cycle, Wounding"
    listed = administrator.get("/st-albans/agencies/").text
    assert "violence with injury" in listed
    assert "theft of cycle" not in listed
    # What took another's place is chosen for new work, and what it took the place of is not.
    choices = administrator.get("/st-albans/manage/actions/add/").all("#id_categories label, .govuk-checkboxes label")
    assert "Violence with injury" in choices
    assert "Wounding" not in choices
    # The plan has one baseline year, and says what is measured from another.
    plan = administrator.get("/st-albans/plan/2011-12/")
    facts = dict(zip(plan.all(".app-facts dt"), plan.all(".app-facts dd"), strict=True))
    assert facts["Baseline year"] == "2010/11; 2003/04 for robbery"
    # The mark in the series is explained under it.
    series = administrator.get("/st-albans/categories/violence-with-injury/")
    assert "[b] break in the series: counted under another name" in series.text


def test_a_total_of_which_nothing_is_left_breaks_no_page(three_years_on: Partnership, administrator: Person) -> None:
    for year in ("2010/11", "2011/12", "2012/13"):
        give_quarter(three_years_on, year, 1, {"robbery": 20})
    for slug in ACTUALS:
        year = "2011/12" if slug == "wounding" else "2012/13"
        Succession.objects.create(
            partnership=three_years_on, first_year=year, before=CrimeCategory.objects.get(slug=slug), after=None
        )
    for year in ("2010-11", "2011-12", "2012-13"):
        administrator.get(f"/st-albans/{year}/q1/")
    administrator.get("/st-albans/categories/all-bcs-crimes/")


def test_what_ends_before_the_new_plan_is_not_renewed(three_years_on: Partnership, administrator: Person) -> None:
    row = CrimeCategory.objects.get(slug="robbery")
    administrator.send(f"/st-albans/manage/categories/{row.pk}/end/", {"on": "2011-03-31", "reason": "Too few"})
    assert "robbery-change" not in filled(administrator.get(HERE))
