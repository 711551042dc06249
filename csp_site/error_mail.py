"""Mail to the owner about faults of ours: in the background, one of a kind in a quarter of an hour, with a count."""

from __future__ import annotations

import logging
from collections import Counter
from functools import partial
from queue import Full
from threading import Lock

from django.conf import settings
from django.core.cache import cache
from django.core.mail import EmailMessage
from django.db import DatabaseError

from background.mail import mail_server
from background.queue import do_later
from csp_site.logs import is_fault, kind_of, where

WINDOW = 15 * 60
"""Seconds in which one mail of a kind goes out, from all workers together."""


class ErrorMail(logging.Handler):
    """A mail holds what the log holds, see `csp_site.logs`; nothing of what somebody typed."""

    def __init__(self) -> None:
        super().__init__()
        self._counted: Counter[str] = Counter()
        self._counting = Lock()

    def emit(self, record: logging.LogRecord) -> None:
        if not settings.ADMINS or record.name.startswith("background") or not is_fault(record):
            return
        error = record.exc_info[1] if record.exc_info else None
        kind = f"{kind_of(error)} at {where(error)}" if error else f"{record.name}: {record.msg}"[:100]
        with self._counting:
            self._counted[kind] += 1
            if self._counted[kind] > 1:
                return
        text = self.format(record)
        try:
            do_later(partial(self._send, kind, text))
            do_later(partial(self._end_window, kind), WINDOW)
        except Full:
            with self._counting:
                self._counted.pop(kind, None)

    def _send(self, kind: str, text: str) -> None:
        if _is_first_of_all_workers(kind):
            _mail(f"Fault: {kind}", f"{text}\n\nMore of this kind are counted for {WINDOW // 60} minutes.")

    def _end_window(self, kind: str) -> None:
        with self._counting:
            count = self._counted.pop(kind, 0)
        if count > 1:
            _mail(f"Fault: {kind}, {count} times", f"In {WINDOW // 60} minutes, by one worker. The log has each.")


def _is_first_of_all_workers(kind: str) -> bool:
    try:
        return cache.add(f"fault-mailed-{_cache_key(kind)}", 1, WINDOW)
    except DatabaseError:
        return True


def _cache_key(kind: str) -> str:
    """A key that every cache takes."""
    return "".join(letter if letter.isalnum() else "-" for letter in kind)[:150]


def _mail(subject: str, text: str) -> None:
    message = EmailMessage(subject[:150], text, settings.SERVER_EMAIL, [address for _, address in settings.ADMINS])
    message.connection = mail_server()
    message.send()
