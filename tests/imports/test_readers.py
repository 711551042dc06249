"""Files become sheets, or are refused in words: none takes the process with it, none is read by half."""

from __future__ import annotations

import time

import pytest

from performance.calculations.periods import FinancialYear, Quarter
from performance.imports.layout import is_own_area
from performance.imports.mapping import read
from performance.imports.names import Catalogue
from performance.imports.readers import UnreadableError, from_kept, kept, read_file
from performance.imports.sheets import Sheet

from .hostile import Case, cases
from .told import catalogue

CASES = cases()
TEXTS = [case for case in CASES if not case.is_workbook]
WORKBOOKS = [case for case in CASES if case.is_workbook]
POLICE = catalogue("the police")
ASKED = Quarter(FinancialYear(2008), 1)
PATIENCE = 20
"""Seconds; a machine under load starts processes slowly. What was measured stands in docs/reliability.md."""


def figures(sheets: tuple[Sheet, ...], names: Catalogue) -> dict[str, int | str]:
    """What would be taken from the sheet that has most, or that is named like the area."""
    own = [sheet for sheet in sheets if is_own_area(sheet.name, names)]
    readings = [read(sheet, names, ASKED) for sheet in own or sheets]
    best = max(readings, key=lambda each: len(each.ready))
    found: dict[str, int | str] = {}
    for line in best.ready:
        said = line.reason.words if line.reason else line.count
        found[names[line.category or 0].name] = said if said is not None else "nothing"
    return found


def outcome(case: Case) -> tuple[dict[str, int | str] | None, str]:
    """The figures that would be taken of a file, or the words with which it is refused."""
    try:
        sheets = read_file(case.name, case.content)
    except UnreadableError as refused:
        return None, str(refused)
    return figures(sheets, POLICE), ""


def check(case: Case) -> None:
    begun = time.monotonic()
    found, refusal = outcome(case)
    assert time.monotonic() - begun < PATIENCE
    assert refusal.isprintable()
    if case.refused:
        assert case.refused in refusal
    elif case.figures is not None:
        assert (found, refusal) == (case.figures, "")


@pytest.mark.parametrize("case", TEXTS, ids=[case.title for case in TEXTS])
def test_a_text_has_its_outcome(case: Case) -> None:
    check(case)


@pytest.mark.slow
@pytest.mark.parametrize("case", WORKBOOKS, ids=[case.title for case in WORKBOOKS])
def test_a_workbook_has_its_outcome(case: Case) -> None:
    check(case)


def test_there_are_enough_different_files() -> None:
    assert len({(case.name, case.content) for case in CASES}) >= 500


def test_a_sheet_is_kept_and_found_again_with_its_addresses() -> None:
    (sheet,) = read_file("Q1.csv", b"\n;Offence;Q1 2008/09\n\n;Robbery;17\n")
    assert from_kept(kept([sheet])) == (sheet,)
    assert sheet.rows[3][2].address == "C4"
