"""A quarter's return, and what people do with it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from typing import Any
from uuid import uuid4

import pytest
from django.contrib.auth.models import User

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    Target,
)
from performance.returns import saving, transitions
from performance.returns.values import Entry, FigureEdit, Saved

Q1 = Quarter(FinancialYear(2008), 1)
TODAY = date(2008, 8, 5)
NOW = datetime(2008, 8, 5, 10, 42, tzinfo=UTC)


@dataclass
class Desk:
    """One person at one return: each call is a form of its own, unless a token is given."""

    partnership: Partnership
    user: User
    period: Any = Q1
    sent: dict[str, Any] = field(default_factory=dict)

    def _common(self, **given: Any) -> dict[str, Any]:
        common = {"partnership": self.partnership, "period": self.period, "by": self.user, "today": TODAY, "at": NOW}
        return common | {"token": uuid4()} | given

    def save(self, counts: dict[str, Entry | int], seen: dict[str, int] | None = None, **given: Any) -> Saved:
        """Save counts by category; as seen now, or with the versions given."""
        categories = dict(CrimeCategory.objects.filter(slug__in=counts).values_list("slug", "pk"))
        versions = self.versions() | (seen or {})
        edits = {
            categories[slug]: FigureEdit(said if isinstance(said, Entry) else Entry(said), versions.get(slug, 0))
            for slug, said in counts.items()
        }
        self.sent = self._common(edits=edits, **given)
        return saving.save_figures(**self.sent)

    def again(self) -> Saved:
        """Send the last form of figures once more, as it was."""
        return saving.save_figures(**self.sent)

    def submit(self, **given: Any) -> None:
        transitions.submit(**self._common(**({"accepted": True} | given)))

    def send_back(self, reason: str = "Wounding is missing", **given: Any) -> None:
        transitions.send_back(**self._common(reason=reason, **given))

    def publish(self, **given: Any) -> None:
        transitions.publish(**self._common(**({"figures_as_at": date(2008, 7, 31)} | given)))

    def revise(self, slug: str, said: Entry | int, reason: str = "A crime was cancelled", **given: Any) -> Saved:
        category = CrimeCategory.objects.get(slug=slug)
        seen = given.pop("seen", self.versions().get(slug, 0))
        entry = said if isinstance(said, Entry) else Entry(said)
        return transitions.revise(**self._common(edits={category.pk: FigureEdit(entry, seen)}, reason=reason, **given))

    def versions(self) -> dict[str, int]:
        return dict(self.rows().values_list("category__slug", "version"))

    def counts(self) -> dict[str, int | None]:
        return dict(self.rows().values_list("category__slug", "count"))

    def rows(self) -> Any:
        quarter = self.period.number if isinstance(self.period, Quarter) else None
        return Actual.objects.filter(
            period_return__partnership=self.partnership,
            period_return__financial_year=self.period.year,
            period_return__quarter=quarter,
        )

    def held(self) -> PeriodReturn:
        return PeriodReturn.objects.get(
            partnership=self.partnership, financial_year=self.period.year, quarter=self.period.number
        )


@pytest.fixture
def desk(st_albans: Partnership, person: Callable[..., User]) -> Callable[..., Desk]:
    """Seats a person of a kind at St Albans' first quarter of 2008/09."""
    from performance.models import Membership, PartnerAgency, Role

    roles = {"officer": Role.OFFICER, "administrator": Role.ADMINISTRATOR, "viewer": Role.VIEWER}

    def seat(kind: str, name: str = "") -> Desk:
        if kind == "supplier":
            user = person(name or kind)
            police = PartnerAgency.objects.get(partnership=st_albans, slug="police")
            Membership.objects.create(user=user, agency=police, role=Role.VIEWER)
        elif kind in roles:
            user = person(name or kind, st_albans, roles[kind])
        else:
            user = person(name or kind, is_superuser=kind == "owner")
        return Desk(st_albans, user)

    return seat


FIRST = Quarter(FinancialYear(2003), 1)
FIVE_YEARS = (100, 104, 98, 101) * 5


def enter(partnership: Partnership, slug: str, counts: Sequence[int]) -> None:
    """Publish a series, a quarter a count, beginning with April to June 2003."""
    category = CrimeCategory.objects.get(slug=slug)
    for place, count in enumerate(counts):
        quarter = FIRST + place
        held, _ = PeriodReturn.objects.get_or_create(
            partnership=partnership,
            financial_year=quarter.year,
            quarter=quarter.number,
            defaults={"state": "published", "figures_as_at": quarter.ends},
        )
        Actual.objects.create(period_return=held, category=category, count=count)


def aim(partnership: Partnership, slug: str, count: int, *, baseline: int = 400, sense: str = "reduce") -> None:
    """A target for 2008/09, measured from 2007/08."""
    category = CrimeCategory.objects.get(slug=slug)
    start = Baseline.objects.create(
        partnership=partnership,
        category=category,
        financial_year="2007/08",
        count=baseline,
        in_use_from="2008/09",
    )
    Target.objects.create(
        partnership=partnership,
        category=category,
        financial_year="2008/09",
        count=count,
        baseline=start,
        sense=sense,
    )


@pytest.fixture
def district(st_albans: Partnership, elsewhere: Partnership) -> Partnership:
    """A public partnership with steady series, a cycle theft that tripled, and targets for 2008/09."""
    Partnership.objects.filter(pk=elsewhere.pk).update(is_public=True)
    elsewhere.refresh_from_db()
    RecordingChange.objects.all().delete()
    enter(elsewhere, "robbery", (*FIVE_YEARS, 90))
    enter(elsewhere, "theft-of-cycle", (*FIVE_YEARS, 300))
    enter(elsewhere, "wounding", (*FIVE_YEARS, 101))
    enter(elsewhere, "mediations", (*FIVE_YEARS, 99))
    aim(elsewhere, "robbery", 440)
    aim(elsewhere, "theft-of-cycle", 290)
    aim(elsewhere, "wounding", 300)
    return elsewhere
