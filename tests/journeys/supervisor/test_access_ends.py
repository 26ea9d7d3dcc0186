"""The supervisor ends a worker's access; in the worker's own browser the next click is refused."""

from __future__ import annotations

import time

import pytest

from browser import WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def test_the_next_click_is_refused(live: str) -> None:
    with browser(size=WIDE) as page:
        # given a newcomer whom the supervisor let in, and who is at work in a browser of their own
        page.goto(f"{live}/sign-in/")
        page.get_by_role("button", name="Marcus Oyelaran").click()
        page.goto(f"{live}/colleagues/")
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_role("textbox", name="Name", exact=True).fill("Ivo Newhall")
        page.get_by_label("Work e-mail").fill(f"ivo.newhall{time.time_ns()}@example.org")
        page.get_by_label("Role").select_option("housing_navigator")
        page.get_by_role("button", name="Let in").click()
        link = page.locator(".said code").inner_text()
        assert barriers(page) == []
        worker = page.context.browser.new_page()
        worker.goto(link)
        worker.get_by_label("New Password", exact=True).fill("four candles and a fork")
        worker.get_by_label("New Password (again)").fill("four candles and a fork")
        worker.get_by_role("button").first.click()
        worker.goto(f"{live}/sign-in/")
        # when the supervisor ends that access, with a reason
        page.get_by_role("link", name="End access Ivo Newhall").click()
        page.get_by_role("button", name="End access now").click()
        assert page.locator("main").inner_text().count("ended") == 0  # the browser asks for the reason first
        page.get_by_label("Why does the access end?").fill("Left the job")
        assert barriers(page) == []
        page.get_by_role("button", name="End access now").click()
        assert "every session is closed" in page.locator(".said").inner_text()
        # then signing in no longer leads anywhere
        worker.goto(f"{live}/sign-in/")
        worker.get_by_label("Email").first.fill(
            page.locator("tr", has_text="Ivo Newhall").locator(".quiet").first.inner_text()
        )
        worker.get_by_label("Password").first.fill("four candles and a fork")
        worker.get_by_role("button", name="Sign in").first.click()
        worker.goto(f"{live}/likely/")
        assert "/sign-in/" in worker.url
