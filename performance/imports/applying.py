"""Putting what was shown into returns, and taking it out again: all of it or nothing."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid5

from django.db import transaction

from performance.access import Person, standing_of
from performance.calculations.periods import FinancialYear, Period, Quarter
from performance.models import Actual, ImportPreview, PeriodReturn, ReturnState, Revision
from performance.refusals import Refused
from performance.returns.saving import save_figures
from performance.returns.transitions import publish, revise, submit
from performance.returns.values import Entry, FigureEdit

from .planning import PlannedFigure, period_of, plan_of


class MovedError(Refused):
    """Something else is to be put in than what was shown: it is shown again."""


def apply_import(
    *, preview: UUID, shown: str, reason: str, by: Person, today: date, at: datetime
) -> tuple[ImportPreview, int]:
    """Put exactly what was shown into the returns, in one transaction; with a reason the revisions too.

    `shown` is the digest of the plan that the person saw. Where figures, states, rights or answers have changed since,
    nothing is done and MovedError is raised. The same form sent again does nothing a second time. Gives the number of
    figures written.
    """
    with transaction.atomic():
        held = _locked(preview)
        if held.applied_at is not None:
            return held, len(held.applied)
        standing = standing_of(held.partnership, by, today)
        plan = plan_of(held, standing)
        if plan.digest != shown:
            raise MovedError("Something has changed since this was shown. Look at it again: nothing was put in.")
        figures = [*plan.ready, *(plan.revisions if reason else ())]
        if not figures:
            raise Refused("There is nothing to put into the return.")
        who: dict[str, Any] = {"partnership": held.partnership, "by": by, "today": today, "at": at}
        written: list[dict[str, Any]] = []
        for period, edits in _by_period(plan.ready).items():
            saved = save_figures(period=period, edits=edits, token=uuid5(held.pk, f"apply {period.slug}"), **who)
            written += _written(period, edits, saved.written)
        for period, edits in _by_period(plan.revisions if reason else ()).items():
            saved = revise(
                period=period, edits=edits, reason=reason, token=uuid5(held.pk, f"revise {period.slug}"), **who
            )
            written += _written(period, edits, saved.written)
        held.applied, held.applied_at, held.undone_at = written, at, None
        held.save(update_fields=["applied", "applied_at", "undone_at"])
        return held, len(written)


def undo_import(*, preview: UUID, by: Person, today: date, at: datetime) -> int:
    """Make the figures again what they were, while nobody has changed one and no return was handed in since.

    What was not there before is "not yet available" then: a figure once entered keeps its history. Gives the number.
    """
    with transaction.atomic():
        held = _locked(preview)
        if held.applied_at is None or held.undone_at is not None:
            raise Refused("There is nothing to take out.")
        edits: dict[Period, dict[int, FigureEdit]] = defaultdict(dict)
        for each in held.applied:
            period = period_of(each["period"])
            if period is not None:
                edits[period][each["category"]] = _before(held, period, each["category"], each["version"])
        for period, changes in edits.items():
            saved = save_figures(
                partnership=held.partnership,
                period=period,
                edits=changes,
                token=uuid5(held.pk, f"undo {period.slug}"),
                by=by,
                today=today,
                at=at,
            )
            _written(period, changes, saved.written)
        held.undone_at = at
        held.save(update_fields=["undone_at"])
        return len(held.applied)


def publish_history(*, preview: UUID, figures_as_at: date, source: str, by: Person, today: date, at: datetime) -> int:
    """Publish all the periods into which a preview was put, in one act: handed in and published, or none of them.

    Each must still be a draft. They have one day and one source. Gives the number of periods.
    """
    with transaction.atomic():
        held = _locked(preview)
        if held.applied_at is None or held.undone_at is not None:
            raise Refused("There is nothing to publish.")
        who: dict[str, Any] = {"partnership": held.partnership, "by": by, "today": today, "at": at}
        periods = periods_of(held)
        for period in periods:
            submit(period=period, token=uuid5(held.pk, f"submit {period.slug}"), accepted=True, **who)
            token = uuid5(held.pk, f"publish {period.slug}")
            publish(period=period, token=token, figures_as_at=figures_as_at, **who)
            rows = PeriodReturn.objects.filter(partnership=held.partnership, financial_year=period.year)
            rows.filter(quarter=period.number if isinstance(period, Quarter) else None).update(source=source)
        return len(periods)


def periods_of(held: ImportPreview) -> list[Period]:
    """The periods into which a preview was put, the oldest first."""
    found = {period for each in held.applied if (period := period_of(each["period"])) is not None}
    return sorted(found, key=lambda each: (each.ends, isinstance(each, FinancialYear)))


def _locked(preview: UUID) -> ImportPreview:
    rows = ImportPreview.objects.order_by().select_for_update(of=("self",)).select_related("partnership")
    found: ImportPreview = rows.get(pk=preview)
    return found


def _by_period(figures: Iterable[PlannedFigure]) -> Mapping[Period, dict[int, FigureEdit]]:
    found: dict[Period, dict[int, FigureEdit]] = defaultdict(dict)
    for each in figures:
        if each.line.category is not None:
            found[each.line.period][each.line.category] = each.edit
    return found


def _written(period: Period, edits: Mapping[int, FigureEdit], versions: Mapping[int, int]) -> list[dict[str, Any]]:
    """What was written, to be undone by; where not all of it was, somebody was first and nothing is done."""
    if set(versions) != set(edits):
        raise MovedError("Somebody changed a figure at the same moment. Look at it again: nothing was put in.")
    return [{"period": period.slug, "category": category, "version": version} for category, version in versions.items()]


def _before(held: ImportPreview, period: Period, category: int, version: int) -> FigureEdit:
    """What a figure was before the import, if the import's is still the newest and the return still a draft."""
    quarter = period.number if isinstance(period, Quarter) else None
    row = PeriodReturn.objects.get(partnership=held.partnership, financial_year=period.year, quarter=quarter)
    if row.state != ReturnState.DRAFT:
        raise Refused("A return has been handed in since, so the figures stay. Send it back first.")
    actual = Actual.objects.get(period_return=row, category=category)
    if actual.version != version:
        raise Refused("Somebody has changed a figure since, so they stay. Change them in the return.")
    revision = Revision.objects.get(actual=actual, version=version)
    was = Entry(revision.was_count, revision.was_missing, revision.was_provisional, revision.was_note)
    if was.is_empty:
        was = Entry(None, Actual.Missing.NOT_YET_AVAILABLE)
    return FigureEdit(was, version)
