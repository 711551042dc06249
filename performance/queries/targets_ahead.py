"""What is set for a year before it has figures: what each category is to reach, measured from what."""

from __future__ import annotations

from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.calculations.status import Sense
from performance.models import CrimeCategory, Partnership

from .rows import Row, category_of
from .targets import TargetSetting, settings_of
from .tree import CategoryTree


def targets_ahead(partnership: Partnership, year: FinancialYear) -> tuple[Row, ...]:
    """The tops of the tree of categories that have a baseline or a target in a year, without actuals. Four queries."""
    tree = CategoryTree(partnership, year)
    settings = settings_of(partnership, year)
    tops = [top for top in tree.tops if any(leaf.pk in settings for leaf in tree.leaves(top))]
    return tuple(_row(tree, settings, top) for top in tops)


def _row(tree: CategoryTree, settings: dict[int, TargetSetting], category: CrimeCategory) -> Row:
    """A part for which nothing is set is one of the total's parts all the same: without it the sum is not whole."""
    parts = tuple(_row(tree, settings, part) for part in tree.parts(category))
    setting = settings.get(category.pk, TargetSetting())
    years = {part.baseline_year for part in parts} or {setting.baseline_year}
    measures = tuple(part.measure for part in parts)
    return Row(
        category=category_of(category),
        measure=Measure.total(category.name, measures) if measures else _measure(category, setting),
        baseline_year=years.pop() if len(years) == 1 else None,
        target_source="",
        target_basis=setting.basis,
        notes=(),
        course=(),
        suppliers=(),
        parts=parts,
    )


def _measure(category: CrimeCategory, setting: TargetSetting) -> Measure:
    return Measure(
        name=category.name,
        baseline=NOT_HELD if setting.baseline is None else Figure.of(setting.baseline),
        target=NOT_HELD if setting.target is None else Figure.of(setting.target),
        actual=NOT_HELD,
        sense=Sense(setting.sense),
    )
