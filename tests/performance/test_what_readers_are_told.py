"""Nothing untrue on a page: the cases met and some that were not, read as a reader reads them."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from django.test import Client

from performance.actions.targets import TargetEdit, set_targets
from performance.calculations.periods import FinancialYear, Quarter
from performance.models import Actual, CrimeCategory, Partnership, RecordingChange, Succession, Target
from performance.queries.targets import settings_of
from performance.returns.values import Entry
from tests.pages import Page
from tests.performance.conftest import Desk
from tests.performance.test_quarters import publish, row

Get = Callable[..., Page]
Seat = Callable[..., Desk]
Y2007, Y2008 = FinancialYear(2007), FinancialYear(2008)


@pytest.fixture
def owner(desk: Seat) -> Desk:
    RecordingChange.objects.all().delete()
    return desk("owner")


def category(slug: str) -> CrimeCategory:
    return CrimeCategory.objects.get(slug=slug)


def test_the_total_of_the_same_parts_is_compared_and_the_rest_is_named(
    owner: Desk, get: Get, st_albans: Partnership
) -> None:
    total = category("all-bcs-crimes")
    for other in total.children.exclude(slug__in=["robbery", "theft-from-vehicle"]):
        Succession.objects.create(partnership=st_albans, first_year=FinancialYear(2000), before=other)
    for quarter in Y2007.quarters:
        publish(owner, quarter, robbery=100, theft_from_vehicle=450)
    Succession.objects.create(partnership=st_albans, first_year=Y2008, before=category("robbery"))
    publish(owner, Quarter(Y2008, 1), theft_from_vehicle=450)
    page = get("/st-albans/categories/all-bcs-crimes/")
    (latest, before, *_) = page.rows(".app-table--quarters")
    assert latest[1:4] == ["450", "No change [b]", "450"], "not down 18%"
    assert before[1] == "550"
    assert "18%" not in get("/st-albans/2008-09/q1/").text


def test_a_change_of_counting_is_marked_where_it_lies_between_and_nowhere_else(
    owner: Desk, get: Get, st_albans: Partnership
) -> None:
    RecordingChange.objects.create(
        category=category("wounding"), financial_year="2008/09", quarter=1, description="Whatever the injury."
    )
    for year, count in ((Y2007, 100), (Y2008, 140), (FinancialYear(2009), 141)):
        for quarter in year.quarters[:2]:
            publish(owner, quarter, wounding=count)
    lines = {each[0][:27]: each for each in get("/st-albans/categories/wounding/").rows(".app-table--quarters")}
    assert lines["April to June 2009 (Q1)"][2] == "Up 1%", "both are counted in the new way"
    assert lines["April to June 2008 (Q1) Cou"][2] == "Up 40% [b]"


def test_a_change_within_a_year_is_marked_on_the_page_of_the_year(owner: Desk, get: Get) -> None:
    RecordingChange.objects.create(
        category=category("wounding"), financial_year="2007/08", quarter=3, description="Whatever the injury."
    )
    page = get("/st-albans/2007-08/")
    cells = row(page, "Wounding")
    assert cells[3:5] == ["444 [b]", "20% [b]"]
    assert page.one(".app-lead").startswith("Without wounding, which is counted differently now, all British")
    chart = get("/st-albans/categories/wounding/")
    assert "[b] 2007/08" in chart.text
    assert "Counted differently from 2007/08 on." in chart.one("svg.chart-course-of-years desc")


def test_what_cannot_be_judged_is_counted_and_named(get: Get, st_albans: Partnership) -> None:
    Actual.objects.filter(category__slug="robbery").update(count=None, missing="withheld")
    page = get("/st-albans/2007-08/")
    assert "Six of the ten targets were met" in page.text
    assert "robbery cannot be judged (the figure is withheld)" in page.text
    assert "robbery cannot be compared (there is no figure)" in page.one("figcaption")


def test_above_a_limit_within_usual_variation_is_not_missed(get: Get, st_albans: Partnership) -> None:
    Target.objects.filter(category__slug="robbery").update(sense="do_not_exceed", count=75)
    page = get("/st-albans/2007-08/")
    assert "robbery is above its limit, within usual variation" in page.text
    assert "robbery were not" not in page.text
    assert "Robbery" not in page.all("h2 + dl dt"), "nothing is asked to be done about a missed target that it is not"
    words = get("/st-albans/categories/robbery/").one(".app-lead")
    assert "too many" not in words
    assert "rose" not in words


def test_a_withheld_quarter_cannot_be_worked_out_from_its_year(owner: Desk, get: Get, st_albans: Partnership) -> None:
    """A year of 12 with quarters 4, withheld, 3, 2 would give 3 away."""
    Actual.objects.filter(category__slug="robbery", period_return__partnership=st_albans).update(count=12)
    for quarter, count in zip(Y2007.quarters, (4, None, 3, 2), strict=True):
        owner.period = quarter
        day = quarter.ends
        entry = Entry(count) if count is not None else Entry(None, "withheld")
        later = date(day.year, day.month, day.day).replace(year=day.year + 1)
        owner.save({"robbery": entry, "wounding": 5}, today=later)
        owner.submit(today=later)
        owner.publish(today=later, figures_as_at=later)
    assert row(get("/st-albans/2007-08/"), "Robbery")[3] == "12"
    lines = [each[1] for each in get("/st-albans/categories/robbery/").rows(".app-table--quarters")]
    assert lines == ["[c]", "3", "[c]", "4"], "the smallest of the others is withheld with it"
    assert "[c]" in " ".join(row(get("/st-albans/2007-08/q4/"), "Robbery"))


def test_a_revised_target_is_marked_and_says_why(owner: Desk, get: Get, st_albans: Partnership) -> None:
    """131 → 190 turns missed into met."""
    now = settings_of(st_albans, Y2007)
    pk = category("theft-of-cycle").pk
    edit = TargetEdit(replace(now[pk], target=190), now[pk].fingerprint)
    set_targets(
        partnership=st_albans,
        year=Y2007,
        edits={pk: edit},
        reason="The plan had a slip.",
        by=owner.user,
        today=date(2008, 9, 1),
    )
    assert row(get("/st-albans/2007-08/"), "Theft of cycle")[2] == "190 [r]"
    page = get("/st-albans/categories/theft-of-cycle/")
    target = next(each for each in page.rows() if each[1] == "Target")
    assert target[4].startswith("Revised on 1 September 2008: The plan had a slip.")
    changes = get("/st-albans/categories/theft-of-cycle/history/").rows()
    assert changes[-1][:4] == ["Target for Theft of cycle, 2007/08", "count: 131", "count: 190", "The plan had a slip."]


def test_a_late_figure_is_no_revision_of_a_number(owner: Desk, get: Get) -> None:
    first = Quarter(Y2008, 1)
    owner.period = first
    owner.save({"robbery": Entry(None, "not_yet_available"), "wounding": 5}, today=date(2008, 8, 5))
    owner.submit(today=date(2008, 8, 5))
    owner.publish(today=date(2008, 8, 5))
    owner.revise("robbery", 17, "It has come in", today=date(2008, 9, 5))
    owner.revise("wounding", 6, "One more", today=date(2008, 9, 5))
    for slug, shown in (("robbery", "17"), ("wounding", "6 [r]")):
        assert get(f"/st-albans/categories/{slug}/").rows(".app-table--quarters")[0][1] == shown


def test_a_year_made_of_quarters_says_the_span_of_its_days(owner: Desk, get: Get) -> None:
    for quarter in FinancialYear(2006).quarters:
        publish(owner, quarter, robbery=20)
    assert "Figures as at 30 July 2006 to 30 April 2007" in get("/st-albans/2006-07/").text


@pytest.mark.django_db
def test_the_pages_answer_with_negative_and_nought(owner: Desk, get: Get, client: Client) -> None:
    publish(owner, Quarter(Y2007, 1), robbery=0, wounding=100)
    owner.period = Quarter(Y2008, 1)
    day = date(2008, 8, 5)
    owner.save({"robbery": 5, "wounding": Entry(-3, note="Cancelled.")}, today=day)
    owner.submit(today=day)
    owner.publish(today=day)
    for slug, shown in (("robbery", ["5", "[z]"]), ("wounding", ["−3", "[z]"])):
        page = get(f"/st-albans/categories/{slug}/")
        assert page.rows(".app-table--quarters")[0][1:3] == shown
        assert "[z] no percentage: one of the counts is 0 or negative" in page.text
    assert not re.search(r"-\d", " ".join(get("/st-albans/2008-09/q1/").all("main table td")))
