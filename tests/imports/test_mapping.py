"""What is read from pasted blocks. The blocks stand in `pasted_blocks.txt`, each with its reading."""

from __future__ import annotations

import hypothesis.strategies as st
import pytest
from hypothesis import given

from performance.calculations.figures import NoFigure
from performance.calculations.periods import FinancialYear, Quarter
from performance.imports.mapping import read
from performance.imports.reading import Asks, Choices, Reading
from performance.imports.sheets import Sheet, pasted

from .told import Block, blocks, catalogue, told

BLOCKS = blocks()
ASKED = Quarter(FinancialYear(2008), 1)
POLICE = catalogue("the police")
NAMES = [POLICE[pk].name for pk in POLICE.asked]
TEN = "71\n292\n15\n119\n57\n70\n98\n121\n17\n449"


def read_police(text: str, choices: Choices = Choices()) -> Reading:  # noqa: B008 (a value that never changes)
    return read(pasted(text), POLICE, ASKED, choices)


def figures(reading: Reading) -> dict[str, int | NoFigure | None]:
    return {
        POLICE[line.category or 0].name: line.count if line.reason is None else line.reason for line in reading.ready
    }


@pytest.mark.parametrize("block", BLOCKS, ids=[block.title for block in BLOCKS])
def test_a_block_is_read_as_it_must_be(block: Block) -> None:
    names = catalogue(block.whose)
    assert told(read(pasted(block.pasted), names, block.asked), names, block.asked) == block.reading


def test_there_are_enough_blocks() -> None:
    assert len({block.text for block in BLOCKS}) >= 60


def test_one_column_is_ready_once_its_order_is_said_to_be_right() -> None:
    assert read_police(TEN).ready == ()
    assert figures(read_police(TEN, Choices(is_in_order=True)))["Criminal damage"] == 449


def test_the_column_that_was_chosen_is_taken() -> None:
    block = "Robbery\t20\t17\nWounding\t113\t121"
    assert read_police(block).ready == ()
    assert figures(read_police(block, Choices(column=3))) == {"Robbery": 17, "Wounding": 121}


def test_one_column_of_another_heading_is_taken_once_it_is_chosen() -> None:
    block = f"2008/09\n{TEN}"
    assert read_police(block).asks_column
    assert len(read_police(block, Choices(column=1, is_in_order=True)).ready) == 10


def test_a_row_goes_where_it_was_said_to_go() -> None:
    block = "Offence\tQ1 2008/09\nAgg Veh Taking\t6\nRobbery\t17"
    assert [line.asks for line in read_police(block).lines] == [Asks.CATEGORY, None]
    vehicle = POLICE.asked[0]
    assert figures(read_police(block, Choices(categories={"B2": vehicle})))["Theft of vehicle"] == 6
    assert figures(read_police(block, Choices(categories={"B2": None}))) == {"Robbery": 17}


def test_two_rows_of_one_category_are_added_up_only_when_asked_to() -> None:
    block = "Offence\tQ1 2008/09\nTheft of vehicle\t71\nTaking of vehicles\t6"
    vehicle = POLICE.asked[0]
    chosen = {"B3": vehicle}
    assert figures(read_police(block, Choices(categories=chosen))) == {}
    added = read_police(block, Choices(categories=chosen, added=frozenset({vehicle})))
    assert figures(added) == {"Theft of vehicle": 77}
    assert added.ready[0].cells == ("B2", "B3")


def test_one_of_two_rows_is_kept_when_the_other_is_left_out() -> None:
    block = "Offence\tQ1 2008/09\nRobbery\t17\nRobbery\t19"
    assert figures(read_police(block, Choices(categories={"B3": None}))) == {"Robbery": 17}


def test_a_reason_that_was_chosen_is_taken() -> None:
    block = "Offence\tQ1 2008/09\nRobbery\t..\nWounding\t68*"
    chosen = Choices(reasons={"B2": NoFigure.NOT_YET_AVAILABLE, "B3": NoFigure.WITHHELD})
    expected = {"Robbery": NoFigure.NOT_YET_AVAILABLE, "Wounding": NoFigure.WITHHELD}
    assert figures(read_police(block, chosen)) == expected


@given(st.permutations(range(10)), st.booleans())
def test_rows_may_stand_in_any_order(order: list[int], has_heading: bool) -> None:
    rows = [f"{NAMES[number]}\t{number + 100}" for number in order]
    block = "\n".join(["Offence\tQ1 2008/09"] * has_heading + rows)
    assert figures(read_police(block)) == {name: number + 100 for number, name in enumerate(NAMES)}


@given(st.permutations(["Offence", "HO code", "Q1 2007/08", "Q1 2008/09", "Change", "Comments"]))
def test_columns_may_stand_in_any_order(headings: list[str]) -> None:
    cells = {
        "Offence": ["Robbery", "Wounding"], "HO code": ["34B", "5"], "Q1 2007/08": ["20", "113"],
        "Q1 2008/09": ["17", "121"], "Change": ["-15%", "+7%"], "Comments": ["a quiet quarter", ""],
    }  # fmt: skip
    lines = [headings, *([cells[heading][row] for heading in headings] for row in (0, 1))]
    assert figures(read_police("\n".join("\t".join(line) for line in lines))) == {"Robbery": 17, "Wounding": 121}


@given(st.lists(st.integers(0, 999), min_size=1, max_size=14))
def test_a_column_without_names_is_never_taken_unless_it_is_as_long_as_the_page(numbers: list[int]) -> None:
    reading = read_police("\n".join(map(str, numbers)), Choices(is_in_order=True))
    has_total = len(numbers) == 11 and sum(numbers[:10]) == numbers[10]
    assert bool(reading.ready) == (len(numbers) == 10 or has_total)
    assert bool(reading.refusals) != bool(reading.ready)


CELL = st.sampled_from(
    [
        "",
        *NAMES[:4],
        "Total",
        "Q1",
        "Q1 2008/09",
        "2007/08",
        "17",
        "1,148",
        "NYA",
        "-",
        "#N/A",
        "34B",
        "x",
        "5%",
        "Q2 08",
    ]
) | st.text(max_size=6)


@given(st.lists(st.lists(CELL, min_size=1, max_size=5), max_size=8))
def test_anything_is_read_or_refused_and_every_figure_taken_stands_in_its_cell(rows: list[list[str]]) -> None:
    sheet = Sheet.of(rows)
    reading = read(sheet, POLICE, ASKED)
    texts = {cell.address: cell.text for row in sheet.rows for cell in row}
    for line in reading.ready:
        assert line.text == " + ".join(texts[each] for each in line.cells)
        assert line.period == ASKED
        assert line.category in POLICE.asked
    assert len({line.category for line in reading.ready}) == len(reading.ready)


@given(st.text(max_size=200))
def test_any_text_can_be_pasted(text: str) -> None:
    read(pasted(text), POLICE, ASKED)
    read(pasted(text), POLICE, None)
