from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import transaction

from performance.actions.editions import raise_shared_edition
from performance.models import Area, AreaPopulation


class Command(BaseCommand):
    help = "Load the areas of all Community Safety Partnerships. Run again it brings names and forces up to date."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        reference = json.loads((settings.BASE_DIR / "fixtures" / "areas.json").read_text())
        areas = [Area(source=reference["source"], **row) for row in reference["areas"]]
        Area.objects.bulk_create(
            areas,
            update_conflicts=True,
            unique_fields=["code"],
            update_fields=["name", "other_names", "police_force", "districts", "source"],
        )
        self._load_populations(reference["populations"], reference["population_source"])
        raise_shared_edition()
        self.stdout.write(f"{len(areas)} areas of Community Safety Partnerships are loaded.")

    def _load_populations(self, populations: dict[str, dict[str, int]], source: str) -> None:
        by_code = Area.objects.in_bulk(list(populations), field_name="code")
        rows = [
            AreaPopulation(area=by_code[code], year=int(year), residents=residents, source=source)
            for code, by_year in populations.items()
            for year, residents in by_year.items()
        ]
        AreaPopulation.objects.bulk_create(
            rows,
            update_conflicts=True,
            unique_fields=["area", "year"],
            update_fields=["residents", "source"],
        )
