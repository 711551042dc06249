"""The table of requirements is whole, and every test that it names is there."""

from __future__ import annotations

import re

from tests.environment import ROOT

ROW = re.compile(r"^\| ([0-9]+\.[0-9]+\.[0-9]+) \| .+ \| (test|documented|not applicable|\*\*open\*\*) \| (.+) \|$")
REQUIREMENTS, FEWEST_BY_TEST = 253, 69


def rows() -> list[tuple[str, str, str]]:
    found = (ROW.match(line) for line in (ROOT / "docs" / "security.md").read_text().splitlines())
    return [(row[1], row[2], row[3]) for row in found if row]


def test_each_requirement_is_answered_once() -> None:
    numbers = [number for number, _, _ in rows()]
    assert len(numbers) == len(set(numbers)) == REQUIREMENTS
    assert numbers == sorted(numbers, key=lambda number: [int(part) for part in number.split(".")])


def test_every_test_that_is_named_is_there() -> None:
    named = {evidence.strip("`") for _, how, evidence in rows() if how == "test"}
    missing = [each for each in named if not is_there(each)]
    assert missing == []
    assert len([how for _, how, _ in rows() if how == "test"]) >= FEWEST_BY_TEST


def test_a_test_that_went_is_seen() -> None:
    assert not is_there("tests/test_access.py::test_that_never_was")
    assert not is_there("tests/test_never_was.py::test_signing_out")


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / path
    return file.exists() and re.search(rf"^def {re.escape(name)}\(", file.read_text(), re.MULTILINE) is not None
