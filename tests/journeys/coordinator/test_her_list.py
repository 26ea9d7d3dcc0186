"""The coordinator works her morning list: she takes people on, sets some aside, takes that back."""

from __future__ import annotations

import re
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def arrive(page: Any, live: str, name: str = "Rosa Delgado") -> None:
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name=name).click()
    page.wait_for_url(lambda url: "/sign-in/" not in url)


def names(page: Any) -> list[str]:
    return page.locator(".lines th[scope=row] a").all_inner_texts()


def clean(page: Any) -> None:
    assert barriers(page) == []
    assert not overflows(page)


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_works_her_morning_list(live: str, size: tuple[int, int]) -> None:
    with browser(size=size) as page:
        # given the people to refer
        arrive(page, live)
        page.goto(f"{live}/likely/?step=refer")
        clean(page)
        first, second, third = names(page)[:3]
        # when she takes two of them on
        page.get_by_label(f"Choose {first}", exact=True).check()
        page.get_by_label(f"Choose {second}", exact=True).check()
        assert page.locator("[data-chosen]").inner_text() == "2 chosen"
        page.get_by_role("button", name="I take them on").click()
        # then the list says so, and they are among her own
        assert "You took 2 people on." in page.locator(".said").inner_text()
        clean(page)
        page.locator("nav .chips a", has_text="Taken on by me").click()
        assert names(page) == [first, second]
        # when somebody could not be reached
        page.goto(f"{live}/likely/?step=refer")
        page.get_by_label(f"Choose {third}", exact=True).check()
        page.get_by_role("button", name="Set aside").click()
        assert third in page.locator(".cards").inner_text()
        clean(page)
        page.get_by_role("button", name="Set aside").click()
        page.get_by_label("Why are they set aside?").select_option("unreached")
        page.get_by_role("button", name="Set aside").click()
        # then they have left the list, and can be found until their day
        assert third not in names(page)
        # and she can take it back with one press
        page.get_by_role("button", name="Undo").click()
        assert "Taken back for 1 person." in page.locator(".said").inner_text()
        assert third in names(page)
        # finally she lets the two go, so that the next morning begins as this one
        page.goto(f"{live}/likely/?who=me")
        page.get_by_label("All on this page").check()
        page.get_by_role("button", name="Let go").click()
        assert "nobody's now" in page.locator(".said").inner_text()


def test_she_keeps_a_view_and_takes_the_list_along(live: str) -> None:
    with browser() as page:
        arrive(page, live)
        page.goto(f"{live}/likely/?step=refer")
        page.get_by_label("Program").select_option("cs.htns")
        page.get_by_role("button", name="Show").click()
        people = names(page)
        page.get_by_text("Keep this view").click()
        page.get_by_label("Name of the view").fill("To be housed")
        clean(page)
        page.get_by_role("button", name="Keep", exact=True).click()
        page.goto(f"{live}/likely/")
        page.locator("nav .chips a", has_text="To be housed").click()
        assert names(page) == people
        page.get_by_role("link", name="Take along as a sheet").click()
        clean(page)
        page.get_by_label("What is the list for?").fill("Outreach on Tuesday")
        page.get_by_label("As what?").select_option("csv")
        with page.expect_download() as coming:
            page.get_by_role("button", name="Take along").click()
        assert re.fullmatch(r"work-list-\d{4}-\d\d-\d\d\.csv", coming.value.suggested_filename)
        lines = coming.value.path().read_text(encoding="utf-8-sig").splitlines()
        assert len(lines) == len(people) + 1
        assert people[0] in lines[1]
        page.goto(f"{live}/likely/")
        page.locator("nav .chips a", has_text="To be housed").click()
        page.get_by_role("button", name="Let the view").click()
        assert "To be housed" not in page.locator("nav .chips").inner_text()


def test_all_of_it_works_without_scripts(live: str) -> None:
    with browser(scripts=False) as page:
        arrive(page, live)
        page.goto(f"{live}/likely/?step=refer")
        first = names(page)[0]
        page.get_by_label(f"Choose {first}", exact=True).check()
        page.get_by_role("button", name="I take them on").click()
        page.get_by_role("button", name="Undo").click()
        assert "Taken back" in page.locator(".said").inner_text()


def test_a_printed_list_has_people_and_no_controls(live: str) -> None:
    with browser() as page:
        arrive(page, live)
        page.goto(f"{live}/likely/?step=refer")
        page.emulate_media(media="print")
        assert page.locator(".lines th[scope=row] a").first.is_visible()
        for hidden in (".bulk", ".along", ".pick", ".filters", ".rail"):
            assert not page.locator(hidden).first.is_visible(), hidden
        assert "Printed by Rosa Delgado" in page.locator(".foot").inner_text()
