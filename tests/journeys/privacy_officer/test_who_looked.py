"""The privacy officer finds who looked at a person, and prints the list for that person."""

from __future__ import annotations

from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def sign_in(page: Any, live: str, name: str) -> None:
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    # A key pressed before the next page is there would go to the page that is left.
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_prints_who_looked_at_a_person(live: str, size: tuple[int, int]) -> None:
    with browser(size=size) as page:
        # given a coordinator who opened a person
        sign_in(page, live, "Rosa Delgado")
        page.locator(".lines th[scope=row] a").first.click()
        seen = page.locator("h1").inner_text()
        page.context.clear_cookies()
        # when the privacy officer goes from her journal to that person's list
        sign_in(page, live, "Imani Clarke")
        page.get_by_role("link", name="Journal").first.click()
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_role("link", name="one person").first.click()
        # then the list says who, when, what was shown and on which basis
        said = page.locator("main").inner_text()
        assert seen in said
        assert "Rosa Delgado" in said
        assert "care coordination" in said
        assert barriers(page) == []
        assert not overflows(page)
        # and on paper it says who printed it, and leaves the frame away
        page.emulate_media(media="print")
        assert page.get_by_text("Printed by Imani Clarke").is_visible()
        assert not page.locator(".rail").is_visible()
