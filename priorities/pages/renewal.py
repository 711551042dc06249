"""New plan from this one: what each category starts from, and what will be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from performance.calculations.periods import FinancialYear
from performance.models import Partnership
from performance.queries import Return, period_figures
from performance.queries.renewal import agencies_there, counted_in
from performance.wording import listed, times
from priorities.actions.renewal import Fate, Renewal
from priorities.forms.renewal import AgencyForm, CategoryForm, RenewalForm
from priorities.models import Plan
from priorities.pages.plan import everyone


@dataclass(frozen=True, slots=True)
class CategoryLine:
    form: CategoryForm
    name: str
    slug: str
    actual: int | None


@dataclass(frozen=True)
class RenewalPage:
    """The forms, and once they are sound, in words what making the plan will do."""

    partnership: Partnership
    plan: Plan
    form: RenewalForm
    categories: tuple[CategoryLine, ...]
    agencies: tuple[AgencyForm, ...]
    baseline_year: FinancialYear
    is_sent: bool

    @property
    def is_valid(self) -> bool:
        rows: list[Any] = [self.form, *(line.form for line in self.categories), *self.agencies]
        # All are asked, so that every mistake is told at once.
        answers = [row.is_valid() for row in rows]
        return self.is_sent and all(answers)

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Each with the box that it is about."""
        if not self.is_sent:
            return ()
        found = [(self.form[name].id_for_label, words) for name, each in self.form.errors.items() for words in each]
        for line in self.categories:
            for name, each in line.form.errors.items():
                found += [(line.form[name].id_for_label, words) for words in each]
        for form in self.agencies:
            found += [
                (form["successor"].id_for_label, f"{form.name}: {words}")
                for each in form.errors.values()
                for words in each
            ]
        return tuple((target, str(words)) for target, words in found)

    @property
    def renewal(self) -> Renewal:
        clean = self.form.cleaned_data
        return Renewal(
            title=clean["title"],
            first_year=clean["first_year"],
            last_year=clean["last_year"],
            baseline_year=clean["baseline_year"],
            categories=tuple(line.form.result for line in self.categories),
            agencies={
                form.agency: form.cleaned_data["successor"].strip()
                for form in self.agencies
                if form.cleaned_data["successor"].strip()
            },
            carries_actions=clean["carries_actions"],
        )

    @property
    def will_do(self) -> tuple[str, ...]:
        """What making the plan will do, in sentences."""
        renewal = self.renewal
        by_pk = {line.form.category: line.name for line in self.categories}
        kept = [each for each in renewal.categories if each.fate is Fate.KEEP]
        with_baseline = sum(each.baseline is not None for each in renewal.categories)
        with_target = sum(each.target is not None for each in renewal.categories)
        return (
            f"{renewal.title} runs from {renewal.first_year} to {renewal.last_year}, with the aims, objectives and "
            "priorities of this one.",
            f"{times(len(kept), 'category is', 'categories are')} kept.",
            *(_fate(by_pk[each.category], each.fate, each.names) for each in renewal.categories if each not in kept),
            f"{times(with_baseline, 'baseline')} of {renewal.baseline_year} and {times(with_target, 'target')} for "
            f"{renewal.last_year} are set.",
            *(f"{name} takes the place of {self._agency(pk)}." for pk, name in renewal.agencies.items()),
            "Live actions go on in the new plan."
            if renewal.carries_actions
            else "The new plan begins without actions.",
        )

    def _agency(self, pk: int) -> str:
        return next(form.name for form in self.agencies if form.agency == pk)


def _fate(name: str, fate: Fate, names: tuple[str, ...]) -> str:
    if fate is Fate.RETIRE:
        return f"{name} is no longer counted."
    if fate is Fate.SPLIT:
        return f"{name} is counted as {listed(list(names))}; their baselines are set once they have figures."
    return f"{name} is {'counted under' if fate is Fate.MERGE else 'called'} {names[0]}; its series runs on."


def renewal_page(
    partnership: Partnership, returns: tuple[Return, ...], plan: Plan, data: Mapping[str, Any] | None
) -> RenewalPage:
    """The page as it is first shown, or as it was sent. Nine queries."""
    proposed = _proposed(plan)
    form = RenewalForm(data, initial=proposed)
    baseline_year = _baseline_year(form, proposed["baseline_year"])
    rows = period_figures(partnership, returns, baseline_year).rows
    actuals = {row.category.slug: row.measure.actual.known for row in everyone(rows) if not row.parts}
    categories = []
    for category in counted_in(partnership, plan.last_year):
        actual = actuals.get(category.slug)
        initial = {"baseline": "" if actual is None else f"{actual:,}"}
        form_of = CategoryForm(data, prefix=category.slug, initial=initial, category=category.pk, name=category.name)
        categories.append(CategoryLine(form_of, category.name, category.slug, actual))
    return RenewalPage(
        partnership=partnership,
        plan=plan,
        form=form,
        categories=tuple(categories),
        agencies=tuple(
            AgencyForm(data, prefix=f"agency-{row.pk}", agency=row.pk, name=row.name)
            for row in agencies_there(partnership)
        ),
        baseline_year=baseline_year,
        is_sent=data is not None,
    )


def _proposed(plan: Plan) -> dict[str, Any]:
    """The years after this plan, as many as it has; the year before them as baseline."""
    first = plan.last_year + 1
    years = plan.last_year.start - plan.first_year.start
    last = first + years
    title = f"Community Safety Plan {first.start} to {last.start + 1}"
    return {"title": title, "first_year": first, "last_year": last, "baseline_year": plan.last_year}


def _baseline_year(form: RenewalForm, proposed: FinancialYear) -> FinancialYear:
    """The year that was typed, if it is one."""
    if not form.is_bound:
        return proposed
    form.is_valid()
    found: FinancialYear | None = form.cleaned_data.get("baseline_year")
    return found or proposed


def names_twice(lines: Iterable[CategoryLine], taken: frozenset[str]) -> tuple[tuple[str, str], ...]:
    """New names that a category has already, or that two get without merging: each with its box and what to do."""
    given: dict[str, set[Fate]] = defaultdict(set)
    found = []
    for line in lines:
        fate = Fate(line.form.cleaned_data["fate"])
        for name in line.form.cleaned_data["names"]:
            before = given[name.casefold()]
            if name.casefold() in taken:
                found.append((line, f"{name}: there is a category of this name already. Choose another"))
            elif before and before | {fate} != {Fate.MERGE}:
                found.append((line, f"{name}: another category gets this name too. Merge them, or choose another"))
            before.add(fate)
    return tuple((line.form["names"].id_for_label, words) for line, words in found)
