"""An ambulance asks: she opens what is hidden for an hour and says why; the privacy officer judges it."""

from __future__ import annotations

from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_opens_in_an_emergency_and_the_officer_judges_it(
    hub_site: Any, live: str, size: tuple[int, int]
) -> None:
    with browser(size=size) as page:
        # given a person about whom something is hidden
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/people/{hub_site.person()}/")
        assert "F11.20" not in page.locator(".line").inner_text()
        # when she says what the emergency is
        page.get_by_role("link", name="Emergency: open what is hidden").click()
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_label("What is the emergency?").select_option("life")
        page.get_by_label("In a sentence").fill("unconscious, the ambulance asks about opioids")
        page.get_by_role("button", name="Open for 60 minutes").click()
        # then it is open, and the page says until when
        page.wait_for_selector(".emergency")
        assert "F11.20" in page.locator(".line").inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she closes it, it is closed
        page.get_by_role("button", name="Close it now").click()
        page.wait_for_selector(".said")
        assert "F11.20" not in page.locator(".line").inner_text()
        # then the privacy officer finds it in the rail, and judges it
        page.context.clear_cookies()
        sign_in(page, live, "Imani Clarke")
        page.get_by_role("link", name="Emergency access to review").first.click()
        assert "the ambulance asks about opioids" in page.locator("main").inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_label("How do you judge it?").first.fill("the ambulance confirmed it")
        page.get_by_role("button", name="Justified", exact=True).first.click()
        page.wait_for_selector(".said")
        assert "the ambulance confirmed it" in page.locator("main").inner_text()
