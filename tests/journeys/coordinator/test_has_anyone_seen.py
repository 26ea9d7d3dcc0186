"""The coordinator cannot reach somebody: those who met the person are asked, and only what they tell comes back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from browser import PHONE, browser, seen_well, sign_in
from pages.test_seeking import met_by_plan
from referring import aside

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_the_plan_that_met_him_tells_where(live: str, hub_site: Any, scripts: bool) -> None:
    person = aside(met_by_plan, hub_site)
    with browser(size=PHONE, scripts=scripts) as page:
        # given Rosa, who cannot reach somebody
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/people/{person}/")
        page.get_by_role("link", name="Has anyone seen this person?").click()
        if scripts:
            seen_well(page)
        # when she asks
        page.get_by_label("How can whoever has seen the person reach you?").fill("559 555 0100")
        page.get_by_role("button", name="Ask", exact=True).click()
        before = page.locator("main").inner_text()
        assert "The question stands" in before
        # then Ana at the plan finds the question, and tells where he was seen
        other = page.context.browser.new_context(locale="en-US", java_script_enabled=scripts).new_page()
        sign_in(other, live, "Ana Whitfield")
        other.goto(f"{live}/seen/")
        if scripts:
            seen_well(other)
        line = other.locator(".cards > li").filter(has=other.locator(f"a[href='/people/{person}/']"))
        assert "559 555 0100" in line.inner_text()
        line.locator("summary").click()
        line.get_by_label("Seen on").fill((timezone.localdate() - timedelta(days=2)).isoformat())
        line.get_by_label("Where, in words").fill("Under the bridge at the river")
        line.get_by_label("How to reach the person safely").fill("Ask for Bo in the morning")
        if scripts:
            seen_well(other)
        line.get_by_role("button", name="Tell", exact=True).click()
        assert "It is told to whoever asks" in other.locator(".said").inner_text()
        # and Rosa reads it, and ends the question
        page.reload()
        assert "Under the bridge at the river" in page.locator("main").inner_text()
        if scripts:
            seen_well(page)
        page.get_by_role("button", name="Found, or no longer needed: end the question").click()
        assert "The question has ended." in page.locator(".said").inner_text()
