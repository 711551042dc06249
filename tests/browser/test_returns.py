"""Returns in the browser: the officer's and the partner's journeys, by keyboard alone; saving by itself; pasting."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import violations

RETURN = "/st-albans/returns/2008-09/q1/"
CATEGORIES = 10


def tab_to(page: Page, name: str, tag: str = "") -> None:
    """Press Tab until what is named has the focus."""
    for _ in range(150):
        page.keyboard.press("Tab")
        found = page.evaluate(
            "() => { const e = document.activeElement; const l = e.labels?.[0]?.textContent ?? '';"
            "return [e.tagName.toLowerCase(), (e.getAttribute('aria-label') || l || e.textContent || '').trim()] }"
        )
        if re.sub(r"\s+", " ", found[1]).startswith(name) and tag in ("", found[0]):
            return
    raise AssertionError(f"Tab never came to {name}")


def press(page: Page, name: str, key: str = "Enter", tag: str = "") -> None:
    """Tab to something and press it; a link or a button has led somewhere when this returns."""
    tab_to(page, name, tag)
    if key == "Enter":
        with page.expect_navigation():
            page.keyboard.press(key)
    else:
        page.keyboard.press(key)


def focus_first_box(page: Page) -> None:
    tab_to(page, "Theft of vehicle", "input")


def saved(page: Page) -> None:
    expect(page.locator("[data-status]")).to_have_text(re.compile(r"^Saved at \d\d:\d\d\.$"))


@pytest.fixture
def second(browser: Browser, base_url: str) -> Iterator[Page]:
    """Another person's browser."""
    context = browser.new_context(base_url=base_url)
    yield context.new_page()
    context.close()


def test_the_whole_life_of_a_return_by_keyboard(page: Page, second: Page, no_complaints: list[str]) -> None:
    """The officer enters 2008/09 Q1 and hands it in, the administrator publishes it, a resident reads it."""
    sign_in(page, "officer")
    page.goto("/st-albans/")
    press(page, "Returns", tag="a")
    press(page, "April to June 2008", tag="a")
    expect(page.get_by_role("heading", level=1)).to_have_text("Enter this quarter’s figures")
    focus_first_box(page)
    for number in range(CATEGORIES - 1):
        page.keyboard.type(f"{number + 1},000" if number == 1 else str(20 + number))
        page.keyboard.press("Enter")
    expect(page.locator("[data-sum]")).to_have_text("2,195 [partial]")
    page.keyboard.type("n/a")
    expect(page.locator("#said-criminal-damage")).to_contain_text("“n/a” is not a number")
    expect(page.locator("[data-status]")).to_contain_text("One figure is not saved: see beside it.")
    page.keyboard.press("Tab")
    page.keyboard.type("Not yet")
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Control+a")
    page.keyboard.press("Delete")
    saved(page)
    press(page, "Check and hand in", tag="button")
    expect(page.get_by_role("heading", level=1)).to_have_text("Hand in the return")
    expect(page.get_by_text("Not yet available; supplied by Hertfordshire Constabulary")).to_be_visible()
    # 1,000 in a quarter is more than the whole of the year before: it was asked about.
    press(page, "I have checked the odd figures", "Space", "input")
    press(page, "Hand it in without them", "Space", "input")
    press(page, "Hand in", tag="button")
    expect(page.get_by_text("The return is handed in.")).to_be_visible()
    expect(page.locator(".app-tag")).to_have_text("Submitted")

    sign_in(second, "administrator")
    second.goto(RETURN)
    press(second, "Publish", tag="a")
    second.get_by_label("On which day were the figures true?").fill("2008-07-31")
    press(second, "Publish the figures", tag="button")
    expect(second.get_by_text("The figures are published.")).to_be_visible()
    press(second, "Revise Robbery", tag="a")
    tab_to(second, "New figure", "input")
    second.keyboard.press("Control+a")
    second.keyboard.type("27")
    tab_to(second, "Why is the figure revised?", "textarea")
    second.keyboard.type("One was cancelled")
    press(second, "Revise the figure", tag="button")
    expect(second.get_by_text("Robbery is revised.")).to_be_visible()

    page.goto("/accounts/logout/")
    page.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.goto("/st-albans/2008-09/q1/")
    row = page.get_by_role("row").filter(has_text="Robbery")
    expect(row.get_by_role("cell").first).to_contain_text("27 [p] [r]")
    press(page, "Revised: history of Robbery", tag="a")
    expect(page.get_by_role("cell", name="One was cancelled")).to_be_visible()


