"""A coordinator asks a person to sign, records it, reads what was hidden, and hides it again when it is revoked."""

from __future__ import annotations

from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_what_was_hidden_opens_with_a_signature_and_closes_when_it_is_revoked(
    hub_site: Any, live: str, size: tuple[int, int]
) -> None:
    with browser(size=size) as page:
        # given a person about whom a plan told of substance use
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/people/{hub_site.person()}/")
        hidden = page.locator(".not-shown li", has_text="substance use, other sources")
        assert "a signed consent" in hidden.inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she follows the line to what it needs, and records what the person signed
        hidden.get_by_role("link").click()
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_label("Form", exact=True).select_option("ascmi_ab133")
        page.get_by_label("Substance use, other sources").check()
        page.get_by_role("group", name="By whom").get_by_label("whoever holds it").check()
        page.get_by_label("care partners").check()
        page.get_by_label("coordinating care", exact=True).check()
        page.get_by_label("Or ends when").fill("the person leaves the program")
        for words in ("It can be revoked", "Care does not depend", "What may happen to it"):
            page.get_by_label(words).check()
        page.get_by_label("Where the signed form is kept").fill("binder 4")
        page.get_by_role("button", name="Keep it").click()
        page.wait_for_selector(".said")
        assert barriers(page) == []
        # then the person's page shows it
        page.get_by_role("link", name="←").first.click()
        assert page.locator(".not-shown li", has_text="substance use, other sources").count() == 0
        assert "F11.20" in page.locator(".line").inner_text()
        # when the person revokes it
        page.get_by_role("link", name="Consent on file").click()
        page.get_by_role("link", name="Revoke").first.click()
        assert barriers(page) == []
        page.get_by_label("How did the person revoke it?").fill("in person")
        page.get_by_role("button", name="Revoke it now").click()
        # then it is hidden again, at the very next page
        page.get_by_role("link", name="←").first.click()
        assert "F11.20" not in page.locator(".line").inner_text()
        assert page.locator(".not-shown li", has_text="substance use, other sources").count() == 1
