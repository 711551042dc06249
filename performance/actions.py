"""Writes that touch more than a row's own form: atomic, with who and when."""

from __future__ import annotations

from datetime import datetime

from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.core.exceptions import ValidationError
from django.db import transaction

from performance.models import PeriodReturn, ReturnState


@transaction.atomic
def publish(*, period_return: PeriodReturn, by: AbstractBaseUser | AnonymousUser, at: datetime) -> None:
    """Make a return's figures visible to all readers. ValidationError, in words for the person, if it may not be."""
    held = PeriodReturn.objects.select_for_update().get(pk=period_return.pk)
    if held.state == ReturnState.PUBLISHED:
        raise ValidationError(f"{held} is published already.")
    if not held.actuals.exists():
        raise ValidationError(f"{held} has no figures in it yet.")
    held.refuse_undated()
    held.state = ReturnState.PUBLISHED
    held.published_by_id, held.published_at = by.pk, at
    held.save(update_fields=["state", "published_by", "published_at"])
