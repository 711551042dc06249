"""A partnership and the agencies in it."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, RegexValidator
from django.db import models
from simple_history.models import HistoricalRecords

from performance.querysets import PartnerAgencyQuerySet, PartnershipQuerySet

ADDRESSES_TAKEN = ("about", "accounts", "admin", "health", "static")
"""First parts of addresses that are not partnerships."""


def not_an_address_of_ours(slug: str) -> None:
    if slug in ADDRESSES_TAKEN:
        raise ValidationError(f"“{slug}” is the address of another page. Choose another.")


class Partnership(models.Model):
    """The statutory partnership of one district. Everything but crime categories belongs to one."""

    class Accent(models.TextChoices):
        """Colours that keep their contrast on white and under white text."""

        BLUE = "blue", "Blue"
        TEAL = "teal", "Teal"
        GREEN = "green", "Green"
        PURPLE = "purple", "Purple"
        MAROON = "maroon", "Maroon"
        SLATE = "slate", "Slate"

    name = models.CharField("district", max_length=80, help_text="As in “St Albans”.")
    title = models.CharField(max_length=120, help_text="As in “St Albans Community Safety Partnership”.")
    slug = models.SlugField("address", unique=True, validators=[not_an_address_of_ours])
    home_office_name = models.CharField(max_length=120, help_text="As in the Home Office's tables.")
    home_office_code = models.CharField(
        max_length=9,
        unique=True,
        validators=[RegexValidator(r"^[EW][0-9]{8}$", "A code is an E or a W and eight digits, such as E22000128.")],
    )
    police_force = models.CharField(max_length=80)
    is_public = models.BooleanField(
        "published figures are open to all",
        default=False,
        help_text="Otherwise only members of the partnership see them.",
    )
    accent = models.CharField("accent colour", max_length=10, choices=Accent, default=Accent.BLUE)
    returns_due_after = models.PositiveSmallIntegerField(
        "days until a return is due",
        default=31,
        validators=[MaxValueValidator(366)],
        help_text="After the end of its quarter.",
    )
    is_invented = models.BooleanField(
        "its figures are invented", default=False, help_text="Every page says so. For demonstrations."
    )
    seen_on = models.DateField(
        "day from which it is seen",
        null=True,
        blank=True,
        help_text="For a demonstration, whose plan and figures are of past years. Empty: today.",
    )
    phone = models.CharField(max_length=40, blank=True)
    website = models.URLField(blank=True)

    NATURAL_KEY = ("slug",)
    objects = PartnershipQuerySet.as_manager()

    class Meta:
        ordering = ("is_invented", "name")
        constraints = [
            models.CheckConstraint(condition=~models.Q(slug__in=ADDRESSES_TAKEN), name="partnership_address_is_free"),
            models.CheckConstraint(condition=models.Q(returns_due_after__lte=366), name="returns_due_within_a_year"),
        ]

    def __str__(self) -> str:
        return self.title

    def day(self, today: date) -> date:
        """The day from which its pages are seen: what is late, what is done, which plan is at work."""
        return self.seen_on or today


class PartnerAgency(models.Model):
    """One of the bodies in a partnership, perhaps from a date, perhaps to a date, perhaps succeeded."""

    partnership = models.ForeignKey(Partnership, models.PROTECT, related_name="agencies")
    name = models.CharField(max_length=120)
    slug = models.SlugField()
    responsibility = models.CharField("what it does", max_length=200, blank=True)
    supplies = models.ManyToManyField(
        "performance.CrimeCategory", blank=True, related_name="supplied_by", help_text="Whose figures it supplies."
    )
    contact_name = models.CharField(max_length=120, blank=True)
    contact_email = models.EmailField(blank=True)
    contact_phone = models.CharField(max_length=40, blank=True)
    joined_on = models.DateField(null=True, blank=True, help_text="Empty if not known.")
    left_on = models.DateField(null=True, blank=True)
    succeeded_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="succeeded", help_text="The body that took over."
    )
    position = models.PositiveSmallIntegerField(default=0)

    history = HistoricalRecords(m2m_fields=[supplies], history_change_reason_field=models.TextField(null=True))

    NATURAL_KEY = ("partnership__slug", "slug")
    objects = PartnerAgencyQuerySet.as_manager()

    class Meta:
        ordering = ("partnership", "position", "name")
        verbose_name_plural = "partner agencies"
        constraints = [
            models.UniqueConstraint(fields=("partnership", "slug"), name="agency_slug_once_in_partnership"),
            models.CheckConstraint(
                condition=models.Q(left_on__isnull=True)
                | models.Q(joined_on__isnull=True)
                | models.Q(left_on__gte=models.F("joined_on")),
                name="agency_leaves_after_joining",
            ),
            models.CheckConstraint(
                condition=models.Q(succeeded_by__isnull=True) | ~models.Q(succeeded_by=models.F("pk")),
                name="agency_does_not_succeed_itself",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def has_left(self, today: date) -> bool:
        """Whether its last day in the partnership is over."""
        return self.left_on is not None and self.left_on < today

    def clean(self) -> None:
        if self.succeeded_by and self.succeeded_by.partnership_id != self.partnership_id:
            raise ValidationError({"succeeded_by": "Choose a body in the same partnership."})
