"""Readers who look while figures are published and revised: none gets an older page once the write is answered."""

from __future__ import annotations

import http.client
import re
from collections.abc import Callable
from functools import partial
from threading import Event
from uuid import uuid4

from tools.demo import HOST
from tools.drill.clients import Client, at_once
from tools.drill.findings import Finding

READERS, REVISIONS = 4, 9
"""Readers at once, and the revisions that follow each publication."""

_SHOWN = re.compile(r"1\d\d,\d{3}")
"""The figures of the drill are from 100,000 on, as no others are: each is higher than the one before."""

Begin = Callable[[int], tuple[object, str]]


class Board:
    """What has been answered last: where readers look, and the least figure that they must find there."""

    def __init__(self) -> None:
        self.now: tuple[str, int] | None = None
        self.is_over = Event()


def readers_while_publishing(port: int, client: Client, begin: Begin, writes: int) -> Finding:
    """The site as it is."""

    def revise(address: str, count: int, version: int) -> None:
        data = {"count": count, "missing": "", "note": "", "version": version, "reason": "Drill", "confirmed": "on"}
        client.post(f"{address}revise/robbery/", data | {"token": uuid4().hex})

    pages, older, written = _drill(port, client, begin, writes, revise)
    counted = f"{written} publications and revisions, {pages} pages read, {older} older"
    return Finding("readers while figures are published", counted, older == 0 and written == writes and pages > 0)


def readers_without_editions(port: int, client: Client, begin: Begin, writes: int) -> Finding:
    """The control: a revision that does not raise the edition."""

    def revise(address: str, count: int, version: int) -> None:
        quarter = address.removeprefix("/st-albans/returns/").strip("/")
        client.post("/control/revise-unraised/", {"period": quarter, "count": count})

    pages, older, written = _drill(port, client, begin, writes, revise)
    return Finding("  control without editions", f"{written} writes, {pages} pages read, {older} older", older > 0)


def _drill(
    port: int, client: Client, begin: Begin, writes: int, revise: Callable[[str, int, int], None]
) -> tuple[int, int, int]:
    """How many pages were read, how many of them were older than the last answer, and how many writes were done."""
    board = Board()

    def write() -> int:
        try:
            return _write(client, begin, writes, revise, board)
        finally:
            board.is_over.set()

    written, *read = at_once([write, *[partial(_read, port, board) for _ in range(READERS)]])
    return sum(pages for pages, _ in read), sum(older for _, older in read), written


def _write(client: Client, begin: Begin, writes: int, revise: Callable[[str, int, int], None], board: Board) -> int:
    """Publish a quarter, revise it so many times, and go on with the next. The figure rises with each write."""
    done, count = 0, 100_000
    while done < writes:
        _, address = begin(count)
        client.post(f"{address}submit/", {"accepted": "on", "odd": "on", "token": uuid4().hex})
        client.post(f"{address}publish/", {"figures_as_at": "2020-01-01", "token": uuid4().hex})
        page = f"/st-albans/{address.removeprefix('/st-albans/returns/')}"
        board.now, done = (page, count), done + 1
        for version in range(1, min(REVISIONS, writes - done) + 1):
            count += 1
            revise(address, count, version)
            board.now, done = (page, count), done + 1
        count += 1
    return done


def _read(port: int, board: Board) -> tuple[int, int]:
    """One reader's browser: how many pages it got, and how many were older than what had been answered before."""
    connection = http.client.HTTPConnection(HOST, port, timeout=60)
    pages = older = 0
    while not board.is_over.is_set():
        asked = board.now
        if asked is None:
            continue
        page, least = asked
        try:
            connection.request("GET", page)
            answer = connection.getresponse()
            words = answer.read().decode()
        except (OSError, http.client.HTTPException):
            connection.close()
            continue
        shown = [int(each.replace(",", "")) for each in _SHOWN.findall(words)]
        pages += 1
        older += answer.status != 200 or max(shown, default=0) < least
    return pages, older
