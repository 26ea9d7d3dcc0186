"""The care manager answers the one question that was missing, and sees what it changes; then takes it back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def open_one_that_can_be_answered(page: Any, live: str) -> None:
    """The why page of somebody on her list whose one open question decides, and may be answered by a worker."""
    page.goto(f"{live}/likely/?step=ask")
    for place in [one.get_attribute("href") for one in page.locator("td a[href*='/why/']").all()]:
        page.goto(f"{live}{place}")
        decides = page.locator("li", has_text=re.compile(r": yes → likely eligible$"))
        if page.locator("form.answer").count() == 1 and decides.count():
            return
    raise AssertionError("nobody on her list is one answer away")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_answers_on_the_spot_and_sees_the_answer_change(live: str, size: tuple[int, int]) -> None:
    with browser(size=size) as page:
        # given a person of hers for whom one answer is missing
        sign_in(page, live, "Tomás Rivera")
        open_one_that_can_be_answered(page, live)
        assert "Cannot tell yet" in page.locator("main header").inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she asks, and presses the answer
        page.locator("form.answer").get_by_role("button", name="Yes").click()
        # then the page says what changed, and who said it
        page.wait_for_selector(".said")
        assert "Now it is: likely eligible" in page.locator(".said").last.inner_text()
        assert "Likely eligible" in page.locator("main header").inner_text()
        assert "Tomás Rivera" in page.locator(".answered").inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she takes it back
        page.get_by_role("button", name="Take back").click()
        # then it is open again
        page.wait_for_selector("form.answer")
        assert "Cannot tell yet" in page.locator("main header").inner_text()


def test_it_works_without_scripts_and_in_spanish(live: str) -> None:
    with browser(scripts=False, language="es-MX") as page:
        sign_in(page, live, "Tomás Rivera")
        page.goto(f"{live}/likely/?step=ask")
        places = [one.get_attribute("href") for one in page.locator("td a[href*='/why/']").all()]
        for place in places:
            page.goto(f"{live}{place}")
            if page.locator("form.answer").count():
                break
        page.locator("form.answer").first.get_by_role("button", name="No", exact=True).click()
        page.wait_for_selector(".said")
        assert "Su respuesta quedó guardada" in page.locator(".said").last.inner_text()
        page.get_by_role("button", name=re.compile("Retirar")).first.click()
        page.wait_for_selector("form.answer")
