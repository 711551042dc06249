from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from performance import clock
from performance.models import Partnership
from performance.queries import members_of
from performance.returns.queries import returns_progress
from performance.returns.reminders import digests, send
from priorities.queries import plan_years


class Command(BaseCommand):
    help = "Remind by e-mail of returns that are due or late: one e-mail a person, never twice of the same. For cron."

    def handle(self, *args: Any, **options: Any) -> None:
        today = clock.today()
        waiting = [
            (partnership, returns_progress(partnership, plan_years(partnership)), members_of(partnership, today))
            for partnership in Partnership.objects.all()
        ]
        done = send(digests(waiting, today), at=clock.now())
        for each in done:
            outcome = f"failed: {each.problem}" if each.problem else "sent"
            self.stdout.write(f"{each.address}: {outcome}")
        failed = sum(1 for each in done if each.problem)
        self.stdout.write(f"{len(done) - failed} sent, {failed} failed.")
