"""The page of the security log, for the owner of the installation alone."""

from __future__ import annotations

from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from csp_site.security_log import SHOWN, latest


@login_required
@require_safe
def security_log(request: HttpRequest) -> HttpResponse:
    if not request.user.is_superuser:
        raise Http404
    return render(request, "owner/security_log.html", {"lines": latest(), "shown": SHOWN})
