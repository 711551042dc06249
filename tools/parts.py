"""Run the parts of `make test` side by side. Run by `make test`, which builds first what all of them need.

Each line is printed as it comes, with the name of its part before it. When all have ended, a table says how each
ended and how long it took; the exit status is 1 where one failed.
"""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from threading import Thread
from typing import NamedTuple

PARTS = {
    "check": ["make", "-s", "check"],
    "sqlite": ["make", "-s", "test-sqlite"],
    "postgresql": ["make", "-s", "test-postgresql"],
    "browser": ["make", "-s", "test-browser"],
}
GRACE = 20
"""Seconds in which an interrupted part ends its servers."""
PYTESTS_CLOSING_LINE = re.compile(r"\b(passed|failed|errors?|skipped|no tests ran)\b.* in [\d.]+s")


class Ended(NamedTuple):
    """How a part ended: its exit status, the seconds that it took and the closing line of its tests, if it had one."""

    part: str
    status: int
    seconds: float
    closing_line: str

    @property
    def line(self) -> str:
        """The part's line of the table."""
        minutes, seconds = divmod(round(self.seconds), 60)
        result = "FAILED" if self.status else "passed"
        return f"{self.part:<12}{result:<8}{minutes:>3}:{seconds:02}   {self.closing_line}".rstrip()


def main() -> None:
    """python -m tools.parts [check] [sqlite] [postgresql] [browser]; all of them where none is named."""
    chosen = sys.argv[1:] or list(PARTS)
    if unknown := [name for name in chosen if name not in PARTS]:
        sys.exit(f"PART={' '.join(unknown)} is no part of the tests. They are: {', '.join(PARTS)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # so that the parts are ended on the way out
    sys.exit(1 if any(each.status for each in side_by_side({name: PARTS[name] for name in chosen})) else 0)


def side_by_side(commands: Mapping[str, Sequence[str]]) -> list[Ended]:
    """Run the command of each part, all at once; print their lines and then the table."""
    running = [_Part(name, command) for name, command in commands.items()]
    try:
        ended = [part.wait() for part in running]
    finally:
        for part in running:
            part.end()
    print("\n" + "\n".join(each.line for each in ended), flush=True)
    return ended


class _Part:
    """A command that runs; a thread prints its lines."""

    def __init__(self, name: str, command: Sequence[str]) -> None:
        self._name = name
        self._began = self._ended = time.monotonic()
        self._closing_line = ""
        self._process = subprocess.Popen(
            command,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            errors="replace",
            env=os.environ | {"PYTHONUNBUFFERED": "1"},
            start_new_session=True,  # so that all that it has started can be ended with it
        )
        self._printer = Thread(target=self._print)
        self._printer.start()

    def _print(self) -> None:
        with self._process:
            for line in self._process.stdout or ():
                sys.stdout.write(f"{self._name:<10} | {line.rstrip()}\n")
                sys.stdout.flush()
                if PYTESTS_CLOSING_LINE.search(line):
                    self._closing_line = line.strip("= \n")
        self._ended = time.monotonic()

    def wait(self) -> Ended:
        self._printer.join()
        return Ended(self._name, self._process.wait(), self._ended - self._began, self._closing_line)

    def end(self) -> None:
        """Interrupt what still runs, so that it ends its own servers; and kill it where it does not."""
        if self._process.poll() is None:
            os.killpg(self._process.pid, signal.SIGINT)
            try:
                self._process.wait(timeout=GRACE)
            except subprocess.TimeoutExpired:
                os.killpg(self._process.pid, signal.SIGKILL)


if __name__ == "__main__":
    main()
