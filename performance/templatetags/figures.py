"""How figures look in a cell: a number or a mark, nothing else. Formatting only."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import groupby

from django import template
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from performance import wording
from performance.calculations import periods
from performance.calculations.change import Change
from performance.calculations.figures import Figure, NoFigure
from performance.wording import capital, in_percent, moved

NO_PERCENTAGE = NoFigure.NOT_APPLICABLE.mark
"""Both counts are known and stand beside it, but one is 0 or negative, of which there is no percentage."""

register = template.Library()


@register.filter
def count(figure: Figure) -> str:
    """1,148; the mark of the reason where there is none; a partial sum says so."""
    if figure.count is None:
        return figure.reason.mark if figure.reason else ""
    number = f"{figure.count:,}".replace("-", "−")
    marks = (" [partial]" if figure.is_partial else "") + (" [p]" if figure.provisional else "")
    return number + marks


@register.filter
def reduction(change: Change) -> str:
    """44%, or −27% where crime rose, as in the plan's own column; marked where the baseline is very small."""
    if change.reduction is None:
        return _no_percentage(change)
    size = in_percent(change.reduction)
    if change.reduction < 0:
        size = f"−{size}" if size[0].isdigit() else f"up by {size}"
    return size + _unreliable(change)


@register.filter
def movement(change: Change) -> str:
    """Down 6%, Up 27%, No change; else the mark for what cannot be worked out, or for what is not there."""
    return capital(moved(change)) + _unreliable(change) if change.reduction is not None else _no_percentage(change)


def _no_percentage(change: Change) -> str:
    return NO_PERCENTAGE if change.has_counts_alone else NoFigure.NOT_HELD.mark


def _unreliable(change: Change) -> str:
    return " [u]" if change.is_unreliable and change.reduction else ""


@register.filter
def day(value: date) -> str:
    """31 March 2008."""
    return periods.day(value)


@register.filter
def listed(names: Sequence[str]) -> str:
    """a, b and c."""
    return wording.listed(list(names))


@register.filter
def pounds(value: Decimal) -> str:
    """£1,250, £1,250.50."""
    return f"£{value:,.2f}".removesuffix(".00")


@register.filter
def whole(value: int) -> str:
    """1,148."""
    return wording.count(value)


@register.filter
def in_sentence(name: str) -> str:
    """A name inside a sentence: theft of cycle, but ASB incidents."""
    return wording.in_sentence(name)


@register.filter
def paragraphs(text: str) -> SafeString:
    """Plain text as paragraphs; lines that begin with "- " as a list. Whatever is in it is shown as it was typed."""
    blocks = []
    for is_list, lines in groupby(text.splitlines(), key=lambda line: line.startswith("- ")):
        shown = [line.removeprefix("- ") for line in lines if line.strip()]
        if is_list:
            items = format_html_join("", "<li>{}</li>", ((line,) for line in shown))
            blocks.append(format_html('<ul class="govuk-list govuk-list--bullet">{}</ul>', items))
        else:
            blocks += [format_html('<p class="govuk-body">{}</p>', line) for line in shown]
    return format_html_join("", "{}", ((block,) for block in blocks))
