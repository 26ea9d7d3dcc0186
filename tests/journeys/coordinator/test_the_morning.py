"""The coordinator's morning in the hub: she opens her list, a person, and reads why, in two clicks."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def sign_in(page: Any, live: str, name: str = "Rosa Delgado") -> None:
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    # A key pressed before the next page is there would go to the page that is left.
    page.wait_for_url(lambda url: "/sign-in/" not in url)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_opens_the_list_the_person_and_the_reasons_in_two_clicks(
    live: str, size: tuple[int, int]
) -> None:
    with browser(size=size) as page:
        # given the morning
        sign_in(page, live)
        assert re.search(r"Today: \d+ people to refer", page.locator("h1").inner_text())
        assert barriers(page) == []
        assert not overflows(page)
        # when she opens the first person on the list who may have Enhanced Care Management
        line = page.locator(".lines tbody tr").filter(has_text="ECM:").first.locator("th[scope=row] a")
        name = line.inner_text()
        line.click()
        # then the page is about this person, with what happened and what help there may be
        assert page.locator("h1").inner_text() == name
        assert page.locator(".line li").count() > 0
        assert barriers(page) == []
        assert not overflows(page)
        # when she asks why
        page.locator(".cards .met h3 a").filter(has_text="ECM:").first.click()
        # then she reads the rule with its edition and page, and facts with source and date
        said = page.locator("main").inner_text()
        assert "Likely eligible" in said
        assert re.search(r"p\. ?\d+", said)
        assert re.search(r"row \d+\)", said)
        assert "Policy release" in said
        assert barriers(page) == []
        assert not overflows(page)


def test_it_works_without_scripts_and_by_keyboard_alone(live: str) -> None:
    with browser(scripts=False) as page:
        sign_in(page, live)
        page.keyboard.press("Tab")
        assert page.locator(":focus").inner_text() == "Skip to the content"
        for _ in range(60):
            page.keyboard.press("Tab")
            if "/people/" in (page.locator(":focus").get_attribute("href") or ""):
                break
        page.keyboard.press("Enter")
        page.wait_for_url(re.compile(r"/people/P[0-9A-F]+/$"))


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("language", ["en-US", "es-MX"])
def test_every_page_of_hers_is_free_of_barriers(live: str, size: tuple[int, int], language: str) -> None:
    with browser(size=size, language=language) as page:
        page.goto(f"{live}/sign-in/")
        assert barriers(page) == []
        sign_in(page, live)
        assert page.locator("html").get_attribute("lang") == language[:2]
        for place in (
            "/",
            "/likely/",
            "/likely/?step=ask",
            "/likely/?program=ecm.7&step=start",
            "/likely/?aside=1",
            "/likely/lost/",
            "/likely/sheet/",
            "/rules/",
            "/rules/ecm.1a/",
            "/account/",
        ):
            page.goto(f"{live}{place}")
            assert barriers(page) == [], place
            assert not overflows(page), place


def test_an_outsider_gets_nowhere(live: str) -> None:
    with browser() as page:
        sign_in(page, live)
        person = page.locator(".lines th[scope=row] a").first.get_attribute("href")
        page.goto(f"{live}/account/")
        page.context.clear_cookies()
        sign_in(page, live, "Olive Outsider")
        assert "Nobody" in page.locator("main").inner_text()
        page.goto(f"{live}{person}")
        assert "This page is not here" in page.locator("main").inner_text()
        assert barriers(page) == []
