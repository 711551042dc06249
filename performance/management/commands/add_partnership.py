from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.urls import reverse

from performance import clock
from performance.actions.partnerships import add_partnership, area_called, load_areas_once
from performance.models import Area, Partnership, Role
from performance.people.actions import invite
from performance.people.email import send_invitation
from performance.refusals import Refused


class Command(BaseCommand):
    help = "Add a partnership with its area, its first agency and its first administrator, who is invited."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("name", help="The district, such as Stevenage.")
        parser.add_argument("administrator", help="The e-mail address of the first administrator.")
        parser.add_argument("--area", help="The code or the Home Office's name of its area; else the district's name.")
        parser.add_argument("--title", help="The partnership's name; else “… Community Safety Partnership”.")
        parser.add_argument("--agency", help="The first administrator's agency; else “… Council”.")
        parser.add_argument("--public", action="store_true", help="What it publishes is open to all.")

    def handle(self, *args: Any, **options: Any) -> None:
        owner = get_user_model().objects.filter(is_superuser=True, is_active=True).order_by("pk").first()
        if owner is None:
            raise CommandError("Nobody owns this installation yet. First: manage.py createsuperuser")
        load_areas_once()
        area = area_called(options["area"] or options["name"])
        if area is None:
            raise CommandError(
                f"“{options['area'] or options['name']}” is not in the list of areas. Give its code with --area."
            )
        try:
            partnership = self._add(options, area)
            sent = invite(
                agency=partnership.agencies.get(),
                name=options["administrator"].split("@")[0],
                email=options["administrator"],
                role=Role.ADMINISTRATOR,
                by=owner,
                today=clock.today(),
                at=clock.now(),
            )
        except (Refused, ValidationError) as refused:
            words = refused.messages if isinstance(refused, ValidationError) else [str(refused)]
            raise CommandError(" ".join(words)) from refused
        send_invitation(sent)
        link = settings.SITE_URL + reverse("invitation", kwargs={"key": sent.key})
        self.stdout.write(
            f"Added {partnership.title}, area {area.code} ({area.police_force}).\n"
            f"{options['administrator']} is invited as its administrator. The link works for a week:\n{link}"
        )

    def _add(self, options: dict[str, Any], area: Area) -> Partnership:
        return add_partnership(
            name=options["name"],
            title=options["title"] or f"{options['name']} Community Safety Partnership",
            area_code=area.code,
            area_name=area.name,
            police_force=area.police_force,
            is_public=options["public"],
            agency_name=options["agency"] or f"{options['name']} Council",
        )
