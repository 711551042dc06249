from __future__ import annotations

from collections.abc import Callable
from datetime import date
from decimal import Decimal

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from performance.models import Partnership, SurveyQuestion, SurveyWave
from tests.pages import Page

Get = Callable[..., Page]


def wave(slug: str, name: str, day: date, percent: str, sample: int) -> SurveyWave:
    question = SurveyQuestion.objects.get(slug=slug)
    return SurveyWave.objects.create(question=question, name=name, ended=day, percent=Decimal(percent), sample=sample)


def test_the_plans_questions_are_there_without_invented_words_or_figures(st_albans: Partnership, get: Get) -> None:
    page = get("/st-albans/surveys/")
    assert page.all("h2") == ["Fear of crime", "Feeling safe after dark"]
    assert page.all("section .app-lead") == ["No survey has been entered yet."] * 2
    assert "The wording of the question is not set in the plan." in page.text


def test_a_wave_is_shown_with_its_sample_and_interval(st_albans: Partnership, get: Get) -> None:
    wave("safe-after-dark", "Autumn 2008", date(2008, 11, 14), "43.5", 1100)
    page = get("/st-albans/surveys/")
    assert page.rows("main table") == [
        ["Autumn 2008 until 14 November 2008", "43.5%", "39.9% to 47.2%", "1,100", "", ""]
    ]
    assert "There is no earlier wave to compare it with." in page.text


@pytest.mark.parametrize(
    ("slug", "last", "says"),
    [
        ("safe-after-dark", "47", "No clear change: from 43.5% in 2008 to 47% in 2009, within what chance alone"),
        (
            "safe-after-dark",
            "52",
            "Better: up from 43.5% in 2008 to 52% in 2009, more than chance alone would explain.",
        ),
        ("safe-after-dark", "35", "Worse: down from 43.5% in 2008 to 35% in 2009, more than chance alone"),
        ("fear-of-crime", "52", "Worse: up from 43.5% in 2008 to 52% in 2009, more than chance alone"),
        ("fear-of-crime", "35", "Better: down from 43.5% in 2008 to 35% in 2009, more than chance alone"),
    ],
)
def test_two_waves_are_compared_in_words_that_know_which_way_is_better(
    st_albans: Partnership, get: Get, slug: str, last: str, says: str
) -> None:
    wave(slug, "2008", date(2008, 11, 14), "43.5", 1100)
    wave(slug, "2009", date(2009, 11, 13), last, 1000)
    assert says in get("/st-albans/surveys/").text


def test_a_question_that_has_ended_is_not_shown(st_albans: Partnership, get: Get) -> None:
    SurveyQuestion.objects.filter(slug="fear-of-crime").update(ended_on=date(2010, 1, 1))
    assert get("/st-albans/surveys/").all("h2") == ["Feeling safe after dark"]


def test_the_number_of_queries_is_fixed(st_albans: Partnership, client: Client) -> None:
    def queries() -> int:
        with CaptureQueriesContext(connection) as found:
            assert client.get("/st-albans/surveys/").status_code == 200
        return len(found)

    few = queries()
    for number in range(10):
        made = SurveyQuestion.objects.create(
            partnership=st_albans, title=f"Question {number}", slug=f"question-{number}"
        )
        SurveyWave.objects.create(question=made, name="2008", ended=date(2008, 5, 1), percent=40, sample=100)
    assert queries() == few == 3


def test_a_finding_carries_its_caveat(st_albans: Partnership, get: Get) -> None:
    wave("safe-after-dark", "2008", date(2008, 11, 14), "50", 1000)
    wave("safe-after-dark", "2009", date(2009, 11, 13), "54.4", 1000)
    assert "No clear change: from 50% in 2008 to 54.4% in 2009" in get("/st-albans/surveys/").text
    assert "1.5 answers count as one (its design effect)." in get("/st-albans/surveys/").text
    SurveyQuestion.objects.update(design_effect=1)
    page = get("/st-albans/surveys/")
    assert "Better: up from 50% in 2008 to 54.4% in 2009, more than chance" in page.text
    assert "The answers are taken as a simple random sample." in page.text


def test_of_few_answers_only_a_large_change_shows(st_albans: Partnership, get: Get) -> None:
    """From 2 of 8 to 6 of 8: more than chance by z, not by the exact test."""
    SurveyQuestion.objects.update(design_effect=1)
    wave("safe-after-dark", "2008", date(2008, 11, 14), "25", 8)
    wave("safe-after-dark", "2009", date(2009, 11, 13), "75", 8)
    page = get("/st-albans/surveys/")
    assert "No clear change: from 25% in 2008 to 75% in 2009" in page.text
    assert "Few answered, so only a large change would show." in page.text


def test_a_slow_rise_is_seen_since_the_first_wave(st_albans: Partnership, get: Get) -> None:
    for year, share in enumerate(("40", "43", "46", "49"), 2006):
        wave("safe-after-dark", str(year), date(year, 11, 14), share, 1000)
    page = get("/st-albans/surveys/")
    assert "No clear change: from 46% in 2008 to 49% in 2009" in page.text
    assert "Since the first wave: better: up from 40% in 2006 to 49% in 2009, more than chance" in page.text


@pytest.mark.parametrize(
    "changed",
    [{"question": "Do you feel safe at night?"}, {"answer": "very safe"}, {"better": "lower"}],
    ids=["wording", "answer", "direction"],
)
def test_another_wording_or_direction_begins_a_new_series(
    st_albans: Partnership, get: Get, changed: dict[str, str]
) -> None:
    wave("safe-after-dark", "2008", date(2008, 11, 14), "40", 1000)
    question = SurveyQuestion.objects.get(slug="safe-after-dark")
    for name, value in changed.items():
        setattr(question, name, value)
    question.save()
    wave("safe-after-dark", "2009", date(2009, 11, 13), "60", 1000)
    page = get("/st-albans/surveys/")
    assert "60% in 2009. Earlier waves were asked or counted in another way" in page.text
    assert "Asked otherwise" in page.text
    wave("safe-after-dark", "2010", date(2010, 11, 13), "70", 1000)
    way = "Worse" if "better" in changed else "Better"
    assert f"{way}: up from 60% in 2009 to 70% in 2010" in get("/st-albans/surveys/").text


def test_a_wave_held_already_keeps_its_finding_when_the_question_is_turned_round(
    st_albans: Partnership, get: Get
) -> None:
    wave("safe-after-dark", "2008", date(2008, 11, 14), "40", 1000)
    wave("safe-after-dark", "2009", date(2009, 11, 13), "60", 1000)
    question = SurveyQuestion.objects.get(slug="safe-after-dark")
    question.better = SurveyQuestion.Better.LOWER
    question.save()
    assert "Better: up from 40% in 2008 to 60% in 2009" in get("/st-albans/surveys/").text
