from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from performance.models import Baseline, PartnerAgency, Partnership, Target
from priorities.models import Aim, Objective, Plan, Priority

FIXTURES = ("categories", "st-albans", "st-albans-plan")
TRACKED = (Baseline, Target, PartnerAgency, Plan, Aim, Objective, Priority)
"""Those whose changes are kept; a fixture's rows are not seen being saved."""


class Command(BaseCommand):
    help = "Load St Albans' plan of 2008 as published. Where it is there already, it stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if Partnership.objects.filter(slug="st-albans").exists():
            self.stdout.write("The published plan is there already: kept as it is.")
            return
        with transaction.atomic():
            call_command("loaddata", *FIXTURES, verbosity=0)
            for model in TRACKED:
                _begin_history(model)
        self.stdout.write("Loaded the St Albans Community Safety Partnership Plan 2008.")


def _begin_history(model: Any) -> None:
    """What was loaded is the first entry of its history; rows with lists have one from their lists already."""
    begun = model.history.values("id")
    model.history.bulk_history_create(model.objects.exclude(pk__in=begun))
    model.history.update(history_type="+", history_change_reason="Loaded as published")
