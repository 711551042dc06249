"""Cells and their addresses, and what a pasted text has between them."""

from __future__ import annotations

import pytest

from performance.imports.sheets import Sheet, TooLargeError, address, letters, pasted, separator_of


@pytest.mark.parametrize(
    ("row", "column", "name"), [(1, 1, "A1"), (6, 4, "D6"), (3, 27, "AA3"), (1048576, 16384, "XFD1048576")]
)
def test_an_address_is_written_as_spreadsheets_write_it(row: int, column: int, name: str) -> None:
    assert address(row, column) == name


def test_the_columns_go_on_after_z() -> None:
    assert [letters(number) for number in (26, 27, 52, 53, 702, 703)] == ["Z", "AA", "AZ", "BA", "ZZ", "AAA"]


SEPARATORS = [
    ("Robbery\t1,148", "\t"), ("Robbery;17", ";"), ("Robbery,17", ","), ("1,148\n292", ""), ("17", ""), ("", ""),
    ("Robbery|17", "|"), ("Theft, other\t17", "\t"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "separator"), SEPARATORS)
def test_cells_stand_between_the_separators_of_a_spreadsheet(text: str, separator: str) -> None:
    assert separator_of(text) == separator


def test_rows_keep_their_numbers_across_empty_ones() -> None:
    sheet = pasted("\n\nRobbery\t17\r\n\r\n")
    assert [cell.address for cell in sheet.rows[2]] == ["A3", "B3"]
    assert len(sheet.rows) == 3


def test_a_cell_with_a_line_break_is_one_cell() -> None:
    assert [cell.text for cell in pasted('"Q1\n2008/09"\t17').rows[0]] == ["Q1\n2008/09", "17"]


def test_a_sheet_that_is_too_large_is_refused_in_words() -> None:
    with pytest.raises(TooLargeError, match="20,000 rows and 400 columns can be read"):
        Sheet.of([[""] * 500 + ["1"]])
