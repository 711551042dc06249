from __future__ import annotations

import asyncio
import os
import platform
import socket
import statistics
import subprocess
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from tools.demo import HOST, ROOT, local_environment, prepare_database, server_command, wait_until_up

CONNECTIONS, SECONDS, ROUNDS, WARM_UP = 4, 4.0, 5, 2.0
ADDRESSES = {
    "bare view": "/bare/",
    "dashboard": "/st-albans/2007-08/",
    "category": "/st-albans/categories/theft-of-cycle/",
}


class Round(NamedTuple):
    """Requests per second, and the milliseconds within which half and 95% were answered."""

    rate: float
    p50: float
    p95: float


def main() -> None:
    with tempfile.TemporaryDirectory() as folder, socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
        free.close()
        environment = local_environment(Path(folder) / "db.sqlite3")
        prepare_database(environment, "load_published_plan")
        command = [*server_command(port)[:-1], "tools.bench.wsgi:application"]
        server = subprocess.Popen(command, env=environment, cwd=ROOT)
        try:
            wait_until_up(server, port)
            _report(_measure(port))
        finally:
            server.terminate()
            server.wait()


def _measure(port: int) -> dict[str, list[Round]]:
    """Round by round, each address in turn, so that what else the machine does falls on all alike."""
    for address in ADDRESSES.values():
        asyncio.run(_load(port, address, WARM_UP))
    rounds: dict[str, list[Round]] = {name: [] for name in ADDRESSES}
    for number in range(1, ROUNDS + 1):
        print(f"Round {number} of {ROUNDS}", flush=True)
        for name, address in ADDRESSES.items():
            rounds[name].append(asyncio.run(_load(port, address, SECONDS)))
    return rounds


async def _load(port: int, address: str, seconds: float) -> Round:
    took: list[float] = []
    began = time.perf_counter()
    await asyncio.gather(*(_ask(port, address, began + seconds, took) for _ in range(CONNECTIONS)))
    cuts = statistics.quantiles(took, n=20)
    return Round(len(took) / (time.perf_counter() - began), cuts[9] * 1000, cuts[18] * 1000)


async def _ask(port: int, address: str, until: float, took: list[float]) -> None:
    """One connection, kept open, asking again as soon as it is answered."""
    reader, writer = await asyncio.open_connection(HOST, port)
    request = f"GET {address} HTTP/1.1\r\nHost: {HOST}:{port}\r\nAccept-Encoding: gzip\r\n\r\n".encode()
    while time.perf_counter() < until:
        began = time.perf_counter()
        writer.write(request)
        head = await reader.readuntil(b"\r\n\r\n")
        if not head.startswith(b"HTTP/1.1 200"):
            raise SystemExit(f"{address} answered {head.splitlines()[0].decode()}")
        length = next(
            int(line.split(b":")[1]) for line in head.lower().splitlines() if line.startswith(b"content-length")
        )
        await reader.readexactly(length)
        took.append(time.perf_counter() - began)
    writer.close()


def _report(rounds: dict[str, list[Round]]) -> None:
    print(f"\n{CONNECTIONS} connections, {ROUNDS} rounds of {SECONDS:g} s each; SQLite; {os.cpu_count()} cores")
    print(f"Python {platform.python_version()}, {platform.machine()}")
    print("Medians of the rounds, lowest and highest in brackets.\n")
    print(
        f"| {'page':10} | {'requests/s':>20} | {'p50 ms':>7} | {'p95 ms':>7} | {'of bare':>7} |\n|---|---|---|---|---|"
    )
    bare = statistics.median(each.rate for each in rounds["bare view"])
    for name, held in rounds.items():
        rates = [each.rate for each in held]
        rate = statistics.median(rates)
        spread = f"{rate:.0f} ({min(rates):.0f}–{max(rates):.0f})"
        p50, p95 = (statistics.median(getattr(each, cut) for each in held) for cut in ("p50", "p95"))
        print(f"| {name:10} | {spread:>20} | {p50:7.1f} | {p95:7.1f} | {rate / bare:7.2f} |")


if __name__ == "__main__":
    main()
