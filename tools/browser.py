"""Find a browser for the tests, and install one where none is found. Run by `make test-browser`."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def installed() -> str | None:
    """The path of an installed browser, BROWSER_PATH in the environment before any other."""
    named = os.environ.get("BROWSER_PATH")
    return named or next((path for name in NAMES if (path := shutil.which(name))), None)


def downloaded() -> str | None:
    """The path of the browser that playwright has downloaded, if it has."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        path = playwright.chromium.executable_path
    return path if os.path.exists(path) else None


def main() -> None:
    if installed() or downloaded():
        return
    print("No browser was found: installing chromium (a minute or two)", flush=True)
    for attempt in (_from_the_system, _from_playwright):
        if attempt() and (installed() or downloaded()):
            return
    sys.exit("No browser could be installed. Install chromium, or name one: BROWSER_PATH=/path/to/chromium make test")


def _from_the_system() -> bool:
    """Debian's or Ubuntu's package, where this user may install it."""
    if not shutil.which("apt-get"):
        return False
    may = [] if os.geteuid() == 0 else ["sudo", "-n"]
    if may and not shutil.which("sudo"):
        return False
    commands = ([*may, "apt-get", "update", "-qq"], [*may, "apt-get", "install", "-y", "-qq", "chromium"])
    return all(subprocess.run(command, check=False, capture_output=True).returncode == 0 for command in commands)


def _from_playwright() -> bool:
    command = [sys.executable, "-m", "playwright", "install", "chromium"]
    return subprocess.run(command, check=False, capture_output=True).returncode == 0


if __name__ == "__main__":
    main()
