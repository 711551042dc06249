"""One row of the grid of baselines and targets, as it was typed."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from performance.actions.targets import TargetEdit
from performance.calculations.change import rounded
from performance.calculations.count_input import NotACountError, read_count
from performance.calculations.periods import FinancialYear
from performance.calculations.targets import as_percentage, from_percentage, read_percentage
from performance.forms.fields import NoteField
from performance.models import Target
from performance.models.fields import MOST, FinancialYearFormField
from performance.queries.targets import TargetSetting
from performance.wording import count, percent


def percentage(setting: TargetSetting) -> str:
    """A target as the box shows it: 12 or −25 where a whole percentage gives it, else to a tenth, 12.1."""
    if setting.baseline is None or setting.target is None:
        return ""
    share = as_percentage(setting.baseline, setting.target)
    if share is None:
        return ""
    whole = Fraction(rounded(share))
    gives_it = whole <= 100 and from_percentage(setting.baseline, whole).count == setting.target
    return percent(rounded(share, 0 if gives_it else 1)).removesuffix("%")


class TargetForm(forms.Form):
    """A baseline with its year, a target as a count or as a percentage, its sense, its basis and a note."""

    baseline = forms.CharField(required=False, max_length=40)
    baseline_year = FinancialYearFormField(required=False)
    target = forms.CharField(required=False, max_length=40)
    percent = forms.CharField(required=False, max_length=20)
    sense = forms.ChoiceField(choices=Target.Sense.choices)
    basis = forms.CharField(required=False, max_length=200)
    note = NoteField(required=False, max_length=1000)
    version = forms.CharField(required=False, max_length=64)

    def __init__(self, *args: Any, held: TargetSetting, year: FinancialYear, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.held, self.year = held, year
        self.rounding = ""

    @classmethod
    def showing(cls, held: TargetSetting, year: FinancialYear, prefix: str) -> TargetForm:
        """The form as it is first shown, with what is set."""
        initial = {
            "baseline": "" if held.baseline is None else count(held.baseline),
            "baseline_year": str(held.baseline_year or ""),
            "target": "" if held.target is None else count(held.target),
            "percent": percentage(held),
            "sense": held.sense,
            "basis": held.basis,
            "note": held.note,
            "version": held.fingerprint,
        }
        return cls(prefix=prefix, held=held, year=year, initial=initial)

    def clean(self) -> dict[str, Any]:
        found = self.cleaned_data
        found["baseline_count"] = self._count("baseline")
        found["target_count"] = self._target(found["baseline_count"])
        if found["baseline_count"] is not None and not found.get("baseline_year"):
            raise ValidationError({"baseline_year": "Enter the year of the baseline, such as 2003/04."})
        if found.get("baseline_year") and found["baseline_year"] > self.year:
            raise ValidationError({"baseline_year": f"A baseline for {self.year} is from that year or before."})
        baseline, target = found["baseline_count"], found["target_count"]
        if target is not None and baseline is None:
            raise ValidationError({"baseline": "A target is measured from a baseline. Enter the baseline too."})
        is_above = baseline is not None and target is not None and target > baseline
        if is_above and found.get("sense") == Target.Sense.REDUCE and not (found.get("note") and found.get("basis")):
            raise ValidationError(
                {"target": f"{count(target)} lies above the baseline. Say how it was set, and why in a note."}
            )
        return found

    def _count(self, name: str) -> int | None:
        try:
            number = read_count(self.cleaned_data.get(name, ""))
        except NotACountError as error:
            raise ValidationError({name: str(error)}) from error
        if number is not None and number < 0:
            raise ValidationError({name: "It cannot be below 0."})
        return number

    def _target(self, baseline: int | None) -> int | None:
        """The count; worked out from the percentage where that is what was typed or changed."""
        typed = self._count("target")
        try:
            share = read_percentage(self.cleaned_data.get("percent", ""))
        except ValueError as error:
            raise ValidationError({"percent": str(error)}) from error
        # Both boxes are filled when the page is shown: what counts is the one that the person changed.
        is_new = share is not None and self.cleaned_data["percent"].strip() != percentage(self.held)
        # A count whose percentage to a tenth stands beside it is that count, and not what the tenth would give.
        now = as_percentage(baseline, typed) if baseline and typed is not None else None
        agrees = share is not None and now is not None and rounded(now, 1) == rounded(share, 1)
        if share is None or not is_new or agrees or baseline is None:
            if now is not None and typed != self.held.target and (self.held.basis or agrees):
                self._derive_basis(Fraction(rounded(now, 1)))
            return typed
        try:
            derived = from_percentage(baseline, share)
        except ValueError as error:
            raise ValidationError({"percent": str(error)}) from error
        if typed is not None and typed not in (self.held.target, derived.count):
            raise ValidationError(
                {
                    "percent": f"{count(baseline)} less {_words(share)} is {count(derived.count)}, not {count(typed)}. "
                    "Keep one of the two."
                }
            )
        if derived.count > MOST:
            raise ValidationError({"percent": f"That would be more than {count(MOST)}."})
        if derived.was_rounded:
            exact = f"{float(derived.exact):,.2f}".rstrip("0").rstrip(".")
            self.rounding = f"{count(baseline)} less {_words(share)} is {exact}, so {count(derived.count)}"
        self._derive_basis(share)
        return derived.count

    def _derive_basis(self, share: Fraction) -> None:
        """Say how the target is set, where nobody said so or what was said was of another target."""
        if self.cleaned_data.get("basis", "") in ("", self.held.basis):
            self.cleaned_data["basis"] = _basis(share)

    @property
    def edit(self) -> TargetEdit:
        found = self.cleaned_data
        setting = TargetSetting(
            baseline=found["baseline_count"],
            baseline_year=found["baseline_year"] if found["baseline_count"] is not None else None,
            target=found["target_count"],
            sense=found["sense"] if found["target_count"] is not None else Target.Sense.REDUCE.value,
            basis=found["basis"] if found["target_count"] is not None else "",
            note=found["note"] if found["target_count"] is not None else "",
        )
        return TargetEdit(setting, found["version"])

    @property
    def problem(self) -> str:
        """What is wrong, in one sentence; empty where nothing is."""
        return next((str(each) for errors in self.errors.values() for each in errors), "")


def _words(share: Fraction) -> str:
    """With as many places as it has, two at most: 10%, 13.5%, 12.75%."""
    places = next((places for places in (0, 1) if rounded(share, places) == rounded(share, 2)), 2)
    return percent(rounded(share, places))


def _basis(share: Fraction) -> str:
    if share == 0:
        return "As at the baseline"
    return f"{_words(abs(share))} {'below' if share > 0 else 'above'} the baseline"
