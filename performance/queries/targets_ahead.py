"""What is set for a year before it has figures: what each category is to reach, measured from what."""

from __future__ import annotations

from performance.calculations.figures import NOT_HELD, Figure
from performance.calculations.measures import Measure
from performance.calculations.periods import FinancialYear
from performance.calculations.status import Sense
from performance.models import Partnership

from .category_tree import Category, CategoryTree, load_tree
from .rows import Row, shared
from .targets import TargetSetting, settings_of


def targets_ahead(partnership: Partnership, year: FinancialYear, tree: CategoryTree | None = None) -> tuple[Row, ...]:
    """The tops of the tree of categories that have a baseline or a target in a year, without actuals.

    Four queries, two where the tree is given.
    """
    tree = tree or load_tree(partnership)
    settings = settings_of(partnership, year)
    tops = [top for top in tree.tops(year) if any(leaf in settings for leaf in tree.leaves(top, year))]
    return tuple(_row(tree, settings, year, top) for top in tops)


def _row(tree: CategoryTree, settings: dict[int, TargetSetting], year: FinancialYear, pk: int) -> Row:
    """A part for which nothing is set is one of the total's parts all the same: without it the sum is not whole."""
    category = tree.nodes[pk]
    parts = tuple(_row(tree, settings, year, part) for part in tree.parts(pk, year))
    setting = settings.get(pk, TargetSetting())
    measures = tuple(part.measure for part in parts)
    return Row(
        category=category,
        measure=Measure.total(category.name, measures) if measures else _measure(category, setting),
        baseline_year=shared(part.baseline_year for part in parts) if parts else setting.baseline_year,
        target_source="",
        target_basis=setting.basis,
        notes=(),
        course=(),
        suppliers=(),
        parts=parts,
    )


def _measure(category: Category, setting: TargetSetting) -> Measure:
    return Measure(
        name=category.name,
        baseline=NOT_HELD if setting.baseline is None else Figure.of(setting.baseline),
        target=NOT_HELD if setting.target is None else Figure.of(setting.target),
        actual=NOT_HELD,
        sense=Sense(setting.sense),
        baseline_years=() if setting.baseline_year is None else (setting.baseline_year,),
    )
