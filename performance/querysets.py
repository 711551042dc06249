"""Chainable selection of rows."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import models


class ByNaturalKey(models.QuerySet[Any]):
    """Finds the row that a fixture names by what makes it unique, not by a number that differs between databases.

    Only finds: the models have no `natural_key`, so that a fixture loaded twice is refused instead of overwriting.
    """

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class PartnershipQuerySet(ByNaturalKey):
    def public(self) -> PartnershipQuerySet:
        return self.filter(is_public=True)


class PartnerAgencyQuerySet(ByNaturalKey):
    def there_on(self, day: date) -> PartnerAgencyQuerySet:
        """Those that had not left by a day; the day of leaving is the last one there."""
        return self.filter(models.Q(left_on__isnull=True) | models.Q(left_on__gte=day))


class PeriodReturnQuerySet(ByNaturalKey):
    def published(self) -> PeriodReturnQuerySet:
        return self.filter(state="published")
