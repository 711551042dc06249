"""One thread a process that does small work after the answer has gone out. Bounded: what does not fit is refused.

It keeps nothing on a disk. A process that is killed loses what its queue holds, which is seconds old; whoever waits for
such an e-mail asks for another. Work that must not be lost does not belong here.
"""

from __future__ import annotations

import atexit
import heapq
import itertools
import logging
import time
from collections.abc import Callable
from queue import Full
from threading import Condition, Thread

from django.conf import settings
from django.db import connections

logger = logging.getLogger(__name__)

AFTER = 1.0
"""Seconds until work begins: the answer is out by then, so its time tells nothing about the work."""
ROOM = 200
"""Pieces of work that wait at most."""
PATIENCE = 5.0
"""Seconds for which a process that stops still works off what waits."""

Work = Callable[[], object]


class Queue:
    """Pieces of work, each with the moment from which on it may be done."""

    def __init__(self, room: int = ROOM) -> None:
        self._room = room
        self._waiting: list[tuple[float, int, Work]] = []
        self._numbers = itertools.count()
        self._changed = Condition()
        self._thread: Thread | None = None
        self._is_busy = self._is_stopping = False

    def put(self, work: Work, after: float = AFTER) -> None:
        """Do `work` after so many seconds. Raises `Full`, and then it is not done."""
        with self._changed:
            if len(self._waiting) >= self._room:
                raise Full
            heapq.heappush(self._waiting, (time.monotonic() + after, next(self._numbers), work))
            if self._thread is None or not self._thread.is_alive():
                self._thread = Thread(target=self._run, name="background", daemon=True)
                self._thread.start()
            self._changed.notify_all()

    def finish(self, seconds: float) -> bool:
        """Do what waits, at once, for so many seconds at most; whether nothing is left."""
        with self._changed:
            self._is_stopping = True
            self._changed.notify_all()
            done = self._changed.wait_for(lambda: not self._waiting and not self._is_busy, seconds)
            self._is_stopping = False
        return done

    def _run(self) -> None:
        while True:
            work = self._next()
            try:
                work()
            except Exception:
                logger.exception("Work in the background failed")
            finally:
                connections.close_all()
                with self._changed:
                    self._is_busy = False
                    self._changed.notify_all()

    def _next(self) -> Work:
        with self._changed:
            while True:
                if self._waiting:
                    wait = self._waiting[0][0] - time.monotonic()
                    if wait <= 0 or self._is_stopping:
                        self._is_busy = True
                        return heapq.heappop(self._waiting)[2]
                    self._changed.wait(wait)
                else:
                    self._changed.wait()


_queue = Queue()
atexit.register(_queue.finish, PATIENCE)


def do_later(work: Work, after: float = AFTER) -> None:
    """Do `work` beside the request; at once where the settings say so. Raises `Full`, and then it is not done."""
    if settings.WORK_BESIDE_REQUESTS:
        _queue.put(work, after)
    else:
        work()
