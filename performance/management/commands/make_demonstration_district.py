from __future__ import annotations

import random
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta
from fractions import Fraction
from math import cos, pi
from typing import Any
from uuid import UUID

from django.contrib.auth import get_user_model
from django.core.management.base import BaseCommand
from django.db import transaction

from performance.actions.editions import raise_edition
from performance.calculations.periods import FinancialYear, Quarter
from performance.calculations.targets import from_percentage
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Membership,
    PartnerAgency,
    Partnership,
    PeriodReturn,
    RecordingChange,
    Role,
    Target,
)
from performance.returns.commentary import Words, write_commentary
from performance.returns.saving import save_figures
from performance.returns.transitions import publish, revise, send_back, submit
from performance.returns.values import Entry, FigureEdit

SLUG = "demonstration"
SEED = 2008
FIRST, LAST = Quarter(FinancialYear(2003), 1), Quarter(FinancialYear(2008), 2)
CHANGED = Quarter(FinancialYear(2008), 1)
"""From then on wounding is counted differently, as it was in England and Wales."""


class Shape:
    """How an invented series goes: a year's level, what it grows by, which quarter is high, and the target in %.

    Without a target it has no baseline either.
    """

    def __init__(self, level: int, drift: float, season: float, peak: int, target: int | None, supplier: str) -> None:
        self.level, self.drift, self.season, self.peak = level, drift, season, peak
        self.target, self.supplier = target, supplier


SHAPES = {
    "theft-of-vehicle": Shape(420, -0.10, 0.06, 3, 25, "police"),
    "theft-from-vehicle": Shape(1480, -0.09, 0.08, 3, 30, "police"),
    "vehicle-interference": Shape(110, -0.05, 0.05, 2, 20, "police"),
    "domestic-burglary": Shape(560, -0.04, 0.14, 3, 15, "police"),
    "theft-of-cycle": Shape(150, 0.05, 0.30, 2, 10, "police"),
    "theft-from-person": Shape(240, -0.02, 0.06, 3, 10, "police"),
    "common-assault": Shape(470, -0.05, 0.10, 2, 25, "police"),
    "wounding": Shape(500, -0.03, 0.10, 2, 12, "police"),
    "robbery": Shape(90, -0.04, 0.05, 3, 15, "police"),
    "criminal-damage": Shape(1700, -0.02, 0.09, 1, 8, "council"),
    "anti-social-behaviour": Shape(3200, -0.03, 0.12, 2, 10, "council"),
    "accidental-dwelling-fires": Shape(56, -0.04, 0.05, 3, 10, "fire"),
    "offenders-prevent-and-deter": Shape(28, 0.0, 0.0, 1, None, "probation"),
    "offenders-catch-and-convict": Shape(20, 0.0, 0.0, 1, None, "probation"),
    "offenders-rehabilitate-and-resettle": Shape(24, 0.0, 0.0, 1, None, "probation"),
    "mediations": Shape(40, 0.05, 0.0, 1, None, "council"),
    "acceptable-behaviour-contracts": Shape(32, 0.08, 0.0, 1, None, "council"),
    "injunctions": Shape(8, 0.0, 0.0, 1, None, "council"),
    "anti-social-behaviour-orders": Shape(12, 0.0, 0.0, 1, None, "council"),
}
AGENCIES = {
    "council": "Demonstration Council",
    "police": "Demonstration Constabulary",
    "fire": "Demonstration Fire & Rescue",
    "probation": "Demonstration Probation Service",
}
DISPERSION = 2.3
"""Times more than Poisson, as the quarters of real districts vary."""
EXPLAINED = {
    "domestic-burglary": Words(
        why="Invented: half of the burglaries of this quarter were in five streets, most of them through back doors.",
        doing="- Prolific burglars are visited each week\n- Locks are fitted in the five streets by the end of August",
        asked="Invented: agree that the locks are paid for from the reserve.",
    ),
    "theft-of-cycle": Words(
        why="Invented: the railway station is being rebuilt, and its racks stand out of sight of the cameras.",
    ),
}
"""What is explained of April to June 2008; others that ask for an explanation have none, as happens."""
BLANK_IN = Quarter(FinancialYear(2005), 3), "vehicle-interference"
LATE_IN = {"criminal-damage"}
PEOPLE = {"officer": ("council", Role.OFFICER), "partner": ("police", Role.VIEWER),
          "administrator": ("council", Role.ADMINISTRATOR)}  # fmt: skip


