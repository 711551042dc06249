"""What an application that builds on the figures adds to their pages.

A page of performance leaves blocks open in its template. Whoever fills them names a template that extends it, and what
that prints besides. priorities does so when it is ready (priorities/extensions.py); performance knows nobody who does.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from performance.calculations.periods import FinancialYear
from performance.models import Partnership


@dataclass(frozen=True, slots=True)
class Extension:
    """A template that fills a page's open blocks, and what it prints: made from the page and the reader's standing."""

    template: str
    context: Callable[[Any, Any], dict[str, Any]]


_extensions: dict[str, Extension] = {}
_years: list[Callable[[Partnership], Iterable[FinancialYear]]] = []


def extend(template: str, extension: Extension) -> None:
    """Let a page of performance be printed by a template that fills its blocks."""
    _extensions[template] = extension


def ask_for_returns(years: Callable[[Partnership], Iterable[FinancialYear]]) -> None:
    """Name the years of a partnership of which every quarter is to be returned."""
    _years.append(years)


def years_asked_for(partnership: Partnership) -> tuple[FinancialYear, ...]:
    """The years of which every quarter is to be returned, in order. A query for each who names them."""
    return tuple(sorted({year for named in _years for year in named(partnership)}))


def render_extended(request: HttpRequest, template: str, page: Any, standing: Any, section: str) -> HttpResponse:
    """A page of performance with what is added to it, or as it is where nobody adds anything."""
    context = {"page": page, "standing": standing, "section": section}
    extension = _extensions.get(template)
    if extension is None:
        return render(request, template, context)
    return render(request, extension.template, context | extension.context(page, standing))
