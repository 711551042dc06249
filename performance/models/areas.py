"""The areas of all Community Safety Partnerships, to be compared with: no accounts, no plans, only counts."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import Q
from simple_history.models import HistoricalRecords

from performance.querysets import ByNaturalKey

from .categories import CrimeCategory
from .fields import MOST, FinancialYearField, year_in_range
from .partnerships import Partnership

EARLIEST_CENSUS, LATEST_YEAR = 1981, 2100

code_of_an_area = RegexValidator(r"^[EW][0-9]{8}$", "A code is an E or a W and eight digits, such as E22000128.")


class Area(models.Model):
    """One Community Safety Partnership as official tables name it, whether or not it works here.

    Loaded from the lookups of the Office for National Statistics; `other_names` are spellings that
    other official tables use for the same code.
    """

    code = models.CharField(max_length=9, unique=True, validators=[code_of_an_area])
    name = models.CharField(max_length=120)
    other_names = models.JSONField(default=list, blank=True)
    police_force = models.CharField(max_length=80)
    districts = models.JSONField(
        default=list, blank=True, help_text="The codes of the local authorities that it covers."
    )
    source = models.CharField(max_length=200)

    NATURAL_KEY = ("code",)
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("name", "code")

    def __str__(self) -> str:
        return self.name


class AreaPopulation(models.Model):
    """How many people live in an area in the middle of a calendar year, and in how many households if known."""

    area = models.ForeignKey(Area, models.CASCADE, related_name="populations")
    year = models.PositiveSmallIntegerField(
        validators=[MinValueValidator(EARLIEST_CENSUS), MaxValueValidator(LATEST_YEAR)]
    )
    residents = models.PositiveIntegerField(validators=[MinValueValidator(1), MaxValueValidator(MOST)])
    households = models.PositiveIntegerField(
        null=True, blank=True, validators=[MinValueValidator(1), MaxValueValidator(MOST)]
    )
    source = models.CharField(max_length=200)
    is_invented = models.BooleanField(default=False)

    NATURAL_KEY = ("area__code", "year")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("area", "year")
        constraints = [
            models.UniqueConstraint(fields=("area", "year"), name="one_population_a_year"),
            models.CheckConstraint(condition=Q(residents__gte=1, residents__lte=MOST), name="somebody_lives_there"),
            models.CheckConstraint(
                condition=Q(households__isnull=True) | Q(households__gte=1, households__lte=MOST),
                name="households_in_range",
            ),
            models.CheckConstraint(
                condition=Q(year__gte=EARLIEST_CENSUS, year__lte=LATEST_YEAR), name="population_year"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.area}, mid-{self.year}: {self.residents:,}"


class AreaFigure(models.Model):
    """An area's count of a category in a quarter, as one official table has it.

    Negative where crimes were cancelled later. The same quarter may stand in several sources; they
    are shown beside each other and never added.
    """

    class Source(models.TextChoices):
        HOME_OFFICE = "home_office", "Home Office, police recorded crime by partnership"
        POLICE_UK = "police_uk", "data.police.uk, street-level crime"
        DEMONSTRATION = "demonstration", "Invented for the demonstration"

    area = models.ForeignKey(Area, models.CASCADE, related_name="figures")
    category = models.ForeignKey(CrimeCategory, models.PROTECT, related_name="area_figures")
    financial_year = FinancialYearField()
    quarter = models.PositiveSmallIntegerField(validators=[MinValueValidator(1), MaxValueValidator(4)])
    count = models.IntegerField(validators=[MinValueValidator(-MOST), MaxValueValidator(MOST)])
    source = models.CharField(max_length=20, choices=Source)
    edition = models.CharField(
        max_length=200, blank=True, help_text="Which file or edition of the table it was taken from."
    )

    class Meta:
        ordering = ("area", "category", "financial_year", "quarter")
        constraints = [
            models.UniqueConstraint(
                fields=("area", "category", "financial_year", "quarter", "source"),
                name="one_figure_of_an_area_a_source",
            ),
            models.CheckConstraint(condition=Q(quarter__gte=1, quarter__lte=4), name="area_figure_quarter_1_to_4"),
            models.CheckConstraint(condition=Q(count__gte=-MOST, count__lte=MOST), name="area_figure_in_range"),
            models.CheckConstraint(condition=year_in_range("financial_year"), name="area_figure_year"),
            models.CheckConstraint(
                condition=Q(source__in=["home_office", "police_uk", "demonstration"]),
                name="area_figure_source_is_known",
            ),
        ]
        indexes = [
            models.Index(fields=("category", "financial_year", "quarter"), name="area_figures_of_category"),
        ]

    def __str__(self) -> str:
        return f"{self.area}, {self.category}, {self.financial_year} Q{self.quarter}: {self.count:,}"


class ComparisonGroup(models.Model):
    """The areas that a partnership compares itself with from a day on, and why these.

    One-way: an area in the group need not compare itself with this partnership.
    """

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="comparison_groups")
    name = models.CharField(max_length=120, help_text="As in “The ten districts of Hertfordshire”.")
    reason = models.TextField("why these areas", blank=True)
    first_day = models.DateField("compared from")
    last_day = models.DateField("compared until", null=True, blank=True)
    areas = models.ManyToManyField(Area, related_name="compared_by")

    history = HistoricalRecords(m2m_fields=[areas], history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "name")
    objects = ByNaturalKey.as_manager()

    class Meta:
        ordering = ("partnership", "-first_day", "name")
        constraints = [
            models.UniqueConstraint(fields=("partnership", "name"), name="comparison_group_name_once"),
            models.CheckConstraint(
                condition=Q(last_day__isnull=True) | Q(last_day__gte=models.F("first_day")),
                name="comparison_group_ends_after_it_begins",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        if self.first_day and self.last_day and self.last_day < self.first_day:
            raise ValidationError({"last_day": "The last day is before the first. Choose a later one."})
