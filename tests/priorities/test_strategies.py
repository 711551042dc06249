from __future__ import annotations

from collections.abc import Callable

from performance.models import Partnership
from priorities.models import Aim, Plan, StrategicPriority
from tests.pages import Page

Get = Callable[..., Page]


def test_each_outside_priority_has_its_aims_or_none(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/plan/strategies/")
    assert page.all("h2") == [
        "Hertfordshire Community Strategy", "Hertfordshire Policing Plan", "Local Strategic Partnership"
    ]  # fmt: skip
    assert page.all("caption") == [
        "Long-term objectives 2008 to 2021", "Short-term actions 2008 to 2011", "Priorities", "Priorities"
    ]  # fmt: skip
    rows = dict(page.rows())
    assert len(rows) == 21
    assert rows["Reduce the fear of crime"] == "Promoting community safety and reducing the fear of crime"
    assert rows["Increase the levels of volunteering"] == "○ No aim serves it"
    assert page.one(".app-lead") == (
        "The plan's aims serve 14 of the 21 priorities of three strategies. Seven are served by none."
    )


def test_an_aim_tells_what_it_serves_and_what_is_being_done(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/plan/aims/reducing-crime/")
    assert page.one("h1") == "Reducing crime"
    assert page.one(".app-lead") == "Five of the six measures with a target met it."
    assert "To target criminals - bringing more offences and serious offenders to justice" in page.text
    assert page.all("h3")[:3] == [
        "Focusing on persistent offenders",
        "Creating local solutions for local problems",
        "Engaging with the public and media",
    ]
    assert "Quarterly newsletter" in page.text
    get("/st-albans/plan/aims/none-such/", 404)


def test_only_aims_of_the_latest_plan_count(st_albans: Partnership, get: Get) -> None:
    new = Plan.objects.create(partnership=st_albans, title="Plan of 2011", first_year="2011/12", last_year="2013/14")
    assert "serve none of the 21" in get("/st-albans/plan/strategies/").one(".app-lead")
    aim = Aim.objects.create(plan=new, title="Safer homes", slug="safer-homes")
    StrategicPriority.objects.get(title="Increase the levels of volunteering").aims.add(aim)
    assert dict(get("/st-albans/plan/strategies/").rows())["Increase the levels of volunteering"] == "Safer homes"


def test_a_partnership_without_strategies(elsewhere: Partnership, get: Get) -> None:
    Partnership.objects.update(is_public=True)
    assert "No strategy has been entered yet." in get("/elsewhere/plan/strategies/").text


def test_an_older_plan_stays_readable(st_albans: Partnership, get: Get) -> None:
    Plan.objects.create(partnership=st_albans, title="Plan of 2011", first_year="2011/12", last_year="2013/14")
    assert get("/st-albans/plan/").one("h1") == "Plan of 2011"
    old = get("/st-albans/plan/2008-09/")
    assert old.one("h1") == "Community Safety Plan 2008 to 2011"
    assert "Community policing" in old.text
    get("/st-albans/plan/2009-10/", 404)
    assert "Plan of 2011" in old.text


def test_a_plan_that_has_not_begun_does_not_hide_the_one_that_runs(st_albans: Partnership, get: Get) -> None:
    Plan.objects.create(partnership=st_albans, title="Plan to come", first_year="2198/99", last_year="2199/00")
    page = get("/st-albans/plan/")
    assert page.one("h1") == "Community Safety Plan 2008 to 2011"
    assert "Plan to come" in page.text
