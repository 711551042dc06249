"""The form of a new plan: its years, and what becomes of each category and each agency."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from performance.calculations.count_input import NotACountError, read_count
from performance.calculations.targets import from_percentage, read_percentage
from performance.models.fields import FinancialYearFormField
from priorities.administration.choices import set_messages
from priorities.administration.forms.plan import check_years
from priorities.models import Plan
from priorities.renewal.category_changes import CategoryChange, CategoryPlan

CHANGES = [
    (CategoryChange.KEEP.value, "Keep"),
    (CategoryChange.RENAME.value, "Rename"),
    (CategoryChange.SPLIT.value, "Split"),
    (CategoryChange.MERGE.value, "Merge"),
    (CategoryChange.RETIRE.value, "Retire"),
]
LONGEST_NAME = 80
_ABOVE = "the target is above its baseline. Set it later, with its reason"
_WITHOUT_TARGET = {
    CategoryChange.RETIRE: "what is counted no more has no target",
    CategoryChange.SPLIT: "what it is split into gets its targets once it has figures",
}


class RenewalForm(forms.Form):
    """The plan's name and years. Whole rows of boxes stand below it, one a category and one an agency."""

    title = forms.CharField(label="Title", max_length=120, error_messages={"required": "Enter the title"})
    first_year = FinancialYearFormField(label="First year", help_text="Such as 2011/12")
    last_year = FinancialYearFormField(label="Last year", help_text="Such as 2013/14")
    baseline_year = FinancialYearFormField(
        label="Baseline year", help_text="Its actuals are proposed as baselines, such as 2010/11"
    )
    carries_actions = forms.BooleanField(label="Live actions go on in the new plan", required=False, initial=True)

    def __init__(self, *args: Any, plans: Sequence[Plan], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.plans = plans
        set_messages(self.fields["title"])
        for name in ("first_year", "last_year", "baseline_year"):
            self.fields[name].widget.attrs["class"] = "govuk-input govuk-input--width-5"

    def clean(self) -> dict[str, Any]:
        clean = super().clean() or self.cleaned_data
        check_years(self)
        first, baseline = (clean.get(name) for name in ("first_year", "baseline_year"))
        if first and baseline and baseline > first:
            self.add_error("baseline_year", "The baseline year lies after the plan's first year")
        last = clean.get("last_year")
        for plan in self.plans:
            if first and last and plan.first_year <= last and plan.last_year >= first:
                self.add_error("first_year", f"{plan.title} runs in some of these years already")
        return clean


class CategoryForm(forms.Form):
    """What becomes of one category; the target is a count, or a percentage with its sign: 450 or 10%."""

    change = forms.ChoiceField(choices=CHANGES, initial=CategoryChange.KEEP.value)
    proposed = forms.CharField(required=False, max_length=40, widget=forms.HiddenInput)
    names = forms.CharField(required=False, max_length=400)
    baseline = forms.CharField(required=False, max_length=40)
    target = forms.CharField(required=False, max_length=40)

    def __init__(self, *args: Any, category: int, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.category, self.name = category, name
        for code in ("required", "invalid_choice"):
            self.fields["change"].error_messages[code] = f"{name}: choose what becomes of it"

    @property
    def keeps_its_baseline(self) -> bool:
        """Whether the baseline was typed: neither empty nor what was proposed for the year before."""
        typed = str(self["baseline"].value() or "").strip()
        return typed not in ("", str(self["proposed"].value() or ""))

    def clean(self) -> dict[str, Any]:
        clean = self.cleaned_data
        change = CategoryChange(clean.get("change", CategoryChange.KEEP.value))
        typed = [each.strip() for each in clean.get("names", "").split(",") if each.strip()]
        names = tuple({each.casefold(): each for each in reversed(typed)}.values())[::-1]
        if wrong := _wrong_with(names, change):
            self.add_error("names", f"{self.name}: {wrong}")
        clean["names"] = names
        clean["baseline"] = self._count("baseline")
        clean["target"], clean["basis"] = self._target(clean["baseline"])
        if change in _WITHOUT_TARGET and clean.get("target") is not None:
            self.add_error("target", f"{self.name}: {_WITHOUT_TARGET[change]}. Empty the box")
        return clean

    def _count(self, name: str) -> int | None:
        try:
            number = read_count(self.cleaned_data.get(name, ""))
        except NotACountError as error:
            # Elsewhere a reason can be chosen for a figure that is missing: here an empty box says as much.
            words = "enter a whole number, or leave the box empty" if error.reason else str(error)
            self.add_error(name, f"{self.name}: {words}")
            return None
        if number is not None and number < 0:
            self.add_error(name, f"{self.name}: it cannot be below 0")
            return None
        return number

    def _target(self, baseline: int | None) -> tuple[int | None, str]:
        """The count to reach, and how it was set: 10% is a tenth below the baseline."""
        typed = self.cleaned_data.get("target", "").strip()
        if not typed.endswith("%"):
            number = self._count("target")
            if number is not None and baseline is None:
                self.add_error("baseline", f"{self.name}: a target is measured from a baseline. Enter it too")
            elif number is not None and baseline is not None and number > baseline:
                self.add_error("target", f"{self.name}: {_ABOVE}")
            return number, ""
        try:
            share = read_percentage(typed)
            if share is None or baseline is None:
                raise ValueError("a percentage needs a baseline. Enter it too")
            if share < 0:
                raise ValueError(_ABOVE)
            return from_percentage(baseline, share).count, f"{typed} below the baseline"
        except ValueError as error:
            self.add_error("target", f"{self.name}: {error}")
            return None, ""

    @property
    def result(self) -> CategoryPlan:
        clean = self.cleaned_data
        change = CategoryChange(clean["change"])
        counts = (clean["baseline"], clean["target"], clean["basis"])
        baseline, target, basis = counts if change not in _WITHOUT_TARGET else (None, None, "")
        is_actual = baseline is not None and f"{baseline:,}" == self.initial.get("baseline")
        return CategoryPlan(self.category, change, clean["names"], baseline, target, basis, is_actual)


def _wrong_with(names: tuple[str, ...], change: CategoryChange) -> str:
    """What is wrong with the new names of a category, in words to follow its own; nothing where they are right."""
    if names and change in (CategoryChange.KEEP, CategoryChange.RETIRE):
        why = "it is kept" if change is CategoryChange.KEEP else "it is counted no more"
        return f"{why}, so it needs no new name. Empty the box, or choose what else becomes of it"
    if change in (CategoryChange.RENAME, CategoryChange.MERGE) and len(names) != 1:
        return "enter the one name that it has from now on"
    if change is CategoryChange.SPLIT and len(names) < 2:
        return "enter two different names or more, with commas between them"
    if any(len(each) > LONGEST_NAME for each in names):
        return f"a name has {LONGEST_NAME} letters at most"
    return ""


class AgencyForm(forms.Form):
    """The name of the body that takes an agency's place, new or there already; empty where it stays."""

    successor = forms.CharField(required=False, max_length=120)

    def __init__(self, *args: Any, agency: int, name: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.agency, self.name = agency, name
        self.fields["successor"].error_messages["max_length"] = f"{name}: a name has 120 letters at most"

    def clean_successor(self) -> str:
        name = str(self.cleaned_data["successor"])
        if name.casefold() == self.name.casefold():
            raise forms.ValidationError(
                f"{self.name}: it cannot take its own place. Leave the box empty where it stays"
            )
        return name
