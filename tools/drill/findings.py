"""What a drill found, and how it is told."""

from __future__ import annotations

from typing import NamedTuple


class Finding(NamedTuple):
    """What a drill counted, and whether that is as it must be."""

    drill: str
    counted: str
    is_right: bool


def tell(found: Finding, seconds: float) -> None:
    print(f"{'ok  ' if found.is_right else 'FAULT'} {found.drill}: {found.counted} ({seconds:.0f} s)", flush=True)
