"""Make the faults of one room after another, and say which the tests did not see: `make mutate`.

FILES names single files instead: make mutate FILES="performance/calculations/change.py performance/access.py"
"""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from typing import Any, NamedTuple

from tools.mutate.plugin import KILLED, OUT_OF_TIME, ROOT

RESULTS = ROOT / "var" / "mutation.jsonl"
WANTED = 0.95
"""The part of the mutants that must be killed."""


class Room(NamedTuple):
    """Files in which faults are made, the tests that are to see them, and how pytest is told to run these."""

    files: str
    tests: Sequence[str]
    options: Sequence[str] = ("-p", "no:cacheprovider", "-m", "not slow")


WITHOUT_DJANGO = (
    *("-c", "/dev/null", f"--rootdir={ROOT}", "--noconftest"),
    *("-p", "no:django", "-p", "no:playwright", "-m", "not slow"),
)
"""Most calculations are tested without Django: a fresh pytest begins in a second."""
ODD = "tests/calculations/test_plausibility.py"
"""These ask their questions in sentences, which know Django."""
ROOMS = (
    Room("performance/calculations/plausibility.py", [ODD]),
    Room("performance/calculations/[!p]*.py", ["tests/calculations", f"--ignore={ODD}"], WITHOUT_DJANGO),
    Room("performance/calculations/periods.py", ["tests/calculations", f"--ignore={ODD}"], WITHOUT_DJANGO),
    Room("performance/access.py", ["tests/performance", "tests/test_access.py"]),
    Room("performance/returns/**/*.py", ["tests/performance", "tests/test_access.py"]),
)


def main() -> None:
    """python -m tools.mutate [file ...]; ends with 1 where fewer than WANTED were killed."""
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.unlink(missing_ok=True)
    for room in ROOMS:
        found = sorted(str(path.relative_to(ROOT)) for path in ROOT.glob(room.files))
        files = [file for file in found if not sys.argv[1:] or file in sys.argv[1:]]
        if files and not _run(room, files):
            sys.exit(1)
    sys.exit(0 if _report() >= WANTED else 1)


def _run(room: Room, files: Sequence[str]) -> bool:
    """Run the tests of a room against each fault in these files; the results are added to RESULTS."""
    print(f"Faults in {len(files)} files of {room.files}, against {' '.join(room.tests)}", flush=True)
    command = [sys.executable, "-m", "pytest", "-q", "-p", "tools.mutate.plugin", "--hypothesis-profile=mutation"]
    told = [f"--mutate={','.join(files)}", f"--mutation-results={RESULTS}"]
    done = subprocess.run([*command, *room.options, *told, *room.tests], cwd=ROOT, check=False)
    return done.returncode == 0


def _report() -> float:
    """Print how many of each file were killed and which lived; the part of all that were killed."""
    results = [json.loads(line) for line in RESULTS.read_text().splitlines()]
    counts: dict[str, Counter[bool]] = defaultdict(Counter)
    for each in results:
        counts[each["file"]][_is_killed(each)] += 1
        if not _is_killed(each):
            print(f"{each['file']}:{each['line']}: {each['change']}   ({each['result']}, mutant {each['number']})")
    print()
    for file, count in sorted(counts.items()):
        print(f"{file:<50} {count.total():>5} mutants {count[True]:>5} killed {count[True] / count.total():>7.1%}")
    killed = sum(count[True] for count in counts.values())
    print(f"{'all':<50} {len(results):>5} mutants {killed:>5} killed {killed / max(1, len(results)):>7.1%}")
    return killed / max(1, len(results))


def _is_killed(result: dict[str, Any]) -> bool:
    return result["result"] in (KILLED, OUT_OF_TIME)


if __name__ == "__main__":
    main()
