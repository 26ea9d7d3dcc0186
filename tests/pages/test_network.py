"""The network: who may take a person on a day, in few statements, and what is told of each."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

pytestmark = pytest.mark.hub
DAY = date(2026, 11, 22)


def test_receivers_are_all_services_of_a_program_in_few_statements(hub: Any) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    with CaptureQueriesContext(connection) as heard:
        found = receivers(viewer=Hub(), program="ecm.1a", plan="sequoia", county="54", on=DAY)
    assert len(heard) <= 8
    by_name = {one.name: one for one in found}
    lantern = by_name["Lantern Street ECM"]
    assert lantern.organization == "Valley Lantern Outreach"
    assert lantern.is_for("ecm.1a") is True
    assert lantern.is_for("ecm.7") is False
    assert lantern.reaches("54", "93274")
    assert not lantern.reaches("54", "93291")
    assert lantern.term("sequoia", "54").credential == "credentialed"
    assert [one.plan for one in lantern.terms] == ["sequoia"], "only the plan asked for is told"
    assert (lantern.room.free, lantern.room.said_by) == (11, "Intake desk")
    assert lantern.lines[0].tty == "711"
    assert by_name["ECM for Young People"].term("sequoia") is None


def test_what_was_not_yet_there_is_not_there(hub: Any) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    then = {one.name for one in receivers(viewer=Hub(), program="food", on=date(2026, 1, 1))}
    assert then == {"Open Table Pantry"}
    now = {one.name for one in receivers(viewer=Hub(), program="food", on=DAY)}
    assert now - then == {"Saturday Boxes", "Open Table on Wheels"}


def test_an_address_that_protects_people_is_not_told(hub: Any) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.queries import receivers

    refuge = next(
        one for one in receivers(viewer=Hub(), program="shelter", on=DAY) if "Madrone" in one.organization
    )
    assert (refuge.spots[0].address, refuge.spots[0].zip, refuge.spots[0].city) == ("", "", "")
