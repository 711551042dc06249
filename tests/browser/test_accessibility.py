"""WCAG 2.2 AA and the scanner's best practices, on every page, at both widths; and what no scanner sees."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.template.loader import render_to_string
from playwright.sync_api import BrowserContext, Page

from tests.browser.conftest import sign_in
from tests.pages import PAGES

QUARTERS = [
    "/demonstration/2008-09/q1/",
    "/demonstration/2007-08/q4/",
    "/demonstration/categories/domestic-burglary/2008-09/q1/",
    "/demonstration/categories/all-bcs-crimes/2008-09/q1/",
    "/demonstration/compare/",
]
"""Pages that are full only where quarters are held; their database is that of the demonstration."""
SIGNED_IN = [
    "/",
    "/demonstration/2008-09/q1/",
    "/demonstration/returns/2008-09/q2/",
    "/st-albans/returns/upload/",
    "/st-albans/2007-08/",
    "/st-albans/categories/robbery/",
    "/st-albans/plan/",
    "/st-albans/agencies/",
    "/accounts/password/change/",
    "/accounts/logout/",
]
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],  # what is fine is not listed in full, which takes most of the time
}


def violations(page: Page) -> list[str]:
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{each['id']}: {node['html'][:120]}" for each in found for node in each["nodes"]]


@pytest.mark.parametrize("address", [*PAGES, *QUARTERS])
def test_no_violations(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    page.goto(address)
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []


@pytest.mark.parametrize("address", SIGNED_IN)
def test_no_violations_when_signed_in(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "officer")
    page.goto(address)
    assert violations(page) == []


def test_no_violations_in_a_form_with_errors(at_both_widths: BrowserContext) -> None:
    page = at_both_widths.new_page()
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("template", ["400", "403", "500", "503", "csrf"])
def test_no_violations_on_the_error_pages(at_both_widths: BrowserContext, template: str) -> None:
    """As the handlers draw them, served in the place of a page that we have no decent way to break."""
    page = at_both_widths.new_page()
    drawn = render_to_string(f"errors/{template}.html")
    page.route("**/broken/", lambda route: route.fulfill(body=drawn, content_type="text/html; charset=utf-8"))
    page.goto("/broken/")
    assert page.get_by_role("heading", level=1).count() == 1
    assert violations(page) == []


def test_no_violations_in_a_chart_that_is_explored(at_both_widths: BrowserContext) -> None:
    page = at_both_widths.new_page()
    page.goto("/st-albans/2007-08/")
    page.get_by_role("button", name="Explore this chart").click()
    page.locator(".js-plotly-plot .bars path").first.wait_for()
    assert violations(page) == []


@pytest.mark.parametrize("address", [*PAGES, *QUARTERS, "/"])
def test_no_page_scrolls_sideways(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    page.goto(address)
    width = page.evaluate("document.documentElement.scrollWidth")
    assert page.viewport_size is not None
    assert width <= page.viewport_size["width"]


@pytest.mark.parametrize("address", PAGES)
def test_the_keyboard_reaches_everything_and_shows_where_it_is(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    page.goto(address)
    targets = page.locator("a:visible, button:visible, input:visible, summary:visible").count()
    reached = set()
    for _ in range(targets + 15):
        page.keyboard.press("Tab")
        where = page.evaluate(
            """() => {
                const focused = document.activeElement;
                if (focused === document.body) return null;
                const style = getComputedStyle(focused), label = focused.labels?.[0];
                const marked = label ? getComputedStyle(label, "::before") : style;
                const shown = [style, marked].some(s =>
                    s.boxShadow !== "none" || (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0));
                return { shown, html: focused.outerHTML.slice(0, 160) };
            }"""
        )
        if where is not None:
            assert where["shown"], where["html"]
            reached.add(where["html"])
    unreached = [
        html
        for html in page.locator("a:visible, button:visible, input:visible, summary:visible").evaluate_all(
            "all => all.map(each => each.outerHTML.slice(0, 160))"
        )
        if html not in reached
    ]
    assert unreached == []


@pytest.mark.parametrize("width", [320, 480, 640, 768, 853, 992, 1024, 1100])
@pytest.mark.parametrize("address", ["/st-albans/2007-08/", "/st-albans/categories/wounding/", "/st-albans/plan/"])
def test_no_page_scrolls_sideways_between_the_widths(page: Page, address: str, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    page.goto(address)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_focus_in_the_header_is_seen(page: Page) -> None:
    """The scanner does not look at focus: dark letters need a light ground."""
    page.goto("/st-albans/")
    for link in page.locator("header a").all():
        link.focus()
        assert link.evaluate("each => getComputedStyle(each).backgroundColor") == "rgb(255, 221, 0)"


def test_the_skip_link_is_first_and_leads_to_the_content(page: Page) -> None:
    page.goto("/st-albans/")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.textContent") == "Skip to main content"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.querySelector('main').contains(document.activeElement)")


def test_an_error_takes_the_reader_to_its_field(page: Page) -> None:
    page.goto("/accounts/login/")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_role("link", name="Enter your password").click()
    assert page.evaluate("document.activeElement.id") == "id_password"
