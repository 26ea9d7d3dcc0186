"""Steps that several journeys begin with: somebody is referred, and what must be done beside the browser's own loop."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any


def refer(page: Any, live: str, name: str) -> int:
    """Rosa refers somebody who may begin early to the service of this name; the number of the referral."""
    page.goto(f"{live}/likely/?program=ecm.1a")
    for place in page.locator(".lines tbody th a").evaluate_all("all => all.map(one => one.href)"):
        page.goto(place)
        said = page.locator("main").inner_text()
        if "Medi-Cal active" in said and "Open referrals" not in said and "Who leads" not in said:
            break
    else:
        raise AssertionError("nobody is left to refer")
    page.get_by_role("link", name="Refer this person").click()
    page.locator(".cards .met h3 a[href$='ecm.1a']").click()
    page.get_by_role("link", name=f"Choose {name}").first.click()
    page.get_by_role("button", name="Send", exact=True).click()
    return int(page.url.rstrip("/").split("/")[-1])


def aside(work: Callable[..., Any], *given: Any) -> Any:
    """Do something with the tables in a thread of its own: the browser's loop runs in this one."""

    def done() -> Any:
        from django.db import connections, transaction

        try:
            with transaction.atomic():
                return work(*given)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as beside:
        return beside.submit(done).result()


def forget_referrals() -> None:
    """Take away every referral that was kept for others to see, and what hangs on it: other tests begin with none."""
    from django.db import connections

    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "TRUNCATE referrals_notice, referrals_offer, referrals_edge, referrals_referral CASCADE"
        )
