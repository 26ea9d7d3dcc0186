"""The first organization and the first person come in from the machine's own command line; everybody else by them."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.hub


def test_the_first_organization_and_person_come_in_and_are_in_the_journal(hub_site: Any) -> None:
    from django.test import Client

    from command_line import crosswalk
    from crosswalk.hub.journal.verify import verify

    name = f"Three Creeks Continuum {time.time_ns()}"
    email = f"first{time.time_ns()}@example.org"
    before = verify().entries
    crosswalk("organization", name, "--kind", "coc", "--data", hub_site.data, "--json").summary  # noqa: B018
    words = ("first-person", "Ada First", email, "--organization", name, "--data", hub_site.data, "--json")
    way = crosswalk(*words).summary["way_in"]
    assert 'name="password1"' in Client(SERVER_NAME="127.0.0.1").get(way, follow=True).content.decode()
    again = crosswalk(*words)
    assert again.code == 2
    assert "site administrator already" in again.err
    assert verify().entries == before + 2
    assert verify().holds


def test_who_may_only_come_through_a_provider_is_given_no_link(
    hub_site: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from command_line import crosswalk

    name = f"Single Door Clinic {time.time_ns()}"
    listed = tmp_path / "providers.yaml"
    listed.write_text(
        "county:\n  name: County single sign-on\n  issuer: https://identity.example.org\n  client_id: crosswalk\n"
        f"  secret_env: COUNTY_SECRET\n  organizations: [{name}]\n  only: true\n"
    )
    monkeypatch.setenv("COUNTY_SECRET", "invented")
    monkeypatch.setenv("CROSSWALK_IDENTITY_PROVIDERS", str(listed))
    crosswalk("organization", name, "--kind", "clinic", "--data", hub_site.data, "--json").summary  # noqa: B018
    words = ("first-person", "Ada Single", f"single{time.time_ns()}@example.org", "--organization", name)
    assert (
        crosswalk(*words, "--data", hub_site.data).out
        == "Ada Single signs in through County single sign-on.\n"
    )


def test_a_kind_that_is_none_is_refused(hub_site: Any) -> None:
    from command_line import crosswalk

    said = crosswalk("organization", "Somewhere", "--kind", "tenant", "--data", hub_site.data)
    assert said.code == 2
    assert "ecm_provider" in said.err
