"""The first organization and the first person come in from the machine's own command line; everybody else by them."""

from __future__ import annotations

import time
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


def test_a_kind_that_is_none_is_refused(hub_site: Any) -> None:
    from command_line import crosswalk

    said = crosswalk("organization", "Somewhere", "--kind", "tenant", "--data", hub_site.data)
    assert said.code == 2
    assert "ecm_provider" in said.err
