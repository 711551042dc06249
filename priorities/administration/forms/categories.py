"""The form of a category, for administrators."""

from __future__ import annotations

from django import forms
from django.db.models import Q

from performance.models import CrimeCategory, Partnership
from priorities.administration.base import ManagedForm
from priorities.administration.choices import choose_from


class CategoryForm(ManagedForm):
    class Meta:
        model = CrimeCategory
        fields = ("name", "full_name", "kind", "parent", "definition", "counted_as", "is_plural")
        widgets = {"definition": forms.Textarea(attrs={"rows": 4})}
        error_messages = {"name": {"unique": "There is a category of this name already. Choose another name."}}

    def limit_choices(self, partnership: Partnership) -> None:
        # Whoever has figures of its own cannot become a total of others, and what all partnerships share and count
        # does not become one for the sake of this one.
        tops = CrimeCategory.objects.of(partnership).filter(parent__isnull=True, actuals__isnull=True)
        tops = tops.filter(Q(partnership=partnership) | Q(children__partnership__isnull=True, children__isnull=False))
        choose_from(self, "parent", tops.exclude(pk=self.instance.pk).distinct())
