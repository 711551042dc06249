"""Workers are killed one after the other, and every request is answered."""

from __future__ import annotations

import os
import random
import signal
import sys
from collections import Counter
from contextlib import suppress
from threading import Event, Thread

from tools.demo import server_command
from tools.drill.findings import Finding
from tools.drill.serving import Served, ask, folder_for, proxied, served

ADDRESSES = ("/about/", "/health/", "/st-albans/", "/accounts/login/")
CLIENTS, PAUSE = 4, 0.15
ALONE = [
    sys.executable,
    "-c",
    "from wsgiref.simple_server import make_server\n"
    "from csp_site.wsgi import application\n"
    "make_server('127.0.0.1', PORT, application).serve_forever()",
]
"""The control: one process, with nothing that replaces it."""


def drill(size: str) -> list[Finding]:
    number, seconds = (100, 600.0) if size == "full" else (3, 9.0)
    told = _killing(number, seconds)
    good = set(told) <= {"200"}
    control = _killing(2, 4.0, ALONE)
    return [
        Finding("workers killed", _words(number, seconds, told), good),
        Finding("  control: one process that nobody replaces", _words(2, 4.0, control), set(control) > {"200"}),
    ]


def _words(number: int, seconds: float, told: Counter[str]) -> str:
    answers = ", ".join(f"{count} × {status}" for status, count in sorted(told.items()))
    return f"{number} kills in {seconds:.0f} s: {answers}"


def _killing(number: int, seconds: float, command: list[str] | None = None) -> Counter[str]:
    """What was answered through the proxy while so many workers were killed, evenly over the time."""
    told: Counter[str] = Counter()
    stop = Event()

    def reader(port: int) -> None:
        while not stop.is_set():
            for address in ADDRESSES:
                status = ask(port, address)
                told["no answer" if status == 0 else str(status)] += 1
                stop.wait(PAUSE)

    own = command or server_command(0, workers=2)
    chosen = own if command else [word.replace("127.0.0.1:0", "127.0.0.1:PORT") for word in own]
    with folder_for("kills") as folder, served(folder, command=chosen) as site, proxied(folder, site.port) as port:
        readers = [Thread(target=reader, args=(port,)) for _ in range(CLIENTS)]
        for each in readers:
            each.start()
        for _ in range(number):
            stop.wait(seconds / number)
            _kill_one(site)
        stop.wait(1)
        stop.set()
        for each in readers:
            each.join()
    return told


def _kill_one(site: Served) -> None:
    """One of the workers, or the server itself where it has none."""
    victims = site.workers or [site.process.pid]
    with suppress(ProcessLookupError):
        os.kill(random.choice(victims), signal.SIGKILL)  # noqa: S311
