"""The coordinator comes in with the sign-in she has at the county, and whoever was not let in gets nowhere with it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from browser import PHONE, WIDE, barriers, browser, overflows
from hub_site import behind_a_web_server
from identity_provider import CLIENT, SECRET, IdentityProvider, identity_provider

pytestmark = [pytest.mark.hub, pytest.mark.browser]


@pytest.fixture(scope="module")
def county() -> Iterator[IdentityProvider]:
    with identity_provider() as provider:
        provider.with_page = True
        yield provider


@pytest.fixture(scope="module")
def with_county(hub_site: Any, county: IdentityProvider, tmp_path_factory: Any) -> Iterator[str]:
    """The hub that everybody shares, behind a web server that knows the county's provider."""
    folder: Path = tmp_path_factory.mktemp("providers")
    listed = folder / "providers.yaml"
    listed.write_text(
        f"county:\n  name: County single sign-on\n  issuer: {county.issuer}\n  client_id: {CLIENT}\n"
        f"  secret_env: COUNTY_SECRET\n  organizations: [{hub_site.organization('hmis:').name}]\n  amr: [mfa]\n"
    )
    settings = {"COUNTY_SECRET": SECRET, "CROSSWALK_IDENTITY_PROVIDERS": str(listed)}
    with behind_a_web_server(folder / "server.log", **settings) as address:
        yield address


def is_rosa(county: IdentityProvider) -> None:
    county.person = {
        "sub": "rd-7", "email": "rosa.delgado@example.org", "email_verified": True, "amr": ["pwd", "mfa"],
    }  # fmt: skip


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
def test_she_presses_the_countys_button_and_starts_her_morning(
    with_county: str, county: IdentityProvider, size: tuple[int, int]
) -> None:
    is_rosa(county)
    with browser(size=size) as page:
        page.goto(f"{with_county}/likely/")
        assert not barriers(page)
        assert not overflows(page)
        page.get_by_role("link", name="County single sign-on").click()
        page.get_by_role("link", name="Continue as").click()
        page.wait_for_url(f"{with_county}/likely/")
        assert "@" not in page.url
        assert "Rosa Delgado" in page.content()


def test_she_does_it_by_keyboard_and_without_scripts(with_county: str, county: IdentityProvider) -> None:
    is_rosa(county)
    with browser(scripts=False) as page:
        page.goto(f"{with_county}/sign-in/")
        page.get_by_role("link", name="County single sign-on").focus()
        page.keyboard.press("Enter")
        page.get_by_role("link", name="Continue as").focus()
        page.keyboard.press("Enter")
        page.wait_for_url(f"{with_county}/")


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize(
    ("language", "stopped", "unknown"),
    [
        ("en-US", "You stopped signing in at County single sign-on.", "Nobody has let you in here"),
        (
            "es-MX",
            "Usted detuvo el inicio de sesión en County single sign-on.",
            "Nadie le ha dado acceso aquí",
        ),
    ],
)
def test_who_stops_or_was_never_let_in_reads_why(
    with_county: str,
    county: IdentityProvider,
    size: tuple[int, int],
    language: str,
    stopped: str,
    unknown: str,
) -> None:
    county.person = {"sub": "x", "email": "not.expected@example.org", "email_verified": True}
    with browser(size=size, language=language) as page:
        page.goto(f"{with_county}/sign-in/through/county/")
        page.get_by_role("link", name="Cancel").click()
        assert stopped in page.content()
        page.get_by_role("link", name="County single sign-on").click()
        page.get_by_role("link", name="Continue as").click()
        assert unknown in page.content()
        assert "not.expected" not in page.content() + page.url
        assert not barriers(page)
        assert not overflows(page)
