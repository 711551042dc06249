"""What was changed, by whom, when and why: figures from their revisions, everything else from the rows' own history."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, time
from typing import Any

from django.apps import apps
from django.db.models import Model
from django.utils.timezone import localtime

from performance.calculations.figures import NoFigure
from performance.calculations.periods import Period
from performance.models import (
    Actual,
    Baseline,
    CrimeCategory,
    Membership,
    PartnerAgency,
    Partnership,
    PeriodReturn,
    ReturnEvent,
    Revision,
    Succession,
    SurveyQuestion,
    SurveyWave,
    Target,
)
from performance.wording import count, name_of

_PLUMBING = {"id", "slug", "position", "partnership", "category", "plan", "revised_on", "revised_why"}
"""Columns that say where a row belongs, which does not change."""


_NAMED_AFTER = {"category", "before", "user", "agency", "question"}
"""Relations whose names stand in what a change is of."""


@dataclass(frozen=True, slots=True)
class AuditEntry:
    """One change: of what, from what to what, by whom, when and why. `category` and `period` where it has them."""

    at: datetime
    who: str
    kind: str
    subject: str
    was: str
    became: str
    why: str
    category: str = ""
    period: Period | None = None


def figure_changes(
    partnership: Partnership,
    *,
    category_slugs: Iterable[str] | None = None,
    revised_only: bool = False,
    hides_withheld: bool = False,
) -> list[AuditEntry]:
    """Changes of figures, the latest first. One query.

    `revised_only`: those of figures that had been published, which every reader may see. `hides_withheld`: without the
    numbers of one that is withheld now.
    """
    rows = Revision.objects.filter(actual__period_return__partnership=partnership)
    if category_slugs is not None:
        rows = rows.filter(actual__category__slug__in=list(category_slugs))
    if revised_only:
        rows = rows.filter(event__kind=ReturnEvent.Kind.REVISED)
    rows = rows.select_related("event__by", "actual__category", "actual__period_return")
    found = rows.order_by("-event__at", "-pk")
    return [
        _figure_change(row, hides=hides_withheld and row.actual.missing == Actual.Missing.WITHHELD) for row in found
    ]


def _figure_change(row: Revision, *, hides: bool) -> AuditEntry:
    period = row.actual.period_return.period
    was = _figure(row.was_count, row.was_missing, row.was_provisional, row.was_note) if row.version > 1 else ""
    became = _figure(row.count, row.missing, row.is_provisional, row.note)
    return AuditEntry(
        at=localtime(row.event.at),
        who=name_of(row.event.by),
        kind="Figure" if row.event.kind == ReturnEvent.Kind.SAVED else "Published figure",
        subject=f"{row.actual.category.name}, {period}",
        was=NoFigure.WITHHELD.mark if hides else was,
        became=NoFigure.WITHHELD.mark if hides else became + (", confirmed as right" if row.is_confirmed else ""),
        why=row.event.reason,
        category=row.actual.category.slug,
        period=period,
    )


def _figure(number: int | None, missing: str, is_provisional: bool, note: str) -> str:
    """1,148, provisional (note); not yet available."""
    words = count(number) if number is not None else NoFigure(missing).words if missing else "nothing"
    return f"{words}{', provisional' if is_provisional else ''}{f' ({note})' if note else ''}"


def target_changes(partnership: Partnership, category_slugs: Iterable[str]) -> list[AuditEntry]:
    """The targets of some categories that were changed after figures were published by them, the latest first."""
    past: Any = Target.history
    rows = past.filter(partnership=partnership, category__slug__in=list(category_slugs))
    rows = rows.select_related("history_user", "category")
    named = changes_of(Target, rows, "Target", lambda row: f"Target for {row.category.name}, {row.financial_year}")
    return [change for change in reversed(list(named)) if change.was and change.why]


def return_changes(partnership: Partnership) -> list[AuditEntry]:
    """The steps of returns, the latest first; saves and revisions are told figure by figure. Two queries."""
    told = (ReturnEvent.Kind.SAVED, ReturnEvent.Kind.REVISED)
    rows = ReturnEvent.objects.filter(period_return__partnership=partnership).exclude(kind__in=told)
    return _loaded(partnership) + [
        AuditEntry(
            at=localtime(row.at),
            who=name_of(row.by),
            kind="Return",
            subject=f"Return for {row.period_return.period}",
            was="",
            became=row.get_kind_display().lower(),
            why=row.reason,
            period=row.period_return.period,
        )
        for row in rows.select_related("by", "period_return").order_by("-at", "-pk")
    ]


def _loaded(partnership: Partnership) -> list[AuditEntry]:
    """Returns that came published, as a plan of old: their figures were entered by nobody here. One query."""
    rows = PeriodReturn.objects.published().filter(partnership=partnership, events=None, figures_as_at__isnull=False)
    return [
        AuditEntry(
            at=localtime(datetime.combine(row.figures_as_at, time(12), UTC)),
            who="The installation",
            kind="Return",
            subject=f"Return for {row.period}",
            was="",
            became=f"published as in {row.source}" if row.source else "published",
            why="Loaded as published",
            period=row.period,
        )
        for row in rows
    ]


def setting_changes(partnership: Partnership) -> list[AuditEntry]:
    """Changes of targets, baselines, agencies, people, categories' ends and surveys, each model in a few queries."""
    here = {"partnership": partnership}
    past: Any = PartnerAgency.history
    agencies = past.filter(**here).values("id")
    past = SurveyQuestion.history
    questions = past.filter(**here).values("id")
    found: list[AuditEntry] = []
    for model, kind, place, subject in (
        (Target, "Target", here, lambda row: f"{row.category.name}, {row.financial_year}"),
        (Baseline, "Baseline", here, lambda row: f"{row.category.name}, {row.financial_year}"),
        (CrimeCategory, "Category", here, lambda row: str(row.name)),
        (Succession, "Category", here, lambda row: f"{row.before.name}, {row.first_year}"),
        (PartnerAgency, "Agency", here, lambda row: str(row.name)),
        (Membership, "Person", {"agency_id__in": agencies}, lambda row: f"{name_of(row.user)}, {row.agency.name}"),
        (SurveyQuestion, "Survey", here, lambda row: str(row.title)),
        (SurveyWave, "Survey", {"question_id__in": questions}, lambda row: f"{row.question.title}, {row.name}"),
    ):
        past = model.history
        named = {each.name for each in past.model._meta.concrete_fields if each.is_relation}
        rows = past.filter(**place).select_related("history_user", *(named & _NAMED_AFTER))
        found += changes_of(model, rows, kind, subject)
    return found


