from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.actions.partnerships import load_standard_categories
from performance.refusals import Refused


class Command(BaseCommand):
    help = "Load the categories that all partnerships share. Where they are there already, they stay as they are."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            loaded = load_standard_categories()
        except Refused as refused:
            raise CommandError(str(refused)) from refused
        self.stdout.write(
            f"{loaded} standard categories are loaded." if loaded else "The standard categories are there already."
        )
