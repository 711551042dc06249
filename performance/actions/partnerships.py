"""A partnership is added to the installation: its area, its first agency, and what it may count."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils.text import slugify

from performance.actions.editions import raise_shared_edition
from performance.models import Area, CrimeCategory, PartnerAgency, Partnership
from performance.refusals import Refused


@transaction.atomic
def load_standard_categories() -> int:
    """The categories that all partnerships share; how many were loaded, none where they are there.

    Refused, in words, where a partnership has a category of its own in the place of one of them.
    """
    wanted = {row["fields"]["slug"]: row["fields"]["name"] for row in _standard_categories()}
    there = CrimeCategory.objects.filter(slug__in=wanted).select_related("partnership")
    for category in there:
        if category.partnership is not None:
            raise Refused(
                f"“{category.name}” is a category of {category.partnership.title} alone, under the address "
                f"“{category.slug}”, where a standard one belongs. Give it another address, then load again."
            )
    known = set(there.values_list("slug", flat=True))
    if known == set(wanted):
        return 0
    if known:
        missing = ", ".join(sorted(wanted[slug] for slug in set(wanted) - known))
        raise Refused(f"Some standard categories are there and some are not: {missing}. Add these by hand.")
    call_command("loaddata", "categories", verbosity=0)
    raise_shared_edition()
    return len(wanted)


def _standard_categories() -> list[dict[str, Any]]:
    rows: list[dict[str, Any]] = json.loads((settings.BASE_DIR / "fixtures" / "categories.json").read_text())
    return [row for row in rows if row["model"] == "performance.crimecategory"]


def areas_listed() -> list[dict[str, Any]]:
    """The areas of all partnerships with code, name and police force, from the reference data: nothing is loaded."""
    reference = json.loads((settings.BASE_DIR / "fixtures" / "areas.json").read_text())
    areas: list[dict[str, Any]] = reference["areas"]
    return sorted(areas, key=lambda area: str(area["name"]))


def load_areas_once() -> None:
    """The list to choose an area from, where it is not loaded yet."""
    if not Area.objects.exists():
        call_command("load_areas", verbosity=0)


def area_called(name_or_code: str) -> Area | None:
    """The area of a code, or of one of the names that official tables use for it."""
    wanted = name_or_code.strip()
    by_code = Area.objects.filter(code__iexact=wanted).first()
    if by_code is not None:
        return by_code
    by_name = Area.objects.filter(name__iexact=wanted).first()
    if by_name is not None:
        return by_name
    return next((area for area in Area.objects.all() if wanted in area.other_names), None)


@transaction.atomic
def add_partnership(
    *,
    name: str,
    title: str,
    area_code: str,
    area_name: str,
    police_force: str,
    is_public: bool,
    agency_name: str,
    slug: str = "",
) -> Partnership:
    """A partnership with its first agency, the standard categories and the list of areas.

    Refused where the area, or the address, has a partnership already.
    """
    other = Partnership.objects.filter(home_office_code=area_code).first()
    if other is not None:
        raise Refused(f"{other.title} has this area already. Choose another area, or ask its administrator.")
    address = slug or slugify(name)
    if not address or not slugify(agency_name):
        raise Refused("A name needs letters from A to Z or digits, of which its address is made.")
    if Partnership.objects.filter(slug=address).exists():
        raise Refused(f"Another partnership has the address “{address}”. Choose another.")
    load_standard_categories()
    load_areas_once()
    partnership = Partnership(
        name=name,
        title=title,
        slug=address,
        home_office_name=area_name,
        home_office_code=area_code,
        police_force=police_force,
        is_public=is_public,
    )
    partnership.full_clean()
    partnership.save()
    agency = PartnerAgency(partnership=partnership, name=agency_name, slug=slugify(agency_name))
    agency.full_clean()
    agency.save()
    raise_shared_edition()
    return partnership
