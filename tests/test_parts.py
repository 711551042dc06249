"""`make test` runs its parts side by side, says how each ended and ends with the right status."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from tools.parts import PARTS, side_by_side

ROOT = Path(__file__).resolve().parent.parent


def test_lines_are_told_apart_and_each_part_has_its_result(capfd: pytest.CaptureFixture[str]) -> None:
    ended = side_by_side(
        {
            "sqlite": ["sh", "-c", "echo '..F [100%]'; echo '1 failed, 2 passed in 3.21s'; exit 1"],
            "check": ["sh", "-c", "echo Types; echo 'on the second channel' >&2"],
        }
    )
    printed = capfd.readouterr().out.splitlines()
    assert {"sqlite     | ..F [100%]", "check      | Types", "check      | on the second channel"} <= set(printed)
    assert [each.status for each in ended] == [1, 0]
    assert printed[-2:] == [
        "sqlite      FAILED    0:00   1 failed, 2 passed in 3.21s",
        "check       passed    0:00",
    ]


def test_parts_run_at_the_same_time(tmp_path: Path) -> None:
    """Each waits for what the other makes, so that one after the other they would wait for ever."""
    first, second = tmp_path / "first", tmp_path / "second"
    for pipe in (first, second):
        subprocess.run(["mkfifo", str(pipe)], check=True)
    ended = side_by_side(
        {
            "sqlite": ["timeout", "60", "sh", "-c", f"echo hello > {first}; cat {second}"],
            "postgresql": ["timeout", "60", "sh", "-c", f"cat {first}; echo hello > {second}"],
        }
    )
    assert [each.status for each in ended] == [0, 0]


def test_a_part_that_does_not_exist_is_named() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.parts", "sqlit"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr.strip() == f"PART=sqlit is no part of the tests. They are: {', '.join(PARTS)}."
