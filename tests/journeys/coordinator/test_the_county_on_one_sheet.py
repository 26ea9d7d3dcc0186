"""The coordinator looks at the map, reads what changed since January, and prints the county on one sheet."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def sheets(page: Any) -> int:
    """How many Letter pages the printed page takes."""
    return len(re.findall(rb"/Type\s*/Page\b", page.pdf(format="Letter")))


def test_she_goes_through_the_map_and_prints_the_county(live: str) -> None:
    with browser(size=WIDE) as page:
        sign_in(page, live, "Rosa Delgado")
        page.get_by_role("link", name="Network", exact=True).click()
        page.get_by_role("link", name="Map", exact=True).click()
        assert not barriers(page)
        page.locator("svg[role=group] a").first.click()
        assert "zip=" in page.url
        page.get_by_role("link", name="What changed").click()
        page.get_by_label("Since").fill("2026-01-15")
        page.get_by_role("button", name="Show").click()
        page.wait_for_selector("text=9 new services since 15 Jan 2026")
        assert not barriers(page)
        page.get_by_role("link", name="One sheet to print").click()
        page.wait_for_selector("text=Services in Tulare County on")
        assert not barriers(page)
        assert sheets(page) == 1
        page.emulate_media(media="print")
        assert page.get_by_text("Printed by Rosa Delgado").is_visible()
        assert not page.get_by_role("navigation").first.is_visible()


@pytest.mark.parametrize("place", ["", "matrix/", "map/", "elections/", "counties/54/"])
def test_on_a_phone_in_spanish_nothing_is_lost(live: str, place: str) -> None:
    with browser(size=PHONE, language="es-MX") as page:
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/network/{place}")
        assert not barriers(page)
        assert not overflows(page)
