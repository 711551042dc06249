"""Figures that somebody pasted or uploaded, kept as they were read until they are put into a return."""

from __future__ import annotations

import uuid

from django.conf import settings
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from performance.calculations.periods import Period, Quarter

from .categories import CrimeCategory
from .fields import FinancialYearField, year_in_range
from .partnerships import Partnership


class ImportPreview(models.Model):
    """What was pasted or uploaded, and what was said about it. Nothing of it is in a return before it is applied.

    Without a year it is of all the periods that it names. `sheets` are the cells as texts, `choices` what the person
    has said where a question was asked, `applied` the versions of the figures that were written.
    """

    class Way(models.TextChoices):
        PASTED = "pasted", "Pasted"
        UPLOADED = "uploaded", "Uploaded"

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="imports")
    financial_year = FinancialYearField(null=True, blank=True)
    quarter = models.PositiveSmallIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(4)]
    )
    way = models.CharField(max_length=10, choices=Way)
    file_name = models.CharField(max_length=200, blank=True)
    digest = models.CharField(max_length=64, help_text="Of the bytes that came in: the same again is told.")
    sheets = models.JSONField()
    choices = models.JSONField(default=dict)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    applied = models.JSONField(default=list, blank=True)
    applied_at = models.DateTimeField(null=True, blank=True)
    undone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("-at",)
        constraints = [
            models.CheckConstraint(condition=year_in_range("financial_year"), name="import_year"),
            models.CheckConstraint(
                condition=Q(quarter__isnull=True) | Q(quarter__gte=1, quarter__lte=4, financial_year__isnull=False),
                name="import_quarter_1_to_4_of_a_year",
            ),
            models.CheckConstraint(condition=Q(way__in=["pasted", "uploaded"]), name="import_way_is_known"),
            models.CheckConstraint(
                condition=Q(undone_at__isnull=True) | Q(applied_at__isnull=False), name="undone_after_it_was_applied"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_way_display()} by {self.by} for {self.partnership}"

    @property
    def period(self) -> Period | None:
        if self.financial_year is None:
            return None
        return self.financial_year if self.quarter is None else Quarter(self.financial_year, self.quarter)


class RememberedName(models.Model):
    """Under which name somebody's sheets have a category, as was said once for a partnership."""

    partnership = models.ForeignKey(Partnership, models.CASCADE, related_name="remembered_names")
    name = models.CharField(max_length=200)
    category = models.ForeignKey(CrimeCategory, models.CASCADE, related_name="+")
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("partnership", "name")
        constraints = [models.UniqueConstraint(fields=("partnership", "name"), name="name_remembered_once")]

    def __str__(self) -> str:
        return f"{self.name}: {self.category}"
