"""What we write, we read; what is published keeps to the government's guidance; nothing in a cell runs."""

from __future__ import annotations

import io
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
import python_calamine
from hypothesis import given, settings
from hypothesis import strategies as st

from performance.exports import Table, Workbook, as_csv, as_ods, as_xlsx
from performance.exports.guidance import faults_in

FORMATS = [pytest.param(as_xlsx, id="xlsx"), pytest.param(as_ods, id="ods")]
FIGURES = Table(
    name="Figures",
    title="St Albans, 2007/08: figures",
    headings=("Crime type", "Actual", "Reduction, %"),
    rows=(("Theft of vehicle", 297, 44), ("Theft of cycle", 186, -27), ("Wounding [note 1]", "[x]", "[x]")),
    source="Source: St Albans Community Safety Partnership Plan 2008.",
)
WORKBOOK = Workbook(
    title="St Albans, 2007/08",
    about=("Published figures.",),
    notes=(("[note 1]", "The target allows for a change of recording."), ("[x]", "not available")),
    tables=(FIGURES,),
)
PAYLOADS = ("=1+1", "+1+1", "-1+1", "@SUM(A1)", "\t=1", '=HYPERLINK("x")', "=cmd|' /C calc'!A0")


def rows_of(content: bytes, sheet: str) -> list[list[Any]]:
    return python_calamine.load_workbook(io.BytesIO(content)).get_sheet_by_name(sheet).to_python()


@pytest.mark.parametrize("write", FORMATS)
def test_numbers_come_back_as_numbers_and_marks_as_marks(write: object) -> None:
    rows = rows_of(write(WORKBOOK), "Figures")  # type: ignore[operator]
    assert rows[-3:] == [
        ["Theft of vehicle", 297, 44],
        ["Theft of cycle", 186, -27],
        ["Wounding [note 1]", "[x]", "[x]"],
    ]
    assert rows[-4] == ["Crime type", "Actual", "Reduction, %"]


@pytest.mark.parametrize("write", FORMATS)
def test_the_same_figures_give_the_same_file(write: object) -> None:
    assert write(WORKBOOK) == write(WORKBOOK)  # type: ignore[operator]


@pytest.mark.parametrize("write", FORMATS)
def test_our_files_keep_to_the_guidance(write: object) -> None:
    assert faults_in(write(WORKBOOK)) == []  # type: ignore[operator]


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize(
    ("table", "fault"),
    [
        pytest.param(
            replace(FIGURES, rows=(("Robbery", "1,148", 3),)),
            "Figures: row 2 of the table has a number written as text.",
            id="number as text",
        ),
        pytest.param(
            replace(FIGURES, rows=(("Robbery", "[c]", 3),)),
            "Figures: [c] is not explained among the notes.",
            id="a mark nobody explains",
        ),
    ],
)
def test_the_checker_sees_what_is_wrong(write: object, table: Table, fault: str) -> None:
    assert faults_in(write(replace(WORKBOOK, tables=(table,)))) == [fault]  # type: ignore[operator]


@pytest.mark.parametrize("write", FORMATS)
@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_runs_in_a_workbook(write: object, payload: str) -> None:
    rows = ((payload, 1, 2),)
    content = write(replace(WORKBOOK, tables=(replace(FIGURES, rows=rows),)))  # type: ignore[operator]
    assert str(rows_of(content, "Figures")[-1][0]).strip() == payload.strip()


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_runs_in_comma_separated_values(payload: str) -> None:
    line = as_csv(["Name"], [[payload]]).splitlines()[1].strip('"')
    assert line.startswith("'")


def test_negative_numbers_stay_numbers_in_comma_separated_values() -> None:
    assert as_csv(["Count"], [[-3], ["-3"], [Decimal("-1.5")]]).splitlines()[1:] == ["-3", "-3", "-1.5"]


@pytest.mark.parametrize(
    ("change", "message"),
    [
        pytest.param({"name": ""}, "no name of a sheet", id="no name"),
        pytest.param({"name": "x" * 32}, "no name of a sheet", id="name too long"),
        pytest.param({"rows": (("a", 1),)}, "not as long as its headings", id="short row"),
        pytest.param({"rows": (("a", 1, ""),)}, "is empty", id="empty cell"),
        pytest.param({"headings": ("Name", "Count", "count")}, "Two columns", id="a heading twice"),
    ],
)
def test_a_table_that_could_not_be_read_is_not_made(change: dict[str, object], message: str) -> None:
    with pytest.raises(ValueError, match=message):
        replace(FIGURES, **change)  # type: ignore[arg-type]


def test_two_sheets_have_two_names() -> None:
    with pytest.raises(ValueError, match="one name"):
        replace(WORKBOOK, tables=(FIGURES, replace(FIGURES, name="figures")))


words = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs", "Zs", "Zl", "Zp", "Cn"]), min_size=1, max_size=20
)


@pytest.mark.parametrize("write", FORMATS)
@settings(max_examples=25)
@given(cells=st.lists(st.tuples(words, st.integers(-(10**9), 10**9)), min_size=1, max_size=8))
def test_whatever_is_written_comes_back(write: object, cells: list[tuple[str, int]]) -> None:
    table = Table("Figures", "Anything", ("Name", "Count"), tuple(cells))
    rows = rows_of(write(replace(WORKBOOK, tables=(table,))), "Figures")  # type: ignore[operator]
    assert [tuple(row) for row in rows[-len(cells) :]] == cells
