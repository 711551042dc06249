"""New plan from this one: what each category starts from, and what will be done."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any

from performance.calculations.periods import FinancialYear
from performance.models import Partnership
from performance.queries import Category, Return, latest_published, period_figures
from performance.queries.targets import baselines_in_use
from performance.wording import listed, times
from priorities.models import Plan
from priorities.pages.aims import everyone
from priorities.queries import named_in
from priorities.renewal.category_changes import CategoryChange, Renewal
from priorities.renewal.checks import check_names, check_successors, check_targets_of_merged
from priorities.renewal.forms import AgencyForm, CategoryForm, RenewalForm
from priorities.renewal.preview import Counted, Told, outcomes
from priorities.renewal.queries import agencies_there, category_names, counted_in

_BUTTONS = ("csrfmiddlewaretoken", "make", "propose", "looked_over")


@dataclass(frozen=True, slots=True)
class CategoryLine:
    form: CategoryForm
    counted: Counted

    @property
    def name(self) -> str:
        return self.counted.name


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
    filled: str
    data: Mapping[str, Any] | None

    @property
    def is_sent(self) -> bool:
        return self.data is not None

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
            forms = [line.form for line in self.categories]
            check_targets_of_merged(forms)
            check_names(forms, self.taken)
            check_successors(self.agencies)
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
        kept = [each for each in renewal.categories if each.change is CategoryChange.KEEP]
        return (
            f"{renewal.title} runs from {renewal.first_year} to {renewal.last_year}, with the aims, objectives and "
            "priorities of this one.",
            f"{times(len(kept), 'category is', 'categories are')} kept.",
            *(
                _in_a_sentence(by_pk[each.category], each.change, each.names)
                for each in renewal.categories
                if each not in kept
            ),
            *self._outcomes[1],
            *(f"{name} takes the place of {self._agency(pk)}." for pk, name in renewal.agencies.items()),
            "Live actions go on in the new plan."
            if renewal.carries_actions
            else "The new plan begins without actions.",
        )

    @property
    def told(self) -> tuple[Told, ...]:
        """What each category of the new plan starts from and is to reach."""
        return self._outcomes[0]

    @cached_property
    def _outcomes(self) -> tuple[tuple[Told, ...], tuple[str, ...]]:
        return outcomes(self.renewal, {line.form.category: line.counted for line in self.categories})

    @property
    def fingerprint(self) -> str:
        """A digest of what was sent: what is made is what was looked over, to the letter."""
        boxes = {name: value for name, value in (self.data or {}).items() if name not in _BUTTONS}
        return sha256(repr(sorted(boxes.items())).encode()).hexdigest()

    @property
    def is_looked_over(self) -> bool:
        return self.data is not None and self.data.get("looked_over") == self.fingerprint

    def _agency(self, pk: int) -> str:
        return next(form.name for form in self.agencies if form.agency == pk)


def _in_a_sentence(name: str, change: CategoryChange, names: tuple[str, ...]) -> str:
    if change is CategoryChange.RETIRE:
        return f"{name} is no longer counted."
    if change is CategoryChange.SPLIT:
        return f"{name} is counted as {listed(list(names))}; their baselines are set once they have figures."
    return (
        f"{name} is {'counted under' if change is CategoryChange.MERGE else 'called'} {names[0]}; its series runs on."
    )


def renewal_page(
    partnership: Partnership, returns: tuple[Return, ...], plans: Sequence[Plan], data: Mapping[str, Any] | None
) -> RenewalPage:
    """A new plan from the last of a partnership's, as it is first shown, or as it was sent.

    Sent with `propose` the baselines are filled in anew, but those that were typed stay.
    """
    plan = plans[-1]
    proposed = _proposed(plan)
    form = RenewalForm(data, initial=proposed, plans=plans)
    baseline_year = _baseline_year(form, proposed["baseline_year"])
    rows = period_figures(partnership, returns, baseline_year).rows
    actuals = {row.category.slug: row.measure.actual.known for row in everyone(rows) if not row.parts}
    in_use = baselines_in_use(partnership, plan.last_year)
    categories = []
    for category, total in counted_in(partnership, plan.last_year, named_in(plan)):
        actual = actuals.get(category.slug)
        count = "" if actual is None else f"{actual:,}"
        row = _category_form(data, category, count)
        if data and "propose" in data and not row.keeps_its_baseline:
            filled = {f"{category.slug}-baseline": count, f"{category.slug}-proposed": count}
            row = _category_form({**data, **filled}, category, count)
        before = in_use.get(category.pk)
        counted = Counted(
            category.name, _headline_of(total), before.count if before else None,
            before.financial_year if before else None,
        )  # fmt: skip
        categories.append(CategoryLine(row, counted))
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
        filled=_filled(baseline_year, sum(each is not None for each in actuals.values()), returns),
        data=data,
    )


def _headline_of(total: Category | None) -> str:
    """The total whose target is the plan's headline: of crimes, not of offenders worked with or interventions."""
    return total.name if total is not None and total.is_recorded_crime else ""


def _filled(year: FinancialYear, how_many: int, returns: tuple[Return, ...]) -> str:
    """How many baselines are proposed; where no figures are held, of which year there are some."""
    if how_many:
        return f"{times(how_many, 'baseline is', 'baselines are')} proposed from the actuals of {year}."
    latest = latest_published(tuple(each for each in returns if each.is_comparable))
    other = f" The latest year with figures is {latest.period}." if latest else ""
    return f"No whole-year figures of {year} are held, so no baseline is proposed.{other}"


def _category_form(data: Mapping[str, Any] | None, category: Category, count: str) -> CategoryForm:
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
