"""What lies behind a figure, in the words of whoever supplies it or of an officer."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from .categories import CrimeCategory
from .returns import PeriodReturn

MOST_CHARACTERS = 600
"""A box holds a short paragraph: what is longer is not read at a board's table."""


class Commentary(models.Model):
    """On one category in one period: why it is so, what is being done, what is asked of the board.

    Part of its return: handed in, sent back and published with it. At least one of the three has words.
    """

    period_return = models.ForeignKey(PeriodReturn, models.PROTECT, related_name="commentaries")
    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="commentaries")
    why = models.TextField("why it is so", max_length=MOST_CHARACTERS, blank=True)
    doing = models.TextField("what is being done", max_length=MOST_CHARACTERS, blank=True)
    asked = models.TextField("what is asked of the board", max_length=MOST_CHARACTERS, blank=True)
    written_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    written_at = models.DateTimeField()

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("period_return", "category")
        verbose_name_plural = "commentaries"
        constraints = [
            models.UniqueConstraint(
                fields=("period_return", "category"), name="one_commentary_on_a_category_in_a_period"
            ),
            models.CheckConstraint(
                condition=~Q(why="") | ~Q(doing="") | ~Q(asked=""), name="commentary_says_something"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.period_return}"
