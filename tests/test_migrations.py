"""From the release before, with data in it, to this one: nothing is lost, and history begins with what was there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.db import connection
from django.db.migrations.executor import MigrationExecutor

BEFORE = [("performance", "0001_initial"), ("priorities", "0001_initial")]


@pytest.fixture
def newest(transactional_db: None) -> Iterator[list[tuple[str, str]]]:
    """The newest migrations, to which the database returns in any case."""
    leaves = MigrationExecutor(connection).loader.graph.leaf_nodes()
    yield leaves
    MigrationExecutor(connection).migrate(leaves)


@pytest.mark.slow
def test_an_installation_with_data_is_brought_up_to_date(newest: list[tuple[str, str]]) -> None:
    executor = MigrationExecutor(connection)
    executor.migrate(BEFORE)
    old = executor.loader.project_state(BEFORE).apps
    partnership = old.get_model("performance", "Partnership").objects.create(
        name="Old", title="Old", slug="old", home_office_name="Old", home_office_code="E22000997", police_force="Old"
    )
    category = old.get_model("performance", "CrimeCategory").objects.create(name="Robbery", slug="robbery")
    agencies = old.get_model("performance", "PartnerAgency").objects
    agencies.create(partnership=partnership, name="Police", slug="police").supplies.add(category)
    baseline = old.get_model("performance", "Baseline").objects.create(
        partnership=partnership, category=category, financial_year=2003, count=104, in_use_from=2005
    )
    old.get_model("performance", "Target").objects.create(
        partnership=partnership, category=category, financial_year=2007, count=88, baseline=baseline
    )
    held = old.get_model("performance", "PeriodReturn").objects.create(
        partnership=partnership, financial_year=2008, quarter=1
    )
    old.get_model("performance", "Actual").objects.create(period_return=held, category=category, count=-3)
    plan = old.get_model("priorities", "Plan").objects.create(
        partnership=partnership, title="Plan", first_year=2008, last_year=2010
    )
    aim = old.get_model("priorities", "Aim").objects.create(plan=plan, title="Aim", slug="aim")
    old.get_model("priorities", "Priority").objects.create(aim=aim, title="Robbery").categories.add(category)

    executor = MigrationExecutor(connection)
    executor.migrate(newest)

    from performance.models import Actual, Target
    from performance.queries import setting_changes
    from priorities.queries import plan_changes

    actual = Actual.objects.get()
    assert (actual.count, actual.version) == (-3, 1)
    assert actual.note == "No reason was recorded for the count below 0."
    begun = setting_changes(actual.period_return.partnership)
    assert {(change.kind, change.why) for change in begun} == {
        (kind, "As it was when history began") for kind in ("Agency", "Baseline", "Target")
    }
    planned = {change.kind: change.became for change in plan_changes(actual.period_return.partnership)}
    assert set(planned) == {"Plan", "Aim", "Priority"}
    assert planned["Priority"].endswith("categories: Robbery")
    (agency,) = (change for change in begun if change.kind == "Agency")
    assert agency.became == "name: Police; supplies: Robbery"
    target = Target.objects.get()
    target.count = 90
    target.save()
    (last,) = (change for change in setting_changes(target.partnership) if change.was)
    assert (last.was, last.became) == ("count: 88", "count: 90")
