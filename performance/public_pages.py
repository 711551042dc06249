"""Pages that every reader gets alike, kept in the process by the edition of what is published.

What is kept is served only while the edition, the day and the address are those that it was worked out for; one query
tells. The edition is read before the page is worked out: a page of old rows is never kept under a new number. Whoever
has a session, signed in or not, gets a page of their own, which is not kept.
"""

from __future__ import annotations

import hashlib
import re
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache, wraps
from pathlib import Path
from threading import Lock
from typing import Any, NamedTuple

import django
from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.utils.cache import get_conditional_response, patch_cache_control
from django.utils.translation import get_language

from performance import clock
from performance.queries.editions import Editions, editions_of

View = Callable[..., HttpResponse]

_WITH_A_PAGE_OF_THEIR_OWN = ("messages",)
"""Cookies besides that of the session which say that a page may hold something for one person: a message."""

_GZIP = re.compile(r"\bgzip\b")


class Address(NamedTuple):
    """What a page is kept under: everything of a request that may change it."""

    origin: str
    path: str
    language: str | None
    is_compressed: bool


class State(NamedTuple):
    """What a page is true of: the editions that it was worked out from, and the day."""

    editions: Editions
    day: str


@dataclass(frozen=True, slots=True)
class KeptPage:
    """An answer as it goes to readers, compressed if they take it so."""

    state: State
    headers: tuple[tuple[str, str], ...]
    content: bytes

    @property
    def size(self) -> int:
        """In bytes, with about what Python needs to hold it."""
        return len(self.content) + 2_000

    def response(self) -> HttpResponse:
        return HttpResponse(self.content, headers=dict(self.headers))


class KeptPages:
    """The pages of one process, those asked for last; `most` bytes of them."""

    def __init__(self) -> None:
        self._pages: OrderedDict[Address, KeptPage] = OrderedDict()
        self._size = 0
        self._lock = Lock()

    def __contains__(self, address: Address) -> bool:
        return address in self._pages

    def get(self, address: Address, state: State) -> KeptPage | None:
        """The page of an address, if it is true of this state."""
        with self._lock:
            page = self._pages.get(address)
            if page is None or page.state != state:
                return None
            self._pages.move_to_end(address)
            return page

    def keep(self, address: Address, page: KeptPage, most: int) -> None:
        """Keep a page in the place of the one before it; those not asked for longest make room."""
        if page.size > most:
            return
        with self._lock:
            self._drop(address)
            self._pages[address] = page
            self._size += page.size
            while self._size > most:
                self._drop(next(iter(self._pages)))

    def clear(self) -> None:
        with self._lock:
            self._pages.clear()
            self._size = 0

    def _drop(self, address: Address) -> None:
        dropped = self._pages.pop(address, None)
        if dropped is not None:
            self._size -= dropped.size


KEPT = KeptPages()


def published(view: View) -> View:
    """A page that every reader of a public partnership gets alike until the edition is raised.

    The view's first argument after the request is the partnership's `slug`. Who asks with the ETag of the page as it
    stands is told so without its being worked out.
    """

    @wraps(view)
    def read(request: HttpRequest, slug: str, *args: Any, **kwargs: Any) -> HttpResponse:
        if settings.KEPT_PAGES_MEGABYTES == 0 or not is_for_every_reader(request):
            return view(request, slug, *args, **kwargs)
        state = getattr(request, "_published_state", None) or _state_of(slug)
        if state is None:
            return view(request, slug, *args, **kwargs)
        etag = _etag(state)
        if (unchanged := _unchanged(request, etag)) is not None:
            return unchanged
        response = view(request, slug, *args, **kwargs)
        if response.status_code == 200 and not response.cookies:
            response["ETag"] = etag
            patch_cache_control(response, no_cache=True)
            response._published_state = state  # type: ignore[attr-defined]
        return response

    return read


def kept_pages(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware: serves what is kept, and keeps what a view that is `published` has answered, as it leaves.

    Stands outside the compression, which is done once, and outside the session, which a kept page has no need of.
    """

    def middleware(request: HttpRequest) -> HttpResponse:
        if settings.KEPT_PAGES_MEGABYTES == 0 or not is_for_every_reader(request):
            return get_response(request)
        address = _address_of(request)
        if address in KEPT:
            state = _state_of(address.path.split("/", 2)[1])
            page = KEPT.get(address, state) if state else None
            if page is not None:
                return _in_full_or_unchanged(request, page.response())
            request._published_state = state  # type: ignore[attr-defined]
        response = get_response(request)
        state = getattr(response, "_published_state", None)
        if state is not None and not response.cookies:
            page = KeptPage(state, tuple(response.items()), response.content)
            KEPT.keep(address, page, settings.KEPT_PAGES_MEGABYTES * 1_000_000)
        return response

    return middleware


def is_for_every_reader(request: HttpRequest) -> bool:
    """Whether nothing about a request says who asks."""
    cookies = request.COOKIES
    is_known = settings.SESSION_COOKIE_NAME in cookies or any(name in cookies for name in _WITH_A_PAGE_OF_THEIR_OWN)
    return request.method == "GET" and not is_known


def _address_of(request: HttpRequest) -> Address:
    """Where a request goes; refused where its host is not ours, as everywhere."""
    return Address(
        origin=f"{request.scheme}://{request.get_host()}",
        path=request.get_full_path(),
        language=get_language(),
        is_compressed=bool(_GZIP.search(request.headers.get("Accept-Encoding", ""))),
    )


def _state_of(slug: str) -> State | None:
    """The state of a public partnership. The day first: at midnight a page of the day before is kept as such."""
    day = clock.today().isoformat()
    editions = editions_of(slug)
    return State(editions, day) if editions else None


def _etag(state: State) -> str:
    """Weak, because the same page may come compressed."""
    return f'W/"{state.editions.own}-{state.editions.shared}-{state.day}-{get_language()}-{release()}"'


def _unchanged(request: HttpRequest, etag: str) -> HttpResponse | None:
    """304 for who has the page as it stands already."""
    if "If-None-Match" not in request.headers:
        return None
    response = HttpResponse(headers={"ETag": etag, "Vary": "Cookie, Accept-Encoding"})
    patch_cache_control(response, no_cache=True)
    answer = _in_full_or_unchanged(request, response)
    return answer if isinstance(answer, HttpResponseNotModified) else None


def _in_full_or_unchanged(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    """The answer, or 304 where the request names its ETag."""
    answer: HttpResponse | None = get_conditional_response(request, etag=response["ETag"], response=response)
    return answer or response


@cache
def release() -> str:
    """What tells this version of the program from others: the same rows make another page after an update."""
    found = hashlib.sha256(f"{django.VERSION} {settings.STATIC_URL}".encode())
    root = Path(settings.BASE_DIR)
    for folder in ("csp_site", "performance", "priorities", "templates"):
        for path in sorted((root / folder).rglob("*")):
            if path.suffix in (".py", ".html"):
                found.update(path.read_bytes())
    for path in (root / "requirements" / "production.txt", Path(settings.STATIC_ROOT) / "staticfiles.json"):
        if path.exists():
            found.update(path.read_bytes())
    return found.hexdigest()[:12]
