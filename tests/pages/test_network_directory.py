"""The network out and in as an HSDS directory, through the hub's own tables."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.hub
DAY = date(2027, 1, 4)


def brought(files: list[tuple[str, bytes]]) -> tuple[Any, Any]:
    """What was read, and what bringing it in did."""
    from django.utils import timezone

    from crosswalk.core.formats.hsds import read
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.bringing import bring

    directory = read(files)
    return directory, bring(directory, by=Hub(), at=timezone.now(), on=timezone.localdate())


def test_what_goes_out_comes_in_again_and_changes_nothing(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.core.formats.hsds import as_json, as_tables
    from crosswalk.hub.network.telling import as_directory

    out = as_directory(timezone.localdate())
    text = as_tables(out) + as_json(out)
    assert b"Undisclosed" not in text, "an address that protects people never leaves"
    directory, made = brought([("directory.zip", as_tables(out))])
    assert directory.problems == []
    assert (made.new, made.changed) == ({}, {})
    assert made.same["services"] == 29
    again, also = brought([("services.json", as_json(out))])
    assert (also.new, also.changed) == ({}, {})
    assert again.counts.given == again.counts.accepted + again.counts.duplicate


def test_a_network_that_was_lost_comes_back_from_its_own_file(hub: Any) -> None:
    from django.utils import timezone

    from crosswalk.core.formats.hsds import as_tables
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.models import Contact, Contract, Service, Site
    from crosswalk.hub.network.queries import network
    from crosswalk.hub.network.telling import as_directory

    today = timezone.localdate()

    def seen() -> list[tuple[Any, ...]]:
        return [
            (one.name, one.program, sorted(one.modes), one.populations and sorted(one.populations), one.hours,
             one.reach, sorted(one.languages), one.room and (one.room.free, one.room.places, one.room.waiting),
             {(line.phone, line.tty) for line in one.lines})
            for one in network(viewer=Hub(), on=today)
            if "Madrone" not in one.organization
        ]  # fmt: skip

    before, packed = seen(), as_tables(as_directory(today))
    Contract.objects.all().delete()
    Contact.objects.all().delete()
    Service.objects.all().delete()
    Site.objects.all().delete()
    assert seen() == []
    _, made = brought([("directory.zip", packed)])
    assert made.new["services"] == 29
    assert seen() == before


@pytest.mark.shared
def test_the_standards_own_example_comes_in(hub: Any, shared: Path) -> None:
    from crosswalk.hub.access.itself import Hub
    from crosswalk.hub.network.models import Service
    from crosswalk.hub.network.queries import receivers

    content = (shared / "hsds" / "hsds-3.1-dev" / "examples" / "service_full.json").read_bytes()
    directory, made = brought([("service_full.json", content)])
    assert made.new["services"] == made.new["organizations"] == 1
    one = Service.objects.get(name="Community Counselling")
    assert (one.program, one.minimum_age, one.languages) == ("other", 12, ["ur"])
    told = {problem.sentence for problem in directory.problems}
    assert "These coordinates are no place on earth." in told
    assert one.pk in {found.service_id for found in receivers(viewer=Hub(), program="other", on=DAY)}
    _, again = brought([("service_full.json", content)])
    assert (again.new, again.changed) == ({}, {})


def test_a_service_of_nobody_is_rejected_with_its_place_and_the_rest_comes_in(hub: Any) -> None:
    organization = "0a5f4f0c-58f1-4d4b-8a11-000000000001"
    rows = {
        "organizations.csv": [{"id": organization, "name": "New Door", "description": "helps"}],
        "services.csv": [
            {"id": "0a5f4f0c-58f1-4d4b-8a11-000000000002", "name": "Beds", "status": "active",
             "organization_id": organization},
            {"id": "0a5f4f0c-58f1-4d4b-8a11-000000000003", "name": "Lost", "status": "active",
             "organization_id": "0a5f4f0c-58f1-4d4b-8a11-00000000dead"},
        ],
    }  # fmt: skip
    directory, made = brought([("tables.json", json.dumps(rows).encode())])
    assert made.new["services"] == 1
    counts = directory.counts
    assert counts.given == counts.accepted + counts.rejected + counts.duplicate
    assert counts.rejected == 1
    wrong = [one for one in directory.problems if one.severity == "error"]
    assert [(one.file, one.row, one.column) for one in wrong] == [("tables.json", 2, "organization_id")]