SEEN_ON = date(2008, 11, 20)
"""After the end of the last quarter that it has figures of, so that nothing in it is years overdue."""


class Command(BaseCommand):
    help = "Make a second partnership with invented figures, and St Albans' first draft, to see and try everything."

    def handle(self, *args: Any, **options: Any) -> None:
        if Partnership.objects.filter(slug=SLUG).exists():
            self.stdout.write("The demonstration district is there already: kept as it is.")
            return
        with transaction.atomic():
            st_albans = Partnership.objects.get(slug="st-albans")
            PeriodReturn.objects.get_or_create(partnership=st_albans, financial_year="2008/09", quarter=1)
            _Maker().make()
        self.stdout.write(f"Made the demonstration district, with invented figures from {FIRST} to {LAST}.")


class _Maker:
    """Everything goes the way that people go: saved, handed in, published, revised, each step in the history."""

    def __init__(self) -> None:
        self.chance = random.Random(SEED)  # noqa: S311 (figures, not secrets)
        self.partnership = Partnership.objects.create(
            name="Demonstration district",
            title="Demonstration district: invented figures",
            slug=SLUG,
            home_office_name="Demonstration district",
            home_office_code="E22999999",
            police_force="Demonstration Constabulary",
            is_public=True,
            is_invented=True,
            seen_on=SEEN_ON,
            accent=Partnership.Accent.TEAL,
        )
        self.categories = {row.slug: row for row in CrimeCategory.objects.filter(slug__in=SHAPES)}
        agencies = self._agencies()
        self.people = {name: _member(name, agencies[slug], role) for name, (slug, role) in PEOPLE.items()}

    def make(self) -> None:
        RecordingChange.objects.create(
            partnership=self.partnership,
            category=self.categories["wounding"],
            financial_year=CHANGED.year,
            quarter=CHANGED.number,
            description="Invented: an attempt to cause harm is counted as wounding whatever the injury.",
        )
        series = {slug: list(self._series(slug, shape)) for slug, shape in SHAPES.items()}
        for number, quarter in enumerate(_quarters()):
            self._hand_in(quarter, {slug: counts[number] for slug, counts in series.items()})
        self._baselines(series)
        self._revise()
        raise_edition(self.partnership)

    def _agencies(self) -> dict[str, PartnerAgency]:
        made = {}
        for position, (slug, name) in enumerate(AGENCIES.items()):
            made[slug] = PartnerAgency.objects.create(
                partnership=self.partnership, name=name, slug=slug, position=position
            )
            made[slug].supplies.set(self.categories[each] for each, shape in SHAPES.items() if shape.supplier == slug)
        return made

    def _series(self, slug: str, shape: Shape) -> Iterator[int]:
        """Season and drift around a level, with chance wider than Poisson's."""
        for quarter in _quarters():
            years = (quarter.year.start - FIRST.year.start) + (quarter.number - 1) / 4
            season = 1 + shape.season * cos((quarter.number - 1 - shape.peak) * pi / 2)
            mean = shape.level / 4 * (1 + shape.drift) ** years * season
            if slug == "wounding" and quarter >= CHANGED:
                mean *= 1.35
            yield max(0, round(self.chance.gauss(mean, (DISPERSION * mean) ** 0.5)))

    def _hand_in(self, quarter: Quarter, counts: dict[str, int]) -> None:
        entries = {slug: Entry(count) for slug, count in counts.items()}
        if quarter == BLANK_IN[0]:
            entries[BLANK_IN[1]] = Entry(None, "not_applicable", note="Invented: not counted in this quarter.")
        if quarter == LAST:
            # The last quarter waits: one agency is late, and what is there is provisional.
            entries = {
                slug: Entry(each.count, is_provisional=True) for slug, each in entries.items() if slug not in LATE_IN
            }
        if quarter == LAST - 1:
            entries["robbery"] = Entry(counts["robbery"], is_provisional=True)
        day = quarter.ends + timedelta(days=24)
        edits = {self.categories[slug].pk: FigureEdit(entry, 0) for slug, entry in entries.items()}
        save_figures(edits=edits, **self._step("officer", quarter, day))
        if quarter == LAST:
            return
        if quarter == LAST - 1:
            self._explain(quarter, day)
        submit(accepted=True, **self._step("officer", quarter, day + timedelta(days=2)))
        if quarter == LAST - 1:
            send_back(
                reason="Invented: please check robbery.",
                **self._step("administrator", quarter, day + timedelta(days=3)),
            )
            submit(accepted=True, **self._step("officer", quarter, day + timedelta(days=4)))
        publish(figures_as_at=day, **self._step("administrator", quarter, day + timedelta(days=5)))

    def _explain(self, quarter: Quarter, day: date) -> None:
        step = self._step("officer", quarter, day + timedelta(days=1))
        del step["token"]
        for slug, words in EXPLAINED.items():
            write_commentary(category=self.categories[slug], words=words, version=0, reason="", **step)

    def _revise(self) -> None:
        """A quarter of the year before is put right, as happens when crimes are cancelled."""
        quarter, slug = LAST - 3, "theft-of-cycle"
        held = Actual.objects.get(
            period_return__partnership=self.partnership,
            period_return__financial_year=quarter.year,
            period_return__quarter=quarter.number,
            category__slug=slug,
        )
        offer = FigureEdit(Entry((held.count or 0) - 4, note=""), held.version)
        step = self._step("officer", quarter, quarter.ends + timedelta(days=120))
        revise(edits={held.category_id: offer}, reason="Invented: four crimes were cancelled after review.", **step)

    def _baselines(self, series: dict[str, list[int]]) -> None:
        for slug, shape in SHAPES.items():
            if shape.target is None:
                continue
            count = sum(series[slug][:4])
            baseline = Baseline.objects.create(
                partnership=self.partnership,
                category=self.categories[slug],
                financial_year=FIRST.year,
                count=count,
                in_use_from=FIRST.year + 1,
                source="Invented",
            )
            for year, more in ((FinancialYear(2007), 0), (FinancialYear(2008), 2)):
                percent = shape.target + more
                Target.objects.create(
                    partnership=self.partnership,
                    category=self.categories[slug],
                    financial_year=year,
                    count=from_percentage(count, Fraction(percent)).count,
                    baseline=baseline,
                    basis=f"{percent}% below the baseline",
                    source="Invented",
                )

    def _step(self, person: str, quarter: Quarter, day: date) -> dict[str, Any]:
        """Who and when of a step; its token comes from the same chance, so that every installation is alike."""
        return {
            "partnership": self.partnership,
            "period": quarter,
            "by": self.people[person],
            "today": day,
            "at": datetime.combine(day, time(10, 30), UTC),
            "token": UUID(int=self.chance.getrandbits(128), version=4),
        }


def _member(username: str, agency: PartnerAgency, role: Role) -> Any:
    """One of the demonstration's people, or somebody who cannot sign in where they were not made."""
    users = get_user_model().objects
    user = users.filter(username=username).first() or users.create_user(username, f"{username}@example.org")
    Membership.objects.create(user=user, agency=agency, role=role)
    return user


def _quarters() -> Iterator[Quarter]:
    quarter = FIRST
    while quarter <= LAST:
        yield quarter
        quarter += 1