def test_a_partner_supplies_its_own_figures_by_keyboard(page: Page, no_complaints: list[str]) -> None:
    sign_in(page, "partner")
    page.goto("/st-albans/")
    press(page, "Returns", tag="a")
    expect(page.get_by_text("Figures from your agency are missing in")).to_be_visible()
    press(page, "July to September 2008", tag="a")
    focus_first_box(page)
    page.keyboard.type("77")
    page.keyboard.press("ArrowDown")
    page.keyboard.type("288")
    page.keyboard.press("ArrowUp")
    assert page.evaluate("document.activeElement.value") == "77"
    saved(page)
    press(page, "Save figures", tag="button")
    expect(page.locator(".govuk-notification-banner")).to_contain_text("Nothing had changed.")
    expect(page.locator("#count-theft-from-vehicle")).to_have_value("288")
    expect(page.get_by_role("button", name="Check and hand in")).to_have_count(0)


def test_a_partner_of_two_enters_only_its_own(page: Page) -> None:
    sign_in(page, "partner")
    page.goto("/demonstration/returns/2008-09/q2/")
    expect(page.get_by_role("heading", name="The figures that your agency supplies")).to_be_visible()
    expect(page.locator("#count-robbery")).to_be_visible()
    expect(page.locator("#count-criminal-damage")).to_have_count(0)


def test_without_script_the_same_form_works(browser: Browser, base_url: str) -> None:
    context = browser.new_context(java_script_enabled=False, base_url=base_url)
    page = context.new_page()
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2008-09/q3/")
    page.get_by_label("Robbery", exact=True).fill(" 1,021 ")
    page.get_by_label("Wounding", exact=True).fill("12.5")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_role("link", name="Wounding: “12.5” is not a whole number.")).to_be_visible()
    expect(page.get_by_label("Robbery", exact=True)).to_have_value("1,021")
    page.get_by_label("Wounding", exact=True).fill("12")
    page.get_by_role("button", name="Save draft").click()
    expect(page.get_by_text("1 figure saved.")).to_be_visible()
    context.close()


def paste(page: Page, box: str, text: str) -> None:
    page.locator(box).focus()
    page.evaluate(
        """text => {
            const data = new DataTransfer();
            data.setData("text/plain", text);
            const options = { clipboardData: data, bubbles: true, cancelable: true };
            document.activeElement.dispatchEvent(new ClipboardEvent("paste", options));
        }""",
        text,
    )


def test_a_column_without_names_is_asked_about_before_it_is_put_in(page: Page, no_complaints: list[str]) -> None:
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2008-09/q4/")
    paste(page, "#count-common-assault", "\r\n".join(str(number) for number in range(301, 311)))
    page.get_by_role("heading", name="Check what was read").wait_for()
    page.get_by_role("button", name="Yes, they are in this order").click()
    page.get_by_role("button", name="Put these 10 figures into the return").click()
    expect(page.locator("#count-theft-of-vehicle")).to_have_value("301")
    expect(page.locator("#count-criminal-damage")).to_have_value("310")


def test_a_block_with_names_finds_its_rows_and_what_was_typed_before_is_kept(page: Page) -> None:
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2009-10/q1/")
    page.locator("#count-wounding").fill("123")
    paste(page, "#count-theft-of-vehicle", "Crime\tApr–Jun\nrobbery\t21\nTheft of cycle\t57\tTwo late\nArson\t3")
    expect(page.get_by_text("2 figures are ready to go in: 2 new.")).to_be_visible()
    expect(page.get_by_text("Where does the 3 of “Arson” go?").first).to_be_visible()
    page.get_by_role("button", name="Put these 2 figures into the return").click()
    expect(page.locator("#count-robbery")).to_have_value("21")
    expect(page.locator("[name=theft-of-cycle-note]")).to_have_value("Two late")
    expect(page.locator("#count-wounding")).to_have_value("123")


