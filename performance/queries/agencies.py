"""The agencies of a partnership, with what each supplies."""

from __future__ import annotations

from performance.models import (
    PartnerAgency,
    Partnership,
)


def agencies_with_supplies(partnership: Partnership) -> tuple[PartnerAgency, ...]:
    """All agencies that are or were in a partnership, with the categories that they supply. Two queries."""
    rows = PartnerAgency.objects.filter(partnership=partnership).select_related("succeeded_by")
    return tuple(rows.prefetch_related("supplies"))


def agency_with_supplies(partnership: Partnership, slug: str) -> PartnerAgency | None:
    """One agency, there now or formerly, with what it supplies and whose place it took. Three queries."""
    rows = PartnerAgency.objects.filter(partnership=partnership, slug=slug)
    return rows.select_related("succeeded_by", "partnership").prefetch_related("supplies", "succeeded").first()
