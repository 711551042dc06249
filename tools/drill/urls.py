"""The negative controls: the same work as people first write it, so that a drill that finds nothing means something."""

from __future__ import annotations

from uuid import uuid4

from django.db import transaction
from django.http import HttpRequest, JsonResponse
from django.urls import path
from django.utils import timezone

from csp_site.urls import urlpatterns as addresses
from performance.calculations.periods import Quarter
from performance.models import Actual, Partnership, PeriodReturn, ReturnEvent, ReturnState
from performance.queries import entry_sheet


def _held(request: HttpRequest) -> PeriodReturn:
    quarter = Quarter.parse(request.POST["period"])
    return PeriodReturn.objects.get(financial_year=quarter.year, quarter=quarter.number)


def save(request: HttpRequest) -> JsonResponse:
    """A plain form save: the row is read, changed and written, whatever its sender had seen."""
    row = Actual.objects.get(period_return=_held(request), category__slug="robbery")
    found, row.count = row.version, int(request.POST["count"])
    row.version = found + 1
    row.save()
    return JsonResponse({"written": True, "version": row.version, "unseen": found != int(request.POST["seen"])})


def double(request: HttpRequest) -> JsonResponse:
    """Without a token each arrival is a new one."""
    ReturnEvent.objects.create(
        period_return=_held(request),
        kind=ReturnEvent.Kind.SAVED,
        token=uuid4(),
        by=request.user,  # type: ignore[misc]
        at=timezone.localtime(),
    )
    return JsonResponse({})


@transaction.atomic
def save_unlocked(request: HttpRequest) -> JsonResponse:
    """The state is looked at, the page is made ready, the figure is written: without the lock of the return's row."""
    held = _held(request)
    if held.state != ReturnState.DRAFT:
        return JsonResponse({"written": False})
    entry_sheet(Partnership.objects.get(), held.period)
    changed = Actual.objects.filter(period_return=held, category__slug="robbery").update(count=request.POST["count"])
    return JsonResponse({"written": changed == 1})


@transaction.atomic
def submit_unlocked(request: HttpRequest) -> JsonResponse:
    """The return is closed, and what it then held is told."""
    held = _held(request)
    held.state = ReturnState.SUBMITTED
    held.submitted_by, held.submitted_at = request.user, timezone.localtime()  # type: ignore[assignment]
    held.save()
    return JsonResponse({"count": Actual.objects.get(period_return=held, category__slug="robbery").count})


def revise_unraised(request: HttpRequest) -> JsonResponse:
    """A published figure is changed, and readers' pages are not given up."""
    changed = Actual.objects.filter(period_return=_held(request), category__slug="robbery")
    return JsonResponse({"written": changed.update(count=request.POST["count"]) == 1})


urlpatterns = [
    path("control/revise-unraised/", revise_unraised),
    path("control/save/", save),
    path("control/double/", double),
    path("control/save-unlocked/", save_unlocked),
    path("control/submit-unlocked/", submit_unlocked),
    *addresses,
]
