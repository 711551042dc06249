from __future__ import annotations

import random
from typing import Any

from django.core.management import call_command
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from performance.actions.editions import raise_edition
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.readings import quarters_between
from performance.models import Actual, Area, AreaFigure, AreaPopulation, ComparisonGroup, CrimeCategory, Partnership

SLUG = "demonstration"
SEED = 1998
FORCE = "Hertfordshire"
FIRST, LAST = Quarter(FinancialYear(2003), 1), Quarter(FinancialYear(2008), 1)
YEARS = range(2003, 2009)
SOURCE = "Invented for the demonstration: as in the middle of 2011"
OWN_RESIDENTS = 131_000
DISPERSION = 2.3
"""Times more than Poisson, as the quarters of real districts vary."""
APART = 0.28
"""How far the areas' levels differ, as a standard deviation of their logarithms."""


class Command(BaseCommand):
    help = "Give the demonstration district the ten areas of Hertfordshire to compare with, with invented figures."

    @transaction.atomic
    def handle(self, *args: Any, **options: Any) -> None:
        partnership = Partnership.objects.filter(slug=SLUG).first()
        if partnership is None:
            raise CommandError("There is no demonstration district yet: make_demonstration_district makes one.")
        if partnership.comparison_groups.exists():
            self.stdout.write("The demonstration has areas to compare with already: kept as they are.")
            return
        call_command("load_areas", verbosity=0)
        own = self._own_area(partnership)
        others = list(Area.objects.filter(police_force=FORCE))
        self._populations(own, others)
        self._figures(partnership, own, others)
        group = ComparisonGroup.objects.create(
            partnership=partnership,
            name="The ten districts of Hertfordshire",
            reason="Invented for the demonstration: ten districts of one county, of similar size.",
            first_day=FIRST.begins,
        )
        group.areas.set(others)
        raise_edition(partnership)
        self.stdout.write(f"Made invented figures of {len(others)} areas to compare the demonstration with.")

    def _own_area(self, partnership: Partnership) -> Area:
        return Area.objects.create(
            code=partnership.home_office_code,
            name=partnership.name,
            police_force=partnership.police_force,
            source="Invented for the demonstration",
        )

    def _populations(self, own: Area, others: list[Area]) -> None:
        residents = dict(AreaPopulation.objects.filter(year=2011, area__in=others).values_list("area", "residents"))
        AreaPopulation.objects.bulk_create(
            AreaPopulation(
                area=area,
                year=year,
                residents=residents.get(area.pk, OWN_RESIDENTS),
                source=SOURCE,
                is_invented=True,
            )
            for area in (own, *others)
            for year in YEARS
        )

    def _figures(self, partnership: Partnership, own: Area, others: list[Area]) -> None:
        """One's own as they were published; those of the others around them, at levels of their own."""
        chance = random.Random(SEED)  # noqa: S311 (figures, not secrets)
        total = CrimeCategory.objects.get(slug="all-bcs-crimes")
        rows: list[AreaFigure] = []
        for category in total.children.all():
            published = self._published(partnership, category)
            levels = {area.pk: chance.lognormvariate(0, APART) for area in others}
            for quarter in quarters_between(FIRST, LAST):
                count = published.get((quarter.year, quarter.number))
                if count is None:
                    continue
                rows.append(self._figure(own, category, quarter, count))
                for area in others:
                    expected = count * levels[area.pk]
                    invented = max(0.0, chance.gauss(expected, (DISPERSION * expected) ** 0.5))
                    rows.append(self._figure(area, category, quarter, round(invented)))
        AreaFigure.objects.bulk_create(rows, batch_size=500)

    def _published(self, partnership: Partnership, category: CrimeCategory) -> dict[tuple[FinancialYear, int], int]:
        rows = Actual.objects.filter(
            category=category, period_return__partnership=partnership, period_return__state="published"
        )
        columns = rows.values_list("period_return__financial_year", "period_return__quarter", "count")
        return {(year, number): count for year, number, count in columns if number and count is not None}

    def _figure(self, area: Area, category: CrimeCategory, quarter: Quarter, count: int) -> AreaFigure:
        return AreaFigure(
            area=area,
            category=category,
            financial_year=quarter.year,
            quarter=quarter.number,
            count=count,
            source=AreaFigure.Source.DEMONSTRATION,
        )
