"""A worker leaves, and nobody is orphaned: each member has a lead who said yes, was introduced, and was told."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, another_screen, browser, seen_well, sign_in
from referring import aside, refer

pytestmark = [pytest.mark.hub, pytest.mark.browser]
HOMES = "Crossroads Housing Partnership"


def somebody_new(hub: Any, name: str) -> None:
    """A lead care manager who came lately, made beside the browser."""
    aside(lambda: hub.worker("lead_care_manager", HOMES, name=name, invented=True))


def takes_on(page: Any, live: str, hub: Any, name: str) -> int:
    """Rosa refers somebody, and a newcomer of this name accepts: from then on the newcomer leads."""
    somebody_new(hub, name)
    with another_screen(page) as rosa:
        sign_in(rosa, live, "Rosa Delgado")
        number = refer(rosa, live, "ECM for Adults Without a Home")
    with another_screen(page) as other:
        sign_in(other, live, name)
        other.goto(f"{live}/referrals/{number}/")
        assert other.get_by_label("Lead worker").locator("option:checked").inner_text() == name
        seen_well(other)
        other.get_by_role("button", name="Accept").click()
        other.goto(f"{live}/members/")
        assert "You lead 1 person" in other.locator("h1").inner_text()
        seen_well(other)
    return number


def taken_back(page: Any, live: str, number: int) -> None:
    """Rosa takes the referral back; care ends with it, and the person is free for the next journey."""
    with another_screen(page) as rosa:
        sign_in(rosa, live, "Rosa Delgado")
        rosa.goto(f"{live}/referrals/{number}/")
        rosa.get_by_role("button", name="Take the referral back").click()


def test_a_worker_leaves_and_nobody_is_orphaned(live: str, hub_site: Any) -> None:
    with browser(size=WIDE) as page:
        # given Nilo, who leads somebody, and Marcus, his supervisor, who hears that he leaves
        number = takes_on(page, live, hub_site, "Nilo Ferrante")
        sign_in(page, live, "Marcus Oyelaran")
        page.goto(f"{live}/colleagues/")
        page.get_by_role("link", name="End access Nilo Ferrante").click()
        # then he is told before he presses anything that somebody would be left
        assert "1 person would be left without a lead worker." in page.locator("main").inner_text()
        seen_well(page)
        # when he presses all the same, it does not end
        page.get_by_label("Why does the access end?").fill("Found another job")
        page.get_by_role("button", name="End access now").click()
        assert "Let colleagues take over first." in page.locator("main").inner_text()
        seen_well(page)
        # when he sees who it is, and asks Pa Houa
        page.get_by_role("link", name="Who it is, and let colleagues take over").click()
        assert page.locator(f"a[href='/referrals/{number}/']").count() == 1
        seen_well(page)
        page.get_by_label("Ask to take over").select_option(label="Pa Houa Vang, Housing navigator")
        page.get_by_role("button", name="Ask the colleague").click()
        assert "Pa Houa Vang is asked" in page.locator("table").inner_text()
        # and Pa Houa says yes on her phone
        with another_screen(page, PHONE) as phone:
            sign_in(phone, live, "Pa Houa Vang")
            phone.goto(f"{live}/members/")
            assert "You are asked to take over" in phone.locator("main").inner_text()
            seen_well(phone)
            phone.get_by_role("button", name=re.compile("^Take over")).click()
            assert "You lead this person now" in phone.locator(".said").inner_text()
            seen_well(phone)
            # and tells how Nilo introduced her
            phone.get_by_label("The member has met the new lead,").select_option("person")
            phone.get_by_role("button", name=re.compile("^Done The member has met")).click()
            assert "Introduced in person" in phone.locator("main").inner_text()
        # then one thing is still missing, and the access does not end before it is done
        page.reload()
        assert "1 person without introduction or notice" in page.locator("main").inner_text()
        seen_well(page)
        page.get_by_label("The member was told who leads now,").select_option("mail")
        page.get_by_role("button", name=re.compile("^Done The member was told")).click()
        assert "Nobody would be left behind." in page.locator("main").inner_text()
        page.get_by_role("link", name="End access").click()
        page.get_by_label("Why does the access end?").fill("Found another job")
        page.get_by_role("button", name="End access now").click()
        assert "every session is closed" in page.locator(".said").inner_text()
        taken_back(page, live, number)


def test_when_it_cannot_wait_the_supervisor_leads_at_once(live: str, hub_site: Any) -> None:
    with browser(size=PHONE) as page:
        number = takes_on(page, live, hub_site, "Ada Quickwater")
        sign_in(page, live, "Marcus Oyelaran")
        page.goto(f"{live}/colleagues/")
        page.get_by_role("link", name="End access Ada Quickwater").click()
        page.get_by_label("Why does the access end?").fill("The account was used by somebody else")
        page.get_by_role("checkbox", name=re.compile("It cannot wait")).check()
        seen_well(page)
        page.get_by_role("button", name="End access now").click()
        assert "every session is closed" in page.locator(".said").inner_text()
        page.goto(f"{live}/members/")
        assert "the access of Ada Quickwater ended at once" in page.locator("main").inner_text()
        assert page.get_by_label("The member has met the new lead,").count() == 0
        page.get_by_label("The member was told who leads now,").select_option("phone")
        page.get_by_role("button", name=re.compile("^Done")).click()
        assert "Handoffs to finish" not in page.locator("main").inner_text()
        seen_well(page)
        taken_back(page, live, number)
