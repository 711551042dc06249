"""Where a category starts from, and what it is to reach."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from simple_history.models import HistoricalRecords

from performance.calculations.status import Sense as SenseOfTarget
from performance.querysets import ByNaturalKey

from .categories import CrimeCategory, refuse_total
from .fields import MOST, FinancialYearField, year_in_range
from .partnerships import Partnership


class Baseline(models.Model):
    """The count of a year from which reductions are measured, in use from a year on."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="baselines")
    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="baselines")
    financial_year = FinancialYearField()
    count = models.PositiveIntegerField(validators=[MaxValueValidator(MOST)])
    in_use_from = FinancialYearField(help_text="The first year that is measured against it, such as 2005/06.")
    source = models.CharField(max_length=200, blank=True)
    note = models.TextField(blank=True)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "category__slug", "in_use_from")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("partnership", "category", "in_use_from")
        constraints = [
            models.UniqueConstraint(
                fields=("partnership", "category", "in_use_from"), name="one_baseline_in_use_at_a_time"
            ),
            models.CheckConstraint(condition=models.Q(count__gte=0, count__lte=MOST), name="baseline_count_in_range"),
            models.CheckConstraint(condition=year_in_range("financial_year"), name="baseline_year"),
            models.CheckConstraint(condition=year_in_range("in_use_from"), name="baseline_in_use_from"),
            models.CheckConstraint(
                condition=models.Q(in_use_from__gte=models.F("financial_year")), name="baseline_before_its_use"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.financial_year}: {self.count:,}"

    def clean(self) -> None:
        if not self.category_id or not self.partnership_id:
            return
        refuse_total(self.category)
        if (
            self.in_use_from
            and self.partnership.returns.published().filter(financial_year__gte=self.in_use_from).exists()
        ):
            raise ValidationError(
                {"in_use_from": "Figures from this year on are published against the baselines that they have."}
            )
        others = Target.objects.filter(baseline=self).exclude(
            partnership=self.partnership_id, category=self.category_id
        )
        if self.pk and others.exists():
            raise ValidationError("Targets are measured from it, so it stays with its partnership and category.")


class Target(models.Model):
    """The count that a category is to reach in a year, and how it is to be judged."""

    class Sense(models.TextChoices):
        REDUCE = SenseOfTarget.REDUCE.value, "Reduce"
        INCREASE = SenseOfTarget.INCREASE.value, "Increase"
        DO_NOT_EXCEED = SenseOfTarget.DO_NOT_EXCEED.value, "Do not exceed"
        WATCH = SenseOfTarget.WATCH.value, "Watch without judging"

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="targets")
    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="targets")
    financial_year = FinancialYearField()
    count = models.PositiveIntegerField(validators=[MaxValueValidator(MOST)])
    baseline = models.ForeignKey(Baseline, models.PROTECT, related_name="targets")
    sense = models.CharField(max_length=20, choices=Sense, default=Sense.REDUCE)
    tolerance_percent = models.DecimalField(
        max_digits=4,
        decimal_places=1,
        default=5,
        validators=[MinValueValidator(0), MaxValueValidator(100)],
        help_text="A target missed by no more than this is missed narrowly.",
    )
    basis = models.CharField(max_length=200, blank=True, help_text="How it was set, such as “10% below the baseline”.")
    note = models.TextField(blank=True, help_text="Shown as a note under every table that has this target.")
    source = models.CharField(max_length=200, blank=True)
    revised_on = models.DateField(
        null=True, blank=True, editable=False, help_text="When it was changed last, after figures were published by it."
    )
    revised_why = models.TextField(blank=True, editable=False)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("partnership", "financial_year", "category")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "category", "financial_year"), name="one_target_a_year"),
            models.CheckConstraint(condition=models.Q(count__gte=0, count__lte=MOST), name="target_count_in_range"),
            models.CheckConstraint(
                condition=models.Q(sense__in=["reduce", "increase", "do_not_exceed", "watch"]), name="sense_is_known"
            ),
            models.CheckConstraint(
                condition=models.Q(tolerance_percent__gte=0, tolerance_percent__lte=100), name="tolerance_0_to_100"
            ),
            models.CheckConstraint(condition=year_in_range("financial_year"), name="target_year"),
        ]

    def __str__(self) -> str:
        return f"{self.category}, {self.financial_year}: {self.count:,}"

    def clean(self) -> None:
        if not self.category_id or not self.baseline_id or not self.partnership_id:
            return
        refuse_total(self.category)
        if (
            self.financial_year
            and self.partnership.returns.published().filter(financial_year=self.financial_year).exists()
        ):
            raise ValidationError(
                {"financial_year": "The figures of this year are published with the targets that it has."}
            )
        if (self.baseline.partnership_id, self.baseline.category_id) != (self.partnership_id, self.category_id):
            raise ValidationError({"baseline": "Choose a baseline of the same partnership and category."})
        if self.sense == self.Sense.REDUCE and self.count > self.baseline.count and not self.note:
            raise ValidationError({"note": "The target is above its baseline. Say why."})
