"""Every promise of the published plan can be seen where docs/plan-coverage.md says."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from performance.models import Partnership
from tests.pages import Page, words

TABLE = Path(__file__).resolve().parent.parent / "docs" / "plan-coverage.md"
ROWS = [
    [cell.strip() for cell in line.strip("|").split("|")]
    for line in TABLE.read_text().splitlines()
    if re.match(r"\| (?!the plan says|---)", line)
]


def test_the_table_is_long_enough_to_be_the_plan() -> None:
    assert len(ROWS) >= 50
    assert all(len(row) == 4 for row in ROWS)


@pytest.mark.parametrize("address", sorted({row[2].strip("`") for row in ROWS}))
def test_each_promise_is_where_the_table_says(st_albans: Partnership, client: Client, address: str) -> None:
    answer = client.get(address)
    assert answer.status_code == 200
    text = words(Page(answer.content.decode()).soup)
    missing = [row[3] for row in ROWS if row[2].strip("`") == address and row[3] not in text]
    assert missing == []
