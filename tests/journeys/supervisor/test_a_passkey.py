"""Somebody new chooses a password and a passkey, and from then on signs in with the passkey alone."""

from __future__ import annotations

import time
from typing import Any

import pytest

from browser import barriers, browser

pytestmark = [pytest.mark.hub, pytest.mark.browser]

PASSWORD = "four candles and a fork"


def a_key(page: Any) -> Any:
    """A security key in the browser's own workshop: it holds passkeys, and always finds its owner present."""
    devtools = page.context.new_cdp_session(page)
    devtools.send("WebAuthn.enable")
    made = devtools.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    return devtools, made["authenticatorId"]


def let_in(page: Any, live: str, email: str) -> str:
    """The supervisor lets somebody in; the address at which they choose a password."""
    page.goto(f"{live}/sign-in/")
    page.get_by_role("button", name="Marcus Oyelaran").click()
    page.goto(f"{live}/colleagues/")
    page.get_by_role("textbox", name="Name", exact=True).fill("Noor Passwell")
    page.get_by_label("Work e-mail").fill(email)
    page.get_by_label("Role").select_option("housing_navigator")
    page.get_by_role("button", name="Let in").click()
    return str(page.locator(".said code").inner_text())


def test_a_passkey_is_the_second_factor_and_then_the_only_key(live: str) -> None:
    at_localhost = live.replace("127.0.0.1", "localhost")  # a passkey belongs to a name, not to a number
    email = f"noor.passwell{time.time_ns()}@example.org"
    with browser() as page:
        page.set_default_timeout(15_000)
        link = let_in(page, at_localhost, email)
        # given somebody new with a password, to whom nothing about people opens
        page.context.clear_cookies()
        devtools, key = a_key(page)
        page.goto(link)
        page.get_by_label("New Password", exact=True).fill(PASSWORD)
        page.get_by_label("New Password (again)").fill(PASSWORD)
        page.get_by_role("button").first.click()
        page.goto(f"{at_localhost}/sign-in/")
        page.get_by_label("Email").first.fill(email)
        page.get_by_label("Password").first.fill(PASSWORD)
        page.get_by_role("button", name="Sign in").first.click()
        page.goto(f"{at_localhost}/likely/")
        assert "/account/second-factor/" in page.url
        assert barriers(page) == []
        # when they add a passkey
        page.goto(f"{at_localhost}/account/second-factor/webauthn/add/")
        if "reauthenticate" in page.url or "again" in page.url:
            page.get_by_label("Password").first.fill(PASSWORD)
            page.get_by_role("button").first.click()
        assert barriers(page) == []
        page.get_by_role("textbox", name="Name", exact=True).fill("My telephone")
        page.locator("[name=passwordless]").check()
        page.locator("#mfa_webauthn_add").click()
        page.wait_for_url(lambda url: "/add/" not in url)
        held = devtools.send("WebAuthn.getCredentials", {"authenticatorId": key})["credentials"]
        assert len(held) == 1
        assert held[0]["rpId"] == "localhost"
        # then they sign in with it and nothing else, and the list is open
        page.context.clear_cookies()
        page.goto(f"{at_localhost}/sign-in/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_url(lambda url: "/sign-in/" not in url)
        page.goto(f"{at_localhost}/likely/")
        assert page.url.endswith("/likely/")
        # and without the key nobody comes in
        page.context.clear_cookies()
        devtools.send("WebAuthn.clearCredentials", {"authenticatorId": key})
        page.goto(f"{at_localhost}/sign-in/")
        page.get_by_role("button", name="Use a passkey").click()
        page.wait_for_timeout(1500)
        page.goto(f"{at_localhost}/likely/")
        assert "/sign-in/" in page.url
