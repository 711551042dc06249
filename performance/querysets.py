"""Chainable selection of rows."""

from __future__ import annotations

from typing import Any

from django.db import models

from performance.calculations.periods import Period, Quarter


class ByNaturalKey(models.QuerySet[Any]):
    """Finds the row that a fixture names by what makes it unique, not by a number that differs between databases.

    Only finds: the models have no `natural_key`, so that a fixture loaded twice is refused instead of overwriting.
    """

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class PartnershipQuerySet(ByNaturalKey):
    def public(self) -> PartnershipQuerySet:
        return self.filter(is_public=True)


class PeriodReturnQuerySet(ByNaturalKey):
    def published(self) -> PeriodReturnQuerySet:
        return self.filter(state="published")

    def for_period(self, period: Period) -> PeriodReturnQuerySet:
        quarter = period.number if isinstance(period, Quarter) else None
        return self.filter(financial_year=period.year, quarter=quarter)
