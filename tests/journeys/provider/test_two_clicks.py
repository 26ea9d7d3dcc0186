"""A provider says how many places are left: two clicks from the page of the day, by keyboard, without scripts."""

from __future__ import annotations

from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def newest(name: str) -> Any:
    """What was said last of a service."""
    from crosswalk.hub.network.models import Statement

    return Statement.objects.filter(service__name=name).order_by("-at", "-id").first()


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_what_was_said_still_holds_and_he_says_so_in_two_clicks(live: str, size: tuple[int, int]) -> None:
    before = newest("Housing Navigation")
    with browser(size=size) as page:
        sign_in(page, live, "Marcus Oyelaran")
        page.get_by_role("link", name="Capacity to tell").click()
        page.get_by_role("button", name="Still right: Housing Navigation").click()
        page.wait_for_selector("text=Kept: Housing Navigation.")
        assert "Marcus Oyelaran, Crossroads Housing Partnership, today" in page.content()
        assert not barriers(page)
        assert not overflows(page)
    after = newest("Housing Navigation")
    assert after.pk != before.pk
    assert (after.free, after.waiting, after.places) == (before.free, before.waiting, before.places)
    assert after.said_by == "Marcus Oyelaran"


def test_she_says_a_new_number_in_spanish_by_keyboard_and_without_scripts(live: str) -> None:
    with browser(size=PHONE, language="es-MX", scripts=False) as page:
        sign_in(page, live, "Lena Brightwater")
        page.goto(f"{live}/network/capacity/")
        field = page.get_by_label("Lugares libres: Lantern Street ECM")
        field.fill("7")
        field.press("Enter")
        page.wait_for_selector("text=Guardado: Lantern Street ECM.")
        page.get_by_label("Lugares libres: Lantern Street ECM").fill("")
        page.get_by_label("Lugares en total: Lantern Street ECM").fill("3")
        assert not overflows(page)
    assert (newest("Lantern Street ECM").free, newest("Lantern Street ECM").way) == (7, "page")
