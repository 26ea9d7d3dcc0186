"""A real browser for journeys: Debian's Chromium, in a language and a width, with the accessibility walk (axe)."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

CHROMIUM = Path("/usr/bin/chromium")
_FLAGS = [
    "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
    "--disable-component-update", "--disable-sync",
]  # fmt: skip
_WCAG = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}}
WIDE, PHONE = (1280, 800), (360, 740)


@contextmanager
def browser(*, size: tuple[int, int] = WIDE, language: str = "en-US", scripts: bool = True) -> Iterator[Any]:
    """A page of a fresh browser; skips, and says how to get one, where there is none."""
    from playwright.sync_api import sync_playwright

    if not CHROMIUM.exists():
        pytest.skip("needs Debian's Chromium: sudo apt-get install chromium")
    with sync_playwright() as tool:
        running = tool.chromium.launch(executable_path=str(CHROMIUM), args=_FLAGS)
        shown = running.new_context(
            viewport={"width": size[0], "height": size[1]}, locale=language, java_script_enabled=scripts
        )
        try:
            yield shown.new_page()
        finally:
            running.close()


def barriers(page: Any) -> list[str]:
    """What axe finds on the page as it is now: WCAG 2.2 AA violations with their places."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(page, options=_WCAG).response["violations"]
    return [
        f"{one['id']}: {node['target']} {node.get('failureSummary', '')}"
        for one in found
        for node in one["nodes"]
    ]


def overflows(page: Any) -> bool:
    """Whether one must scroll sideways to read the page."""
    return bool(page.evaluate("document.documentElement.scrollWidth > window.innerWidth"))


def seen_well(page: Any) -> None:
    """A page as it stands: nothing in the way of anybody, and nothing beyond its width."""
    assert barriers(page) == []
    assert not overflows(page)


@contextmanager
def another_screen(page: Any, size: tuple[int, int] = WIDE) -> Iterator[Any]:
    """Somebody else at another screen, signed in nowhere."""
    shown = page.context.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US")
    try:
        yield shown.new_page()
    finally:
        shown.close()


def sign_in(page: Any, live: str, name: str) -> None:
    """Sign in as one of the demo's invented people."""
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    # A key pressed before the next page is there would go to the page that is left.
    page.wait_for_url(lambda url: "/sign-in/" not in url)
