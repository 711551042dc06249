"""Set baselines and targets, each change kept with who, when and, once figures are published, why."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from performance.access import Person, standing_of
from performance.actions.recording import lock_partnership, record_change
from performance.calculations.periods import FinancialYear
from performance.models import Baseline, Partnership, Target
from performance.queries.targets import TargetSetting, baselines_in_use, settings_of
from performance.refusals import Refused


@dataclass(frozen=True, slots=True)
class TargetEdit:
    """What a person wants set for a category, and the mark of what that person saw there."""

    setting: TargetSetting
    version: str


@dataclass(frozen=True, slots=True)
class Done:
    """The categories that were set, and what stands now in those that somebody else had changed meanwhile."""

    written: tuple[int, ...]
    conflicts: Mapping[int, TargetSetting]


def set_targets(
    *,
    partnership: Partnership,
    year: FinancialYear,
    edits: Mapping[int, TargetEdit],
    reason: str,
    by: Person,
    today: date,
) -> Done:
    """Set baselines and targets of a year, by category. Refused without the right to it.

    And without a reason where figures that were published against them would be judged anew.
    """
    with transaction.atomic():
        lock_partnership(partnership)
        if not standing_of(partnership, by, today).may_manage:
            raise Refused("Only administrators set baselines and targets.")
        now = settings_of(partnership, year)
        changed = {pk: edit for pk, edit in edits.items() if edit.setting != now.get(pk, TargetSetting())}
        conflicts = {
            pk: now.get(pk, TargetSetting())
            for pk, edit in changed.items()
            if edit.version != now.get(pk, TargetSetting()).fingerprint
        }
        to_write = {pk: edit.setting for pk, edit in changed.items() if pk not in conflicts}
        in_use = baselines_in_use(partnership, year)
        since = _first_year_touched(year, to_write, now, in_use)
        published = partnership.returns.published().filter(financial_year__gte=since)
        if to_write and not reason.strip() and published.exists():
            raise Refused("Figures are published against these. Say why they change.")
        for pk, setting in to_write.items():
            baseline = _baseline(
                partnership, year, pk, setting, _measured_from(partnership, year, pk, in_use), reason, by
            )
            day = today if published.filter(financial_year=year).exists() else None
            _target(partnership, year, pk, setting, baseline, reason, by, day)
        return Done(tuple(to_write), conflicts)


def _first_year_touched(
    year: FinancialYear,
    edited: Mapping[int, TargetSetting],
    now: Mapping[int, TargetSetting],
    in_use: Mapping[int, Baseline],
) -> FinancialYear:
    """The first year whose verdicts change: a baseline whose count is corrected serves years before this one too."""
    corrected = [
        in_use[pk].in_use_from
        for pk, setting in edited.items()
        if pk in in_use
        and setting.baseline_year == in_use[pk].financial_year
        and setting.baseline != now.get(pk, TargetSetting()).baseline
    ]
    return min([year, *corrected])


def _measured_from(
    partnership: Partnership, year: FinancialYear, category: int, in_use: Mapping[int, Baseline]
) -> Baseline | None:
    """The baseline of the year's target, or that in use where none is set yet."""
    targets = Target.objects.filter(partnership=partnership, category=category, financial_year=year)
    target = targets.select_related("baseline").first()
    return target.baseline if target else in_use.get(category)


def _baseline(
    partnership: Partnership,
    year: FinancialYear,
    category: int,
    setting: TargetSetting,
    held: Baseline | None,
    reason: str,
    by: Person,
) -> Baseline | None:
    """The baseline as edited: the one in use with its count put right, or a new one, in use from this year on."""
    if setting.baseline is None or setting.baseline_year is None:
        return held
    if held is None or held.financial_year != setting.baseline_year:
        held = Baseline.objects.filter(
            partnership=partnership, category=category, in_use_from=year
        ).first() or Baseline(partnership=partnership, category_id=category, in_use_from=year)
    if held.pk is None or (held.count, held.financial_year) != (setting.baseline, setting.baseline_year):
        held.count, held.financial_year = setting.baseline, setting.baseline_year
        record_change(held, by, reason)
    return held


def _target(
    partnership: Partnership,
    year: FinancialYear,
    category: int,
    setting: TargetSetting,
    baseline: Baseline | None,
    reason: str,
    by: Person,
    revised_on: date | None,
) -> None:
    """Set a target; one that figures of its year are published by already is revised on a day, and says why."""
    target = Target.objects.filter(partnership=partnership, category=category, financial_year=year).first()
    if setting.target is None or baseline is None:
        if target is not None:
            raise Refused(f"{target.category} has a target. Change it, but do not empty it.")
        return
    target = target or Target(partnership=partnership, category_id=category, financial_year=year)
    if revised_on is not None and target.pk and (target.count, target.sense) != (setting.target, setting.sense):
        target.revised_on, target.revised_why = revised_on, reason.strip()
    target.count, target.baseline, target.sense = setting.target, baseline, setting.sense
    target.basis, target.note = setting.basis, setting.note
    record_change(target, by, reason)
