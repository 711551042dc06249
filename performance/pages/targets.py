"""Baselines and targets of a year: what is each category to reach, measured from what?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from performance.calculations.periods import FinancialYear
from performance.forms.targets import TargetForm, percentage
from performance.models import Partnership, Target
from performance.queries.targets import TargetRow, TargetSetting, TargetSheet
from performance.wording import count


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A category with what stands in its boxes: as set, or as typed where that could not be set."""

    row: TargetRow
    baseline: str
    baseline_year: str
    target: str
    percent: str
    sense: str
    basis: str
    note: str
    seen: str
    error: str = ""
    wrong: str = ""
    """The box that the error is about."""
    newer: str = ""

    @property
    def has_more(self) -> bool:
        return bool(self.error or self.note or self.basis)


@dataclass(frozen=True)
class TargetsPage:
    """Everything that the page prints."""

    partnership: Partnership
    sheet: TargetSheet
    lines: tuple[TargetLine, ...]
    reason: str
    refusal: str

    @property
    def errors(self) -> tuple[tuple[str, str], ...]:
        return tuple(
            (f"{line.wrong}-{line.row.slug}", f"{line.row.name}: {line.error}") for line in self.lines if line.error
        )

    @property
    def senses(self) -> tuple[tuple[str, str], ...]:
        return tuple(Target.Sense.choices)

    @property
    def other_years(self) -> tuple[FinancialYear, ...]:
        known = {*self.sheet.years, self.sheet.year + 1, self.sheet.year - 1}
        return tuple(sorted(known - {self.sheet.year}))


def targets_page(
    partnership: Partnership,
    sheet: TargetSheet,
    *,
    failed: Mapping[int, TargetForm] | None = None,
    newer: Mapping[int, TargetSetting] | None = None,
    reason: str = "",
    refusal: str = "",
) -> TargetsPage:
    """The grid, with what was typed where it could not be set."""
    lines = tuple(_line(row, (failed or {}).get(row.pk), (newer or {}).get(row.pk)) for row in sheet.rows)
    return TargetsPage(partnership, sheet, lines, reason, refusal)


def _line(row: TargetRow, form: TargetForm | None, newer: TargetSetting | None) -> TargetLine:
    held = row.setting
    if form is None:
        return TargetLine(
            row,
            baseline="" if held.baseline is None else count(held.baseline),
            baseline_year=str(held.baseline_year or ""),
            target="" if held.target is None else count(held.target),
            percent=percentage(held),
            sense=held.sense,
            basis=held.basis,
            note=held.note,
            seen=held.fingerprint,
        )
    typed = {name: str(form.data.get(form.add_prefix(name), "")) for name in form.fields}
    typed["seen"] = newer.fingerprint if newer else typed["seen"]
    words = _newer(newer) if newer else ""
    return TargetLine(row, **typed, error=form.problem or words, wrong=next(iter(form.errors), "target"), newer=words)


def _newer(setting: TargetSetting) -> str:
    target = "no target" if setting.target is None else f"a target of {count(setting.target)}"
    baseline = "no baseline" if setting.baseline is None else f"a baseline of {count(setting.baseline)}"
    return (
        f"Somebody else set {baseline} and {target} meanwhile. Yours stands in the boxes: save again to replace that."
    )
