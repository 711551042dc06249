"""Our pages against bare Django views, under one server, in one run: `make bench`.

With --big also against themselves: the demonstration, and the same with 25 years, 320 partnerships and a long history.
"""

from __future__ import annotations

import asyncio
import os
import platform
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from tools.demo import (
    DEMONSTRATION,
    HOST,
    ROOT,
    local_environment,
    prepare_database,
    server_command,
    wait_until_up,
)

CONNECTIONS, SECONDS, ROUNDS, WARM_UP = 4, 4.0, 5, 2.0
ANEW = "messages=waiting"
"""The cookie of a reader whom a message waits for: such a page is neither taken from what is kept nor kept."""


class Asked(NamedTuple):
    """An address of a server, and the cookie that goes with it."""

    port: int
    address: str
    cookie: str = ""


class Round(NamedTuple):
    """Requests per second, and the milliseconds within which half and 95% were answered."""

    rate: float
    p50: float
    p95: float


def main() -> None:
    print(f"{CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:g} s each; SQLite; {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, {platform.machine()}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        _against_bare_views(Path(folder))
        if "--big" in sys.argv:
            _against_the_big_one(Path(folder))


def _against_bare_views(folder: Path) -> None:
    environment = local_environment(folder / "plan.sqlite3")
    prepare_database(environment, "load_published_plan")
    with _server(environment) as port:
        dashboard, category = "/st-albans/2007-08/", "/st-albans/categories/theft-of-cycle/"
        asked = {
            "bare view, one query": Asked(port, "/bare/one-query/"),
            "bare view": Asked(port, "/bare/"),
            "dashboard": Asked(port, dashboard),
            "category": Asked(port, category),
            "dashboard, anew": Asked(port, dashboard, ANEW),
            "category, anew": Asked(port, category, ANEW),
        }
        _report(_measure(asked))


def _against_the_big_one(folder: Path) -> None:
    small, big = folder / "small.sqlite3", folder / "big.sqlite3"
    environment = local_environment(small) | {"DEMONSTRATION_PASSWORD": "only for measuring"}
    prepare_database(environment, *DEMONSTRATION)
    shutil.copy(small, big)
    large = local_environment(big) | {"DJANGO_SETTINGS_MODULE": "csp_site.settings"}
    subprocess.run([sys.executable, "-m", "tools.big_database"], env=large, cwd=ROOT, check=True)
    session = [sys.executable, "-m", "tools.bench.session"]
    owner = subprocess.run(session, env=large, cwd=ROOT, check=True, capture_output=True, text=True).stdout.strip()
    dashboard, category = "/demonstration/2007-08/", "/demonstration/categories/theft-of-cycle/"
    with _server(environment) as port, _server(large) as large_port:
        for name, page in {"dashboard": dashboard, "category": category}.items():
            _report(
                _measure(
                    {f"{name}, demonstration": Asked(port, page, ANEW), f"{name}, big": Asked(large_port, page, ANEW)}
                )
            )
        few, many = "/partnership-1/history/", "/demonstration/history/"
        _report(
            _measure(
                {
                    "history, 100 changes": Asked(large_port, few, owner),
                    "history, 100,000": Asked(large_port, many, owner),
                }
            )
        )


@contextmanager
def _server(environment: dict[str, str]) -> Iterator[int]:
    """The port of a server of production with the benchmark's addresses, which ends with the block."""
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = int(free.getsockname()[1])
    server = subprocess.Popen([*server_command(port)[:-1], "tools.bench.wsgi:application"], env=environment, cwd=ROOT)
    try:
        wait_until_up(server, port)
        yield port
    finally:
        server.terminate()
        server.wait()


def _measure(asked: dict[str, Asked]) -> dict[str, list[Round]]:
    """Round by round, each address in turn, so that what else the machine does falls on all alike."""
    for each in asked.values():
        asyncio.run(_load(each, WARM_UP))
    rounds: dict[str, list[Round]] = {name: [] for name in asked}
    for _ in range(ROUNDS):
        for name, each in asked.items():
            rounds[name].append(asyncio.run(_load(each, SECONDS)))
    return rounds


async def _load(asked: Asked, seconds: float) -> Round:
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_ask(asked, began + seconds, took) for _ in range(CONNECTIONS)))
    cuts = statistics.quantiles(took, n=20)
    return Round(len(took) / (time.perf_counter() - began), cuts[9] * 1000, cuts[18] * 1000)


async def _ask(asked: Asked, until: float, took: list[float]) -> None:
    """One connection, kept open, asking again as soon as it is answered."""
    reader, writer = await asyncio.open_connection(HOST, asked.port)
    cookie = f"Cookie: {asked.cookie}\r\n" if asked.cookie else ""
    request = (
        f"GET {asked.address} HTTP/1.1\r\nHost: {HOST}:{asked.port}\r\nAccept-Encoding: gzip\r\n{cookie}\r\n".encode()
    )
    while time.perf_counter() < until or not took:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{asked.address} answered {head.splitlines()[0].decode()}")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
    writer.close()


def _report(rounds: dict[str, list[Round]]) -> None:
    """Medians of the rounds, lowest and highest in brackets, each beside the first of them."""
    first = next(iter(rounds))
    print(f"\n| {'page':24} | {'requests/s':>20} | {'p50 ms':>7} | {'p95 ms':>7} | of {first} |")
    print("|---|---|---|---|---|")
    bare = statistics.median(each.rate for each in rounds[first])
    for name, held in rounds.items():
        rates = [each.rate for each in held]
        rate = statistics.median(rates)
        spread = f"{rate:.0f} ({min(rates):.0f}–{max(rates):.0f})"
        p50, p95 = (statistics.median(getattr(each, cut) for each in held) for cut in ("p50", "p95"))
        print(f"| {name:24} | {spread:>20} | {p50:7.1f} | {p95:7.1f} | {rate / bare:.2f} |", flush=True)


if __name__ == "__main__":
    main()
