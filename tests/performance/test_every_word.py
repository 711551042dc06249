"""Random partnerships, every page of each read as a reader does: no two places say different things of one thing.

Fifty are walked with the tests; `make drill` walks two thousand (PARTNERSHIPS_TO_WALK=2000).
"""

from __future__ import annotations

import json
import os
import re
from collections import defaultdict
from collections.abc import Iterator
from fractions import Fraction
from math import sqrt
from typing import Any

import pytest
from django.test import Client

from performance.calculations.change import rounded
from tests.pages import Page
from tests.performance.random_partnership import YEARS, Made, make_partnership_of_chance

MOST = int(os.environ.get("PARTNERSHIPS_TO_WALK", "50"))
FIRST = int(os.environ.get("FIRST_TO_WALK", "0"))

_HYPHEN = re.compile(r"(?<![\w/–-])-\d")
_NUMBER = r"(−?\d{1,3}(?:,\d{3})*)"
_MOVED = re.compile(r"\b(fell|rose|down|up)\b")
_FROM_TO = re.compile(rf"from {_NUMBER} to {_NUMBER}")
_AGAINST = re.compile(rf"{_NUMBER} against {_NUMBER}")
_PER_CENT = re.compile(r"(?<![\d.,])(0|100)%")
_MARK = re.compile(r"\[(x|z|c)\]")
LEAST = 1.8
"""|z| without any dispersion: what is clear with one of at least 1 is beyond this, the exact test's edge included."""


class Walk:
    """The pages of one partnership, and what each says of which figure."""

    def __init__(self, client: Client, made: Made) -> None:
        self.client, self.made = client, made
        self.said: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
        self.root = f"/{made.partnership.slug}/"

    def get(self, address: str) -> Page | None:
        response = self.client.get(address)
        assert response.status_code in (200, 404), f"{address} answered {response.status_code}"
        return Page(response.content.decode()) if response.status_code == 200 else None

    def tell(self, category: str, what: str, where: str, value: str) -> None:
        self.said[category, what][where] = value

    def pages(self) -> Iterator[tuple[str, Page]]:
        addresses = [self.root, f"{self.root}agencies/"]
        addresses += [f"{self.root}{year.slug}/" for year in YEARS]
        addresses += [f"{self.root}{quarter.slug}/" for quarter in self.made.quarters]
        for category in (self.made.total, *self.made.leaves):
            here = f"{self.root}categories/{category.slug}/"
            addresses += [here, f"{here}history/"]
        for address in addresses:
            page = self.get(address)
            if page is not None:
                yield address, page

    def figure(self, page: Page) -> dict[str, Any] | None:
        """The plotly figure behind a page's chart, if it has one."""
        button = page.soup.select_one("[data-figure]")
        return json.loads(self.client.get(str(button["data-figure"])).content) if button else None


def number(text: str) -> int:
    return int(text.replace(",", "").replace("−", "-"))


def strength(before: int, after: int) -> float:
    return abs(2 * (sqrt(after) - sqrt(before)) / sqrt(2)) if min(before, after) >= 0 else 0.0


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("seed", range(FIRST, FIRST + MOST))
def test_no_two_places_say_different_things(client: Client, seed: int) -> None:
    walk = Walk(client, make_partnership_of_chance(seed))
    for address, page in walk.pages():
        _reads_well(address, page, walk.made)
        _tables(address, page, walk)
        _charts(address, page, walk)
    for (category, what), places in walk.said.items():
        assert len(set(places.values())) == 1, f"{category}, {what}: {places}"


def _reads_well(address: str, page: Page, made: Made) -> None:
    text = page.text
    assert not _HYPHEN.search(text), (address, _HYPHEN.search(text))
    assert "−0" not in text, address
    for message in page.all(".app-lead, .app-verdict, figcaption h2, figcaption"):
        _is_no_chance(address, message)
    if made.has_incident and "House fires" in text:
        assert "crime types" not in text, address
        assert "Crime type " not in text, address


def _is_no_chance(address: str, message: str) -> None:
    """Of each sentence that says which way something went, with its counts, that chance does not explain them."""
    for sentence in re.split(r"(?<=[.;]) ", message):
        if not _MOVED.search(sentence) or "the target was" in sentence:
            continue
        found = _FROM_TO.search(sentence)
        counts = (number(found[1]), number(found[2])) if found else None
        if counts is None and (against := _AGAINST.search(sentence)) and "target" not in sentence:
            counts = (number(against[2]), number(against[1]))
        if counts is not None:
            assert strength(*counts) > LEAST, (address, sentence)
            said_up = bool(re.search(r"\b(rose|up)\b", sentence.split(", from")[0]))
            assert said_up is (counts[1] > counts[0]), (address, sentence)


def _tables(address: str, page: Page, walk: Walk) -> None:
    for cells in page.rows(".app-table--stacks:not(.app-table--quarter)"):
        _year_row(address, cells, walk)
    for cells in page.rows(".app-table--quarter"):
        if len(cells) >= 6:
            _quarter_row(address, cells, walk)
    here = re.search(r"categories/([^/]+)/$", address)
    if here:
        name = next(each.name for each in (walk.made.total, *walk.made.leaves) if each.slug == here[1])
        for cells in page.rows(".app-table--quarters"):
            _line_of_quarter(address, name, cells, walk)
        for cells in page.rows("main table:first-of-type:not(.app-table--quarters)"):
            if len(cells) == 5 and cells[1] == "Actual":
                walk.tell(name, cells[0], address, _count(cells[2]))


