"""What the pages about imports print."""

from __future__ import annotations

from django import template

from performance.imports.sheets import letters

register = template.Library()


@register.filter
def column_letters(number: int) -> str:
    """The name of a column: 4 is D."""
    return letters(number)