def changes_of(model: type[Model], rows: Any, kind: str, subject: Any) -> Iterator[AuditEntry]:
    """The changes that a model's past rows tell: each beside the one before it."""
    past_rows = list(rows.order_by("history_date", "history_id"))
    if not past_rows:
        return
    before: dict[int, dict[str, str]] = {}
    fields = [field for field in model._meta.concrete_fields if field.name not in _PLUMBING]
    lists, others = _lists(model, rows), _others(fields, rows)
    for row in past_rows:
        now = {str(field.verbose_name): _value(field, row, others) for field in fields}
        now |= {name: ", ".join(sorted(found[row.history_id])) for name, found in lists.items()}
        was, became = _difference(before.get(row.id), now)
        before[row.id] = now
        if not became and row.history_type != "-":
            continue
        category = getattr(row, "category", None)
        yield AuditEntry(
            at=localtime(row.history_date),
            who=name_of(row.history_user) if row.history_user else "The installation",
            kind=kind,
            subject=subject(row),
            was=was,
            became="deleted" if row.history_type == "-" else became,
            why=row.history_change_reason or "",
            category=category.slug if category else "",
            period=getattr(row, "financial_year", None),
        )


def _lists(model: type[Model], rows: Any) -> dict[str, dict[int, list[str]]]:
    """The names on each list of others that past rows have, by past row. One query a list."""
    found = {}
    for field in model._meta.many_to_many:
        past = apps.get_model(model._meta.app_label, f"Historical{model.__name__}_{field.name}")
        names: dict[int, list[str]] = defaultdict(list)
        links = past._default_manager.filter(history__in=rows.order_by().values("history_id"))
        other = str(field.related_model._meta.model_name)
        for link in links.select_related(other):
            if (listed := getattr(link, other)) is not None:
                names[link.history_id].append(_called(listed))
        found[str(field.verbose_name)] = names
    return found


def _difference(old: dict[str, str] | None, new: dict[str, str]) -> tuple[str, str]:
    """What differs, as "count: 605" and "count: 600"; of a first row all that it says."""
    if old is None:
        return "", "; ".join(f"{name}: {value}" for name, value in new.items() if value)
    differing = [name for name in new if new[name] != old[name]]
    was = "; ".join(f"{name}: {old[name] or 'nothing'}" for name in differing)
    return was, "; ".join(f"{name}: {new[name] or 'nothing'}" for name in differing)


def _others(fields: list[Any], rows: Any) -> dict[str, dict[int, str]]:
    """The names of the rows that past rows point to, by column. One query a column."""
    found = {}
    for field in fields:
        if field.is_relation:
            known = field.related_model._default_manager.in_bulk(
                list(rows.order_by().values_list(field.name, flat=True))
            )
            found[field.name] = {pk: _called(row) for pk, row in known.items()}
    return found


def _called(row: Any) -> str:
    """As the history names a row that another points to: a body, a person, an aim, a baseline."""
    if isinstance(row, Baseline):
        return f"{row.count:,} in {row.financial_year}"
    return name_of(row) if hasattr(row, "get_full_name") else str(row)


def _value(field: Any, row: Any, others: dict[str, dict[int, str]]) -> str:
    value = getattr(row, field.attname)
    if field.is_relation:
        return others[field.name].get(value, "") if value is not None else ""
    if field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int):
        return count(value)
    return "" if value is None else str(value)
