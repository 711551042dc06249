"""What the log and the error mail say of a request, and no more: nothing that was typed, no key of a link.

A line holds the method, the address without its keys, the person's number, the reference that the page shows too, and
the kind of error with the lines of code that led to it. The words of an error are left out, for they quote what was
typed.
"""

from __future__ import annotations

import logging
import re
import secrets
import time
import traceback
from collections.abc import ItemsView, Iterator
from copy import copy
from threading import Lock
from types import FrameType, TracebackType
from typing import Any

from django.http import HttpRequest
from django.urls import Resolver404, resolve
from django.views.debug import SafeExceptionReporterFilter

from csp_site.outages import is_outage

SECRET_ARGUMENTS = frozenset({"key", "uidb36", "token", "secret", "code"})
"""Names of the parts of an address that open something to whoever has them."""
HIDDEN = "…"
_LONG, _SHORT = 40, 12
"""Letters of a word that is no key, and of anything that is too short for one."""
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]+")

_Excepted = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


def reference_of(request: HttpRequest) -> str:
    """A request's own mark, the same on the page, in the log and in the mail."""
    if not hasattr(request, "_reference"):
        request._reference = secrets.token_hex(4)  # type: ignore[attr-defined]
    return str(request._reference)  # type: ignore[attr-defined]


def one_line(text: str) -> str:
    """The text without line breaks and other control characters, with which a line of the log could be forged."""
    return _CONTROL.sub(" ", text)


def address_without_keys(path: str) -> str:
    """The path of a request; without its query, and with … for each part that is a key or may be one."""
    parts = path.split("/")
    try:
        arguments = resolve(path).kwargs
    except (Resolver404, UnicodeError):
        shown = [HIDDEN if _may_be_a_key(place, parts) else part for place, part in enumerate(parts)]
    else:
        keys = [str(value) for name, value in arguments.items() if name in SECRET_ARGUMENTS]
        longest = max(keys, key=len, default="")
        shown = [HIDDEN if longest and longest in part else part for part in parts]
    return one_line("/".join(shown))[:200]


def _may_be_a_key(place: int, parts: list[str]) -> bool:
    """Of an address that leads nowhere: a link that was cut or typed wrongly is mostly one of an e-mail."""
    part = parts[place]
    if parts[:2] == ["", "accounts"]:
        return place > 2 and bool(part)
    is_word = re.fullmatch(r"[a-z_-]*", part) is not None and len(part) < _LONG
    return not is_word and len(part) > _SHORT


def person_of(request: HttpRequest) -> str:
    """The number of whoever is signed in, if it is known without asking the database."""
    person = getattr(request, "_cached_user", None)
    return str(person.pk) if person is not None and person.pk else "-"


def kind_of(error: BaseException) -> str:
    """ValueError, or with the database's own code: IntegrityError 23505."""
    cause = error.__cause__
    code = getattr(cause, "pgcode", None) or getattr(cause, "sqlite_errorname", None)
    return f"{type(error).__qualname__} {code}" if code else type(error).__qualname__


def where(error: BaseException) -> str:
    """The last line of code of an error: performance/views/entry.py:41."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "?"
    last = frames[-1]
    return f"{'/'.join(last.filename.split('/')[-3:])}:{last.lineno}"


def _lines_of(error: BaseException) -> Iterator[str]:
    """The code that led to an error and to those before it; without the words of any of them."""
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None:
        yield from _lines_of(before)
        yield "  which led to"
    for line in traceback.format_tb(error.__traceback__):
        yield line.rstrip("\n")
    yield kind_of(error)


def told(record: logging.LogRecord) -> str:
    """What a record says, in one line."""
    request = getattr(record, "request", None)
    if not isinstance(request, HttpRequest):
        return one_line(record.getMessage())
    error = record.exc_info[1] if record.exc_info else None
    parts = (
        str(getattr(record, "status_code", "-")),
        one_line(request.method or "-")[:10],
        address_without_keys(request.path),
        f"person={person_of(request)}",
        f"reference={reference_of(request)}",
        f"{kind_of(error)} at {where(error)}" if error else "",
        f"and {left_out} more" if (left_out := getattr(record, "left_out", 0)) else "",
    )
    return " ".join(part for part in parts if part)


def is_fault(record: logging.LogRecord) -> bool:
    """Whether it is about a fault of ours: no refusal, no bad request, no outage."""
    error = record.exc_info[1] if record.exc_info else None
    status = getattr(record, "status_code", 500)
    return record.levelno >= logging.ERROR and status >= 500 and status != 503 and not is_outage(error)


class Line(logging.Formatter):
    """Records in one line each; below it, for a fault of ours, the code that led to it."""

    def formatMessage(self, record: logging.LogRecord) -> str:  # noqa: N802 (the library's name)
        record.message = told(record)
        return super().formatMessage(record)

    def formatException(self, ei: _Excepted) -> str:  # noqa: N802
        return "" if ei[1] is None else "\n".join(_lines_of(ei[1]))

    def format(self, record: logging.LogRecord) -> str:
        record = copy(record)
        if not is_fault(record):
            record.exc_info = None
        record.exc_text = None  # another handler may have filled it with the words of the error
        return super().format(record)


class OutagesSeldom(logging.Filter):
    """Of an outage one line in ten seconds a worker, with the number of answers that it stands for."""

    SECONDS = 10.0

    def __init__(self, name: str = "") -> None:
        super().__init__(name)
        self._last, self._left_out = float("-inf"), 0
        self._counting = Lock()

    def filter(self, record: logging.LogRecord) -> bool:
        error = record.exc_info[1] if record.exc_info else None
        if getattr(record, "status_code", None) != 503 and not is_outage(error):
            return True
        now = time.monotonic()
        with self._counting:
            if now - self._last < self.SECONDS:
                self._left_out += 1
                return False
            record.left_out = self._left_out
            self._last, self._left_out = now, 0
        return True


class NothingOfTheRequest(SafeExceptionReporterFilter):
    """For whatever of Django would still print a request: no form, no cookie, no variable, whatever its name."""

    def is_active(self, request: HttpRequest | None) -> bool:
        return True

    def get_post_parameters(self, request: HttpRequest | None) -> dict[str, str]:
        return {} if request is None else dict.fromkeys(request.POST, HIDDEN)

    def get_safe_cookies(self, request: HttpRequest) -> dict[str, str]:
        return dict.fromkeys(request.COOKIES, HIDDEN)

    def get_traceback_frame_variables(self, request: HttpRequest | None, tb_frame: FrameType) -> ItemsView[str, Any]:
        return dict.fromkeys(tb_frame.f_locals, HIDDEN).items()
