"""Chainable selection of the plan's rows."""

from __future__ import annotations

from typing import Any, cast

from django.db import models
from django.db.models import OuterRef, Q, Subquery


class ActionQuerySet(models.QuerySet[Any]):
    def with_status(self) -> ActionQuerySet:
        """Each with `status` and `reported_at`: what its latest update says, None where there is none."""
        updates = self.model._meta.get_field("updates").related_model._default_manager
        latest = updates.filter(action=OuterRef("pk")).order_by("-at", "-pk")
        return cast(
            ActionQuerySet,
            self.annotate(status=Subquery(latest.values("status")[:1]), reported_at=Subquery(latest.values("at")[:1])),
        )

    def live(self) -> ActionQuerySet:
        """Those at work: neither ended, nor done, nor stopped."""
        rows = self.with_status().filter(ended_on__isnull=True)
        return rows.filter(Q(status__isnull=True) | ~Q(status__in=["done", "stopped"]))