def test_what_is_not_saved_stays_said_when_another_figure_is_saved(page: Page) -> None:
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2009-10/q2/")
    page.locator("#count-robbery").fill("twelve")
    page.keyboard.press("Enter")
    expect(page.locator("[data-status]")).to_contain_text("One figure is not saved")
    page.locator("#count-wounding").fill("123")
    page.keyboard.press("Enter")
    expect(page.locator("[data-saved]")).to_contain_text("by you")
    expect(page.locator("[data-attention]")).to_contain_text("9 figures are missing")
    expect(page.locator("[data-status]")).to_contain_text("One figure is not saved")


def test_what_two_people_type_is_kept_or_shown_to_both(page: Page, second: Page, no_complaints: list[str]) -> None:
    address = "/st-albans/returns/2009-10/q2/"
    for each, name in ((page, "officer"), (second, "administrator")):
        sign_in(each, name)
        each.goto(address)
    page.locator("#count-robbery").fill("98")
    saved(page)
    second.locator("#count-wounding").fill("12")
    saved(second)
    second.locator("#count-robbery").fill("101")
    expect(second.locator("#said-robbery")).to_contain_text("officer saved another figure meanwhile")
    second.get_by_role("button", name="Save draft").click()
    expect(second.get_by_text("Mine: 101")).to_be_visible()
    second.get_by_label("officer’s: 98").check()
    expect(second.locator("#count-robbery")).to_have_value("98")
    expect(second.locator("#count-wounding")).to_have_value("12")


def test_a_save_whose_answer_is_lost_is_sent_again_and_done_once(page: Page) -> None:
    sign_in(page, "officer")
    address = "/st-albans/returns/2009-10/q3/"
    page.goto(address)
    page.clock.install()
    tokens: list[str] = []

    def lose_the_first(route, request) -> None:  # type: ignore[no-untyped-def]
        if request.method != "POST":
            route.continue_()
            return
        tokens.append(re.findall(r'name="token"\r\n\r\n(\w+)', request.post_data)[0])
        if len(tokens) == 1:
            route.fetch()  # it arrives and is done; its answer is not
            route.abort()
        else:
            route.continue_()

    page.route(f"**{address}", lose_the_first)
    page.locator("#count-robbery").fill("21")
    page.clock.run_for(2_000)
    expect(page.locator("[data-status]")).to_contain_text("the server cannot be reached. It is tried again")
    page.clock.run_for(9_000)
    saved(page)
    assert len(tokens) == 2
    assert tokens[0] == tokens[1]
    page.locator("#count-robbery").fill("22")
    page.clock.run_for(2_000)
    saved(page)
    page.goto("/st-albans/history/?period=2009-10/q3&category=robbery")
    assert page.locator("main tbody tr").count() == 2


def test_who_is_signed_out_meanwhile_loses_nothing(page: Page, browser: Browser, base_url: str) -> None:
    """Signing in again in another window is enough: the page goes on by itself."""
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2010-11/q3/")
    other = page.context.new_page()
    other.goto("/accounts/logout/")
    other.get_by_role("main").get_by_role("button", name="Sign out").click()
    page.locator("#count-robbery").fill("21")
    expect(page.locator("[data-status]")).to_contain_text("you are signed out")
    sign_in(other, "officer")
    expect(page.locator("[data-status]")).to_have_text(re.compile("^Saved at"), timeout=15_000)
    page.reload()
    expect(page.locator("#count-robbery")).to_have_value("21")


def test_a_choice_between_two_figures_is_saved_by_itself_and_can_be_changed(page: Page, second: Page) -> None:
    address = "/st-albans/returns/2010-11/q4/"
    for each, name in ((page, "officer"), (second, "administrator")):
        sign_in(each, name)
        each.goto(address)
    page.locator("#count-robbery").fill("98")
    saved(page)
    second.locator("#count-robbery").fill("101")
    expect(second.locator("#said-robbery")).to_contain_text("officer saved another figure meanwhile")
    second.get_by_role("button", name="Save draft").click()
    second.get_by_label("officer’s: 98").check()
    expect(second.locator("[data-conflict]")).to_have_count(0)
    expect(second.locator("#count-robbery")).to_have_value("98")
    second.locator("#count-robbery").fill("57")
    saved(second)
    expect(second.locator("#said-robbery")).to_be_empty()
    page.locator("#count-robbery").fill("97")
    page.locator("#count-robbery").fill("98")
    expect(page.locator("#count-robbery")).to_have_value("57")


