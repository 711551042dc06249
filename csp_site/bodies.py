"""How large a request may be: decided by its address before its body is read."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest, HttpResponse

from csp_site.errors import too_large

LARGEST = 256 * 1024
"""Bytes of a form without a file; a page that takes more says so by `largest_body` on its view."""


class BodyLimit:
    """413 for what is larger than the page takes. A body without a length is taken as empty."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self._get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self._get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        largest = int(getattr(view, "largest_body", LARGEST))
        return too_large(request, largest) if length_of(request) > largest else None


def length_of(request: HttpRequest) -> int:
    """The length that the sender claims; nothing where it claims none or nonsense."""
    claimed = request.META.get("CONTENT_LENGTH") or "0"
    return int(claimed) if claimed.isascii() and claimed.isdigit() and len(claimed) < 20 else 0
