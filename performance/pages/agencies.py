"""Who is in the partnership, and what each supplies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from performance.models import PartnerAgency, Partnership
from performance.queries import agencies_with_supplies
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
    """Two queries."""
    lines = [_line(row) for row in agencies_with_supplies(partnership)]
    return AgenciesPage(
        partnership=partnership,
        current=tuple(line for line in lines if not line.agency.has_left(today)),
        former=tuple(line for line in lines if line.agency.has_left(today)),
        shows_contacts=shows_contacts,
    )


def _line(row: PartnerAgency) -> AgencyLine:
    supplied = [in_sentence(category.name) for category in row.supplies.all()]
    contact = ", ".join(filter(None, (row.contact_name, row.contact_email, row.contact_phone)))
    return AgencyLine(row, listed(supplied) if supplied else "", contact)
