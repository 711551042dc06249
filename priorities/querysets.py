"""Chainable selection of the plan's rows."""

from __future__ import annotations

from typing import Any, cast

from django.db import models
from django.db.models import F, OuterRef, Q, Subquery


class ActionQuerySet(models.QuerySet[Any]):
    def with_status(self) -> ActionQuerySet:
        """Each with what tells how it goes.

        `status`, `reported_at` and `words`: what its update for the latest quarter says; `next_begins`: the first
        year of the plan after its own; `goes_on_in`: the number of the action that it goes on as there. None where
        there is none.
        """
        updates = self.model._meta.get_field("updates").related_model._default_manager
        # What goes on is as it was last said to be, until the new plan has a report of its own.
        told = updates.filter(Q(action=OuterRef("pk")) | Q(action=OuterRef("carried_from")))
        latest = told.order_by("-financial_year", "-quarter", "-at", "-pk")
        plans = self.model._meta.get_field("plan").related_model._default_manager
        later = plans.filter(partnership=OuterRef("plan__partnership"), first_year__gt=OuterRef("plan__last_year"))
        annotated = self.annotate(
            status=Subquery(latest.values("status")[:1]),
            reported_at=Subquery(latest.values("at")[:1]),
            words=Subquery(latest.values("words")[:1]),
            next_begins=Subquery(later.order_by("first_year").values("first_year")[:1]),
            goes_on_in=F("carried_to"),
        )
        return cast(ActionQuerySet, annotated)

    def live(self) -> ActionQuerySet:
        """Those at work: neither ended, nor done, nor stopped."""
        rows = self.with_status().filter(ended_on__isnull=True)
        return rows.filter(Q(status__isnull=True) | ~Q(status__in=["done", "stopped"]))
