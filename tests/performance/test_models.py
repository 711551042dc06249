"""What must hold is held by the database, and said by the form before."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.db import DataError, IntegrityError, transaction
from django.db.models import Model, ProtectedError

from performance.calculations.periods import FinancialYear, Quarter
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Membership,
    OffenceCode,
    PartnerAgency,
    Partnership,
    PeriodReturn,
    RecordingChange,
    Target,
)
from priorities.models import Aim, Objective, Plan, Priority


def of(slug: str) -> CrimeCategory:
    return CrimeCategory.objects.get(slug=slug)


def columns(model: type[Model], partnership: Partnership) -> dict[str, Any]:
    """Columns with which a row of each model may be made."""
    robbery = of("robbery")
    made: dict[type[Model], dict[str, Any]] = {
        Baseline: {"partnership": partnership, "category": of("drug-misuse"), "financial_year": "2003/04", "count": 1,
                   "in_use_from": "2005/06"},
        Target: {"partnership": partnership, "category": robbery, "financial_year": "2008/09", "count": 1,
                 "baseline": Baseline.objects.get(category=robbery)},
        PeriodReturn: {"partnership": partnership, "financial_year": "2008/09", "quarter": 1},
        Actual: {"period_return": PeriodReturn.objects.get(), "category": of("drug-misuse"), "count": 1},
        RecordingChange: {"category": robbery, "financial_year": "2008/09", "quarter": 1, "description": "-"},
        OffenceCode: {"category": robbery, "code": "34A"},
        PartnerAgency: {"partnership": partnership, "name": "Parish", "slug": "parish"},
        CrimeCategory: {"name": "Arson", "slug": "arson"},
        Partnership: {"name": "X", "title": "X", "slug": "x", "home_office_name": "X", "home_office_code": "E1"},
        Plan: {"partnership": partnership, "title": "P", "first_year": "2011/12", "last_year": "2013/14"},
        Priority: {"aim": Aim.objects.earliest("position"), "title": "Arson"},
    }  # fmt: skip
    return made[model]


MAKEABLE = [Baseline, Target, PeriodReturn, Actual, RecordingChange, OffenceCode, PartnerAgency, CrimeCategory,
            Partnership, Plan, Priority]  # fmt: skip


@pytest.mark.parametrize("model", MAKEABLE, ids=lambda model: model.__name__)
def test_a_row_as_it_should_be(st_albans: Partnership, model: type[Model]) -> None:
    row = model._default_manager.create(**columns(model, st_albans))
    assert str(row)
    assert "object (" not in str(row)


BROKEN: list[tuple[type[Model], dict[str, object], str]] = [
    (Baseline, {"count": -1}, "a negative count"),
    (Baseline, {"in_use_from": "2002/03"}, "in use before it was counted"),
    (Target, {"count": -1}, "a negative count"),
    (Target, {"financial_year": "2007/08"}, "a second target for the year"),
    (Target, {"sense": "double"}, "an unknown sense"),
    (Target, {"tolerance_percent": 101}, "a tolerance over 100"),
    (Target, {"tolerance_percent": -1}, "a negative tolerance"),
    (PeriodReturn, {"quarter": 0}, "quarter 0"),
    (PeriodReturn, {"quarter": 5}, "quarter 5"),
    (PeriodReturn, {"financial_year": "2007/08", "quarter": None}, "a second return for the year"),
    (PeriodReturn, {"state": "lost"}, "an unknown state"),
    (PeriodReturn, {"state": "published"}, "published without a date"),
    (PeriodReturn, {"submitted_at": "2008-07-31T12:00Z"}, "submitted by nobody"),
    (PeriodReturn, {"published_at": "2008-07-31T12:00Z"}, "published by nobody"),
    (Actual, {"count": -1}, "below 0 without a note"),
    (Actual, {"missing": "withheld"}, "a count and a reason"),
    (Actual, {"count": None}, "neither a count nor a reason"),
    (Actual, {"count": None, "missing": "lost"}, "an unknown reason"),
    (RecordingChange, {"quarter": 5}, "quarter 5"),
    (OffenceCode, {"code": "34B"}, "a code twice"),
    (OffenceCode, {"basis": "guessed"}, "an unknown basis"),
    (OffenceCode, {"first_year": "2008/09", "last_year": "2007/08"}, "a code that ends before it begins"),
    (PartnerAgency, {"slug": "police"}, "a slug twice in a partnership"),
    (PartnerAgency, {"joined_on": "2008-04-01", "left_on": "2008-03-31"}, "left before it joined"),
    (CrimeCategory, {"kind": "rumour"}, "an unknown kind"),
    (CrimeCategory, {"name": "Robbery"}, "a name twice"),
    (Partnership, {"slug": "accounts"}, "the address of another page"),
    (Partnership, {"home_office_code": "E22000128"}, "a code twice"),
    (Plan, {"last_year": "2010/11"}, "a plan that ends before it begins"),
    (Plan, {"first_year": "2008/09"}, "a second plan from a year"),
    (Priority, {"emphasis": "increase"}, "an unknown emphasis"),
    (Priority, {"title": "Drug misuse"}, "a priority twice"),
]  # fmt: skip


@pytest.mark.parametrize(("model", "broken", "why"), BROKEN, ids=[f"{m.__name__}: {why}" for m, _, why in BROKEN])
def test_the_database_refuses(st_albans: Partnership, model: type[Model], broken: dict[str, object], why: str) -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        model._default_manager.create(**columns(model, st_albans) | broken)


def test_a_category_cannot_be_part_of_itself_nor_an_agency_succeed_itself(st_albans: Partnership) -> None:
    robbery, police = of("robbery"), PartnerAgency.objects.get(slug="police")
    with pytest.raises(IntegrityError), transaction.atomic():
        CrimeCategory.objects.filter(pk=robbery.pk).update(parent=robbery)
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerAgency.objects.filter(pk=police.pk).update(succeeded_by=police)


def message_of(row: Model) -> str:
    with pytest.raises(ValidationError) as caught:
        row.full_clean()
    return " ".join(caught.value.messages)


def test_the_form_says_so_before_the_database_does(st_albans: Partnership, elsewhere: Partnership) -> None:
    robbery, total = of("robbery"), of("all-bcs-crimes")
    baseline = Baseline.objects.get(category=robbery)
    target = {"partnership": st_albans, "financial_year": "2008/09", "baseline": baseline}
    assert "is the sum of its parts" in message_of(
        Baseline(partnership=st_albans, category=total, financial_year="2003/04", count=1, in_use_from="2005/06")
    )
    assert "is the sum of its parts" in message_of(Target(**target, category=total, count=1))
    assert "same partnership and category" in message_of(Target(**target, category=of("wounding"), count=1))
    assert "Say why" in message_of(Target(**target, category=robbery, count=105))
    draft = PeriodReturn.objects.create(partnership=st_albans, financial_year="2008/09")
    assert "choose why there is none" in message_of(Actual(period_return=draft, category=of("drug-misuse")))
    late = PeriodReturn(partnership=st_albans, financial_year="2009/10", state="published", figures_as_at="2009-09-30")
    assert "The period ends on 31 March 2010" in message_of(late)
    assert "on which day" in message_of(
        PeriodReturn(partnership=st_albans, financial_year="2008/09", state="published")
    )
    assert "address of another page" in message_of(Partnership(slug="admin"))
    assert "body in the same partnership" in message_of(
        PartnerAgency(
            partnership=st_albans, name="X", slug="x", succeeded_by=PartnerAgency.objects.get(partnership=elsewhere)
        )
    )


@pytest.mark.parametrize("model", [Actual, Baseline, Target], ids=lambda model: model.__name__)
def test_more_than_both_databases_can_hold_is_refused(st_albans: Partnership, model: type[Model]) -> None:
    row = model(**columns(model, st_albans) | {"count": 3_000_000_000})
    assert "less than or equal to 999999999" in message_of(row)
    with pytest.raises((IntegrityError, DataError)), transaction.atomic():
        row.save()


def test_what_is_published_is_neither_added_to_nor_moved(st_albans: Partnership, elsewhere: Partnership) -> None:
    robbery, total = of("robbery"), of("all-bcs-crimes")
    baseline = Baseline.objects.get(category=robbery)
    new = Target(
        partnership=st_albans, category=of("drug-misuse"), financial_year="2007/08", count=1, baseline=baseline
    )
    assert "are published with the targets" in message_of(new)
    later = Baseline(
        partnership=st_albans, category=robbery, financial_year="2006/07", count=500, in_use_from="2007/08"
    )
    assert "are published against the baselines" in message_of(later)
    baseline.partnership = elsewhere
    assert "stays with its partnership" in message_of(baseline)
    robbery.parent = None
    assert "is published as the sum" in message_of(robbery)
    assert "is published as the sum" in message_of(CrimeCategory(name="Arson", slug="arson", parent=total))
    CrimeCategory(name="Arson", slug="arson").full_clean()


def test_a_tree_stays_a_tree(st_albans: Partnership) -> None:
    total, robbery = of("all-bcs-crimes"), of("robbery")
    total.parent = robbery
    assert "cannot be part of itself" in message_of(total)
    hate_crime = of("hate-crime")
    hate_crime.parent = robbery
    assert "has figures of its own" in message_of(hate_crime)


def test_a_figure_typed_in_for_a_total_changes_nothing(st_albans: Partnership, get: Callable[..., Any]) -> None:
    """Past the form, straight into the table: the total is still the sum."""
    Actual.objects.create(period_return=PeriodReturn.objects.get(), category=of("all-bcs-crimes"), count=1)
    assert get("/st-albans/2007-08/").rows()[-1][3] == "5,307"


@pytest.mark.parametrize(
    "model", [Partnership, CrimeCategory, Baseline, PeriodReturn, Plan, Aim], ids=lambda model: model.__name__
)
def test_what_others_rest_on_cannot_be_deleted(st_albans: Partnership, model: type[Model]) -> None:
    first = model._default_manager.first()
    assert first is not None
    with pytest.raises(ProtectedError):
        first.delete()


def test_a_category_with_figures_cannot_be_deleted(st_albans: Partnership) -> None:
    with pytest.raises(ProtectedError):
        of("robbery").delete()
    CrimeCategory.objects.create(name="Arson", slug="arson").delete()


def test_a_person_with_a_role_cannot_be_deleted(st_albans: Partnership, person: Callable[..., User]) -> None:
    with pytest.raises(ProtectedError):
        person("officer", st_albans).delete()


def test_names(st_albans: Partnership, person: Callable[..., User]) -> None:
    person("officer", st_albans)
    assert str(st_albans) == "St Albans Community Safety Partnership"
    assert str(Membership.objects.get()) == "officer, Viewer at St Albans City & District Council"
    assert str(PeriodReturn.objects.get()) == "St Albans, 2007/08"
    assert str(Baseline.objects.get(category__slug="theft-from-vehicle")) == "Theft from vehicle, 2003/04: 2,049"
    assert str(Target.objects.get(category__slug="theft-from-vehicle")) == "Theft from vehicle, 2007/08: 1,229"
    assert str(Actual.objects.get(category__slug="robbery")) == "Robbery, St Albans, 2007/08: 79"
    assert str(Actual(category=of("robbery"), period_return=PeriodReturn.objects.get(), missing="withheld")).endswith(
        ": Withheld"
    )


def test_a_year_is_read_and_written_as_a_year(st_albans: Partnership) -> None:
    held = PeriodReturn.objects.get(financial_year="2007/08")
    assert held.financial_year == FinancialYear(2007)
    assert PeriodReturn.objects.filter(financial_year=FinancialYear(2007), financial_year__lt=2008).get() == held
    assert held.period == FinancialYear(2007)
    assert PeriodReturn(financial_year=FinancialYear(2008), quarter=2).period == Quarter(FinancialYear(2008), 2)
    with pytest.raises(ValidationError, match="2007 is followed by 2008"):
        PeriodReturn.objects.filter(financial_year="2007/09").exists()


def test_loading_the_plan_again_keeps_what_is_there(st_albans: Partnership, capsys: pytest.CaptureFixture[str]) -> None:
    Actual.objects.filter(category__slug="robbery").update(count=80)
    call_command("load_published_plan")
    assert "kept as it is" in capsys.readouterr().out
    assert Actual.objects.get(category__slug="robbery").count == 80


def test_loading_a_fixture_twice_is_refused_rather_than_overwriting(st_albans: Partnership) -> None:
    Actual.objects.filter(category__slug="robbery").update(count=80)
    with pytest.raises(IntegrityError), transaction.atomic():
        call_command("loaddata", "st-albans", verbosity=0)
    assert Actual.objects.get(category__slug="robbery").count == 80


def test_the_fixtures_pass_their_own_forms(st_albans: Partnership) -> None:
    models = [Partnership, PartnerAgency, CrimeCategory, OffenceCode, Baseline, Target, PeriodReturn, Actual, Plan, Aim,
              Objective, Priority]  # fmt: skip
    PeriodReturn.objects.update(state="draft")  # for what is published refuses every change
    for model in models:
        for row in model._default_manager.all():
            row.full_clean()
