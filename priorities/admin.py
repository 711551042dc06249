from __future__ import annotations

from django.contrib import admin
from django.db import models
from django.http import HttpRequest

from priorities.models import Aim, Objective, Plan, Priority


class PlanPartInline(admin.TabularInline):
    fields = ("title", "slug", "position")
    prepopulated_fields = {"slug": ("title",)}
    extra = 0
    show_change_link = True


class AimInline(PlanPartInline):
    model = Aim


class ObjectiveInline(PlanPartInline):
    model = Objective


class PriorityInline(admin.TabularInline):
    model = Priority
    fields = ("title", "categories", "emphasis", "position")
    autocomplete_fields = ("categories",)
    extra = 0


@admin.register(Plan)
class PlanAdmin(admin.ModelAdmin):
    list_display = ("title", "partnership", "first_year", "last_year")
    list_filter = ("partnership",)
    search_fields = ("title", "partnership__title", "introduction")
    list_select_related = ("partnership",)
    autocomplete_fields = ("partnership",)
    inlines = [AimInline, ObjectiveInline]


class PlanPartAdmin(admin.ModelAdmin):
    list_display = ("title", "plan", "position")
    list_filter = ("plan",)
    search_fields = ("title", "summary")
    list_select_related = ("plan__partnership",)
    autocomplete_fields = ("plan",)
    prepopulated_fields = {"slug": ("title",)}


@admin.register(Aim)
class AimAdmin(PlanPartAdmin):
    inlines = [PriorityInline]


@admin.register(Objective)
class ObjectiveAdmin(PlanPartAdmin):
    pass


@admin.register(Priority)
class PriorityAdmin(admin.ModelAdmin):
    list_display = ("title", "aim", "emphasis", "judged_by")
    list_filter = ("aim__plan", "aim", "emphasis")
    search_fields = ("title", "note", "categories__name")
    list_select_related = ("aim",)
    autocomplete_fields = ("aim", "categories")

    def get_queryset(self, request: HttpRequest) -> models.QuerySet[Priority]:
        return super().get_queryset(request).prefetch_related("categories", "questions")

    @admin.display(description="Judged by")
    def judged_by(self, row: Priority) -> str:
        return ", ".join(str(each) for each in (*row.categories.all(), *row.questions.all()))
