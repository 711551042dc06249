"""Baselines and targets of a year: what is each category to reach, measured from what?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from performance.calculations.periods import FinancialYear
from performance.forms.targets import TargetForm
from performance.models import Partnership, Target
from performance.queries.targets import TargetRow, TargetSetting, TargetSheet
from performance.wording import count


@dataclass(frozen=True, slots=True)
class TargetLine:
    """A category with its form: with what is set, or what was typed where that could not be set."""

    row: TargetRow
    form: TargetForm
    version: str
    """The fingerprint of what the person is shown: of somebody else's newer setting where that is told."""
    error: str = ""
    wrong: str = ""
    """The box that the error is about."""
    newer: str = ""

    @property
    def has_more(self) -> bool:
        return bool(self.error or self.form["note"].value() or self.form["basis"].value())


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
    lines = tuple(_line(row, sheet.year, (failed or {}).get(row.pk), (newer or {}).get(row.pk)) for row in sheet.rows)
    return TargetsPage(partnership, sheet, lines, reason, refusal)


def _line(row: TargetRow, year: FinancialYear, typed: TargetForm | None, newer: TargetSetting | None) -> TargetLine:
    if typed is None:
        return TargetLine(row, TargetForm.showing(row.setting, year, row.slug), row.setting.fingerprint)
    words = _newer(newer) if newer else ""
    version = newer.fingerprint if newer else str(typed["version"].value() or "")
    wrong = next(iter(typed.errors), "target")
    return TargetLine(row, typed, version, error=typed.problem or words, wrong=wrong, newer=words)


def _newer(setting: TargetSetting) -> str:
    target = "no target" if setting.target is None else f"a target of {count(setting.target)}"
    baseline = "no baseline" if setting.baseline is None else f"a baseline of {count(setting.baseline)}"
    return (
        f"Somebody else set {baseline} and {target} meanwhile. Yours stands in the boxes: save again to replace that."
    )
