"""What must be true of the whole: documents that agree with the code, headers on every page, a lean worker."""

from __future__ import annotations

import doctest
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from django.test import Client

from performance.models import Partnership
from tests.pages import PAGES, Page

ROOT = Path(__file__).resolve().parent.parent


def tracked(*patterns: str) -> list[Path]:
    listed = subprocess.run(["git", "ls-files", *patterns], cwd=ROOT, capture_output=True, text=True, check=True)
    return [ROOT / line for line in listed.stdout.splitlines()]


@pytest.mark.parametrize("address", PAGES)
def test_every_page_has_its_bones(st_albans: Partnership, client: Client, address: str) -> None:
    page = Page(client.get(address).content.decode())
    assert len(page.soup.select("h1")) == 1
    assert len(page.soup.select("main#main")) == 1
    assert page.soup.html is not None
    assert page.soup.html["lang"] == "en-GB"
    assert page.soup.title is not None
    assert page.one("h1").split(" in ")[0] in " ".join(page.soup.title.get_text().split())
    assert page.links("a.govuk-skip-link") == ["#main"]
    identifiers = [str(each["id"]) for each in page.soup.select("[id]")]
    assert len(identifiers) == len(set(identifiers))
    for link in page.links("a[href^='#']"):
        assert link[1:] in identifiers


@pytest.mark.parametrize("address", [*PAGES, "/health/", "/st-albans/2007-08/chart/"])
def test_the_headers_stand_on_every_answer(st_albans: Partnership, client: Client, address: str) -> None:
    headers = client.get(address).headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe-" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self'" in policy
    assert headers["X-Frame-Options"] == "DENY"
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"


@pytest.mark.parametrize("address", PAGES)
def test_nothing_is_inline_and_nothing_comes_from_elsewhere(
    st_albans: Partnership, client: Client, address: str
) -> None:
    page = Page(client.get(address).content.decode())
    # A block of data is read by a script and never run.
    scripts = 'script:not([src]):not([type="application/json"])'
    assert page.soup.select(f"[style], style, [onclick], [onload], {scripts}") == []
    for each in page.soup.select("script[src], link[href], img[src]"):
        assert str(each.get("src") or each.get("href")).startswith("/static/")


def test_env_example_lists_exactly_what_is_read() -> None:
    read = set(
        re.findall(r"""env\.\w+\(\s*"(\w+)"|environ\.get\("(\w+)\"""", (ROOT / "csp_site/settings.py").read_text())
    )
    names = {name for pair in read for name in pair if name} | {"DEMONSTRATION_PASSWORD"}
    listed = set(re.findall(r"^#? ?([A-Z_]+)=", (ROOT / ".env.example").read_text(), re.MULTILINE))
    assert listed == names


def test_the_worked_examples_of_the_calculations_run() -> None:
    results = doctest.testfile(str(ROOT / "docs/calculations.md"), module_relative=False, encoding="utf-8")
    assert results.attempted > 20
    assert results.failed == 0


def test_make_help_lists_every_target_that_the_documents_name() -> None:
    listed = subprocess.run(["make", "help"], cwd=ROOT, capture_output=True, text=True, check=True).stdout
    targets = {line.split()[0] for line in listed.splitlines() if line}
    documents = [ROOT / name for name in ("README.md", "CONTRIBUTING.md", "docs/running-it.md", "docs/performance.md")]
    for document in documents:
        for named in re.findall(r"`make ([a-z-]+)", document.read_text()):
            assert named in targets, f"{document.name} names make {named}"


def test_links_between_documents_lead_somewhere() -> None:
    for document in tracked("*.md"):
        for link in re.findall(r"\]\(([^)#:]+)\)", document.read_text()):
            assert (document.parent / link).exists(), f"{document.name} links to {link}"


def test_ci_runs_the_readmes_test_command() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()
    assert "make test" in (ROOT / "README.md").read_text()


def test_lock_files_name_no_registry() -> None:
    for lock in (*tracked("requirements/*.txt"), ROOT / "package-lock.json"):
        text = re.sub(r'"funding": \{.*?\}', "", lock.read_text(), flags=re.DOTALL)
        assert '"resolved"' not in text
        assert "--index-url" not in text


@pytest.mark.slow
def test_a_request_leaves_pandas_alone(st_albans: Partnership) -> None:
    """In a fresh interpreter, for this one may have imported it for another test."""
    script = (
        "import django, sys; django.setup()\n"
        "from django.test import Client\n"
        "from django.urls import get_resolver\n"
        "get_resolver().url_patterns\n"
        "Client(raise_request_exception=False).get('/st-albans/')\n"
        "print(sorted({'pandas', 'numpy'} & set(sys.modules)))"
    )
    command = [sys.executable, "-W", "ignore", "-c", "import tests.environment\n" + script]
    environment = {"DJANGO_SETTINGS_MODULE": "csp_site.settings", "PATH": ""}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_only_the_clock_reads_the_time() -> None:
    """And who may ask the clock, views and commands, is a contract of imports."""
    clock = re.compile(r"localdate\(|localtime\(\)|timezone\.now|datetime\.now|date\.today|time\.time\(")
    readers = [
        path.relative_to(ROOT)
        for path in tracked("csp_site/*.py", "performance/*.py", "priorities/*.py")
        if "migrations" not in path.parts and clock.search(path.read_text())
    ]
    assert {path.name for path in readers} <= {"clock.py", "middleware.py"}, readers


def test_pages_ask_queries_and_never_the_database() -> None:
    pages = tracked("performance/pages/*.py", "performance/*/pages/*.py", "priorities/pages/*.py")
    pages += tracked("priorities/*/pages/*.py", "priorities/*/pages.py")
    assert len(pages) > 20
    for path in pages:
        assert ".objects" not in path.read_text(), path.name


def test_the_financial_year_turns_at_midnight_in_st_albans(
    st_albans: Partnership, get: Callable[..., Page], monkeypatch: pytest.MonkeyPatch
) -> None:
    """At 23:30 UTC on 31 March it is already 1 April under British Summer Time."""
    from datetime import UTC, datetime

    from django.utils import timezone

    for moment, begun in (
        (datetime(2009, 3, 31, 22, 30, tzinfo=UTC), False),
        (datetime(2009, 3, 31, 23, 30, tzinfo=UTC), True),
    ):
        monkeypatch.setattr(timezone, "now", lambda moment=moment: moment)
        assert ("has not begun yet" in get("/st-albans/2009-10/").text) is not begun
