"""What a view reads from a request."""

from __future__ import annotations

from uuid import UUID, uuid4

from django.http import HttpRequest, QueryDict
from django.views.decorators.http import require_http_methods

get_or_post = require_http_methods(["GET", "HEAD", "POST"])


def token_of(request: HttpRequest) -> UUID:
    """The token of the form that was sent; without a sound one the form counts as a new one."""
    try:
        return UUID(request.POST.get("token", ""))
    except ValueError:
        return uuid4()


def sent(request: HttpRequest) -> QueryDict | None:
    """What a form was sent with, be it empty; None where the page was only opened."""
    return request.POST if request.method == "POST" else None
