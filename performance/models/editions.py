"""The number of what is published, by which readers' pages are known to be the latest."""

from __future__ import annotations

from django.db import models
from django.db.models.functions import Coalesce

from .partnerships import Partnership


class Edition(models.Model):
    """The edition of what readers see of a partnership; without one, of what all partnerships share.

    Raised by every write that changes what readers see, in its transaction: `performance/actions/editions.py`. In a row
    of its own, because a form that saves a partnership would put an older number back.
    """

    partnership = models.OneToOneField(Partnership, models.CASCADE, null=True, related_name="edition")
    number = models.PositiveBigIntegerField(help_text="It only rises, and none is used twice.")

    class Meta:
        constraints = [
            models.UniqueConstraint(Coalesce("partnership", 0), name="one_edition_of_what_is_shared"),
        ]

    def __str__(self) -> str:
        return f"Edition {self.number} of {self.partnership or 'what all partnerships share'}"
