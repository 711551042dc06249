"""The aims of a plan: how their priorities stand, and which actions pursue them through which objective."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from performance import sentences
from performance.calculations.periods import FinancialYear
from performance.calculations.status import Status
from performance.models import CrimeCategory, SurveyQuestion
from performance.pages.surveys import finding
from performance.queries import Category, Row
from performance.queries.category_tree import CategoryTree
from performance.wording import capital, in_sentence, number
from priorities.models import Aim, Objective, Priority
from priorities.queries import Work


@dataclass(frozen=True, slots=True)
class PriorityStatus:
    """How a category or a survey question of a priority stands: its status with the reason or the change, in words.

    `judged` is the address of the category whose figures it is judged on: before a plan begins with new categories
    that is the one whose place each took. What people say has no target, so once there are answers it has no status.
    """

    name: str
    slug: str
    status: Status | None
    words: str
    judged: str = ""

    @property
    def is_survey(self) -> bool:
        return not self.judged


@dataclass(frozen=True, slots=True)
class PriorityLine:
    priority: Priority
    statuses: tuple[PriorityStatus, ...]


@dataclass(frozen=True, slots=True)
class Cell:
    """An aim pursued through an objective: the actions that do so, none where there is a gap."""

    objective: Objective
    works: tuple[Work, ...]


@dataclass(frozen=True, slots=True)
class AimSection:
    """An aim with its priorities and its cells; `past` are those of objectives that have ended, where they had work."""

    aim: Aim
    priorities: tuple[PriorityLine, ...]
    cells: tuple[Cell, ...]
    past: tuple[Cell, ...]

    @property
    def summary(self) -> str:
        """Five of six targets met; or that there is nothing to judge."""
        if not self.priorities:
            return "No priorities named"
        statuses = [each for line in self.priorities for each in line.statuses]
        by_slug = {each.judged: each.status for each in statuses if each.status is not None}
        judged = [status for status in by_slug.values() if status.is_judged]
        if not judged:
            measures = len({each.slug for each in statuses})
            return f"{capital(number(measures))} measure{'s' if measures > 1 else ''}, no target to judge by yet"
        met = sum(status.is_met for status in judged)
        if len(judged) == 1:
            return f"The one measure with a target {'met' if met else 'did not meet'} it"
        of_all = f"{capital(number(met))} of the {number(len(judged))}"
        return f"{of_all} measures with a target met it"


def everyone(rows: Iterable[Row]) -> Iterable[Row]:
    for row in rows:
        yield row
        yield from everyone(row.parts)


class Judged:
    """The rows that categories are judged on, also where a category took the place of others after the year."""

    def __init__(self, rows: Sequence[Row], tree: CategoryTree, year: FinancialYear) -> None:
        self.rows = {row.category.pk: row for row in everyone(rows)}
        self.tree = tree
        self.year = year

    def on(self, category: int) -> list[tuple[Category, Row | None]]:
        """Itself with its row, or each of those whose place it took or that it was counted within; perhaps no row."""
        row = self.rows.get(category)
        earlier = self.tree.successions.split_from(category, self.year)
        if row is not None or not earlier:
            return [(self.tree.nodes[category], row)]
        return [found for each in earlier for found in self.on(each)]


def aim_section(aim: Aim, objectives: Sequence[Objective], works: Sequence[Work], judged: Judged) -> AimSection:
    """One aim; of `objectives`, ended ones too."""
    mine = [work for work in works if work.action.aim_id == aim.pk]
    cells = [
        Cell(objective, tuple(work for work in mine if work.action.objective_id == objective.pk))
        for objective in objectives
    ]
    return AimSection(
        aim,
        priorities=tuple(_line(each, judged) for each in aim.priorities.all()),
        cells=tuple(cell for cell in cells if cell.objective.ended_on is None),
        past=tuple(cell for cell in cells if cell.objective.ended_on is not None and cell.works),
    )


def _line(priority: Priority, judged: Judged) -> PriorityLine:
    statuses = [
        _standing(category, counted, row)
        for category in priority.categories.all()
        for counted, row in judged.on(category.pk)
    ]
    statuses += [_said(question) for question in priority.questions.all()]
    return PriorityLine(priority, tuple(statuses))


def _said(question: SurveyQuestion) -> PriorityStatus:
    waves = list(question.waves.all())
    if not waves:
        return PriorityStatus(question.title, question.slug, Status.CANNOT_SAY, "no survey has been entered yet")
    return PriorityStatus(question.title, question.slug, None, finding(question, waves))


def _standing(category: CrimeCategory, counted: Category, row: Row | None) -> PriorityStatus:
    status = row.measure.verdict.status if row else Status.CANNOT_SAY
    if row is None:
        words = "no whole-year figures are held"
    elif status is Status.CANNOT_SAY:
        words = sentences.cannot_say(row.measure)
    else:
        words = sentences.told(row.measure, sentences.since(row))
    if counted.pk != category.pk:
        words += f", counted as {in_sentence(counted.name)} then"
    return PriorityStatus(category.name, category.slug, status, words, counted.slug)
