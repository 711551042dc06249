"""One agency: what it supplies, and who to speak to."""

from __future__ import annotations

from dataclasses import dataclass

from performance.access import Standing
from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, PartnerAgency
from performance.queries import agency_with_supplies, load_successions, people_of


@dataclass(frozen=True, slots=True)
class AgencyPage:
    """Contact and people are for members only."""

    agency: PartnerAgency
    supplies: tuple[CrimeCategory, ...]
    supplied: tuple[CrimeCategory, ...]
    """What is counted under another name or not at all by now; of an agency that has left everything is above."""
    has_left: bool
    contact: str
    people: tuple[str, ...]
    predecessors: tuple[PartnerAgency, ...]


def agency_page(standing: Standing, slug: str) -> AgencyPage | None:
    """None where the partnership has no such agency. Five queries for a member, four for any other."""
    today = standing.day
    agency = agency_with_supplies(standing.partnership, slug)
    if agency is None:
        return None
    everything, has_left = list(agency.supplies.all()), agency.has_left(today)
    successions, year = load_successions(standing.partnership), FinancialYear.containing(today)
    now = [each for each in everything if has_left or successions.is_counted(each.pk, year)]
    contact = ", ".join(filter(None, (agency.contact_name, agency.contact_email, agency.contact_phone)))
    return AgencyPage(
        agency=agency,
        supplies=tuple(now),
        supplied=tuple(each for each in everything if each not in now and successions.has_ended(each.pk, year)),
        has_left=has_left,
        contact=contact if standing.is_member else "",
        people=people_of(agency, today) if standing.is_member else (),
        predecessors=tuple(agency.succeeded.all()),
    )
