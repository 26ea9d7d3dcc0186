"""The care manager finds a man by four letters of his name and a birth year, and reads why he qualifies."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def sign_in(page: Any, live: str, name: str) -> None:
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def somebody_on_the_list(page: Any) -> tuple[str, str]:
    """The name and birth year of the first person on the manager's own list who may have Enhanced Care Management."""
    page.locator(".lines tbody tr").filter(has_text="ECM:").first.locator("th[scope=row] a").click()
    said = page.locator(".who").inner_text()
    name = page.locator("h1").inner_text()
    return name, re.search(r"\b(19|20)\d\d\b", said.partition("Age")[2])[0]  # type: ignore[index]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_he_is_found_by_four_letters_and_a_year(live: str, size: tuple[int, int]) -> None:
    with browser(size=size) as page:
        # given a care manager who heard half a name and a birth year on the telephone
        sign_in(page, live, "Tomás Rivera")
        name, year = somebody_on_the_list(page)
        page.goto(live)
        # when she presses / and types four letters and the year
        page.locator("h1").click()
        page.keyboard.press("/")
        page.keyboard.type(f"{name.split()[-1][:4].lower()} {year}")
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/search/[0-9a-f]{16}/$"))
        # then he is among the few people shown, with what fits, and nothing of it stands in the address
        line = page.locator(".lines tbody tr").filter(has_text=name).first
        assert "name" in line.inner_text()
        assert "same year of birth" in line.inner_text()
        assert name.split()[-1].lower()[:4] not in page.url
        assert barriers(page) == []
        assert not overflows(page)
        # when she opens him and asks why
        line.locator("th a").click()
        assert page.locator("h1").inner_text() == name
        page.locator(".cards .met h3 a").filter(has_text="ECM:").first.click()
        # then she reads the rule with its page, and the facts behind it
        said = page.locator("main").inner_text()
        assert "Likely eligible" in said
        assert re.search(r"p\. ?\d+", said)
        # and back, her search is still there, without typing again
        page.go_back()
        page.go_back()
        assert page.locator(".lines tbody tr").filter(has_text=name).count() == 1


def test_it_works_without_scripts(live: str) -> None:
    with browser(scripts=False) as page:
        sign_in(page, live, "Tomás Rivera")
        name, year = somebody_on_the_list(page)
        page.locator("#find").fill(f"{name.split()[-1][:4]} {year}")
        page.locator("#find").press("Enter")
        assert page.locator(".lines tbody tr").filter(has_text=name).count() == 1