def _plain(cell: str) -> str:
    """A row's name without its notes, a cell without small words under it."""
    return re.sub(r" ?\[note \d+\]", "", cell).strip()


def _count(cell: str) -> str:
    found = re.match(rf"{_NUMBER}|\[\w+\]", cell)
    return found[0] + (" [partial]" if "[partial]" in cell else "") if found else cell


def _year_row(address: str, cells: list[str], walk: Walk) -> None:
    name, baseline, _, actual, reduction = _plain(cells[0]), *cells[1:5]
    year = re.search(r"/(\d{4})-(\d{2})/", address)
    if year:
        walk.tell(name, f"{year[1]}/{year[2]}", address, _count(actual))
    if _MARK.match(actual) or _MARK.match(baseline) or "[partial]" in actual + baseline:
        assert "%" not in reduction, (address, cells)
    counts = [re.fullmatch(_NUMBER, _count(each)) for each in (baseline, actual)]
    if all(counts) and "%" in reduction:
        before, after = (number(each[0]) for each in counts if each)
        _is_exact(address, reduction, before, after)
        is_small = 0 < before < 50 and before != after
        assert ("[u]" in reduction) is is_small, (address, cells)


def _is_exact(address: str, said: str, before: int, after: int) -> None:
    """A percentage in a cell is that of its counts, and 0% and 100% are said of nothing and of all alone."""
    if before <= 0:
        raise AssertionError((address, said, before, after))
    whole = rounded(Fraction(abs(before - after) * 100, before))
    if found := _PER_CENT.search(said.replace("less than ", "<").replace("more than ", ">")):
        exact = abs(before - after) * 100 == int(found[1]) * before
        assert exact or "than" in said, (address, said, before, after)
    elif "than" not in said and "." not in said:
        assert f"{whole:,f}%" in said, (address, said, before, after)


def _quarter_row(address: str, cells: list[str], walk: Walk) -> None:
    name, quarter, on_quarter, to_date, last_year, change = _plain(cells[0]), *cells[1:6]
    period = re.search(r"/(\d{4}-\d{2})/q(\d)/", address)
    if period:
        here = f"{period[1]} Q{period[2]}"
        walk.tell(name, here, address, _count(quarter))
        walk.tell(name, f"{here} on the year before", address, on_quarter)
        walk.tell(name, f"{here} to date", address, _count(to_date))
    if _MARK.match(to_date) or _MARK.match(last_year) or "[partial]" in to_date + last_year:
        assert "%" not in change, (address, cells)
    if _MARK.match(quarter) or "[partial]" in quarter:
        assert "%" not in on_quarter, (address, cells)
    counts = [re.fullmatch(_NUMBER, _count(each)) for each in (last_year, to_date)]
    # With a part that was not counted then, the change is that of the same parts, as the note says.
    if all(counts) and "%" in change and "[b]" not in change:
        before, after = (number(each[0]) for each in counts if each)
        _is_exact(address, change, before, after)
        assert ("Up" in change) is (after > before), (address, cells)


def _line_of_quarter(address: str, name: str, cells: list[str], walk: Walk) -> None:
    found = re.match(r"(\w+) to \w+ (\d{4}) \(Q(\d)\)", cells[0])
    assert found, cells
    start = int(found[2]) - (found[3] == "4")
    here = f"{start}-{(start + 1) % 100:02} Q{found[3]}"
    walk.tell(name, here, address, _count(cells[1]))
    walk.tell(name, f"{here} on the year before", address, cells[2])
    walk.tell(name, f"{here} to date", address, _count(cells[3]))


def _charts(address: str, page: Page, walk: Walk) -> None:
    for words in page.all("svg desc"):
        assert not _HYPHEN.search(words), (address, words)
        assert not re.search(r"(?<![\d.,])0%", words), (address, words)
    figure = walk.figure(page)
    if figure is None:
        return
    texts = json.dumps(figure, ensure_ascii=False)
    assert not re.search(r'"(text|customdata)": "?\[?"?-\d', texts), address
    here = re.search(r"categories/([^/]+)/$", address)
    if here and page.soup.select("svg.chart-course-of-years desc"):
        words = page.one("svg.chart-course-of-years desc")
        told = dict(re.findall(rf"(\d{{4}}/\d{{2}}): {_NUMBER}(?![,\d]*\d| \[)", words.split(" Target for")[0]))
        bars = figure["data"][0]
        drawn = {
            year: f"{count:,}".replace("-", "−")
            for year, count in zip(bars["x"], bars["y"], strict=True)
            if count is not None
        }
        assert told == drawn, (address, words)
    if page.soup.select("svg.chart-reductions desc"):
        told_of = page.one("svg.chart-reductions desc").rstrip(".")
        assert all(each in told_of for each in figure["data"][0]["customdata"]), address
