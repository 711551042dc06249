"""New plan from this one: what each category starts from, and what will be done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from performance.calculations.periods import FinancialYear
from performance.models import CrimeCategory, Partnership
from performance.queries import Return, period_figures
from performance.queries.renewal import agencies_there, category_names, counted_in
from performance.wording import listed, times
from priorities.actions.renewal import Fate, Renewal
from priorities.forms.renewal import AgencyForm, CategoryForm, RenewalForm
from priorities.models import Plan
from priorities.pages.sections import everyone


@dataclass(frozen=True, slots=True)
class CategoryLine:
    form: CategoryForm
    name: str


@dataclass(frozen=True)
class RenewalPage:
    """The forms, and once they are sound, in words what making the plan will do."""

    partnership: Partnership
    plan: Plan
    form: RenewalForm
    categories: tuple[CategoryLine, ...]
    agencies: tuple[AgencyForm, ...]
    baseline_year: FinancialYear
    taken: frozenset[str]
    is_sent: bool

    @property
    def is_sound(self) -> bool:
        """Whether the plan can be made as it was typed."""
        return self.is_sent and not self.errors

    @cached_property
    def errors(self) -> tuple[tuple[str, str], ...]:
        """Each with the box that it is about."""
        if not self.is_sent:
            return ()
        rows: list[Any] = [self.form, *(line.form for line in self.categories), *self.agencies]
        # Rows are held against each other once each is sound by itself.
        if not any(row.errors for row in rows):
            _tell_names_that_clash(self.categories, self.taken)
            _tell_successors_that_leave(self.agencies)
        return tuple(
            (row[name].id_for_label, str(words)) for row in rows for name, each in row.errors.items() for words in each
        )

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
                form.agency: form.cleaned_data["successor"] for form in self.agencies if form.cleaned_data["successor"]
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
            _set(with_baseline, f"baseline of {renewal.baseline_year}", f"baselines of {renewal.baseline_year}"),
            _set(with_target, f"target for {renewal.last_year}", f"targets for {renewal.last_year}"),
            *(f"{name} takes the place of {self._agency(pk)}." for pk, name in renewal.agencies.items()),
            "Live actions go on in the new plan."
            if renewal.carries_actions
            else "The new plan begins without actions.",
        )

    def _agency(self, pk: int) -> str:
        return next(form.name for form in self.agencies if form.agency == pk)


def _set(how_many: int, one: str, many: str) -> str:
    """10 baselines of 2010/11 are set; or that none is, and what comes of it."""
    if not how_many:
        return f"No {one} is set: nothing is judged until there is one."
    return f"{times(how_many, f'{one} is', f'{many} are')} set."


def _fate(name: str, fate: Fate, names: tuple[str, ...]) -> str:
    if fate is Fate.RETIRE:
        return f"{name} is no longer counted."
    if fate is Fate.SPLIT:
        return f"{name} is counted as {listed(list(names))}; their baselines are set once they have figures."
    return f"{name} is {'counted under' if fate is Fate.MERGE else 'called'} {names[0]}; its series runs on."


def renewal_page(
    partnership: Partnership, returns: tuple[Return, ...], plan: Plan, data: Mapping[str, Any] | None
) -> RenewalPage:
    """The page as it is first shown, or as it was sent. Ten queries.

    Sent with `propose` the baselines are filled in anew, but those that were typed stay.
    """
    proposed = _proposed(plan)
    form = RenewalForm(data, initial=proposed)
    baseline_year = _baseline_year(form, proposed["baseline_year"])
    rows = period_figures(partnership, returns, baseline_year).rows
    actuals = {row.category.slug: row.measure.actual.known for row in everyone(rows) if not row.parts}
    categories = []
    for category in counted_in(partnership, plan.last_year):
        actual = actuals.get(category.slug)
        count = "" if actual is None else f"{actual:,}"
        row = _category_form(data, category, count)
        if data and "propose" in data and not row.keeps_its_baseline:
            filled = {f"{category.slug}-baseline": count, f"{category.slug}-proposed": count}
            row = _category_form({**data, **filled}, category, count)
        categories.append(CategoryLine(row, category.name))
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
        taken=category_names(partnership),
        is_sent=data is not None,
    )


def _category_form(data: Mapping[str, Any] | None, category: CrimeCategory, count: str) -> CategoryForm:
    initial = {"baseline": count, "proposed": count}
    return CategoryForm(data, prefix=category.slug, initial=initial, category=category.pk, name=category.name)


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


def _tell_names_that_clash(lines: Iterable[CategoryLine], taken: frozenset[str]) -> None:
    """New names that a category has already, that two get without merging, or into which one alone is merged."""
    given: dict[str, list[Fate]] = defaultdict(list)
    named = [(line, Fate(line.form.cleaned_data["fate"]), line.form.cleaned_data["names"]) for line in lines]
    for _, fate, names in named:
        for name in names:
            given[name.casefold()].append(fate)
    for line, fate, names in named:
        for name in names:
            fates = given[name.casefold()]
            if name.casefold() in taken:
                line.form.add_error("names", f"{name}: there is a category of this name already. Choose another")
            elif len(fates) > 1 and set(fates) != {Fate.MERGE}:
                words = "another category gets this name too. Merge both, or choose another"
                line.form.add_error("names", f"{name}: {words}")
            elif len(fates) == 1 and fate is Fate.MERGE:
                words = f"nothing else merges into {name}. Merge another too, or choose Rename"
                line.form.add_error("names", f"{line.name}: {words}")


def _tell_successors_that_leave(agencies: Iterable[AgencyForm]) -> None:
    """Bodies that are to take another's place while their own is taken."""
    taking = [(form, form.cleaned_data["successor"]) for form in agencies]
    leave = {form.name.casefold() for form, successor in taking if successor}
    for form, successor in taking:
        if successor.casefold() in leave:
            form.add_error("successor", f"{form.name}: {successor} leaves as well. Choose a body that stays")
