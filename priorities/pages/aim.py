"""One aim: what it wants, how its priorities stand, what is being done, and whose strategies it serves."""

from __future__ import annotations

from dataclasses import dataclass

from priorities.models import Strategy
from priorities.pages.aims import AimSection
from priorities.pages.plan import PlanPage


@dataclass(frozen=True, slots=True)
class ServedLine:
    """A strategy with those of its priorities that the aim serves."""

    strategy: Strategy
    titles: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AimPage:
    plan: PlanPage
    section: AimSection
    served: tuple[ServedLine, ...]


def aim_page(page: PlanPage, slug: str) -> AimPage | None:
    """Of an aim of the plan that a page is about; None where it has no such aim. No query."""
    section = page.section(slug)
    if section is None:
        return None
    served = []
    for strategy in page.strategies:
        titles = tuple(each.title for each in strategy.priorities.all() if section.aim in each.aims.all())
        if titles:
            served.append(ServedLine(strategy, titles))
    return AimPage(page, section, tuple(served))
