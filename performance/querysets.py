"""Chainable selection of rows."""

from __future__ import annotations

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


class PeriodReturnQuerySet(ByNaturalKey):
    def published(self) -> PeriodReturnQuerySet:
        return self.filter(state="published")
