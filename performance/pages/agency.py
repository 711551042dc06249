"""One agency: what it supplies, and who to speak to."""

from __future__ import annotations

from dataclasses import dataclass

from performance.access import Standing
from performance.models import CrimeCategory, PartnerAgency
from performance.queries import agency_with_supplies, people_of
from performance.wording import listed


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """Contact and people are for members only."""

    agency: PartnerAgency
    supplies: tuple[CrimeCategory, ...]
    contact: str
    people: tuple[str, ...]
    predecessors: str


def agency_page(standing: Standing, slug: str) -> AgencyPage | None:
    """None where the partnership has no such agency. Four queries for a member, three for any other."""
    agency = agency_with_supplies(standing.partnership, slug)
    if agency is None:
        return None
    contact = ", ".join(filter(None, (agency.contact_name, agency.contact_email, agency.contact_phone)))
    before = [each.name for each in agency.succeeded.all()]
    return AgencyPage(
        agency=agency,
        supplies=tuple(agency.supplies.all()),
        contact=contact if standing.is_member else "",
        people=people_of(agency) if standing.is_member else (),
        predecessors=listed(before) if before else "",
    )
