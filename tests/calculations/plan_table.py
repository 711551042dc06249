"""The published plan's table, typed from the plan and from nothing else: the first test of every calculation."""

from __future__ import annotations

from typing import NamedTuple


class PlanRow(NamedTuple):
    name: str
    baseline: int
    target: int
    actual: int
    printed: str
    """The column "% Reduction (vs Baseline)", with a real minus."""
    met: bool


ROWS = [
    PlanRow("Theft of vehicle", 529, 397, 297, "44%", True),
    PlanRow("Theft from vehicle", 2049, 1229, 1148, "44%", True),
    PlanRow("Vehicle interference", 101, 76, 73, "28%", True),
    PlanRow("Domestic burglary", 688, 605, 515, "25%", True),
    PlanRow("Theft of cycle", 146, 131, 186, "−27%", False),
    PlanRow("Theft from person", 309, 278, 266, "14%", True),
    PlanRow("Common assault", 549, 384, 401, "27%", False),
    PlanRow("Wounding", 558, 698, 444, "20%", True),
    PlanRow("Robbery", 104, 88, 79, "24%", True),
    PlanRow("Criminal damage", 2039, 1876, 1898, "7%", False),
]
TOTAL = PlanRow("All BCS crimes", 7072, 5762, 5307, "25%", True)
