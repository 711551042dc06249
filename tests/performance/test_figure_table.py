"""The one loader of figures: what it holds of the years asked for, and that nothing asked of it runs a query."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext

from performance.calculations.figures import NOT_HELD, Figure, NoFigure
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.models import (
    Actual,
    CrimeCategory,
    Partnership,
    PeriodReturn,
    RecordingChange,
    ReturnState,
    Succession,
)
from performance.queries import FigureTable, TargetTable, returns_held
from tests.conftest import make_partnership

Y06, Y07, Y08 = (FinancialYear(start) for start in (2006, 2007, 2008))
Q1, Q2, Q3, Q4 = Y08.quarters


def number(slug: str) -> int:
    return CrimeCategory.objects.get(slug=slug).pk


def enter(
    partnership: Partnership, period: Period, by: User, state: str = "published", **counts: int | str
) -> PeriodReturn:
    """A return with a count for each category, or the reason why there is none."""
    stamp = {"published_by": by, "published_at": "2009-01-01T12:00Z"} if state == "published" else {}
    held = PeriodReturn.objects.create(
        partnership=partnership, financial_year=period.year, state=state, figures_as_at=period.ends,
        quarter=period.number if isinstance(period, Quarter) else None, source=f"Source of {period}", **stamp,
    )  # fmt: skip
    for name, value in counts.items():
        said = {"missing": value} if isinstance(value, str) else {"count": value}
        Actual.objects.create(period_return=held, category_id=number(name.replace("_", "-")), **said)
    return held


def table_of(
    partnership: Partnership, *years: FinancialYear, targets: TargetTable | None = None, under: int | None = None
) -> FigureTable:
    returns = returns_held(PeriodReturn.objects.filter(partnership=partnership))
    return FigureTable.load(partnership, returns, years, targets=targets, under=under)


def queries_of(act: Callable[[], object]) -> int:
    with CaptureQueriesContext(connection) as queries:
        act()
    return len(queries)


@pytest.fixture
def by(person: Callable[..., User]) -> User:
    return person("publisher")


def test_a_figure_with_its_marks_its_return_and_its_source(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, robbery=21, wounding="withheld")
    Actual.objects.filter(count=21).update(is_provisional=True, note="One is in doubt.")
    table = table_of(st_albans, Y08)
    assert table.figure(number("robbery"), Q1) == Figure.of(21, provisional=True)
    assert table.figure(number("wounding"), Q1).reason is NoFigure.WITHHELD
    assert table.state(Q1) is ReturnState.PUBLISHED
    held = table.held(Q1)
    assert held is not None
    assert held.source == "Source of 2008/09 Q1"
    entered = table.entered(number("robbery"), held)
    assert entered is not None
    assert (entered.note, entered.version) == ("One is in doubt.", 1)


def test_a_total_is_the_sum_of_its_parts_and_names_what_it_lacks(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, robbery=21, wounding=90)
    total = table_of(st_albans, Y08).figure(number("all-bcs-crimes"), Q1)
    assert (total.count, total.is_partial) == (111, True)
    assert "Criminal damage" in total.missing_parts


def test_a_year_is_its_own_return_or_else_the_sum_of_its_quarters(st_albans: Partnership, by: User) -> None:
    for quarter in (*Y06.quarters, *Y07.quarters):
        enter(st_albans, quarter, by, robbery=20)
    table = table_of(st_albans, Y06, Y07)
    assert table.figure(number("robbery"), Y06) == Figure.of(80)
    assert table.figure(number("robbery"), Y07) == Figure.of(79), "as the plan published it"


def test_what_was_not_asked_for_is_not_held(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, robbery=21)
    enter(st_albans, Q1 - 4, by, robbery=25)
    table = table_of(st_albans, Y08)
    assert table.figure(number("robbery"), Q1 - 4) == NOT_HELD
    assert table.state(Q1 - 4) is None
    assert list(table.series(number("robbery")).figures) == [Q1]


def test_a_series_runs_over_every_quarter_asked_for(st_albans: Partnership, by: User) -> None:
    for back in range(9):
        enter(st_albans, Q1 - back, by, robbery=20 + back)
    series = table_of(st_albans, Y06, Y07, Y08).series(number("robbery"))
    assert series.rolling_four(Q1).known == 20 + 21 + 22 + 23
    assert series.same_period_last_year(Q1).known == 24


def test_drafts_are_left_out_of_what_is_published(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, robbery=21)
    enter(st_albans, Q2, by, "draft", robbery=30)
    table = table_of(st_albans, Y08)
    assert table.series(number("robbery")).year_to_date(Q2).known == 51
    assert table.published().figure(number("robbery"), Q2) == NOT_HELD
    assert table.published().figure(number("robbery"), Q1) == Figure.of(21)


def test_what_took_anothers_place_has_its_figures_before(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, wounding=90)
    new = CrimeCategory.objects.create(
        name="Violence with injury", slug="violence", partnership=st_albans, parent_id=number("all-bcs-crimes")
    )
    Succession.objects.create(
        partnership=st_albans, before_id=number("wounding"), after=new, first_year=FinancialYear(2009)
    )
    enter(st_albans, Q1 + 4, by, violence=100)
    table = table_of(st_albans, Y08, FinancialYear(2009))
    assert table.figure(new.pk, Q1) == Figure.of(90)
    assert table.series(new.pk).quarter(Q1 + 4).known == 100
    assert table.figure(number("all-bcs-crimes"), Q1 + 4).count == 100
    held = table.held(Q1)
    assert held is not None
    assert table.entered(new.pk, held) is None, "it was entered under the name of then"


def test_changes_in_recording_of_a_total_are_those_of_its_parts(st_albans: Partnership) -> None:
    RecordingChange.objects.all().delete()
    here, elsewhere = st_albans, make_partnership("Elsewhere", "E22000999")
    for partnership, slug, year in (
        (None, "robbery", 2008), (here, "wounding", 2006), (elsewhere, "robbery", 2007), (here, "drug-misuse", 2005),
    ):  # fmt: skip
        RecordingChange.objects.create(
            partnership=partnership, category_id=number(slug), financial_year=FinancialYear(year), quarter=1,
            description=slug,
        )  # fmt: skip
    table = table_of(st_albans, Y08)
    assert [(each.begins.year.start, each.description) for each in table.breaks(number("all-bcs-crimes"))] == [
        (2006, "wounding"),
        (2008, "robbery"),
    ]
    assert [each.begins for each in table.own_breaks(number("robbery"))] == [Q1]


def test_baseline_target_and_suppliers_stand_beside_the_figures(st_albans: Partnership) -> None:
    table = table_of(st_albans, Y07, targets=TargetTable.load(st_albans, [Y07]))
    baseline, target = table.baseline(number("robbery"), Y07), table.target(number("robbery"), Y07)
    assert baseline is not None
    assert target is not None
    assert (baseline.count, baseline.financial_year, target.count) == (104, FinancialYear(2003), 88)
    assert table.target(number("robbery"), Y08) is None
    assert table.suppliers(date(2008, 3, 31))[number("robbery")] == ["Hertfordshire Constabulary"]


def test_under_a_category_nothing_else_is_loaded(st_albans: Partnership, by: User) -> None:
    enter(st_albans, Q1, by, robbery=21, wounding=90)
    table = table_of(st_albans, Y08, under=number("robbery"))
    assert table.figure(number("robbery"), Q1) == Figure.of(21)
    assert not table.is_entered(number("wounding"))
    assert table_of(st_albans, Y08, under=number("all-bcs-crimes")).is_entered(number("wounding"))


def ask_everything(tables: Iterable[FigureTable]) -> None:
    for table in tables:
        published = table.published()
        for category in table.tree.nodes:
            for held in table.returns:
                table.figure_in(held, category)
                published.figure(category, held.period)
            table.series(category)
            table.breaks(category)
            table.baseline(category, Y08)
            table.target(category, Y08)
        table.suppliers(date(2008, 3, 31))


def test_it_is_loaded_with_five_queries_and_asks_nothing_more(st_albans: Partnership) -> None:
    call_command("make_demonstration_district", verbosity=0)
    demonstration = Partnership.objects.get(slug="demonstration")
    years = [FinancialYear(start) for start in range(2003, 2009)]
    for partnership in (st_albans, demonstration):
        returns = returns_held(PeriodReturn.objects.filter(partnership=partnership))
        targets = TargetTable.load(partnership, years)
        with CaptureQueriesContext(connection) as queries:
            table = FigureTable.load(partnership, returns, years, targets=targets)
        assert len(queries) == 5
        assert queries_of(lambda table=table: ask_everything([table])) == 0  # type: ignore[misc]
        assert queries_of(lambda partnership=partnership: TargetTable.load(partnership, years)) == 2  # type: ignore[misc]


def test_many_partnerships_take_no_more_queries_than_one(st_albans: Partnership, by: User) -> None:
    others = [make_partnership(f"Area-{each}", f"E2200{each:04}") for each in range(20)]
    for each in others:
        enter(each, Q1, by, robbery=each.pk)
        enter(each, Q2, by, "draft", robbery=1)
    with CaptureQueriesContext(connection) as queries:
        tables = FigureTable.load_published([st_albans, *others], [Y08], slugs=["robbery"])
    assert len(queries) == 6
    assert queries_of(lambda: ask_everything(tables.values())) == 0
    assert all(tables[each.pk].figure(number("robbery"), Q1).known == each.pk for each in others)
    assert all(tables[each.pk].state(Q2) is None for each in others)
    assert tables[st_albans.pk].figure(number("robbery"), Q1) == NOT_HELD


def test_partnerships_do_not_see_each_others_own_categories(st_albans: Partnership) -> None:
    elsewhere = make_partnership("Elsewhere", "E22000999")
    mine = CrimeCategory.objects.create(name="Fly-tipping", slug="fly-tipping", partnership=st_albans)
    tables = FigureTable.load_published([st_albans, elsewhere], [Y08])
    assert mine.pk in tables[st_albans.pk].tree.nodes
    assert mine.pk not in tables[elsewhere.pk].tree.nodes
