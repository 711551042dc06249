"""The error pages: in our own words, and drawn without the database, which may be what failed."""

from __future__ import annotations

import sys
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.loader import render_to_string
from django.urls import reverse

from csp_site.logs import reference_of
from csp_site.outages import is_outage
from csp_site.security_log import note

RETRY_AFTER = "30"
"""Seconds after which a browser or a crawler may try again."""
WAIT_AFTER_MANY = 300
"""Seconds after which the counts of tries have room again."""


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    return _page("errors/400.html", HTTPStatus.BAD_REQUEST)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    note("refused", request)
    return _page("errors/403.html", HTTPStatus.FORBIDDEN, why=str(exception))


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """An expired form; but who signed in meanwhile, in another window, is simply sent on."""
    if request.path == reverse("account_login") and request.user.is_authenticated:
        return redirect("account_login")
    note("form without its key", request)
    return _page("errors/csrf.html", HTTPStatus.FORBIDDEN)


def too_large(request: HttpRequest, largest: int | None = None) -> HttpResponse:
    """What was sent is not read: the connection ends with this answer."""
    return _page("errors/413.html", HTTPStatus.REQUEST_ENTITY_TOO_LARGE, largest=largest)


def too_many(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    note("too many tries", request)
    response = _page("errors/429.html", HTTPStatus.TOO_MANY_REQUESTS, minutes=WAIT_AFTER_MANY // 60)
    response["Retry-After"] = str(WAIT_AFTER_MANY)
    return response


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    person = getattr(request, "user", None)
    signed_in = person is not None and person.is_authenticated
    return _page("errors/404.html", HTTPStatus.NOT_FOUND, path=request.path, signed_in=signed_in)


def server_error(request: HttpRequest) -> HttpResponse:
    """500; or 503 where the database is down, locked or too slow, for then trying again helps.

    Here and not in a middleware, because only here everything that a request runs through has had its chance to fail.
    """
    if is_outage(sys.exception()):
        response = _page("errors/503.html", HTTPStatus.SERVICE_UNAVAILABLE)
        response["Retry-After"] = RETRY_AFTER
        return response
    return _page("errors/500.html", HTTPStatus.INTERNAL_SERVER_ERROR, reference=reference_of(request))


def _page(template: str, status: HTTPStatus, **context: object) -> HttpResponse:
    # Some errors come before the middleware that would add these.
    headers = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "same-origin"}
    return HttpResponse(render_to_string(template, context), status=status, headers=headers)
