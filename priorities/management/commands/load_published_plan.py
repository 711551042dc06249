from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from performance.actions.editions import raise_shared_edition
from performance.actions.partnerships import load_standard_categories
from performance.models import Baseline, PartnerAgency, Partnership, SurveyQuestion, Target
from performance.refusals import Refused
from priorities.models import Action, Aim, Objective, Plan, Priority, StrategicPriority, Strategy

FIXTURES = ("st-albans", "st-albans-plan", "st-albans-work")
TRACKED: dict[Any, str] = {
    Baseline: "partnership__slug",
    Target: "partnership__slug",
    PartnerAgency: "partnership__slug",
    Plan: "partnership__slug",
    Aim: "plan__partnership__slug",
    Objective: "plan__partnership__slug",
    Priority: "aim__plan__partnership__slug",
    Action: "plan__partnership__slug",
    Strategy: "partnership__slug",
    StrategicPriority: "strategy__partnership__slug",
    SurveyQuestion: "partnership__slug",
}
"""Those whose changes are kept, and how a row's partnership is found; a fixture's rows are not seen being saved."""


class Command(BaseCommand):
    help = "Load St Albans' plan of 2008 as published. Where it is there already, it stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if Partnership.objects.filter(slug="st-albans").exists():
            self.stdout.write("The published plan is there already: kept as it is.")
            return
        with transaction.atomic():
            _load_categories()
            call_command("loaddata", *FIXTURES, verbosity=0)
            for model, where in TRACKED.items():
                _begin_history(model, model.objects.filter(**{where: "st-albans"}))
            raise_shared_edition()
        self.stdout.write("Loaded the St Albans Community Safety Partnership Plan 2008.")


def _load_categories() -> None:
    try:
        load_standard_categories()
    except Refused as refused:
        raise CommandError(str(refused)) from refused


def _begin_history(model: Any, rows: Any) -> None:
    """What was loaded is the first entry of its history; rows with lists have one from their lists already."""
    model.history.bulk_history_create(rows.exclude(pk__in=model.history.values("id")))
    model.history.filter(id__in=rows.values("pk")).update(history_type="+", history_change_reason="Loaded as published")
