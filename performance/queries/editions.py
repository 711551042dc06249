"""Which edition of a partnership's published content stands now."""

from __future__ import annotations

from typing import NamedTuple

from django.db import connection

# Written out, because it is asked for every page: Django takes longer to make this text than the database to answer it.
_EDITIONS_OF = """
    SELECT COALESCE(own.number, 0), COALESCE(shared.number, 0)
    FROM performance_partnership
    LEFT JOIN performance_edition own ON own.partnership_id = performance_partnership.id
    LEFT JOIN performance_edition shared ON shared.partnership_id IS NULL
    WHERE performance_partnership.slug = %s AND performance_partnership.is_public
"""


class Editions(NamedTuple):
    """The edition of a partnership's published content, and that of what all partnerships share; 0 before the first."""

    own: int
    shared: int


def editions_of(slug: str) -> Editions | None:
    """Those of the public partnership at an address; None where there is no public one. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_EDITIONS_OF, [slug])
        found = cursor.fetchone()
    return Editions(*found) if found else None
