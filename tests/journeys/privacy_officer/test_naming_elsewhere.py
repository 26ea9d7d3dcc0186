"""The privacy officer hides somebody in danger, and the care manager who leads her elsewhere does not lose her."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, another_screen, browser, seen_well, sign_in
from referring import aside, refer

pytestmark = [pytest.mark.hub, pytest.mark.browser]
HOMES = "Crossroads Housing Partnership"


def leads_somebody(page: Any, live: str, hub: Any, name: str) -> tuple[int, str]:
    """A newcomer at a provider accepts whom Rosa refers; the number of the referral, and the person's place."""
    aside(lambda: hub.worker("lead_care_manager", HOMES, name=name, invented=True))
    with another_screen(page) as rosa:
        sign_in(rosa, live, "Rosa Delgado")
        number = refer(rosa, live, "ECM for Adults Without a Home")
        place = rosa.locator("main a[href^='/people/']").first.get_attribute("href")
    with another_screen(page) as other:
        sign_in(other, live, name)
        other.goto(f"{live}/referrals/{number}/")
        other.get_by_role("button", name="Accept").click()
    return number, re.match(r"/people/[^/]+/", place)[0]  # type: ignore[index]


@pytest.mark.parametrize(
    ("size", "name"), [(WIDE, "Odile Marchetti"), (PHONE, "Teo Amador")], ids=["desk", "phone"]
)
def test_whoever_leads_her_elsewhere_is_named_or_warned_of(
    live: str, hub_site: Any, size: tuple[int, int], name: str
) -> None:
    with browser(size=size) as page:
        # given somebody whom a care manager of another organization leads
        number, place = leads_somebody(page, live, hub_site, name)
        # when the privacy officer of the Continuum of Care opens who may see the person
        sign_in(page, live, "Imani Clarke")
        page.goto(f"{live}{place}")
        page.get_by_role("link", name="Who may see this person").click()
        # then that care manager is on the page, and chosen already
        carer = page.get_by_role("checkbox", name=re.compile(f"^{name}"))
        assert carer.is_checked()
        assert "leads the person" in page.locator("main").inner_text()
        seen_well(page)
        # when she strikes the name all the same, she is told whom it would cut off, and nothing is done
        carer.uncheck()
        page.get_by_label("Why?").fill("In danger at home")
        page.get_by_role("button", name="Only those named").click()
        warned = page.get_by_role("alert").inner_text()
        assert "would no longer see them" in warned
        assert name in warned
        assert page.get_by_label("Why?").input_value() == "In danger at home"
        seen_well(page)
        # when she names the care manager after all, it is done
        carer.check()
        page.get_by_role("button", name="Only those named").click()
        assert "Only those named see this person now." in page.locator(".said").inner_text()
        assert "Restricted: only for those named" in page.locator("main").inner_text()
        seen_well(page)
        with another_screen(page) as other:
            # then the care manager has the person as before, and a colleague there has not
            sign_in(other, live, name)
            other.goto(f"{live}/members/")
            assert "You lead 1 person" in other.locator("h1").inner_text()
            assert "hidden from you" not in other.locator("main").inner_text()
            other.context.clear_cookies()
            sign_in(other, live, "Pa Houa Vang")
            assert other.goto(f"{live}/referrals/{number}/").status == 404
        # when the danger does not wait, she strikes the name, has seen whom it cuts off, and does it
        page.goto(f"{live}{place}restrict/")
        page.get_by_role("checkbox", name=re.compile(f"^{name}")).uncheck()
        page.get_by_label("Why?").fill("A relative works there")
        page.get_by_role("button", name="Only those named").click()
        page.get_by_role("checkbox", name=re.compile("^It cannot wait")).check()
        page.get_by_role("button", name="Only those named").click()
        assert "Only those named see this person now." in page.locator(".said").inner_text()
        with another_screen(page) as other:
            # then the care manager is told, without a name
            sign_in(other, live, name)
            other.goto(f"{live}/members/")
            assert "1 person whom you lead is hidden from you" in other.locator("main").inner_text()
            assert other.locator(f"a[href='/referrals/{number}/']").count() == 0
            seen_well(other)
        # and when she ends it, everybody has the person again
        page.goto(f"{live}{place}restrict/")
        seen_well(page)
        page.get_by_role("button", name="End the restriction").click()
        with another_screen(page) as rosa:
            sign_in(rosa, live, "Rosa Delgado")
            rosa.goto(f"{live}/referrals/{number}/")
            rosa.get_by_role("button", name="Take the referral back").click()


def test_it_works_without_scripts_and_in_spanish(live: str) -> None:
    with browser(scripts=False, language="es-MX", size=PHONE) as page:
        sign_in(page, live, "Rosa Delgado")
        place = page.locator(".lines th[scope=row] a").first.get_attribute("href")
        page.context.clear_cookies()
        sign_in(page, live, "Imani Clarke")
        page.goto(f"{live}{place}restrict/")
        said = page.locator("main").inner_text()
        assert "Quién" in said
        assert "el correo electrónico de su trabajo" in said
        assert "Each sees only" not in said
        page.get_by_role("button", name="Solo quienes se nombran").click()
        assert page.get_by_role("alert").count() == 1
