from __future__ import annotations

from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand
from django.db import transaction

from performance.models import Partnership

FIXTURES = ("categories", "st-albans", "st-albans-plan")


class Command(BaseCommand):
    help = "Load St Albans' plan of 2008 as published. Where it is there already, it stays as it is."

    def handle(self, *args: Any, **options: Any) -> None:
        if Partnership.objects.filter(slug="st-albans").exists():
            self.stdout.write("The published plan is there already: kept as it is.")
            return
        with transaction.atomic():
            call_command("loaddata", *FIXTURES, verbosity=0)
        self.stdout.write("Loaded the St Albans Community Safety Partnership Plan 2008.")
