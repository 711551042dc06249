"""Names that somebody matched to a category once: matched by themselves the next time."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from performance.access import Person
from performance.models import Partnership, RememberedName

from .names import remembered_as


def remember(partnership: Partnership, names: Mapping[str, int], *, by: Person, at: datetime) -> None:
    """Keep under which names a partnership's sheets have which categories; the newest word holds."""
    for name, category in names.items():
        RememberedName.objects.update_or_create(
            partnership=partnership,
            name=remembered_as(name),
            defaults={"category_id": category, "by_id": by.pk, "at": at},  # type: ignore[misc]
        )
