"""The admin of the installation's owner. Partnerships run their own affairs on their pages; this is for setting up.

Figures are read-only here, and so is what was published; rows that others rest on are protected.
"""

from __future__ import annotations

from typing import Any

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Membership,
    OffenceCode,
    PartnerAgency,
    Partnership,
    PeriodReturn,
    RecordingChange,
    Target,
)


class KeepsPublished(admin.ModelAdmin):
    """Read-only for what has been published; subclasses say when a row has."""

    def is_published(self, row: Any) -> bool:
        raise NotImplementedError

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_change_permission(request, obj) and not (obj and self.is_published(obj))

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return super().has_delete_permission(request, obj) and not (obj and self.is_published(obj))


class AgencyInline(admin.TabularInline):
    model = PartnerAgency
    fields = ("name", "slug", "joined_on", "left_on", "position")
    prepopulated_fields = {"slug": ("name",)}
    extra = 0
    can_delete = False
    show_change_link = True


@admin.register(Partnership)
class PartnershipAdmin(admin.ModelAdmin):
    list_display = ("title", "home_office_code", "police_force", "is_public", "slug")
    list_filter = ("is_public", "police_force")
    search_fields = ("title", "name", "home_office_name", "home_office_code")
    prepopulated_fields = {"slug": ("name",)}
    formfield_overrides = {models.URLField: {"assume_scheme": "https"}}
    inlines = [AgencyInline]


class MembershipInline(admin.TabularInline):
    model = Membership
    autocomplete_fields = ("user",)
    extra = 0


@admin.register(PartnerAgency)
class PartnerAgencyAdmin(admin.ModelAdmin):
    list_display = ("name", "partnership", "joined_on", "left_on", "succeeded_by")
    list_filter = ("partnership", ("left_on", admin.EmptyFieldListFilter))
    search_fields = ("name", "contact_name", "contact_email")
    list_select_related = ("partnership", "succeeded_by")
    autocomplete_fields = ("partnership", "succeeded_by", "supplies")
    prepopulated_fields = {"slug": ("name",)}
    inlines = [MembershipInline]

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        """An agency that supplies figures is ended with a date, not deleted."""
        return super().has_delete_permission(request, obj) and not (obj and obj.supplies.exists())


@admin.register(Membership)
class MembershipAdmin(admin.ModelAdmin):
    list_display = ("user", "role", "agency", "partnership")
    list_filter = ("role", "agency__partnership")
    search_fields = ("user__username", "user__email", "agency__name")
    list_select_related = ("user", "agency__partnership")
    autocomplete_fields = ("user", "agency")

    @admin.display(ordering="agency__partnership")
    def partnership(self, row: Membership) -> Partnership:
        return row.agency.partnership


class OffenceCodeInline(admin.TabularInline):
    model = OffenceCode
    extra = 0


class RecordingChangeInline(admin.StackedInline):
    model = RecordingChange
    extra = 0


@admin.register(CrimeCategory)
class CrimeCategoryAdmin(admin.ModelAdmin):
    list_display = ("name", "parent", "kind", "codes", "position")
    list_filter = ("kind", ("parent", admin.RelatedOnlyFieldListFilter))
    list_editable = ("position",)
    list_select_related = ("parent",)
    search_fields = ("name", "definition", "offence_codes__code")
    autocomplete_fields = ("parent",)
    prepopulated_fields = {"slug": ("name",)}
    inlines = [OffenceCodeInline, RecordingChangeInline]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[CrimeCategory]:
        return super().get_queryset(request).prefetch_related("offence_codes")

    @admin.display(description="Offence codes")
    def codes(self, row: CrimeCategory) -> str:
        return ", ".join(code.code for code in row.offence_codes.all())


@admin.register(RecordingChange)
class RecordingChangeAdmin(admin.ModelAdmin):
    list_display = ("category", "financial_year", "quarter", "partnership", "description")
    list_filter = ("category", "partnership")
    search_fields = ("category__name", "description")
    list_select_related = ("category", "partnership")
    autocomplete_fields = ("category", "partnership")


@admin.register(Baseline)
class BaselineAdmin(KeepsPublished):
    list_display = ("category", "partnership", "financial_year", "count", "in_use_from", "source")
    list_filter = ("partnership", "financial_year", "in_use_from")
    search_fields = ("category__name", "partnership__title", "note", "source")
    list_select_related = ("category", "partnership")
    autocomplete_fields = ("category", "partnership")

    def is_published(self, row: Baseline) -> bool:
        published = PeriodReturn.objects.published().filter(partnership=row.partnership)
        return published.filter(financial_year__gte=row.in_use_from).exists()


@admin.register(Target)
class TargetAdmin(KeepsPublished):
    list_display = ("category", "partnership", "financial_year", "count", "sense", "basis", "baseline_count")
    list_filter = ("partnership", "financial_year", "sense")
    search_fields = ("category__name", "partnership__title", "note", "basis")
    list_select_related = ("category", "partnership", "baseline")
    autocomplete_fields = ("category", "partnership", "baseline")

    def is_published(self, row: Target) -> bool:
        published = PeriodReturn.objects.published().filter(partnership=row.partnership)
        return published.filter(financial_year=row.financial_year).exists()

    @admin.display(description="Baseline")
    def baseline_count(self, row: Target) -> str:
        return f"{row.baseline.count:,} in {row.baseline.financial_year}"


class ReadOnly:
    """Figures and states change on the partnership's own pages only, where each change is kept with who and when."""

    def has_add_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class ActualInline(ReadOnly, admin.TabularInline):
    model = Actual
    fields = ("category", "count", "missing", "is_provisional", "note")


@admin.register(PeriodReturn)
class PeriodReturnAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("partnership", "financial_year", "quarter", "state", "figures_as_at", "held")
    list_filter = ("state", "partnership", "financial_year")
    search_fields = ("partnership__title", "source")
    list_select_related = ("partnership",)
    inlines = [ActualInline]

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[PeriodReturn]:
        rows: models.QuerySet[PeriodReturn] = super().get_queryset(request)
        return rows.annotate(figures_held=models.Count("actuals"))

    @admin.display(description="Figures", ordering="figures_held")
    def held(self, row: Any) -> int:
        return int(row.figures_held)


@admin.register(Actual)
class ActualAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ("category", "period_return", "count", "missing", "is_provisional", "version")
    list_filter = ("period_return__partnership", "period_return__state", "is_provisional", "missing")
    search_fields = ("category__name", "period_return__partnership__title", "note")
    list_select_related = ("category", "period_return__partnership")
