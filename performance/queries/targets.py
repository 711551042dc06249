"""Baselines and targets of a year, as an administrator sets them."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256

from performance.calculations.periods import FinancialYear
from performance.models import Baseline, Partnership, PeriodReturn, Target

from .category_tree import load_tree


@dataclass(frozen=True, slots=True)
class TargetSetting:
    """What is set for a category in a year; empty where nothing is."""

    baseline: int | None = None
    baseline_year: FinancialYear | None = None
    target: int | None = None
    sense: str = Target.Sense.REDUCE.value
    basis: str = ""
    note: str = ""

    @property
    def fingerprint(self) -> str:
        """A digest of all of it: who saves it with another mark than it has now has seen something older."""
        said = repr((self.baseline, str(self.baseline_year), self.target, self.sense, self.basis, self.note))
        return sha256(said.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class TargetRow:
    pk: int
    name: str
    slug: str
    setting: TargetSetting


@dataclass(frozen=True, slots=True)
class TargetSheet:
    """All categories that may have a baseline, in order; whether figures of the year are published against them."""

    year: FinancialYear
    rows: tuple[TargetRow, ...]
    is_published: bool
    years: tuple[FinancialYear, ...]


def target_sheet(partnership: Partnership, year: FinancialYear) -> TargetSheet:
    """Seven queries."""
    tree = load_tree(partnership)
    counted = {leaf for top in tree.tops(year) for leaf in tree.leaves(top, year)}
    # Parts of totals go first.
    in_order = sorted(
        (category for pk, category in tree.nodes.items() if pk in counted),
        key=lambda category: category.parent is None,
    )
    settings = settings_of(partnership, year)
    years = set(Target.objects.filter(partnership=partnership).values_list("financial_year", flat=True))
    published = PeriodReturn.objects.published().filter(partnership=partnership)
    return TargetSheet(
        year=year,
        rows=tuple(TargetRow(row.pk, row.name, row.slug, settings.get(row.pk, TargetSetting())) for row in in_order),
        is_published=published.filter(financial_year__gte=_first_use(partnership, year)).exists(),
        years=tuple(sorted(years | {year})),
    )


def settings_of(partnership: Partnership, year: FinancialYear) -> dict[int, TargetSetting]:
    """What is set, by category. Two queries."""
    in_use = baselines_in_use(partnership, year)
    targets = {
        row.category_id: row
        for row in Target.objects.filter(partnership=partnership, financial_year=year).select_related("baseline")
    }
    found = {}
    for pk in in_use.keys() | targets.keys():
        target = targets.get(pk)
        baseline = target.baseline if target else in_use.get(pk)
        found[pk] = TargetSetting(
            baseline=baseline.count if baseline else None,
            baseline_year=baseline.financial_year if baseline else None,
            target=target.count if target else None,
            sense=target.sense if target else Target.Sense.REDUCE.value,
            basis=target.basis if target else "",
            note=target.note if target else "",
        )
    return found


def _first_use(partnership: Partnership, year: FinancialYear) -> FinancialYear:
    """The first year that is measured against a baseline of this one."""
    return min([year, *(row.in_use_from for row in baselines_in_use(partnership, year).values())])


def baselines_in_use(partnership: Partnership, year: FinancialYear) -> dict[int, Baseline]:
    """The baseline that each category is measured against in a year. One query."""
    rows = Baseline.objects.filter(partnership=partnership, in_use_from__lte=year).order_by("in_use_from")
    return {row.category_id: row for row in rows}


def last_year_set(partnership: Partnership) -> FinancialYear | None:
    """The last year for which a target is set. One query."""
    last = Target.objects.filter(partnership=partnership).order_by("-financial_year").first()
    return last.financial_year if last else None
