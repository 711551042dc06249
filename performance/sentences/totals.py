"""What a total lacks, what it contains that is not alike, and what was left out of a comparison."""

from __future__ import annotations

from collections.abc import Iterable

from performance.calculations.comparability import Comparison
from performance.calculations.figures import Figure, NoFigure
from performance.calculations.measures import Measure
from performance.queries import Row
from performance.wording import capital, count, in_percent, in_sentence, listed, moved

from .changes import Subject
from .headline import without_words

_TOLD = (NoFigure.WITHHELD, NoFigure.NOT_APPLICABLE, NoFigure.QUARTER_MISSING)
"""Reasons that are told; what is late or not held is missing, to a reader."""


def partial(measure: Measure) -> str:
    """What each of a total's figures lacks, and why where that is known; they may lack different parts.

    The total for all crime is partial: robbery is missing. Its target is partial: wounding has none.
    """
    name = f"The total for {in_sentence(measure.name)}"
    columns = (
        (name, measure.actual, [(leaf.name, leaf.actual) for leaf in measure.leaves]),
        ("Its baseline" if measure.actual.is_partial else f"The baseline of {in_sentence(measure.name)}",
         measure.baseline, [(leaf.name, leaf.baseline) for leaf in measure.leaves]),
        ("Its target" if measure.actual.is_partial else f"The target of {in_sentence(measure.name)}",
         measure.target, [(leaf.name, leaf.target) for leaf in measure.leaves]),
    )  # fmt: skip
    return " ".join(f"{what} is partial: {_lacking(parts)}." for what, whole, parts in columns if whole.is_partial)


def partial_to_date(row: Row) -> str:
    """What the year to date and the same part of last year lack, each by itself, beside what the quarter lacks."""
    if row.to_date is None:
        return ""
    columns = (
        ("year to date", row.to_date.now.figure, row.to_date.now.parts),
        ("same period last year", row.to_date.last_year, row.to_date.on_last_year.before.parts),
        ("same part of the baseline year", row.to_date.baseline_part,
         row.to_date.on_baseline.before.parts if row.to_date.on_baseline else ()),
    )  # fmt: skip
    return " ".join(
        f"The total of the {what} is partial: {_lacking((part.name, part.figure) for part in parts)}."
        for what, whole, parts in columns
        if whole.is_partial
    )


def _lacking(parts: Iterable[tuple[str, Figure]]) -> str:
    """robbery and arson are missing; hate crime is withheld."""
    lacking: dict[str, list[str]] = {}
    for name, figure in parts:
        if figure.known is None:
            words = figure.reason.words if figure.reason in _TOLD and figure.reason else "missing"
            lacking.setdefault(words, []).append(in_sentence(name))
    said = [f"{listed(names)} {'is' if len(names) == 1 else 'are'} {words}" for words, names in lacking.items()]
    return "; ".join(said)


def not_like_for_like(row: Row) -> str:
    """Of a total: how it stands without the parts whose target allows for a change in recording. Of such a part: that.

    Without wounding, all BCS crimes are down 25.3% against a target of 22.3%.
    """
    measure = row.measure
    if not row.parts:
        return "" if measure.verdict.is_like_for_like else "So meeting it is not like for like with meeting the others."
    alike = measure.like_for_like()
    if alike is None or alike.change.reduction is None or alike.planned_change.reduction is None:
        return ""
    subject = Subject.of(row)
    names = listed([in_sentence(part.name) for part in measure.unlike])
    change = f"{subject.is_} {moved(alike.change, 1)}"
    if not alike.is_clear_change:
        change = f"{subject.verb('show')} no clear change"
    target = in_percent(alike.planned_change.reduction, 1)
    return f"Without {names}, {in_sentence(row.category.name)} {change} against a target of {target}."


def counted_differently(row: Row) -> str:
    """That a total contains categories that are counted differently since its baseline: not like for like."""
    return _contains(row, [part.name for part in row.measure.counted_differently]) if row.parts else ""


def _contains(row: Row, names: list[str]) -> str:
    if not names:
        return ""
    subject = Subject(row.category.name, row.category.is_plural)
    be = "is" if len(names) == 1 else "are"
    named = listed([in_sentence(name) for name in names])
    return f"{subject.name} {subject.verb('contain')} {named}, which {be} counted differently now: not like for like."


def left_out(row: Row) -> str:
    """Why a total's change is not that of the sums beside it: the parts that only one of them has, and the counts."""
    if row.to_date is None:
        return ""
    comparison = row.to_date.on_last_year
    return " ".join(
        filter(None, (_contains(row, list(comparison.changed)) if row.parts else "", _same_parts(row, comparison)))
    )


def _same_parts(row: Row, comparison: Comparison) -> str:
    if not comparison.left_out or comparison.change.counts is None:
        return ""
    before, after = comparison.change.counts
    name = in_sentence(row.category.name)
    if not comparison.before.parts:
        return f"{capital(name)}: other things are counted than last year, so there is no change."
    return f"Change of {name} {without_words(comparison)} {count(after)} against {count(before)}."
