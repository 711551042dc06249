"""A real browser before a real server: the demonstration, on a database and a port of its own."""

from __future__ import annotations

import socket
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tools import browser as browsers
from tools.demo import DEMONSTRATION, HOST, local_environment, prepare_database, server_command, wait_until_up

ROOT = Path(__file__).resolve().parent.parent.parent
PASSWORD = "three words together"
# Long, for a slow machine that does other things beside is not a wrong answer. What is there is found at once.
expect.set_options(timeout=30_000)
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, object]:
    quiet = ["--no-first-run", "--disable-background-networking", "--disable-component-update", "--disable-sync"]
    return {
        "executable_path": browsers.installed() or browsers.downloaded(),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", *quiet],
    }


@pytest.fixture(scope="session")
def base_url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the server, which ends with the tests."""
    folder = tmp_path_factory.mktemp("site")
    with socket.socket() as free:
        free.bind((HOST, 0))
        port = free.getsockname()[1]
    environment = local_environment(folder / "db.sqlite3") | {"DEMONSTRATION_PASSWORD": PASSWORD}
    prepare_database(environment, *DEMONSTRATION)
    with (folder / "server.log").open("wb") as log:
        server = subprocess.Popen(server_command(port), env=environment, cwd=ROOT, stdout=log, stderr=log)
        try:
            wait_until_up(server, port)
            yield f"http://{HOST}:{port}"
        finally:
            server.terminate()
            server.wait()


@pytest.fixture
def no_complaints(page: Page) -> Iterator[list[str]]:
    """Fails the test if the browser complained: an error of a script, a refused resource, a breach of the policy."""
    complaints: list[str] = []
    page.on("console", lambda said: complaints.append(said.text) if said.type in ("error", "warning") else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield complaints
    assert complaints == []


@pytest.fixture(params=[WIDE, NARROW], ids=["1280", "390"])
def at_both_widths(request: pytest.FixtureRequest, browser: Browser, base_url: str) -> Iterator[BrowserContext]:
    """A context that lets the accessibility scanner in; the policy itself is tested in another."""
    context = browser.new_context(viewport=request.param, base_url=base_url, bypass_csp=True)
    yield context
    context.close()


_sessions: dict[str, list[Any]] = {}
"""The cookies of those who have signed in before: the throttle of sign-in counts tests like guesses."""


def sign_in(page: Page, username: str) -> None:
    """Sign in by the form the first time, and again where a test has signed the person out meanwhile."""
    if username in _sessions:
        page.context.add_cookies(_sessions[username])
        # Asked without drawing the page: this is done before most tests.
        if f"Signed in as {username}" in page.context.request.get("/about/").text():
            return
        page.context.clear_cookies()
    page.goto("/accounts/login/")
    page.get_by_label("User name or e-mail address").fill(username)
    page.get_by_label("Password", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text(f"Signed in as {username}").wait_for()
    _sessions[username] = page.context.cookies()
