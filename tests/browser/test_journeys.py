"""What people do, in the browser that they do it with."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import sign_in


def test_a_resident_reads_the_year_and_asks_about_cycles(page: Page, no_complaints: list[str]) -> None:
    page.goto("/")
    page.get_by_role("link", name="St Albans Community Safety Partnership").click()
    expect(page).to_have_url(re.compile("/st-albans/$"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Performance in 2007/08")
    expect(page.get_by_text("Seven of the ten targets were met")).to_be_visible()
    page.get_by_role("table").get_by_role("link", name="Theft of cycle", exact=True).click()
    expect(page.get_by_text("186 thefts of cycle against a target of 131")).to_be_visible()
    page.get_by_role("navigation", name="Breadcrumb").get_by_role("link", name="Performance").click()
    expect(page).to_have_url(re.compile("/st-albans/$"))


def test_a_period_is_chosen_and_stays_in_the_address(page: Page, no_complaints: list[str]) -> None:
    page.goto("/st-albans/2006-07/")
    page.get_by_role("link", name="the latest figures, for 2007/08").click()
    expect(page).to_have_url(re.compile("/st-albans/$"))
    page.go_back()
    page.locator("summary", has_text="Choose another period").click()
    page.get_by_role("link", name="Whole year").click()
    expect(page).to_have_url(re.compile("/st-albans/2007-08/$"))


@pytest.mark.parametrize("address", ["/st-albans/2007-08/", "/st-albans/categories/theft-of-cycle/"])
def test_a_chart_is_explored_under_the_strict_policy(page: Page, no_complaints: list[str], address: str) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    expect(page.locator("figure svg[role=img]")).to_be_visible()
    assert not any("plotly" in url for url in asked)
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.locator(".js-plotly-plot .bars path").first).to_be_visible()
    expect(page.get_by_role("status")).to_have_text(re.compile("can be explored now"))
    expect(page.locator("figure svg[role=img]")).to_be_hidden()
    offered = page.locator(".modebar-btn").evaluate_all("all => all.map(each => each.dataset.title)")
    assert offered == ["Save as a picture", "Zoom in", "Zoom out", "Move about", "Show all"]
    with page.expect_download() as download:
        page.locator("[data-title='Save as a picture']").click()
    assert download.value.suggested_filename.endswith(".png")
    page.get_by_role("button", name="Back to the simple chart").click()
    expect(page.locator("figure svg[role=img]")).to_be_visible()


def test_a_chart_that_does_not_arrive_leaves_the_drawing(page: Page) -> None:
    page.route("**/chart/", lambda route: route.abort())
    page.goto("/st-albans/2007-08/")
    page.get_by_role("button", name="Explore this chart").click()
    expect(page.get_by_role("status")).to_have_text(re.compile("The chart above shows the same"))
    expect(page.locator("figure svg[role=img]")).to_be_visible()


@pytest.mark.parametrize(
    "address", ["/st-albans/2007-08/", "/st-albans/categories/theft-of-cycle/", "/st-albans/plan/"]
)
def test_without_script_nothing_is_missing(browser: Browser, base_url: str, address: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    page.goto(address)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_role("button", name="Explore this chart")).to_have_count(0)
    for drawing in page.locator("svg[role=img]").all():
        expect(drawing).to_be_visible()
    context.close()


def test_signing_in_without_script(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    sign_in(page, "administrator")
    context.close()


def test_an_officer_signs_in_and_out(page: Page, no_complaints: list[str]) -> None:
    page.goto("/st-albans/plan/")
    page.get_by_role("link", name="Sign in", exact=True).click()
    page.get_by_label("User name or e-mail address").fill("officer")
    page.get_by_label("Password", exact=True).fill("three words together")
    page.get_by_role("button", name="Show password").click()
    expect(page.get_by_label("Password", exact=True)).to_have_attribute("type", "text")
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page).to_have_url(re.compile("/st-albans/plan/$"))
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_visible()


def test_on_paper_there_is_no_navigation_and_every_number(page: Page) -> None:
    page.goto("/st-albans/2007-08/")
    page.emulate_media(media="print")
    expect(page.get_by_role("navigation", name="Pages")).to_be_hidden()
    expect(page.get_by_role("link", name="Sign in", exact=True)).to_be_hidden()
    expect(page.get_by_role("cell", name="5,307")).to_be_visible()
    expect(page.locator("figure svg[role=img]")).to_be_visible()


def test_in_forced_colours_the_drawings_stay_visible(browser: Browser, base_url: str) -> None:
    context = browser.new_context(forced_colors="active", base_url=base_url)
    page = context.new_page()
    page.goto("/st-albans/2007-08/")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    outline = page.locator("figure svg[role=img] .chart-met").first.evaluate("each => getComputedStyle(each).stroke")
    assert outline not in ("none", ground)
    for mark in (".chart-missed", ".chart-label"):
        assert (
            page.locator(f"figure svg[role=img] {mark}").first.evaluate("each => getComputedStyle(each).fill") != ground
        )
    context.close()
