"""What a new plan starts from and is to reach, category by category, before it is made."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from performance.calculations.change import rounded
from performance.calculations.periods import FinancialYear
from performance.calculations.targets import as_percentage
from performance.wording import count, in_sentence, number, percent
from priorities.renewal.category_changes import BaselineAndTarget, CategoryChange, CategoryPlan, Renewal


@dataclass(frozen=True, slots=True)
class Told:
    """A category of the new plan, with its baseline and target in words, as they are going to be."""

    name: str
    baseline: str
    target: str


@dataclass(frozen=True, slots=True)
class Counted:
    """What is known of a category that the plan before counts: the total that it is part of, its baseline till now."""

    name: str
    total: str
    baseline: int | None = None
    baseline_year: FinancialYear | None = None


@dataclass(frozen=True, slots=True)
class _Result:
    total: str
    baseline: int | None
    target: int | None
    told: Told


def outcomes(renewal: Renewal, known: Mapping[int, Counted]) -> tuple[tuple[Told, ...], tuple[str, ...]]:
    """Each category that is counted from now on, and a sentence for each total that they add up to."""
    by_name: dict[str, list[CategoryPlan]] = defaultdict(list)
    names: dict[str, str] = {}
    for change in renewal.categories:
        for name in (known[change.category].name,) if change.change is CategoryChange.KEEP else change.results:
            names.setdefault(name.casefold(), name)
            by_name[name.casefold()].append(change)
    results = [_result(names[key], category_plans, known, renewal) for key, category_plans in by_name.items()]
    totals = dict.fromkeys(result.total for result in results if result.total)
    return (
        tuple(result.told for result in results),
        tuple(_headline(total, [each for each in results if each.total == total], renewal) for total in totals),
    )


def _result(
    name: str, category_plans: Sequence[CategoryPlan], known: Mapping[int, Counted], renewal: Renewal
) -> _Result:
    before = known[category_plans[0].category]
    if category_plans[0].change is CategoryChange.SPLIT:
        return _Result(before.total, None, None, Told(name, "none until it has figures", "none"))
    outcome = BaselineAndTarget.of(category_plans)
    if outcome.baseline is not None:
        target = "none" if outcome.target is None else _target(outcome.target, outcome.baseline)
        told = Told(name, f"{count(outcome.baseline)} ({renewal.baseline_year})", target)
        return _Result(before.total, outcome.baseline, outcome.target, told)
    # What is kept goes on being measured from what it was measured from.
    if category_plans[0].change is CategoryChange.KEEP and before.baseline is not None:
        return _Result(
            before.total, before.baseline, None,
            Told(name, f"{count(before.baseline)} ({before.baseline_year}), as till now", "none"),
        )  # fmt: skip
    return _Result(before.total, None, None, Told(name, "none", "none"))


def _target(target: int, baseline: int) -> str:
    share = as_percentage(baseline, target)
    return count(target) if share is None else f"{count(target)} ({percent(rounded(share, 1))} below)"


def _headline(total: str, results: Sequence[_Result], renewal: Renewal) -> str:
    """What a total is to reach, as the sum of its parts; or that it has no target, and why."""
    silent = sum(each.target is None for each in results)
    if silent:
        has = "has" if silent == 1 else "have"
        return f"No headline target for {in_sentence(total)}: {number(silent)} of the parts {has} none."
    baseline = sum(each.baseline or 0 for each in results)
    target = sum(each.target or 0 for each in results)
    return f"The headline target: {total} from {count(baseline)} to {_target(target, baseline)} by {renewal.last_year}."
