"""What goes back to the person: the rows that are not taken, as they came, with the reason beside each."""

from __future__ import annotations

from collections.abc import Iterator

from .planning import ImportPlan, Outcome
from .reading import Asks

_WHY = {
    Asks.CATEGORY: "Not matched to a category",
    Asks.TWICE: "The category stands in more than one row",
    Asks.WHY_NONE: "It does not say why there is no figure",
}
_OUTCOMES = {
    Outcome.HANDED_IN: "The return has been handed in",
    Outcome.NOT_OVER: "The period is not over",
    Outcome.REVISION: "Published: it has to be revised, with a reason",
}


def rows_not_taken(plan: ImportPlan) -> list[list[str]]:
    """The sheet up to its headings, and each row of which a figure is not taken, with a last column for the reason."""
    reasons = dict(_reasons(plan))
    heading_row = plan.reading.layout.heading_row or 0
    if plan.reading.layout.is_turned:
        heading_row = 0
    table = []
    for row in plan.sheet.rows:
        texts = [cell.text for cell in row]
        why = "; ".join(dict.fromkeys(reasons[cell.address] for cell in row if cell.address in reasons))
        is_heading = row[0].row == heading_row
        if row[0].row <= heading_row or why:
            table.append([*texts, "Why it was not taken" if is_heading else why])
    return table


def _reasons(plan: ImportPlan) -> Iterator[tuple[str, str]]:
    """The reason why the figure in a cell is not taken, by its address."""
    for line in plan.reading.lines:
        if line.problem or line.asks:
            for address in line.cells:
                yield address, line.problem or _WHY[line.asks or Asks.CATEGORY]
    for figure in plan.figures:
        if (why := _OUTCOMES.get(figure.outcome)) is not None:
            for address in figure.line.cells:
                yield address, why
