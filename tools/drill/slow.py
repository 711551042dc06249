"""Strangers who send their forms a byte at a time: everybody else is answered as before."""

from __future__ import annotations

import math
import socket
import statistics
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from threading import Event, Thread

from tools.demo import HOST, server_command
from tools.drill.findings import Finding
from tools.drill.serving import ask, folder_for, proxied, served

ADDRESSES = ("/about/", "/st-albans/", "/accounts/login/")
STRANGERS = "127.0.0.2"
"""Their address, which is another than the readers': the proxy limits what one address may hold open."""
BETWEEN = 0.5
"""Seconds between two bytes of a slow body."""


def drill(size: str) -> list[Finding]:
    strangers, seconds = (64, 200.0) if size == "full" else (24, 8.0)
    command = [word.replace("127.0.0.1:0", "127.0.0.1:PORT") for word in server_command(0, workers=2)]
    with folder_for("slow") as folder, served(folder, command=command) as site:
        with proxied(folder, site.port) as port:
            before = _times(port, min(seconds / 4, 20))
            with _slow_strangers(port, strangers):
                during = _times(port, seconds)
        alone = min(seconds / 4, 20)
        with _slow_strangers(site.port, strangers):
            unprotected = _times(site.port, alone, patience=2)
    worse, control = _p95(during) / _p95(before), unprotected.count(None) + sum(1 for each in unprotected if each)
    waited = sum(1 for each in unprotected if each is None or each > 3 * _p95(before))
    return [
        Finding(
            "slow strangers, through the proxy",
            f"{strangers} for {seconds:.0f} s: {len(during)} pages, {during.count(None)} unanswered, "
            f"p95 {_p95(during) * 1000:.0f} ms where it was {_p95(before) * 1000:.0f} ms ({worse:.1f} times)",
            None not in during and worse <= 3,
        ),
        Finding(
            "  control: without the proxy",
            f"{strangers} for {alone:.0f} s: {waited} of {control} pages unanswered or over three times as slow",
            waited > control / 2,
        ),
    ]


def _p95(times: list[float | None]) -> float:
    """The seconds within which 95 of 100 pages were answered; without end where hardly any was."""
    answered = [each for each in times if each is not None]
    return statistics.quantiles(answered, n=20)[-1] if len(answered) > 1 else math.inf


def _times(port: int, seconds: float, patience: float = 30) -> list[float | None]:
    """The seconds that each page took, one after the other; None for one that was not answered."""
    found: list[float | None] = []
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        for address in ADDRESSES:
            began = time.monotonic()
            status = ask(port, address, patience)
            found.append(time.monotonic() - began if status == 200 else None)
            time.sleep(0.05)
    return found


@contextmanager
def _slow_strangers(port: int, number: int) -> Iterator[None]:
    """So many at once; whoever is cut off comes again."""
    stop = Event()
    threads = [Thread(target=_dawdle, args=(port, stop)) for _ in range(number)]
    for each in threads:
        each.start()
    stop.wait(2)
    try:
        yield
    finally:
        stop.set()
        for each in threads:
            each.join()


def _dawdle(port: int, stop: Event) -> None:
    head = (
        f"POST /accounts/login/ HTTP/1.1\r\nHost: {HOST}\r\nContent-Length: 5000\r\n"
        "Content-Type: application/x-www-form-urlencoded\r\nCookie: csrftoken=" + "d" * 32 + "\r\n\r\n"
    )
    while not stop.is_set():
        with suppress(OSError), socket.create_connection((HOST, port), 5, source_address=(STRANGERS, 0)) as line:
            line.sendall(head.encode())
            while not stop.wait(BETWEEN):
                line.sendall(b"x")
        stop.wait(0.2)
