"""One agency: what it supplies, and who to speak to."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.access import Standing
from performance.models import CrimeCategory, PartnerAgency
from performance.queries import agency_with_supplies, people_of


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """Contact and people are for members only."""

    agency: PartnerAgency
    supplies: tuple[CrimeCategory, ...]
    has_left: bool
    contact: str
    people: tuple[str, ...]
    predecessors: tuple[PartnerAgency, ...]


def agency_page(standing: Standing, slug: str, today: date) -> AgencyPage | None:
    """None where the partnership has no such agency. Four queries for a member, three for any other."""
    agency = agency_with_supplies(standing.partnership, slug)
    if agency is None:
        return None
    contact = ", ".join(filter(None, (agency.contact_name, agency.contact_email, agency.contact_phone)))
    return AgencyPage(
        agency=agency,
        supplies=tuple(agency.supplies.all()),
        has_left=agency.has_left(today),
        contact=contact if standing.is_member else "",
        people=people_of(agency, today) if standing.is_member else (),
        predecessors=tuple(agency.succeeded.all()),
    )
