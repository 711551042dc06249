from __future__ import annotations

from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from performance.models import Partnership


@never_cache
@require_safe
def health(request: HttpRequest) -> HttpResponse:
    """200 while the database answers and holds our tables, 503 while it does not: it is asked each time."""
    try:
        Partnership.objects.exists()
    except DatabaseError:
        return HttpResponse("database unavailable\n", status=503, content_type="text/plain")
    return HttpResponse("ok\n", content_type="text/plain")
