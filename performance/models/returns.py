"""The figures of a period, as handed in."""

from __future__ import annotations

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.db.models import Q

from performance.calculations.figures import NoFigure
from performance.calculations.periods import Period, Quarter, day
from performance.querysets import ActualQuerySet, PeriodReturnQuerySet

from .categories import CrimeCategory
from .fields import MOST, FinancialYearField, year_in_range
from .partnerships import Partnership


class ReturnState(models.TextChoices):
    DRAFT = "draft", "Draft"
    SUBMITTED = "submitted", "Submitted"
    PUBLISHED = "published", "Published"


def _together(*names: str) -> Q:
    """The columns are all empty or all filled."""
    return Q(**{f"{name}__isnull": True for name in names}) | Q(**{f"{name}__isnull": False for name in names})


class PeriodReturn(models.Model):
    """The figures of one partnership for one quarter, or for a whole year where quarters are not held."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="returns")
    financial_year = FinancialYearField()
    quarter = models.PositiveSmallIntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(1), MaxValueValidator(4)],
        help_text="1 to 4; empty for a whole year.",
    )
    state = models.CharField(max_length=10, choices=ReturnState, default=ReturnState.DRAFT)
    figures_as_at = models.DateField(null=True, blank=True, help_text="The day on which the figures were true.")
    source = models.CharField(max_length=200, blank=True)
    submitted_at = models.DateTimeField(null=True, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )
    published_at = models.DateTimeField(null=True, blank=True, editable=False)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, editable=False, related_name="+"
    )

    NATURAL_KEY = ("partnership__slug", "financial_year", "quarter")
    objects = PeriodReturnQuerySet.as_manager()

    class Meta:
        ordering = ("partnership", "financial_year", "quarter")
        constraints = [
            # Two constraints, because SQLite takes two empty quarters for different.
            models.UniqueConstraint(
                fields=("partnership", "financial_year"), condition=Q(quarter__isnull=True), name="one_return_a_year"
            ),
            models.UniqueConstraint(fields=("partnership", "financial_year", "quarter"), name="one_return_a_quarter"),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="return_quarter_1_to_4"),
            models.CheckConstraint(condition=year_in_range("financial_year"), name="return_year"),
            models.CheckConstraint(condition=Q(state__in=ReturnState.values), name="return_state_is_known"),
            models.CheckConstraint(
                condition=_together("submitted_at", "submitted_by"), name="submitted_who_and_when_together"
            ),
            models.CheckConstraint(
                condition=_together("published_at", "published_by"), name="published_who_and_when_together"
            ),
            models.CheckConstraint(
                condition=~Q(state="published") | Q(figures_as_at__isnull=False), name="published_figures_are_dated"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.partnership.name}, {self.period}"

    @property
    def period(self) -> Period:
        return self.financial_year if self.quarter is None else Quarter(self.financial_year, self.quarter)

    def refuse_undated(self) -> None:
        """Nothing is published without the day on which it was true, nor before the period is over."""
        if not self.figures_as_at:
            raise ValidationError({"figures_as_at": "Say on which day the figures were true before publishing them."})
        if self.figures_as_at < self.period.ends:
            raise ValidationError(
                {"figures_as_at": f"The period ends on {day(self.period.ends)}: publish it after that."}
            )

    def clean(self) -> None:
        if self.state == ReturnState.PUBLISHED and self.financial_year:
            self.refuse_undated()


class Actual(models.Model):
    """One category's figure in a return: a count, or the reason why there is none.

    Of a total it is the sum as it was supplied, to check the parts by; the total itself is worked out from them.
    """

    class Missing(models.TextChoices):
        NOT_YET_AVAILABLE = NoFigure.NOT_YET_AVAILABLE.value, "Not yet available"
        NOT_APPLICABLE = NoFigure.NOT_APPLICABLE.value, "Not applicable"
        WITHHELD = NoFigure.WITHHELD.value, "Withheld"

    period_return = models.ForeignKey(PeriodReturn, models.PROTECT, related_name="actuals")
    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="actuals")
    count = models.IntegerField(
        null=True,
        blank=True,
        validators=[MinValueValidator(-MOST), MaxValueValidator(MOST)],
        help_text="Negative where crimes were cancelled later.",
    )
    missing = models.CharField("no figure because", max_length=20, choices=Missing, blank=True)
    is_provisional = models.BooleanField("provisional", default=False)
    is_confirmed = models.BooleanField("confirmed although odd", default=False)
    note = models.TextField(blank=True)
    version = models.PositiveIntegerField(
        default=1, editable=False, help_text="Goes up with each change: who saves over an older one is told."
    )

    objects = ActualQuerySet.as_manager()

    class Meta:
        ordering = ("period_return", "category")
        constraints = [
            models.UniqueConstraint(fields=("period_return", "category"), name="one_actual_a_category"),
            models.CheckConstraint(
                condition=Q(count__isnull=False, missing="")
                | Q(count__isnull=True, missing__in=["not_yet_available", "not_applicable", "withheld"]),
                name="a_count_or_a_reason",
            ),
            models.CheckConstraint(condition=Q(count__gte=-MOST, count__lte=MOST), name="actual_count_in_range"),
            models.CheckConstraint(
                condition=Q(count__isnull=True) | Q(count__gte=0) | ~Q(note=""), name="count_below_0_has_a_note"
            ),
        ]

    def __str__(self) -> str:
        figure = self.get_missing_display() if self.count is None else f"{self.count:,}"
        return f"{self.category}, {self.period_return}: {figure}"

    def clean(self) -> None:
        if (self.count is None) == (self.missing == ""):
            raise ValidationError("Enter a count, or choose why there is none.")
