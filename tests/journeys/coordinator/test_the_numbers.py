"""The coordinator shows what her work came to: the chart, what stands behind it, where referrals stopped, letters."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in
from referring import forget_referrals

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.fixture(scope="module")
def told(hub_site: Any) -> Iterator[None]:
    """The invented county's referrals while these journeys last; other journeys begin without any."""
    from django.utils import timezone

    from crosswalk.hub.care.invented import story_of_the_demo

    forget_referrals()
    story_of_the_demo(
        truth=hub_site.data / "county" / "truth.csv", at=timezone.now(), on=timezone.localdate()
    )
    yield
    forget_referrals()


@pytest.mark.usefixtures("told")
@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_from_the_chart_to_the_people_behind_it_and_to_where_they_stopped(
    live: str, size: tuple[int, int]
) -> None:
    with browser(size=size) as page:
        # given Rosa, whom the board asks what her work came to
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/referrals/numbers/")
        assert barriers(page) == []
        assert not overflows(page)
        # then the chart tells the story, from zero, in bars and in words
        said = page.locator("main").inner_text()
        assert re.search(r"220 1 \w+ \d{4} → 433 1 \w+ \d{4}: 213 more \(\+97 %\)", said)
        heights = page.locator(".bars rect").evaluate_all("all => all.map(one => one.height.baseVal.value)")
        assert abs(heights[0] / heights[-1] - 220 / 433) < 0.01
        # when she opens the same as a table with the keyboard alone, and the figure of the last month
        page.get_by_text("The same as a table").focus()
        page.keyboard.press("Enter")
        assert barriers(page) == []
        page.get_by_role("link", name=re.compile("^433 standing on")).click()
        # then she is at as many referrals
        assert page.locator("h1").inner_text() == "433 referrals"
        assert barriers(page) == []
        assert not overflows(page)
        # when she asks which ended in no service
        page.goto(f"{live}/referrals/numbers/")
        page.get_by_role("link", name="Referrals that ended in no service").click()
        assert barriers(page) == []
        assert not overflows(page)
        many = int(page.locator("h1").inner_text().split()[0])
        assert (
            page.locator("#stopped ~ table td.number a").evaluate_all(
                "all => all.map(one => parseInt(one.firstChild.data)).reduce((a, b) => a + b)"
            )
            == many
        )
        # and takes them along as a sheet
        page.get_by_role("link", name="Take along as a sheet").click()
        page.get_by_label("What is the list for?").fill("Board meeting")
        with page.expect_download() as got:
            page.get_by_role("button", name="Take along").click()
        assert re.fullmatch(r"referral-audit-\d{4}-\d\d-\d\d\.xlsx", got.value.suggested_filename)


@pytest.mark.usefixtures("told")
def test_the_letters_owed_are_printed_at_once_and_mailed(live: str) -> None:
    with browser(language="es-MX") as page:
        # given letters that are owed to people
        sign_in(page, live, "Rosa Delgado")
        page.goto(f"{live}/referrals/notices/owed/")
        assert barriers(page) == []
        many = page.locator("input[name=notice]").count()
        assert many >= 3
        # when she chooses three and prints them
        for place in range(3):
            page.locator("input[name=notice]").nth(place).check()
        page.get_by_role("button", name="Imprimir").click()
        # then each is a sheet of its own, in the language of its reader, with where it goes and who printed it when
        assert page.locator("article.letter").count() == 3
        assert barriers(page) == []
        assert not overflows(page)
        for letter in page.locator("article.letter").all():
            spanish = letter.get_attribute("lang") == "es"
            assert (
                "Lo imprimió Rosa Delgado" if spanish else "Printed by Rosa Delgado"
            ) in letter.inner_text()
        page.emulate_media(media="print")
        assert not page.locator("nav.rail").is_visible()
        assert not page.get_by_role("button", name="Todas se enviaron por correo").is_visible()
        page.emulate_media(media="screen")
        # when they are in the mail
        page.get_by_role("button", name="Todas se enviaron por correo").click()
        # then they are owed no more, and one that comes back is owed again
        assert "3 avisos dados" in page.locator("main").inner_text()
        page.goto(f"{live}/referrals/notices/owed/")
        assert page.locator("input[name=notice]").count() == many - 3
        page.goto(f"{live}/referrals/notices/mailed/")
        assert barriers(page) == []
        page.get_by_role("button", name="Regresó").first.click()
        assert page.locator("input[name=notice]").count() == many - 2
        assert "regresó el" in page.locator("main").inner_text()
