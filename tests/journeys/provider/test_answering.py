"""A provider answers from an e-mail without signing in; no capacity, and it goes on; silence, and it is asked about."""

from __future__ import annotations

import re
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows, sign_in
from referring import refer

pytestmark = [pytest.mark.hub, pytest.mark.browser]


def round_of_chasing(data: Path, days: float = 0) -> list[str]:
    """The job’s work so many days ahead; the texts of the mails it wrote. In a thread: the browser’s loop runs here."""
    folder = data / "hub" / "mail"
    before = set(folder.glob("*")) if folder.exists() else set()
    with ThreadPoolExecutor(1) as beside:
        beside.submit(_chase, days).result()
    return [one.read_text() for one in sorted(set(folder.glob("*")) - before)]


def _chase(days: float) -> None:
    from django.db import connections
    from django.utils import timezone

    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.referrals.chasing import chase, write_mails

    with as_the_hub():
        at = timezone.now() + timedelta(days=days)
        chase(at=at)
        write_mails(at=at)
    connections.close_all()


@contextmanager
def beside(page: Any, size: tuple[int, int] = WIDE) -> Iterator[Any]:
    """Somebody else at another screen, signed in nowhere."""
    shown = page.context.browser.new_context(viewport={"width": size[0], "height": size[1]}, locale="en-US")
    try:
        yield shown.new_page()
    finally:
        shown.close()


def link_in(mails: list[str], number: int) -> str:
    import email
    from email import policy

    for text in mails:
        for part in text.split("-" * 79):
            mail = email.message_from_string(part.strip(), policy=policy.default)
            body = str(mail.get_content()) if mail.get("Subject") else ""
            if f"Referral {number} " in body:
                return re.search(r"/answer/[^/\s]+/", body)[0]  # type: ignore[index]
    raise AssertionError("no mail tells of it")


def test_she_accepts_from_the_mail_on_her_phone(live: str, hub_site: Any) -> None:
    with browser() as page:
        sign_in(page, live, "Rosa Delgado")
        number = refer(page, live, "Lantern Street ECM")
        place = link_in(round_of_chasing(hub_site.data), number)
        with_name = page.locator("h1").inner_text().split(":")[0]
        # given a worker of the provider with the mail on her phone, signed in nowhere
        with beside(page, PHONE) as phone:
            phone.goto(live + place)
            said = phone.locator("main").inner_text()
            assert f"Referral {number}" in said
            assert with_name not in said
            assert barriers(phone) == []
            assert not overflows(phone)
            # when she presses Accept
            phone.get_by_role("button", name="Accept").click()
            # then it is kept, and the link has done its work
            assert "Thank you. It is kept." in phone.locator("main").inner_text()
            assert barriers(phone) == []
            phone.goto(live + place)
            assert "This has been answered already" in phone.locator("main").inner_text()
        # and Rosa sees it without asking
        page.reload()
        assert "Accepted, not started" in page.locator("main").inner_text()
        page.get_by_role("button", name="Take the referral back").click()


def test_no_capacity_and_then_another_provider(live: str) -> None:
    with browser() as page:
        sign_in(page, live, "Rosa Delgado")
        number = refer(page, live, "Lantern Street ECM")
        # given Lena at the provider, who has no place
        with beside(page) as other:
            sign_in(other, live, "Lena Brightwater")
            other.get_by_role("link", name=re.compile("Referrals to answer")).click()
            other.locator(f"a[href='/referrals/{number}/']").click()
            assert barriers(other) == []
            other.get_by_label("Why it cannot be taken").select_option("no_capacity")
            other.get_by_role("button", name="Decline").click()
            assert "Declined by the provider" in other.locator("main").inner_text()
        # when Rosa sees it at her desk and gives it to another
        page.goto(f"{live}/referrals/desk/")
        page.locator(f"a[href='/referrals/{number}/']").click()
        assert "No capacity" in page.locator("main").inner_text()
        assert barriers(page) == []
        page.get_by_role("button", name=re.compile("^Give it")).first.click()
        # then the same referral waits for the answer of another provider
        said = page.locator("main").inner_text()
        assert "Offered, no answer yet" in said
        assert f"No. {number}" in said
        page.get_by_role("button", name="Take the referral back").click()


def test_a_silent_referral_is_asked_about_twice_and_then_is_with_the_coordinator(
    live: str, hub_site: Any
) -> None:
    with browser() as page:
        sign_in(page, live, "Rosa Delgado")
        number = refer(page, live, "Lantern Street ECM")
        assert link_in(round_of_chasing(hub_site.data), number)
        # when the provider is silent past the clock, and again, and again, a mail with a link goes each time
        assert link_in(round_of_chasing(hub_site.data, 9), number)
        assert link_in(round_of_chasing(hub_site.data, 18), number)
        round_of_chasing(hub_site.data, 27)
        # then it is on the coordinator's list of those whom nobody answers
        page.goto(f"{live}/referrals/silent/")
        assert page.locator(f"a[href='/referrals/{number}/']").count() == 1
        assert barriers(page) == []
        page.locator(f"a[href='/referrals/{number}/']").click()
        assert "that nobody answered, though asked twice" in page.locator("main").inner_text()
        page.get_by_role("button", name="Take the referral back").click()
