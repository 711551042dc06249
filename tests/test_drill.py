"""The drills, small: many clients at once against a real server, on the database under test."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.slow
def test_nothing_is_lost_and_the_controls_lose() -> None:
    database = os.environ.get("TEST_DATABASE", "sqlite")
    command = [sys.executable, "-m", "tools.drill", "--small", database, "saves", "readers"]
    # The server of the drill keeps readers' pages, as in production; the tests' own environment keeps none.
    environment = {name: value for name, value in os.environ.items() if name != "KEPT_PAGES_MEGABYTES"}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    for drill in (
        "conflicting saves", "double submission", "publishing against saves", "readers while figures are published",
        "“database is locked” 0 times",
    ):  # fmt: skip
        assert drill in done.stdout
