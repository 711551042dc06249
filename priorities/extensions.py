"""What the plan adds to the pages of the figures: what is being done about them, and the years of its returns."""

from __future__ import annotations

from typing import Any

from performance.access import Standing
from performance.extensions import Extension, ask_for_returns, extend
from performance.pages.category import CategoryPage
from performance.pages.category_quarter import CategoryQuarterPage
from performance.pages.dashboard import Dashboard
from performance.pages.quarter import QuarterPage
from priorities.pages.actions_on_figures import (
    actions_on_category,
    actions_on_missed_targets,
    explained_in,
    may_explain,
    works_on,
)
from priorities.queries import plan_years


def _on_dashboard(page: Dashboard, standing: Standing) -> dict[str, Any]:
    return {"actions_on_figures": actions_on_missed_targets(page, standing.seen_on)}


def _on_category(page: CategoryPage, standing: Standing) -> dict[str, Any]:
    return {"actions_on_figures": actions_on_category(page, standing.seen_on)}


def _on_category_quarter(page: CategoryQuarterPage, standing: Standing) -> dict[str, Any]:
    return {"works": works_on(page, standing.seen_on), "may_explain": may_explain(page, standing)}


def _on_quarter(page: QuarterPage, standing: Standing) -> dict[str, Any]:
    return {"explained": explained_in(page, standing)}


def register() -> None:
    """Called once, when the application is ready."""
    extend("performance/dashboard.html", Extension("priorities/dashboard.html", _on_dashboard))
    extend("performance/quarter.html", Extension("priorities/quarter.html", _on_quarter))
    extend("performance/category.html", Extension("priorities/category.html", _on_category))
    extend(
        "performance/category_quarter.html",
        Extension("priorities/category_quarter.html", _on_category_quarter),
    )
    ask_for_returns(plan_years)
