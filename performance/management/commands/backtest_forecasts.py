from __future__ import annotations

from argparse import ArgumentParser
from collections.abc import Iterator
from typing import Any

from django.core.management.base import BaseCommand, CommandError

from performance.calculations.backtest import PERCENTS, Score, Way, cases, scores
from performance.calculations.history import History
from performance.models import AreaFigure, Partnership
from performance.queries.past_series import area_histories, published_histories

HEADINGS = ("Quarters known", "Way", "Years", "Error", *(f"{percent}% held" for percent in PERCENTS), "Interval score")


class Command(BaseCommand):
    help = (
        "Try the forecasts on years that are over: how far they were off, how often their intervals held, and how two "
        "plain ways would have done. Every series is forecast as if its later quarters were not known."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--partnership", help="Only the series of the partnership with this address.")
        parser.add_argument(
            "--areas",
            choices=AreaFigure.Source.values,
            help="The figures of all areas from this source, instead of those that partnerships published.",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        histories = self._histories(options["partnership"], options["areas"])
        found = cases(histories)
        if not found:
            raise CommandError(
                "No year can be tried. It takes four years of quarters without a gap, counted in the same way."
            )
        self.stdout.write(f"{len(found):,} forecasts of {len(histories):,} series.\n\n")
        for line in _table(scores(found)):
            self.stdout.write(line)
        self.stdout.write(
            "\nError: median distance from the outcome. Interval score: mean weighted interval score. Both in per cent "
            "of the year's count, lower is better. Held: per cent of the outcomes inside the interval."
        )

    def _histories(self, slug: str | None, source: str | None) -> list[History]:
        if source:
            if slug:
                raise CommandError("Name a partnership or a source of areas, not both.")
            return area_histories(source)
        partnerships = Partnership.objects.all()
        if slug:
            partnerships = partnerships.filter(slug=slug)
            if not partnerships:
                raise CommandError(f"There is no partnership “{slug}”.")
        return published_histories(partnerships)


def _table(by_known: dict[int, dict[Way, Score]]) -> Iterator[str]:
    """Rows as they stand in documents, in Markdown."""
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|" + "---|" * len(HEADINGS)
    for known, by_way in by_known.items():
        for way, score in by_way.items():
            held = [f"{score.coverage[percent]:.0f}%" for percent in PERCENTS]
            cells = [
                str(known),
                way.value,
                str(score.cases),
                f"{score.error:.1f}%",
                *held,
                f"{score.interval_score:.2f}",
            ]
            yield f"| {' | '.join(cells)} |"
