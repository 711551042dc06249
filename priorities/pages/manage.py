"""What administrators manage: each kind with its rows, its form and its words, and the pages that list them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from django.db.models import Model, QuerySet

from performance.models import CrimeCategory, PartnerAgency, Partnership, Succession, SurveyQuestion, SurveyWave
from performance.wording import capital
from priorities.forms.actions import ActionForm
from priorities.forms.agencies import AgencyForm, CategoryForm, SurveyQuestionForm, SurveyWaveForm
from priorities.forms.managed import ManagedForm
from priorities.forms.plan import (
    AimForm,
    ObjectiveForm,
    PlanForm,
    PriorityForm,
    StrategicPriorityForm,
    StrategyForm,
)
from priorities.models import Action, Aim, Objective, Plan, Priority, StrategicPriority, Strategy


@dataclass(frozen=True, slots=True)
class Kind:
    """Something that is managed: how it is called, which rows a partnership or its plan has of it, and its form."""

    slug: str
    one: str
    many: str
    words: str
    form: type[ManagedForm]
    model: type[Model]
    place: str
    """How a row's partnership is found, or its plan where it belongs to one."""
    among: str = ""
    """The column that siblings share, among which a row has its order."""
    group: str = ""
    """The column whose rows are the headings of the list."""
    order: tuple[str, ...] = ("position", "pk")
    remark: Callable[[Any], str] = lambda row: ""  # noqa: ARG005 (of most there is nothing to say)
    is_added: bool = True
    ends: bool = True

    @property
    def needs_plan(self) -> bool:
        return self.place.endswith("plan")

    @property
    def heading(self) -> str:
        return capital(self.many)

    @property
    def an(self) -> str:
        """An aim, a priority."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    def rows(self, partnership: Partnership, plan: Plan | None) -> QuerySet[Any]:
        """In order, with their headings."""
        if self.model is CrimeCategory:
            found: Any = CrimeCategory.objects.of(partnership).select_related("parent")
        else:
            found = self.model._default_manager.filter(**{self.place: plan if self.needs_plan else partnership})
        beside = (f"{self.group}__position", self.group) if self.group else ()
        ordered: QuerySet[Any] = found.select_related(*filter(None, [self.group])).order_by(*beside, *self.order)
        return ordered

    def new(self, partnership: Partnership, plan: Plan | None) -> Any:
        """A row to fill in, at its place already where that is no choice of the form's."""
        if "__" in self.place:
            return self.model()
        return self.model(**{self.place: plan if self.needs_plan else partnership})

    def siblings(self, row: Any) -> QuerySet[Any]:
        """Those among which a row has its place, in order."""
        column = f"{self.among}_id"
        return self.model._default_manager.filter(**{column: getattr(row, column)}).order_by("position", "pk")


