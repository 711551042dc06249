"""The quarters of recorded crime in Hertfordshire, worked out from what the Home Office has published.

Published are totals of twelve months, each quarter anew, and the quarters of 2011/12 by district. The difference of two
totals that follow each other is that of a quarter from the same quarter of the year before; with the quarters of one
year all others follow.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

from performance.calculations.history import History
from performance.calculations.periods import FinancialYear, Quarter

KNOWN_YEAR, LAST_YEAR = FinancialYear(2011), FinancialYear(2016)
"""The year whose quarters are published, and the last before burglaries were counted as residential or not."""
CODES = {
    "Domestic burglary": ("28A", "28B", "28C", "28D", "29"),
    "Non-domestic burglary": ("30A", "30B", "31"),
    "Robbery": ("34A", "34B"),
    "Theft from the person": ("39",),
}
_QUARTER_OF_MONTH = {"06": 1, "09": 2, "12": 3, "03": 4}


def histories_from(totals: Path, known_quarters: Path) -> dict[str, History]:
    """The longest unbroken stretch of each offence; both files as the Home Office lays them out."""
    rolling = _rolling_totals(totals)
    known = _known_quarters(known_quarters)
    return {name: _carried_on(rolling[name], known[name]) for name in CODES if rolling.get(name)}


def _rolling_totals(path: Path) -> dict[str, dict[Quarter, int]]:
    found: dict[str, dict[Quarter, int]] = defaultdict(dict)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for row in csv.DictReader(file):
            _, month, year = row["12 months ending"].split("-")
            number = _QUARTER_OF_MONTH[month]
            quarter = Quarter(FinancialYear(int(year) - (number == 4)), number)
            found[row["Offence"]][quarter] = int(row["Rolling year total number of offences"])
    return found


def _known_quarters(path: Path) -> dict[str, list[int]]:
    found = {name: [0, 0, 0, 0] for name in CODES}
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    seen: dict[tuple[str, str], int] = defaultdict(int)
    for row in rows:
        place = (row["CSP Name"], row["Offence Code"])
        for name, codes in CODES.items():
            if row["Offence Code"] in codes:
                found[name][seen[place]] += int(row["Number of Offences"])
        seen[place] += 1
    return found


def _carried_on(rolling: dict[Quarter, int], known: list[int]) -> History:
    counts = dict(zip(KNOWN_YEAR.quarters, known, strict=True))
    quarter = KNOWN_YEAR.quarters[3] + 1
    while quarter.year <= LAST_YEAR and quarter in rolling and quarter - 1 in rolling:
        counts[quarter] = counts[quarter - 4] + rolling[quarter] - rolling[quarter - 1]
        quarter += 1
    quarter = KNOWN_YEAR.quarters[0] - 1
    while quarter + 4 in rolling and quarter + 3 in rolling:
        counts[quarter] = counts[quarter + 4] - (rolling[quarter + 4] - rolling[quarter + 3])
        quarter -= 1
    return History(min(counts), tuple(counts[each] for each in sorted(counts)))
