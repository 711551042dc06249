"""The command that tries forecasts on the years that are over."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.core.management import CommandError, call_command

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    Actual,
    Area,
    AreaFigure,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    ReturnState,
)
from performance.queries.past_series import area_histories, published_histories

FIRST = Quarter(FinancialYear(2009), 1)
COUNTS = [40 + (7 * place) % 20 for place in range(20)]


@pytest.fixture
def robbery(st_albans: Partnership) -> CrimeCategory:
    return CrimeCategory.objects.get(slug="robbery")


def published(partnership: Partnership, category: CrimeCategory, counts: Sequence[int | None]) -> None:
    for place, count in enumerate(counts):
        quarter = FIRST + place
        held, _ = PeriodReturn.objects.get_or_create(
            partnership=partnership,
            financial_year=quarter.year,
            quarter=quarter.number,
            defaults={"state": ReturnState.PUBLISHED, "figures_as_at": quarter.ends},
        )
        missing = "not_yet_available" if count is None else ""
        Actual.objects.create(period_return=held, category=category, count=count, missing=missing)


def test_the_table_has_each_way_after_each_quarter(
    st_albans: Partnership, robbery: CrimeCategory, capsys: pytest.CaptureFixture[str]
) -> None:
    published(st_albans, robbery, COUNTS)
    call_command("backtest_forecasts", partnership=st_albans.slug)
    printed = capsys.readouterr().out
    assert printed.startswith("8 forecasts of 1 series.")
    rows = [line.split(" | ")[:3] for line in printed.splitlines() if line[:3] in ("| 0", "| 1", "| 2", "| 3")]
    assert len(rows) == 11
    assert rows[:3] == [["| 0", "our forecast", "2"], ["| 0", "as last year", "2"], ["| 1", "our forecast", "2"]]


def test_gaps_and_changes_in_counting_cut_a_series(st_albans: Partnership, robbery: CrimeCategory) -> None:
    RecordingChange.objects.create(category=robbery, financial_year="2012/13", quarter=1, description="Anew.")
    published(st_albans, robbery, [5, None, *COUNTS[2:]])
    found = published_histories([st_albans])
    assert [(str(each.first), len(each)) for each in found] == [
        ("2009/10 Q1", 1),
        ("2009/10 Q3", 10),
        ("2012/13 Q1", 8),
    ]


def test_what_is_not_published_is_not_tried(st_albans: Partnership, robbery: CrimeCategory) -> None:
    published(st_albans, robbery, COUNTS)
    PeriodReturn.objects.filter(quarter__isnull=False).update(state=ReturnState.DRAFT)
    assert published_histories([st_albans]) == []


def test_areas_are_tried_by_their_source(robbery: CrimeCategory, capsys: pytest.CaptureFixture[str]) -> None:
    area = Area.objects.create(code="E22000999", name="Somewhere", police_force="Some", source="A test.")
    for place, count in enumerate(COUNTS):
        quarter = FIRST + place
        for source in ("home_office", "police_uk"):
            AreaFigure.objects.create(
                area=area,
                category=robbery,
                financial_year=quarter.year,
                quarter=quarter.number,
                count=count,
                source=source,
            )
    assert [each.counts for each in area_histories("home_office")] == [tuple(COUNTS)]
    call_command("backtest_forecasts", areas="police_uk")
    assert capsys.readouterr().out.startswith("8 forecasts of 1 series.")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        ({}, "No year can be tried"),
        ({"partnership": "nowhere"}, "no partnership “nowhere”"),
        ({"partnership": "st-albans", "areas": "home_office"}, "not both"),
    ],
)
def test_what_it_cannot_do_it_says(st_albans: Partnership, options: dict[str, str], message: str) -> None:
    with pytest.raises(CommandError, match=message):
        call_command("backtest_forecasts", **options)
