"""A partnership with nasty figures, made of chance: gaps, withheld, negative, none, revised, retired, split, merged."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from uuid import UUID

from django.contrib.auth.models import User

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    ReturnEvent,
    ReturnState,
    Revision,
    Succession,
    Target,
)
from performance.models.partnerships import PartnerAgency

YEARS = tuple(FinancialYear(start) for start in (2005, 2006, 2007, 2008))
NAMES = ("Theft of cycle", "Robbery", "Wounding", "Criminal damage", "Arson", "Vehicle interference")
COUNTED = ("thefts of cycle", "robberies", "woundings", "offences", "fires set", "offences")


@dataclass
class Made:
    """What was made: the partnership, its total, the categories ever counted, and the periods with figures."""

    partnership: Partnership
    total: CrimeCategory
    leaves: list[CrimeCategory]
    quarters: list[Quarter] = field(default_factory=list)

    @property
    def has_incident(self) -> bool:
        return any(leaf.kind != CrimeCategory.Kind.RECORDED_CRIME for leaf in self.leaves)


class _Maker:
    def __init__(self, seed: int) -> None:
        self.chance = random.Random(seed)  # noqa: S311 (figures, not secrets)
        self.seed = seed
        self.partnership = Partnership.objects.create(
            name=f"Walk {seed}",
            title=f"Walk {seed}",
            slug=f"walk-{seed}",
            home_office_name=f"Walk {seed}",
            home_office_code=f"E{10_000_000 + seed}",
            police_force="None",
            is_public=True,
        )
        PartnerAgency.objects.create(partnership=self.partnership, name="Council", slug="council")
        self.officer = User.objects.create(username=f"walker-{seed}")

    def make(self) -> Made:
        chance = self.chance
        total = self._category("All crime", None, is_plural=True)
        leaves = [
            self._category(name, total, counted_as=counted)
            for name, counted in list(zip(NAMES, COUNTED, strict=True))[: chance.randint(2, 5)]
        ]
        made = Made(self.partnership, total, list(leaves))
        if chance.random() < 0.5:
            made.leaves.append(self._category("House fires", None, CrimeCategory.Kind.INCIDENT, is_plural=True))
        made.leaves += self._successions(leaves, total)
        levels = {leaf.pk: chance.choice((2, 9, 60, 300, 2000)) for leaf in made.leaves}
        drifts = {leaf.pk: chance.choice((0.5, 0.9, 1.0, 1.02, 1.5)) for leaf in made.leaves}
        for year in YEARS:
            for quarter in year.quarters:
                if year == YEARS[-1] and quarter.number > 2:
                    break
                self._return(quarter, made, levels, drifts)
        if chance.random() < 0.4:
            self._return(YEARS[2], made, levels, drifts)
        for leaf in made.leaves:
            self._target(leaf, levels[leaf.pk])
            if chance.random() < 0.2:
                RecordingChange.objects.create(
                    partnership=self.partnership,
                    category=leaf,
                    financial_year=chance.choice(YEARS),
                    quarter=chance.randint(1, 4),
                    description="Counted in another way.",
                )
        return made

    def _category(
        self, name: str, parent: CrimeCategory | None, kind: str = "recorded_crime", **more: object
    ) -> CrimeCategory:
        return CrimeCategory.objects.create(
            partnership=self.partnership,
            name=name,
            slug=f"{name.lower().replace(' ', '-')}-{self.seed}",
            parent=parent,
            kind=kind,
            **more,
        )

    def _successions(self, leaves: list[CrimeCategory], total: CrimeCategory) -> list[CrimeCategory]:
        """Perhaps one is retired, or renamed, or split, or two are merged, from the last year on."""
        what = self.chance.choice(("nothing", "nothing", "retired", "renamed", "split", "merged"))
        first, others = leaves[0], leaves[1:]
        new = {
            "renamed": [self._category("Bicycle theft", total)] if what == "renamed" else [],
            "split": [self._category(f"Cycle theft {n}", total) for n in (1, 2)] if what == "split" else [],
            "merged": [self._category("Theft and robbery", total)] if what == "merged" else [],
        }.get(what, [])
        befores = [first, others[0]] if what == "merged" else [first]
        for before in befores if what != "nothing" else []:
            afters: list[CrimeCategory | None] = [*new] or [None]
            for after in afters:
                Succession.objects.create(
                    partnership=self.partnership, first_year=YEARS[-1], before=before, after=after
                )
        self.ended = {before.pk for before in befores} if what != "nothing" else set()
        self.begun = {after.pk for after in new}
        return new

    def _return(
        self, period: Quarter | FinancialYear, made: Made, levels: dict[int, int], drifts: dict[int, float]
    ) -> None:
        if self.chance.random() < 0.05:
            return
        held = PeriodReturn.objects.create(
            partnership=self.partnership,
            financial_year=period.year,
            quarter=period.number if isinstance(period, Quarter) else None,
            state=ReturnState.PUBLISHED,
            figures_as_at=period.ends + timedelta(days=30),
            source="Invented",
        )
        for leaf in made.leaves:
            is_new = period.year == YEARS[-1]
            if (leaf.pk in self.ended and is_new) or (leaf.pk in self.begun and not is_new):
                continue
            quarters = 1 if isinstance(period, Quarter) else 4
            mean = levels[leaf.pk] * quarters * drifts[leaf.pk] ** (period.year.start - YEARS[0].start)
            self._actual(held, leaf, self._count(mean))
        if isinstance(period, Quarter):
            made.quarters.append(period)

    def _count(self, mean: float) -> int | str | None:
        chance = self.chance
        odd = chance.random()
        if odd < 0.02:
            return None
        if odd < 0.06:
            return chance.choice(("withheld", "not_yet_available", "not_applicable"))
        if odd < 0.08:
            return -chance.randint(1, 3)
        if odd < 0.13:
            return chance.choice((0, 1))
        return max(0, round(chance.gauss(mean, (1.5 * mean) ** 0.5)))

    def _actual(self, held: PeriodReturn, leaf: CrimeCategory, count: int | str | None) -> None:
        if count is None:
            return
        number, reason = (count, "") if isinstance(count, int) else (None, count)
        row = Actual.objects.create(
            period_return=held,
            category=leaf,
            count=number,
            missing=reason,
            is_provisional=self.chance.random() < 0.05,
            note="Cancelled." if number is not None and number < 0 else "",
        )
        if self.chance.random() < 0.05 and number is not None:
            event = ReturnEvent.objects.create(
                period_return=held,
                kind=ReturnEvent.Kind.REVISED,
                reason="Cancelled later",
                token=UUID(int=self.chance.getrandbits(128), version=4),
                at=datetime(2009, 1, 1, tzinfo=UTC),
                by=self.officer,
            )
            Revision.objects.create(actual=row, event=event, version=2, was_count=number + 4, count=number)

    def _target(self, leaf: CrimeCategory, level: int) -> None:
        if self.chance.random() < 0.15:
            return
        year = self.chance.choice((YEARS[0], YEARS[0], YEARS[0], YEARS[1]))
        baseline = Baseline.objects.create(
            partnership=self.partnership,
            category=leaf,
            financial_year=year,
            count=self.chance.choice((0, level, 4 * level, 4 * level, 4 * level, 5 * level)),
            in_use_from=YEARS[1],
        )
        for when in YEARS[2:]:
            if self.chance.random() < 0.8:
                share = self.chance.choice((0, 0.7, 0.815, 0.9, 0.9999, 1, 1.25))
                Target.objects.create(
                    partnership=self.partnership,
                    category=leaf,
                    financial_year=when,
                    count=round(baseline.count * share),
                    baseline=baseline,
                    sense=self.chance.choice(("reduce", "reduce", "do_not_exceed", "watch", "increase")),
                    tolerance_percent=self.chance.choice((0, 5, 5, 10)),
                    note="Allows for recording.",
                )


def make_partnership_of_chance(seed: int) -> Made:
    return _Maker(seed).make()
