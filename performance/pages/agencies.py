"""Who is in the partnership, and what each supplies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.calculations.categories import Successions
from performance.calculations.periods import FinancialYear
from performance.models import PartnerAgency, Partnership
from performance.queries import agencies_with_supplies, load_successions
from performance.wording import capital, in_sentence, listed, number


@dataclass(frozen=True, slots=True)
class AgencyLine:
    agency: PartnerAgency
    supplies: str
    contact: str


@dataclass(frozen=True, slots=True)
class AgenciesPage:
    """Agencies in the partnership now, and those that have left. Contacts are for members only."""

    partnership: Partnership
    current: tuple[AgencyLine, ...]
    former: tuple[AgencyLine, ...]
    shows_contacts: bool

    @property
    def website(self) -> str:
        """As people write it: www.example.org."""
        return self.partnership.website.removeprefix("https://").removeprefix("http://").rstrip("/")

    @property
    def introduction(self) -> str:
        """Eight bodies make up the partnership."""
        bodies = "body makes" if len(self.current) == 1 else "bodies make"
        return f"{capital(number(len(self.current)))} {bodies} up the partnership."


def agencies_page(partnership: Partnership, *, today: date, shows_contacts: bool) -> AgenciesPage:
    """Three queries."""
    successions, year = load_successions(partnership), FinancialYear.containing(today)
    lines = [
        _line(row, successions, None if row.has_left(today) else year) for row in agencies_with_supplies(partnership)
    ]
    return AgenciesPage(
        partnership=partnership,
        current=tuple(line for line in lines if not line.agency.has_left(today)),
        former=tuple(line for line in lines if line.agency.has_left(today)),
        shows_contacts=shows_contacts,
    )


def _line(row: PartnerAgency, successions: Successions, year: FinancialYear | None) -> AgencyLine:
    """With what it supplies in a year; of an agency that has left with all that it did."""
    supplied = [
        in_sentence(category.name)
        for category in row.supplies.all()
        if year is None or successions.is_counted(category.pk, year)
    ]
    contact = ", ".join(filter(None, (row.contact_name, row.contact_email, row.contact_phone)))
    return AgencyLine(row, listed(supplied) if supplied else "", contact)
