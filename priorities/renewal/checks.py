"""What is wrong between the rows of a new plan, each of which is sound by itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from priorities.renewal.category_changes import CategoryChange
from priorities.renewal.forms import AgencyForm, CategoryForm


def check_names(forms: Sequence[CategoryForm], taken: frozenset[str]) -> None:
    """New names that a category has already, that two get without merging, or into which one alone is merged."""
    given: dict[str, list[CategoryChange]] = defaultdict(list)
    named = [(form, CategoryChange(form.cleaned_data["change"]), form.cleaned_data["names"]) for form in forms]
    for _, change, names in named:
        for name in names:
            given[name.casefold()].append(change)
    for form, change, names in named:
        for name in names:
            changes = given[name.casefold()]
            if name.casefold() in taken:
                form.add_error("names", f"{name}: there is a category of this name already. Choose another")
            elif len(changes) > 1 and set(changes) != {CategoryChange.MERGE}:
                words = "another category gets this name too. Merge both, or choose another"
                form.add_error("names", f"{name}: {words}")
            elif len(changes) == 1 and change is CategoryChange.MERGE:
                words = f"nothing else merges into {name}. Merge another too, or choose Rename"
                form.add_error("names", f"{form.name}: {words}")


def check_targets_of_merged(forms: Sequence[CategoryForm]) -> None:
    """Targets on some of what merges and not on the rest: theirs are added up, so that one would be lost."""
    merged: dict[str, list[CategoryForm]] = defaultdict(list)
    for form in forms:
        if CategoryChange(form.cleaned_data["change"]) is CategoryChange.MERGE:
            merged[form.cleaned_data["names"][0].casefold()].append(form)
    for together in merged.values():
        silent = [form for form in together if form.cleaned_data["target"] is None]
        for form in silent if len(silent) < len(together) else ():
            name = form.cleaned_data["names"][0]
            form.add_error(
                "target", f"{form.name}: give a target here too, for those that merge into {name} are added up"
            )


def check_successors(agencies: Sequence[AgencyForm]) -> None:
    """Bodies that are to take another's place while their own is taken."""
    taking = [(form, form.cleaned_data["successor"]) for form in agencies]
    leave = {form.name.casefold() for form, successor in taking if successor}
    for form, successor in taking:
        if successor.casefold() in leave:
            form.add_error("successor", f"{form.name}: {successor} leaves as well. Choose a body that stays")
