"""Addresses made of titles."""

from __future__ import annotations

from django.db.models import Model
from django.utils.text import slugify


def free_slug(model: type[Model], title: str) -> str:
    """An address made of a title that no row of a model has yet."""
    longest = 46  # of 50, with room for a number
    stem = slugify(title)[:longest].strip("-") or "item"
    taken = set(model._default_manager.filter(slug__startswith=stem).values_list("slug", flat=True))
    numbered = (f"{stem}-{number}" for number in range(2, len(taken) + 3))
    return next(slug for slug in (stem, *numbered) if slug not in taken)
