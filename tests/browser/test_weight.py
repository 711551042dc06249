"""How much is sent: counted in bytes on the wire, as a browser receives them."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

KB = 1000
FIRST_VISIT, CHART_SCRIPT = 100 * KB, 400 * KB


@pytest.fixture
def received(page: Page) -> Callable[[], dict[str, int]]:
    """Bytes received so far by address, headers included."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    addresses: dict[str, str] = {}
    sizes: dict[str, int] = {}
    session.on(
        "Network.responseReceived", lambda event: addresses.update({event["requestId"]: event["response"]["url"]})
    )
    session.on(
        "Network.loadingFinished", lambda event: sizes.update({event["requestId"]: int(event["encodedDataLength"])})
    )
    return lambda: {addresses[request]: size for request, size in sizes.items() if request in addresses}


@pytest.mark.parametrize(
    "address", ["/st-albans/2007-08/", "/st-albans/categories/theft-of-cycle/", "/accounts/login/"]
)
def test_a_first_visit_is_light(page: Page, received: Callable[[], dict[str, int]], address: str) -> None:
    page.goto(address, wait_until="networkidle")
    sizes = received()
    assert len(sizes) >= 5
    assert sum(sizes.values()) <= FIRST_VISIT, sizes


def test_the_charts_script_is_small_and_cached_for_good(page: Page, received: Callable[[], dict[str, int]]) -> None:
    page.goto("/st-albans/2007-08/", wait_until="networkidle")
    with page.expect_response(lambda response: "plotly" in response.url) as script:
        page.get_by_role("button", name="Explore this chart").click()
    page.locator(".js-plotly-plot .bars path").first.wait_for()
    (size,) = [size for address, size in received().items() if "plotly" in address]
    assert size <= CHART_SCRIPT
    assert "immutable" in script.value.headers["cache-control"]
    assert script.value.headers["content-encoding"] == "br"
