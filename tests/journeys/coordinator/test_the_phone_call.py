"""The coordinator takes a call: the person is found, and in four clicks the referral is on its way."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def somebody(page: Any, live: str) -> None:
    """Open the page of somebody on her list who may have ECM, is covered, and is not referred yet."""
    page.goto(f"{live}/likely/?program=ecm.1a")
    places = page.locator(".lines tbody th a").evaluate_all("all => all.map(one => one.href)")
    for place in places:
        page.goto(place)
        said = page.locator("main").inner_text()
        if "Medi-Cal active" in said and "Open referrals" not in said:
            return
    raise AssertionError("nobody is likely eligible, covered and not referred")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_from_the_person_found_to_the_referral_sent_in_four_clicks(live: str, size: tuple[int, int]) -> None:
    with browser(size=size) as page:
        # given Rosa with the phone at her ear, who has found the person
        sign_in(page, live, "Rosa Delgado")
        somebody(page, live)
        # when she opens the desk (1) and chooses what the person needs (2)
        page.get_by_role("link", name="Refer this person").click()
        assert barriers(page) == []
        assert not overflows(page)
        need = page.locator(".cards .met h3 a[href$='ecm.1a']")
        need.first.click()
        # then she sees everybody who could take the person, the best first, and why the second is second
        assert page.locator("ol.cards > li").count() >= 4
        behind = page.locator("ol.cards > li").filter(has_text="Why not first").first
        assert (
            "has a contract with the plan for this here" in page.locator("ol.cards > li").first.inner_text()
        )
        behind.get_by_text("Why not first").click()
        assert "the first" in behind.locator("details li").first.inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        # when she chooses the first (3), reads what will go along, and sends (4)
        page.locator("ol.cards > li").first.get_by_role("link", name=re.compile("^Choose")).click()
        assert "Name and birth date" in page.locator("table.lines").inner_text()
        assert "Goes" in page.locator("table.lines").inner_text()
        assert barriers(page) == []
        assert not overflows(page)
        page.get_by_role("button", name="Send", exact=True).click()
        # then it is on its way, and she sees whose turn it is and by when
        said = page.locator("main").inner_text()
        assert "It is on its way" in said
        assert re.search(r"It is the turn of the (plan|provider)", said)
        assert "Due " in said
        assert barriers(page) == []
        assert not overflows(page)
        # and nothing of the person stands in the address or the title
        assert page.title() == f"Referral {page.url.rstrip('/').split('/')[-1]} · Crosswalk"
        page.get_by_role("button", name="Take the referral back").click()
        assert "Taken back by whoever referred" in page.locator("main").inner_text()


def test_it_works_without_scripts_and_in_spanish(live: str) -> None:
    with browser(scripts=False, language="es-MX") as page:
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/likely/?program=ecm.1a")
        page.locator(".lines tbody th a").first.click()
        page.get_by_role("link", name="Referir a esta persona").click()
        assert "¿Qué necesita la persona?" in page.locator("main").inner_text()
        page.locator("a[href*='need=ecm.1a']").first.click()
        assert "Quién puede" in page.title()
        assert "tiene contrato con el plan" in page.locator("main").inner_text()