_KINDS = (
    Kind(
        "plan", "plan", "plan", "Its title, introduction and source.", PlanForm, Plan, "partnership",
        order=("-first_year",), remark=lambda row: f"{row.first_year} to {row.last_year}", is_added=False, ends=False,
    ),
    Kind(
        "aims", "aim", "aims", "What the plan wants to come about.", AimForm, Aim, "plan", among="plan",
    ),
    Kind(
        "objectives", "objective", "objectives", "Ways in which every aim is pursued.", ObjectiveForm, Objective,
        "plan", among="plan",
    ),
    Kind(
        "priorities", "priority", "priorities", "Crime types to which an aim gives emphasis.", PriorityForm, Priority,
        "aim__plan", among="aim", group="aim", remark=lambda row: row.get_emphasis_display(),
    ),
    Kind(
        "actions", "action", "actions", "The work plan: who does what by when.", ActionForm, Action, "plan",
        among="plan", remark=lambda row: row.lead.name if row.lead else "no lead agency",
    ),
    Kind(
        "agencies", "agency", "agencies", "Who is in the partnership, and whose figures each supplies.", AgencyForm,
        PartnerAgency, "partnership", among="partnership", remark=lambda row: row.responsibility,
    ),
    Kind(
        "categories", "category", "categories", "What is counted, from theft of cycle to road casualties.",
        CategoryForm, CrimeCategory, "partnership", order=("kind", "position", "name"),
        remark=lambda row: f"part of {row.parent.name}" if row.parent else "",
    ),
    Kind(
        "strategies", "strategy", "strategies", "Other bodies' strategies that the plan serves.", StrategyForm,
        Strategy, "partnership", among="partnership",
    ),
    Kind(
        "strategic-priorities", "strategic priority", "strategic priorities",
        "The priorities of those strategies, and the aims that serve them.", StrategicPriorityForm, StrategicPriority,
        "strategy__partnership", among="strategy", group="strategy", remark=lambda row: row.part,
    ),
    Kind(
        "survey-questions", "survey question", "survey questions",
        "What people are asked wave after wave: fear of crime, feeling safe after dark.", SurveyQuestionForm,
        SurveyQuestion, "partnership", among="partnership",
    ),
    Kind(
        "survey-waves", "survey wave", "survey waves",
        "The percentage that gave the counted answer, and how many answered.", SurveyWaveForm, SurveyWave,
        "question__partnership", group="question", order=("ended",), ends=False,
        remark=lambda row: f"{row.percent}% of {row.sample:,}",
    ),
)  # fmt: skip
KINDS = {kind.slug: kind for kind in _KINDS}


@dataclass(frozen=True, slots=True)
class Item:
    """A row in a list: how it is called, what is said beside it, whether it has ended and where it may be moved."""

    pk: int
    title: str
    remark: str
    ended: str
    may_change: bool
    is_first: bool
    is_last: bool


@dataclass(frozen=True, slots=True)
class Group:
    heading: str
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class ManagedList:
    partnership: Partnership
    kind: Kind
    plan: Plan | None
    groups: tuple[Group, ...]


def managed_list(partnership: Partnership, kind: Kind, plan: Plan | None) -> ManagedList:
    """The rows of a kind under their headings, in order. At most four queries."""
    rows = list(kind.rows(partnership, plan)) if plan or not kind.needs_plan else []
    ended, shared = _ended(partnership, rows), _shared() if kind.slug == "categories" else frozenset()
    groups = []
    for heading, each in groupby(rows, key=lambda row: _heading(kind, row)):
        members = list(each)
        items = [
            Item(
                pk=row.pk,
                title=_title(row),
                remark=kind.remark(row),
                ended=ended.get(row.pk, ""),
                may_change=row.pk not in shared,
                is_first=row is members[0],
                is_last=row is members[-1],
            )
            for row in members
        ]
        groups.append(Group(heading, tuple(items)))
    return ManagedList(partnership, kind, plan, tuple(groups))


def _heading(kind: Kind, row: Any) -> str:
    if isinstance(row, CrimeCategory):
        return str(row.get_kind_display())
    return str(getattr(row, kind.group)) if kind.group else ""


def _title(row: Any) -> str:
    return str(row.name) if isinstance(row, SurveyWave) else str(getattr(row, "title", "") or row)


def _ended(partnership: Partnership, rows: Sequence[Any]) -> dict[int, str]:
    """When each ended, in words."""
    if rows and isinstance(rows[0], CrimeCategory):
        retired = Succession.objects.filter(partnership=partnership, after__isnull=True)
        return {row.before_id: f"not counted from {row.first_year}" for row in retired}
    ends = {row.pk: getattr(row, "ended_on", None) or getattr(row, "left_on", None) for row in rows}
    return {pk: f"ended on {day:%-d %B %Y}" for pk, day in ends.items() if day is not None}


def _shared() -> frozenset[int]:
    """The categories that all partnerships share: what they mean is not one partnership's to change."""
    return frozenset(CrimeCategory.objects.filter(partnership__isnull=True).values_list("pk", flat=True))


def may_change(kind: Kind, pk: int) -> bool:
    return kind.slug != "categories" or pk not in _shared()
