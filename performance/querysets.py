"""Chainable selection of rows."""

from __future__ import annotations

from datetime import date
from typing import Any, cast

from django.db import models


class ByNaturalKey(models.QuerySet[Any]):
    """Finds the row that a fixture names by what makes it unique, not by a number that differs between databases.

    Only finds: the models have no `natural_key`, so that a fixture loaded twice is refused instead of overwriting.
    """

    def get_by_natural_key(self, *key: Any) -> Any:
        return self.get(**dict(zip(self.model.NATURAL_KEY, key, strict=True)))


class CrimeCategoryQuerySet(ByNaturalKey):
    def of(self, partnership: Any) -> CrimeCategoryQuerySet:
        """Those that all partnerships share, and this one's own."""
        return self.filter(models.Q(partnership__isnull=True) | models.Q(partnership=partnership))

    def counted_in(self, partnership: Any, year: Any) -> CrimeCategoryQuerySet:
        """Those of a partnership that nothing has taken the place of by a year, and that are not to come after it."""
        successions = self.model._meta.get_field("successors").related_model._default_manager
        here = successions.filter(partnership=partnership)
        over = here.filter(first_year__lte=year).values("before")
        ahead = here.filter(first_year__gt=year, after__partnership__isnull=False).values("after")
        return self.of(partnership).exclude(pk__in=over).exclude(pk__in=ahead)

    def expected_of(self, partnership: Any) -> CrimeCategoryQuerySet:
        """The categories without parts whose figures a partnership is to hand in.

        Those that have a baseline, a target or a supplying agency there.
        """
        wanted = (
            models.Q(baselines__partnership=partnership)
            | models.Q(targets__partnership=partnership)
            | models.Q(supplied_by__partnership=partnership)
            | models.Q(predecessors__partnership=partnership)
        )
        return self.filter(pk__in=self.model._default_manager.filter(wanted).values("pk"), children__isnull=True)


class PartnershipQuerySet(ByNaturalKey):
    def public(self) -> PartnershipQuerySet:
        return self.filter(is_public=True)


class PartnerAgencyQuerySet(ByNaturalKey):
    def there_on(self, day: date) -> PartnerAgencyQuerySet:
        """Those that had joined, if that is known, and not left by a day; the day of leaving is the last one there."""
        joined = models.Q(joined_on__isnull=True) | models.Q(joined_on__lte=day)
        return self.filter(joined, models.Q(left_on__isnull=True) | models.Q(left_on__gte=day))


class MembershipQuerySet(models.QuerySet[Any]):
    def there_on(self, day: date) -> MembershipQuerySet:
        """Those that give rights on a day: not ended, of an agency that has joined and not left."""
        joined = models.Q(agency__joined_on__isnull=True) | models.Q(agency__joined_on__lte=day)
        return self.going_on(day).filter(joined)

    def going_on(self, day: date) -> MembershipQuerySet:
        """Those that give rights on a day or are going to: not ended, of an agency that has not left."""
        ended = models.Q(ended_on__isnull=True) | models.Q(ended_on__gt=day)
        left = models.Q(agency__left_on__isnull=True) | models.Q(agency__left_on__gte=day)
        return self.filter(ended, left)


class ActualQuerySet(models.QuerySet[Any]):
    def with_revised(self) -> ActualQuerySet:
        """Each with `is_revised`: whether a number was changed after it had been published.

        A figure that was not yet available then and came later is late, and no revision of a number.
        """
        later = (
            self.model._meta.get_field("revisions")
            .related_model._default_manager.filter(actual=models.OuterRef("pk"), event__kind="revised")
            .exclude(was_missing="not_yet_available")
        )
        return cast(ActualQuerySet, self.annotate(is_revised=models.Exists(later)))


class PeriodReturnQuerySet(ByNaturalKey):
    def published(self) -> PeriodReturnQuerySet:
        return self.filter(state="published")
