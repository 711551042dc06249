from __future__ import annotations

from collections.abc import Callable

from performance.models import Partnership, PeriodReturn, SurveyQuestion, SurveyWave
from priorities.models import Aim, Objective, Plan, Priority
from tests.pages import Page

Get = Callable[..., Page]

AIMS = [
    "Reducing crime",
    "Tackling anti-social behaviour and alcohol related disorder",
    "Promoting community safety and reducing the fear of crime",
]
OBJECTIVES = [
    "Focusing on persistent offenders",
    "Creating local solutions for local problems",
    "Engaging with the public and media",
]


def test_three_aims_each_pursued_through_three_objectives(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/plan/")
    assert page.one("h1") == "Community Safety Plan 2008 to 2011"
    assert page.one(".app-kicker") == "April 2008 to March 2011"
    assert page.one(".app-lead") == "Three aims, each pursued through three objectives."
    assert page.all(".app-plan thead th") == OBJECTIVES
    assert page.all(".app-plan tbody th a") == AIMS
    cells = page.all(".app-plan tbody td")
    assert cells[0].startswith("Prevent and deter ○ No report yet Catch and convict ○ No report yet Rehabilitate")
    assert [cell == "No action yet" for cell in cells] == [False] * 5 + [True, True] + [False] * 3
    assert page.all(".app-verdict")[0] == "18 actions in the work plan. Two cells of the plan have none."


def test_the_priorities_with_their_emphasis_and_status(st_albans: Partnership, get: Get) -> None:
    rows = get("/st-albans/plan/").rows(".app-table--list")
    assert rows == [
        ["Vehicle crime", "Reduce", "Theft of vehicle", "✔ Met down 44% since 2003/04"],
        ["Theft from vehicle", "✔ Met down 44% since 2003/04"],
        ["Vehicle interference", "✔ Met down 28% since 2003/04"],
        ["House burglary", "Reduce", "Domestic burglary", "✔ Met down 25% since 2003/04"],
        [
            "Burglary of other premises",
            "Reduce",
            "Burglary of other premises",
            "○ Cannot say no whole-year figures are held",
        ],
        ["Drug misuse", "Reduce", "Drug misuse", "○ Cannot say no whole-year figures are held"],
        ["Criminal damage", "Reduce", "Criminal damage", "◆ Missed narrowly down 7% since 2003/04"],
        ["Theft from person", "Keep low", "Theft from person", "✔ Met no clear change since 2003/04, from 309 to 266"],
        [
            "Domestic violence",
            "Monitor so that it does not increase",
            "Domestic violence",
            "○ Cannot say no whole-year figures are held",
        ],
        [
            "Hate crime",
            "Monitor so that it does not increase",
            "Hate crime",
            "○ Cannot say no whole-year figures are held",
        ],
        [
            "Anti-social behaviour",
            "Reduce",
            "Anti-social behaviour",
            "○ Cannot say no whole-year figures are held",
        ],
        [
            "Alcohol-related disorder",
            "Reduce",
            "Alcohol-related disorder",
            "○ Cannot say no whole-year figures are held",
        ],
        [
            "Fear of crime",
            "Reduce",
            "Fear of crime what people say",
            "○ Cannot say no survey has been entered yet",
        ],
        ["Feeling safe after dark what people say", "○ Cannot say no survey has been entered yet"],
        ["Road safety", "Reduce", "Road casualties", "○ Cannot say no whole-year figures are held"],
        ["Fire safety", "Reduce", "Accidental dwelling fires", "○ Cannot say no whole-year figures are held"],
    ]


def test_a_priority_is_judged_by_what_people_say_too(st_albans: Partnership, get: Get) -> None:
    fear = SurveyQuestion.objects.get(slug="fear-of-crime")
    for name, ended, percent in (("Autumn 2008", "2008-11-14", "40.0"), ("Autumn 2009", "2009-11-13", "30.0")):
        SurveyWave.objects.create(question=fear, name=name, ended=ended, percent=percent, sample=1000)
    page = get("/st-albans/plan/aims/promoting-community-safety/")
    assert page.rows(".app-table--list")[0][-1] == (
        "Better: down from 40% in Autumn 2008 to 30% in Autumn 2009, more than chance alone would explain. "
        "Allowing for how the survey is taken: 1.5 answers count as one (its design effect)."
    )
    assert page.soup.select_one('a[href="/st-albans/surveys/#fear-of-crime"]')
    # A question that is asked no more tells nothing about how it goes now.
    SurveyQuestion.objects.update(ended_on="2010-03-31")
    rows = get("/st-albans/plan/aims/promoting-community-safety/").rows(".app-table--list")
    assert [row[0] for row in rows] == ["Road safety", "Fire safety"]


def test_an_aim_says_how_many_of_its_targets_were_met(st_albans: Partnership, get: Get) -> None:
    assert get("/st-albans/plan/").all(".app-plan tbody th p") == [
        "Five of the six measures with a target met it",
        "Two measures, no target to judge by yet",
        "Four measures, no target to judge by yet",
        "For every aim and objective",
    ]


def test_the_year_that_the_priorities_are_judged_on_is_told(st_albans: Partnership, get: Get) -> None:
    said = "Priorities: the position before this plan, 2007/08 against the targets for that year"
    assert get("/st-albans/plan/").all(".app-table--list caption") == [said] * 3
    Plan.objects.update(first_year="2007/08")
    said = "Priorities: 2007/08 against the targets for that year"
    assert get("/st-albans/plan/").all(".app-table--list caption") == [said] * 3


def test_what_is_only_watched_is_not_counted_as_missed(st_albans: Partnership, get: Get) -> None:
    from performance.models import Target

    Target.objects.filter(category__slug="criminal-damage").update(sense="watch")
    assert get("/st-albans/plan/").all(".app-plan tbody th p")[0] == "Five of the five measures with a target met it"


def test_a_partnership_without_a_plan(elsewhere: Partnership, get: Get) -> None:
    Partnership.objects.update(is_public=True)
    page = get("/elsewhere/plan/")
    assert page.one("h1") == "The plan"
    assert "No plan has been entered yet." in page.text


def test_a_plan_before_any_figures_are_published(st_albans: Partnership, get: Get) -> None:
    PeriodReturn.objects.update(state="draft")
    page = get("/st-albans/plan/")
    assert {row[-1] for row in page.rows(".app-table--list")} == {
        "○ Cannot say no whole-year figures are held", "○ Cannot say no survey has been entered yet"
    }  # fmt: skip
    assert page.all(".app-plan tbody th p")[0] == "Ten measures, no target to judge by yet"


def test_the_latest_plan_is_shown(st_albans: Partnership, get: Get) -> None:
    Plan.objects.create(partnership=st_albans, title="Plan of 2011", first_year="2011/12", last_year="2013/14")
    page = get("/st-albans/plan/")
    assert page.one("h1") == "Plan of 2011"
    assert page.soup.select("table") == []


def test_plan_and_parts_name_themselves(st_albans: Partnership) -> None:
    assert str(Plan.objects.get()) == "St Albans: Community Safety Plan 2008 to 2011"
    assert [str(aim) for aim in Aim.objects.all()] == AIMS
    assert [str(objective) for objective in Objective.objects.all()] == OBJECTIVES
    assert str(Priority.objects.first()) == "Vehicle crime: reduce"
