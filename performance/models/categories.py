"""What is counted, and how the way of counting changed."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from performance.querysets import CrimeCategoryQuerySet

from .fields import FinancialYearField, year_in_range
from .partnerships import Partnership


class CrimeCategory(models.Model):
    """A kind of crime or incident, shared by all partnerships or counted by one alone.

    A tree: a category with children is the sum of its children and has no figures of its own.
    """

    class Kind(models.TextChoices):
        RECORDED_CRIME = "recorded_crime", "Recorded crime"
        INCIDENT = "incident", "Incident"
        COHORT = "cohort", "Number of offenders worked with"
        INTERVENTION = "intervention", "Interventions made"

    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="own_categories",
        help_text="The only one that counts it; empty for what all share.",
    )
    name = models.CharField(max_length=80)
    full_name = models.CharField(
        max_length=120, blank=True, help_text="With its abbreviation spelt out, where the name has one."
    )
    is_plural = models.BooleanField(default=False, help_text="“All BCS crimes are down”, not “is down”.")
    slug = models.SlugField("address", unique=True)
    parent = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="children", help_text="The total it is part of."
    )
    kind = models.CharField(max_length=20, choices=Kind, default=Kind.RECORDED_CRIME)
    definition = models.TextField(blank=True, help_text="In plain English: what counts and what does not.")
    counted_as = models.CharField(
        max_length=80, default="offences", help_text="The word after a number, as in “186 thefts of cycle”."
    )
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("slug",)
    objects = CrimeCategoryQuerySet.as_manager()

    class Meta:
        ordering = ("position", "name")
        verbose_name_plural = "crime categories"
        constraints = [
            models.UniqueConstraint(fields=("name", "partnership"), name="category_name_once_in_partnership"),
            models.UniqueConstraint(
                fields=("name",),
                condition=models.Q(partnership__isnull=True),
                name="shared_category_name_once",
                violation_error_message="There is a category of this name already. Choose another name.",
            ),
            models.CheckConstraint(
                condition=models.Q(kind__in=["recorded_crime", "incident", "cohort", "intervention"]),
                name="kind_is_known",
            ),
            models.CheckConstraint(
                condition=models.Q(parent__isnull=True) | ~models.Q(parent=models.F("pk")),
                name="category_is_not_its_own_parent",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_level(self) -> bool:
        """Whether it is how many there are when a period ends, which is not added up over time."""
        return self.kind == self.Kind.COHORT

    def clean(self) -> None:
        ancestor = self.parent
        while ancestor is not None:
            if ancestor.pk == self.pk and self.pk is not None:
                raise ValidationError({"parent": "A category cannot be part of itself."})
            ancestor = ancestor.parent
        # A sum is made of names, so no two that one partnership counts may share one.
        alike = CrimeCategory.objects.filter(name__iexact=self.name).exclude(pk=self.pk)
        if self.partnership_id is not None:
            alike = alike.of(self.partnership_id)
        if alike.exists():
            raise ValidationError({"name": "There is a category of this name already. Choose another name."})
        was = CrimeCategory.objects.filter(pk=self.pk).values_list("parent", flat=True).first() if self.pk else None
        if self.parent and was != self.parent_id and self.parent.has_figures:
            raise ValidationError(
                {"parent": f"{self.parent} has figures of its own, so it cannot be the sum of others."}
            )
        self._keep_kind()
        if was != self.parent_id:
            for total in CrimeCategory.objects.filter(pk__in=[was, self.parent_id]):
                if total.is_published:
                    raise ValidationError({"parent": f"{total} is published as the sum of the parts that it has."})

    def _keep_kind(self) -> None:
        """A count becomes no level, and a level no count, once there are figures: their sums would change."""
        was = CrimeCategory.objects.filter(pk=self.pk).values_list("kind", flat=True).first() if self.pk else None
        if was is not None and was != self.kind and self.has_figures:
            raise ValidationError({"kind": f"{self} has figures, which would mean something else. Its kind stays."})

    @property
    def has_figures(self) -> bool:
        """Whether a baseline, a target or an actual was entered for it in any partnership.

        An actual of a total is the sum that was supplied, to check its parts by, and no figure of its own.
        """
        has_actuals = self.actuals.exists() and not self.children.exists()
        return self.baselines.exists() or self.targets.exists() or has_actuals

    @property
    def is_published(self) -> bool:
        """Whether a figure of it or of one of its parts has been published in any partnership."""
        if self.actuals.filter(period_return__state="published").exists():
            return True
        return any(part.is_published for part in self.children.all())


def refuse_total(category: CrimeCategory) -> None:
    """A total is worked out from its parts, so nobody may enter a figure for one."""
    if category.children.exists():
        raise ValidationError({"category": f"{category} is the sum of its parts. Enter the parts."})


class OffenceCode(models.Model):
    """A Home Office offence code that a category counts, for the years in which it does.

    Codes are text: 4.1 and 4.10 are different, and so are 28A and 28a*.
    """

    class Basis(models.TextChoices):
        PUBLISHED = "published", "Published by the Home Office"
        INFERRED = "inferred", "Inferred from the list of offence codes"

    category = models.ForeignKey(CrimeCategory, models.CASCADE, related_name="offence_codes")
    code = models.CharField(
        max_length=12, validators=[RegexValidator(r"^[0-9]+[A-Z]*(\.[0-9]+)?$", "Such as 28A or 37.2.")]
    )
    title = models.CharField(max_length=120, blank=True, help_text="As in the Home Office's list.")
    first_year = FinancialYearField(null=True, blank=True, help_text="Empty: from the start of the series.")
    last_year = FinancialYearField(null=True, blank=True, help_text="Empty: until now.")
    basis = models.CharField(max_length=10, choices=Basis, default=Basis.PUBLISHED)

    class Meta:
        ordering = ("category", "first_year", "code")
        constraints = [
            models.UniqueConstraint(fields=("category", "code"), name="code_once_in_category"),
            models.CheckConstraint(condition=models.Q(basis__in=["published", "inferred"]), name="basis_is_known"),
            models.CheckConstraint(
                condition=models.Q(first_year__isnull=True)
                | models.Q(last_year__isnull=True)
                | models.Q(last_year__gte=models.F("first_year")),
                name="code_ends_after_it_begins",
            ),
            models.CheckConstraint(condition=year_in_range("first_year"), name="code_first_year"),
            models.CheckConstraint(condition=year_in_range("last_year"), name="code_last_year"),
        ]

    def __str__(self) -> str:
        return self.code


class RecordingChange(models.Model):
    """From a quarter on, a category is counted differently: figures before and after are not alike."""

    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="recording_changes")
    partnership = models.ForeignKey(
        Partnership,
        models.PROTECT,
        null=True,
        blank=True,
        related_name="recording_changes",
        help_text="Empty: the change was national.",
    )
    financial_year = FinancialYearField()
    quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    description = models.TextField()

    class Meta:
        ordering = ("financial_year", "quarter")
        constraints = [
            models.CheckConstraint(condition=year_in_range("financial_year"), name="recording_change_year"),
            models.CheckConstraint(
                condition=models.Q(quarter__gte=1, quarter__lte=4), name="recording_change_quarter_1_to_4"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.category} from {self.financial_year} Q{self.quarter}"


class Succession(models.Model):
    """From a year on a partnership counts something in a category's place, or nothing.

    Renamed: one row. Split: a row for each of those that come after. Merged: a row for each of those before. Retired:
    a row with nothing after it. Figures stay where they were entered; the series are joined when they are read.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="successions")
    first_year = FinancialYearField(help_text="The first in which it is so.")
    before = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="successors")
    after = models.ForeignKey(CrimeCategory, models.PROTECT, null=True, blank=True, related_name="predecessors")

    history = HistoricalRecords(history_change_reason_field=models.TextField(null=True))

    class Meta:
        ordering = ("partnership", "first_year", "pk")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "before", "after"), name="succession_once"),
            models.UniqueConstraint(
                fields=("partnership", "before"), condition=models.Q(after__isnull=True), name="retired_once"
            ),
            models.CheckConstraint(
                condition=models.Q(after__isnull=True) | ~models.Q(after=models.F("before")),
                name="category_does_not_succeed_itself",
            ),
            models.CheckConstraint(condition=year_in_range("first_year"), name="succession_year"),
        ]

    def __str__(self) -> str:
        return f"{self.before} → {self.after or 'nothing'} from {self.first_year}"