def test_leaving_with_unsaved_figures_asks(page: Page) -> None:
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2009-10/q4/")
    asked: list[str] = []

    def stay(dialog) -> None:  # type: ignore[no-untyped-def]
        asked.append(dialog.type)
        dialog.accept()

    page.on("dialog", stay)
    page.locator("#count-robbery").click()
    page.keyboard.type("x")
    page.get_by_role("link", name="Plan", exact=True).click()
    page.wait_for_url("**/plan/")
    assert asked == ["beforeunload"]


def test_an_odd_figure_asks_and_is_answered(page: Page) -> None:
    sign_in(page, "officer")
    page.goto("/demonstration/returns/2008-09/q2/")
    page.locator("#count-criminal-damage").fill("4,000")
    expect(page.locator("#said-criminal-damage .app-question")).to_contain_text("Is 4,000 right?")
    page.locator("[data-confirmed=criminal-damage] input").check()
    expect(page.locator("#said-criminal-damage .app-question")).to_have_count(0)
    saved(page)


def test_a_target_follows_its_percentage_while_it_is_typed(page: Page, no_complaints: list[str]) -> None:
    sign_in(page, "administrator")
    page.goto("/st-albans/targets/2008-09/")
    page.get_by_label("Wounding: reduction in per cent").fill("−25")
    expect(page.get_by_label("Wounding", exact=True)).to_have_value("698")
    expect(page.locator("[data-rounding]")).to_have_text("558 less −25% is 697.5, so 698.")
    page.get_by_label("Robbery", exact=True).fill("80")
    expect(page.get_by_label("Robbery: reduction in per cent")).to_have_value("23.1")
    page.locator("tr", has_text="Wounding").locator("summary").click()
    page.locator("[name=wounding-note]").fill("Counted differently")
    page.locator("[name=wounding-basis]").fill("25% above the baseline")
    page.get_by_label("Why do they change?").fill("Agreed for the new year")
    page.get_by_role("button", name="Save baselines and targets").click()
    expect(page.get_by_text("2 categories are set for 2008/09.")).to_be_visible()


PAGES = [
    "/st-albans/returns/",
    "/st-albans/returns/2010-11/q1/",
    "/st-albans/returns/2007-08/",
    "/st-albans/returns/2007-08/revise/robbery/",
    "/demonstration/returns/",
    "/demonstration/returns/2008-09/q2/submit/",
    "/demonstration/returns/2008-09/q1/finalise/",
    "/st-albans/returns/2010-11/q1/remind/",
    "/st-albans/returns/reminders/",
    "/st-albans/history/",
    "/st-albans/targets/2008-09/",
    "/demonstration/2008-09/q1/",
    "/demonstration/2007-08/",
    "/demonstration/categories/wounding/",
    "/demonstration/categories/theft-of-cycle/history/",
]


@pytest.mark.parametrize("address", PAGES)
def test_no_violations_and_no_sideways_scrolling(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "administrator")
    answer = page.goto(address)
    assert answer is not None
    assert answer.status == 200
    assert page.url.endswith(address), "the page that was asked for, not one that it leads to"
    for summary in page.locator("summary").all():
        summary.click()
    assert violations(page) == []
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


def test_no_violations_in_a_grid_with_errors_questions_and_a_preview(at_both_widths: BrowserContext) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "officer")
    page.goto("/st-albans/returns/2010-11/q2/")
    page.locator("#count-robbery").fill("twelve")
    page.get_by_role("button", name="Save draft").click()
    page.get_by_role("heading", name="There is a problem").wait_for()
    assert violations(page) == []
    page.goto("/st-albans/returns/2010-11/q2/paste/")
    assert violations(page) == []
    page.get_by_label("Paste the rows here").fill(
        "Offence\tQ1 2010/11\tQ2 2010/11\nRobbery\t20\t17\nArson\t3\t4\nWounding\t9\t-"
    )
    page.get_by_role("button", name="Check what was pasted").click()
    page.get_by_role("heading", name="Check what was read").wait_for()
    assert violations(page) == []
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]
