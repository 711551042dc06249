"""The plan, its work and its administrator in a real browser: an agency joins and is succeeded, work gets overdue, the
plan is renewed."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from tests.browser.conftest import sign_in
from tests.browser.test_accessibility import violations

READ = [
    "/st-albans/plan/aims/reducing-crime/",
    "/st-albans/plan/strategies/",
    "/st-albans/actions/",
    "/st-albans/actions/?status=overdue",
    "/st-albans/agencies/police/",
    "/st-albans/surveys/",
    "/demonstration/plan/",
    "/demonstration/actions/",
    "/demonstration/surveys/",
    "/demonstration/2007-08/",
    "/demonstration/categories/persistent-offenders/",
]
MANAGED = [
    "/st-albans/manage/",
    "/st-albans/manage/aims/",
    "/st-albans/manage/categories/",
    "/st-albans/manage/actions/add/",
    "/st-albans/manage/agencies/add/",
    "/st-albans/manage/survey-waves/add/",
    "/st-albans/manage/people/",
    "/st-albans/manage/people/invite/",
    "/st-albans/manage/renew/",
    "/accounts/",
    "/accounts/2fa/",
    "/accounts/sessions/",
    "/accounts/2fa/webauthn/",
]


def keeps_the_rules(page: Page, address: str) -> None:
    page.goto(address)
    assert page.get_by_role("heading", level=1).count() == 1
    assert violations(page) == []
    assert page.viewport_size is not None
    assert page.evaluate("document.documentElement.scrollWidth") <= page.viewport_size["width"]


@pytest.mark.parametrize("address", READ)
def test_pages_to_read(at_both_widths: BrowserContext, address: str) -> None:
    keeps_the_rules(at_both_widths.new_page(), address)


@pytest.mark.parametrize("address", MANAGED)
def test_pages_to_manage(at_both_widths: BrowserContext, address: str) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "administrator")
    keeps_the_rules(page, address)


def test_a_form_with_errors(at_both_widths: BrowserContext) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "administrator")
    page.goto("/st-albans/manage/survey-waves/add/")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("heading", name="There is a problem")).to_be_visible()
    assert violations(page) == []
    page.get_by_role("link", name="Enter the wave").click()
    assert page.evaluate("document.activeElement.id") == "id_name"


def test_a_new_plan_that_is_looked_over(at_both_widths: BrowserContext) -> None:
    page = at_both_widths.new_page()
    sign_in(page, "administrator")
    page.goto("/st-albans/manage/renew/")
    page.get_by_label("Baseline year").fill("2007/08")
    page.get_by_role("button", name="Fill in the baselines of this year").click()
    page.get_by_label("Robbery: target").fill("10%")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_role("row", name="Robbery 79 (2007/08) 71")).to_be_visible()
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= window.innerWidth")


def test_an_administrator_changes_who_is_in_it_and_renews_the_plan(page: Page, no_complaints: list[str]) -> None:
    """In the demonstration district, so that other tests find St Albans as it was published."""
    sign_in(page, "administrator")
    # An agency joins.
    page.goto("/demonstration/manage/")
    page.get_by_role("link", name="Agencies", exact=True).nth(1).click()
    page.get_by_role("button", name="Add an agency").click()
    page.get_by_label("Name", exact=True).fill("Primary Care Trust")
    page.get_by_label("What it does").fill("Health")
    page.get_by_label("Joined on").fill("2008-04-01")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("The agency is saved.")).to_be_visible()
    # It leads an action that is due.
    page.goto("/demonstration/manage/actions/add/")
    page.get_by_label("Title").fill("Alcohol nurses in the hospital")
    page.get_by_label("Aim").select_option(label="Reducing crime")
    page.get_by_label("Objective").select_option(label="Local solutions")
    page.get_by_label("Lead agency").select_option(label="Primary Care Trust")
    page.get_by_label("Common assault").check()
    # The demonstration is seen from 20 November 2008.
    page.get_by_label("Due on").fill("2008-11-17")
    page.get_by_role("button", name="Save").click()
    # It is overdue, first in the work plan and told beside the figures.
    page.goto("/demonstration/actions/")
    first_rows = page.locator("main table tbody tr").filter(has_text="Overdue")
    expect(first_rows.filter(has_text="Alcohol nurses in the hospital")).to_have_count(1)
    page.goto("/demonstration/2007-08/")
    done_about = page.locator(".app-facts > div").filter(has_text="Common assault")
    expect(done_about).to_contain_text("Alcohol nurses in the hospital")
    # It is succeeded, and what is past keeps its name.
    page.goto("/demonstration/agencies/")
    page.get_by_role("link", name="Primary Care Trust").click()
    page.get_by_role("link", name="Change this agency").click()
    page.get_by_role("link", name="Agencies", exact=True).last.click()
    page.get_by_role("link", name=re.compile(r"^End\s*: Primary Care Trust")).click()
    page.get_by_label("Last day in the partnership").fill("2011-03-31")
    page.get_by_label("Name of a new body that takes its place").fill("Clinical Commissioning Group")
    page.get_by_label("Why does it end?").fill("Health was reorganised")
    page.get_by_role("button", name="End its membership").click()
    expect(page.get_by_text("Primary Care Trust is ended.")).to_be_visible()
    page.goto("/demonstration/agencies/primary-care-trust/")
    expect(page.locator(".app-facts")).to_contain_text("Clinical Commissioning Group")
    page.goto("/demonstration/actions/?agency=clinical-commissioning-group")
    expect(page.get_by_role("link", name="Alcohol nurses in the hospital")).to_be_visible()
    # The plan is renewed, from the baseline of its last year.
    page.goto("/demonstration/manage/renew/")
    page.get_by_label("First year").fill("2011/12")
    expect(page.get_by_label("Baseline year")).to_have_value("2010/11")
    page.get_by_label("Wounding: what becomes of it").select_option("rename")
    page.get_by_label("Wounding: new name or names").fill("Violence with injury")
    page.get_by_label("Robbery: baseline").fill("80")
    page.get_by_label("Robbery: target").fill("200%")
    page.get_by_role("button", name="Look it over").click()
    page.get_by_role("link", name=re.compile("Robbery: Crime cannot fall by more than 100%")).click()
    expect(page.get_by_label("Robbery: target")).to_be_focused()
    page.get_by_label("Robbery: target").fill("10%")
    page.get_by_role("button", name="Look it over").click()
    expect(page.get_by_text("Wounding is called Violence with injury; its series runs on.")).to_be_visible()
    page.get_by_role("button", name="Make the new plan").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Community Safety Plan 2011 to 2014")
    page.goto("/demonstration/targets/2013-14/")
    expect(page.get_by_label("Robbery", exact=True)).to_have_value("72")
    page.goto("/demonstration/plan/2008-09/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Demonstration plan 2008 to 2011")
    page.goto("/demonstration/categories/violence-with-injury/")
    expect(page.get_by_text("Takes the place of wounding from 2011/12.")).to_be_visible()


def test_a_lead_agency_reports_by_keyboard_alone(page: Page, no_complaints: list[str]) -> None:
    sign_in(page, "partner")
    page.goto("/demonstration/actions/?status=at_risk")
    page.get_by_role("link", name="Cycle marking at the station").press("Enter")
    page.get_by_role("button", name="Report on this action").press("Enter")
    page.get_by_label("How does it go?").focus()
    page.keyboard.press("O")  # On track
    page.keyboard.press("Tab")
    page.keyboard.type("Thirty cycles were marked.")
    page.get_by_role("button", name="Add the report").press("Enter")
    expect(page.get_by_text("The report is added.")).to_be_visible()
    expect(page.locator(".app-lead")).to_contain_text("On track")


def test_a_passkey_signs_in(page: Page, base_url: str, no_complaints: list[str]) -> None:
    """With the browser's own virtual key: what is sent is what a real one sends."""
    keys = page.context.new_cdp_session(page)
    keys.send("WebAuthn.enable")
    options = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True}
    options |= {"hasUserVerification": True, "isUserVerified": True, "automaticPresenceSimulation": True}
    keys.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    local = base_url.replace("127.0.0.1", "localhost")  # a key belongs to a name, never to a number
    page.goto(f"{local}/accounts/login/")
    page.get_by_label("User name or e-mail address").fill("partner")
    page.get_by_label("Password", exact=True).fill("three words together")
    page.get_by_role("button", name="Sign in", exact=True).click()
    page.get_by_text("Signed in as partner").wait_for()
    page.goto(f"{local}/accounts/2fa/webauthn/add/")
    page.get_by_label("Password", exact=True).fill("three words together")
    page.get_by_role("button", name="Confirm").click()
    page.get_by_label("Name").fill("Office computer")
    page.get_by_label("Sign in with it alone, without the password").check()
    page.get_by_role("button", name="Add the passkey").click()
    # The first second step brings recovery codes, which are shown at once.
    page.wait_for_url(lambda address: "/add/" not in address)
    page.goto(f"{local}/accounts/2fa/webauthn/")
    expect(page.locator(".app-items li")).to_contain_text("signs you in alone")
    page.get_by_role("button", name="Sign out").click()
    page.goto(f"{local}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("Signed in as partner").wait_for()
    # So that other tests sign in with the password alone.
    page.goto(f"{local}/accounts/2fa/webauthn/")
    page.get_by_role("link", name=re.compile("^Remove")).click()
    if page.get_by_label("Password", exact=True).count():
        page.get_by_label("Password", exact=True).fill("three words together")
        page.get_by_role("button", name="Confirm").click()
    page.get_by_role("button", name=re.compile("Remove|Delete")).click()
    page.goto(f"{local}/accounts/2fa/webauthn/")
    expect(page.get_by_text("You have none yet.")).to_be_visible()
