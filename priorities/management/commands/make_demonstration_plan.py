from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID, uuid5

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from performance import clock
from performance.actions.editions import raise_edition
from performance.calculations.periods import Quarter
from performance.models import CrimeCategory, PartnerAgency, Partnership, SurveyQuestion, SurveyWave
from priorities.models import Action, ActionUpdate, Aim, Milestone, Objective, Plan, Priority

SLUG = "demonstration"
AIMS = {
    "reducing-crime": "Reducing crime",
    "anti-social-behaviour": "Tackling anti-social behaviour",
    "feeling-safe": "Reducing the fear of crime",
}
OBJECTIVES = {
    "offenders": "Working with persistent offenders",
    "places": "Local solutions",
    "public": "Talking with the public",
}
PRIORITIES = {
    "reducing-crime": {
        "Vehicle crime": ["theft-of-vehicle", "theft-from-vehicle"],
        "Cycle theft": ["theft-of-cycle"],
        "Burglary": ["domestic-burglary"],
    },
    "anti-social-behaviour": {"Anti-social behaviour": ["anti-social-behaviour"]},
    "feeling-safe": {"Fear of crime": ["fear-of-crime", "safe-after-dark"]},
}
"""Their titles by aim, with the categories or the survey questions that tell how each goes."""


class Work(NamedTuple):
    """An invented action: its cell, lead, categories, days until it is due, and what was last said of it."""

    title: str
    aim: str
    objective: str
    lead: str
    categories: tuple[str, ...]
    due_in: int
    status: str
    words: str


WORK = (
    Work("Cycle marking at the station", "reducing-crime", "places", "police", ("theft-of-cycle",), 120, "at_risk",
         "Invented: two marking days were held, a third was rained off."),
    Work("Visits to prolific burglars", "reducing-crime", "offenders", "probation", ("domestic-burglary",), 200,
         "on_track", "Invented: every offender in the cohort was visited."),
    Work("Car park patrols", "reducing-crime", "places", "council", ("theft-from-vehicle",), -20, "on_track",
         "Invented: patrols run on market days."),
    Work("Dispersal of groups in the centre", "anti-social-behaviour", "places", "police",
         ("anti-social-behaviour",), -200, "done", "Invented: the order ended and was not renewed."),
    Work("Mediation between neighbours", "anti-social-behaviour", "places", "council", ("anti-social-behaviour",), 90,
         "off_track", "Invented: one mediator left, and cases wait."),
    Work("Leaflet on fires at home", "feeling-safe", "public", "fire", ("accidental-dwelling-fires",), 30, "", ""),
    Work("Ward meetings", "feeling-safe", "public", "council", (), 60, "on_track",
         "Invented: five meetings, 140 people."),
)  # fmt: skip
SURVEYS = {
    ("safe-after-dark", "Feeling safe after dark", "higher", "very or fairly safe"): (
        ("Autumn 2006", date(2006, 11, 17), "43.5", 1104),
        ("Autumn 2007", date(2007, 11, 16), "45.1", 1052),
        ("Autumn 2008", date(2008, 11, 14), "51.2", 987),
    ),
    ("fear-of-crime", "Fear of crime", "lower", "very or fairly worried"): (
        ("Autumn 2007", date(2007, 11, 16), "31.0", 1052),
        ("Autumn 2008", date(2008, 11, 14), "29.4", 987),
    ),
}


class Command(BaseCommand):
    help = "Give the demonstration district an invented plan, work plan and surveys."

    def handle(self, *args: Any, **options: Any) -> None:
        partnership = Partnership.objects.filter(slug=SLUG).first()
        if partnership is None:
            raise CommandError("There is no demonstration district yet: make_demonstration_district makes one.")
        if Plan.objects.filter(partnership=partnership).exists():
            self.stdout.write("The demonstration district has a plan already: kept as it is.")
            return
        with transaction.atomic():
            _make(partnership, partnership.day(clock.today()))
            raise_edition(partnership)
        self.stdout.write("Made the demonstration district's plan, work plan and surveys, all invented.")


def _make(partnership: Partnership, today: date) -> None:
    plan = Plan.objects.create(
        partnership=partnership,
        title="Demonstration plan 2008 to 2011",
        first_year="2008/09",
        last_year="2010/11",
        introduction="Invented, to show how a plan looks once work is under way.",
    )
    aims = {
        slug: Aim.objects.create(plan=plan, slug=slug, title=title, position=position)
        for position, (slug, title) in enumerate(AIMS.items(), 1)
    }
    objectives = {
        slug: Objective.objects.create(plan=plan, slug=slug, title=title, position=position)
        for position, (slug, title) in enumerate(OBJECTIVES.items(), 1)
    }
    _surveys(partnership)
    for aim, named in PRIORITIES.items():
        for position, (title, slugs) in enumerate(named.items(), 1):
            priority = Priority.objects.create(aim=aims[aim], title=title, position=position)
            priority.categories.set(CrimeCategory.objects.filter(slug__in=slugs))
            priority.questions.set(SurveyQuestion.objects.filter(partnership=partnership, slug__in=slugs))
    agencies = {row.slug: row for row in PartnerAgency.objects.filter(partnership=partnership)}
    officer = get_user_model().objects.get(username="officer")
    for position, work in enumerate(WORK, 1):
        action = Action.objects.create(
            plan=plan,
            aim=aims[work.aim],
            objective=objectives[work.objective],
            title=work.title,
            summary="Invented, to show what a work plan looks like.",
            lead=agencies[work.lead],
            starts_on=today - timedelta(days=300),
            due_on=today + timedelta(days=work.due_in),
            budget=Decimal(1500 * position),
            budget_source="an invented fund",
            position=position,
        )
        action.categories.set(CrimeCategory.objects.filter(slug__in=work.categories))
        Milestone.objects.create(
            action=action, title="Agreed", due_on=today - timedelta(days=250), done_on=today - timedelta(days=255)
        )
        Milestone.objects.create(action=action, title="Half way", due_on=today - timedelta(days=10))
        if work.status:
            _report(action, work, officer, today - timedelta(days=30))


def _report(action: Action, work: Work, by: Any, day: date) -> None:
    quarter = Quarter.containing(day)
    ActionUpdate.objects.create(
        action=action,
        financial_year=quarter.year,
        quarter=quarter.number,
        status=work.status,
        words=work.words,
        by=by,
        at=datetime.combine(day, time(10), UTC),
        token=uuid5(UUID(int=action.pk), work.title),
    )


def _surveys(partnership: Partnership) -> None:
    for position, ((slug, title, better, answer), waves) in enumerate(SURVEYS.items(), 1):
        question = SurveyQuestion.objects.create(
            partnership=partnership,
            slug=slug,
            title=title,
            better=better,
            answer=answer,
            asked_by="An invented survey of residents",
            position=position,
        )
        for name, ended, percent, sample in waves:
            SurveyWave.objects.create(
                question=question, name=name, ended=ended, percent=Decimal(percent), sample=sample, source="Invented"
            )
