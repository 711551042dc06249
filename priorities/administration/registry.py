"""What administrators manage: each kind with its rows, its form and its words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from django.db.models import Model, QuerySet

from performance.models import CrimeCategory, PartnerAgency, Partnership, SurveyQuestion, SurveyWave
from performance.wording import capital
from priorities.administration.base import ManagedForm
from priorities.administration.forms.actions import ActionForm
from priorities.administration.forms.agencies import AgencyForm
from priorities.administration.forms.categories import CategoryForm
from priorities.administration.forms.plan import (
    AimForm,
    ObjectiveForm,
    PlanForm,
    PriorityForm,
    StrategicPriorityForm,
    StrategyForm,
)
from priorities.administration.forms.surveys import SurveyQuestionForm, SurveyWaveForm
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
    ordered_within: str = ""
    """The column that siblings share, among which a row has its order."""
    group: str = ""
    """The column whose rows are the headings of the list."""
    order: tuple[str, ...] = ("position", "pk")
    select_related: tuple[str, ...] = ()
    """The relations that a list tells something of."""
    remark: Callable[[Any], str] = lambda row: ""  # noqa: ARG005 (of most there is nothing to say)
    ends: bool = True

    @property
    def needs_plan(self) -> bool:
        return self.place.endswith("plan")

    @property
    def heading(self) -> str:
        return capital(self.many)

    @property
    def article(self) -> str:
        """An aim, a priority."""
        return f"{'an' if self.one[0] in 'aeiou' else 'a'} {self.one}"

    def may_add(self, plan: Plan | None) -> bool:
        """Whether one can be added beside a partnership's plan: the first plan only, as others are renewed from it."""
        return plan is None if self.model is Plan else plan is not None or not self.needs_plan

    def rows(self, partnership: Partnership, plan: Plan | None) -> QuerySet[Any]:
        """In order, with their headings."""
        if self.model is CrimeCategory:
            found: Any = CrimeCategory.objects.of(partnership)
        else:
            found = self.model._default_manager.filter(**{self.place: plan if self.needs_plan else partnership})
        # Without a name it would follow every relation that there is.
        if self.select_related:
            found = found.select_related(*self.select_related)
        grouped = (f"{self.group}__position", self.group) if self.group else ()
        ordered: QuerySet[Any] = found.order_by(*grouped, *self.order)
        return ordered

    def new(self, partnership: Partnership, plan: Plan | None) -> Any:
        """A row to fill in, at its place already where that is no choice of the form's."""
        if "__" in self.place:
            return self.model()
        return self.model(**{self.place: plan if self.needs_plan else partnership})

    def siblings(self, row: Any) -> QuerySet[Any]:
        """Those among which a row has its place, in order."""
        column = f"{self.ordered_within}_id"
        return self.model._default_manager.filter(**{column: getattr(row, column)}).order_by("position", "pk")


_KINDS = (
    Kind(
        "plan",
        "plan",
        "plan",
        "Its title, years, introduction and source.",
        PlanForm,
        Plan,
        "partnership",
        order=("-first_year",),
        remark=lambda row: f"{row.first_year} to {row.last_year}",
        ends=False,
    ),
    Kind(
        "aims",
        "aim",
        "aims",
        "What the plan wants to come about.",
        AimForm,
        Aim,
        "plan",
        ordered_within="plan",
    ),
    Kind(
        "objectives",
        "objective",
        "objectives",
        "Ways in which every aim is pursued.",
        ObjectiveForm,
        Objective,
        "plan",
        ordered_within="plan",
    ),
    Kind(
        "priorities",
        "priority",
        "priorities",
        "Crime types to which an aim gives emphasis.",
        PriorityForm,
        Priority,
        "aim__plan",
        ordered_within="aim",
        group="aim",
        select_related=("aim",),
        remark=lambda row: row.get_emphasis_display(),
    ),
    Kind(
        "actions",
        "action",
        "actions",
        "The work plan: who does what by when.",
        ActionForm,
        Action,
        "plan",
        ordered_within="plan",
        select_related=("lead",),
        remark=lambda row: row.lead.name if row.lead else "no lead agency",
    ),
    Kind(
        "agencies",
        "agency",
        "agencies",
        "Who is in the partnership, and whose figures each supplies.",
        AgencyForm,
        PartnerAgency,
        "partnership",
        ordered_within="partnership",
        remark=lambda row: row.responsibility,
    ),
    Kind(
        "categories",
        "category",
        "categories",
        "What is counted, from theft of cycle to road casualties. The installation's owner changes what all share.",
        CategoryForm,
        CrimeCategory,
        "partnership",
        order=("kind", "position", "name"),
        select_related=("parent",),
        remark=lambda row: f"part of {row.parent.name}" if row.parent else "",
    ),
    Kind(
        "strategies",
        "strategy",
        "strategies",
        "Other bodies' strategies that the plan serves.",
        StrategyForm,
        Strategy,
        "partnership",
        ordered_within="partnership",
    ),
    Kind(
        "strategic-priorities",
        "strategic priority",
        "strategic priorities",
        "The priorities of those strategies, and the aims that serve them.",
        StrategicPriorityForm,
        StrategicPriority,
        "strategy__partnership",
        ordered_within="strategy",
        group="strategy",
        select_related=("strategy",),
        remark=lambda row: row.part,
    ),
    Kind(
        "survey-questions",
        "survey question",
        "survey questions",
        "What people are asked wave after wave: fear of crime, feeling safe after dark.",
        SurveyQuestionForm,
        SurveyQuestion,
        "partnership",
        ordered_within="partnership",
    ),
    Kind(
        "survey-waves",
        "survey wave",
        "survey waves",
        "The percentage that gave the counted answer, and how many answered.",
        SurveyWaveForm,
        SurveyWave,
        "question__partnership",
        group="question",
        select_related=("question",),
        order=("ended",),
        ends=False,
        remark=lambda row: f"{row.percent}% of {row.sample:,}",
    ),
)
KINDS = {kind.slug: kind for kind in _KINDS}
