"""A page costs what it shows: few statements whatever the number of rows, and little to load."""

from __future__ import annotations

import gzip
from pathlib import Path
from typing import Any

import pytest

pytestmark = pytest.mark.hub
PAGES = Path(__file__).resolve().parents[2] / "src" / "crosswalk" / "hub" / "pages"


def statements(visitor: Any, place: str) -> list[str]:
    """The SQL statements of one page, transaction marks left out."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    visitor.get(place)
    with CaptureQueriesContext(
        connection,
    ) as heard:
        assert visitor.get(place).status_code == 200
    return [
        one["sql"] for one in heard if not one["sql"].startswith(("SAVEPOINT", "RELEASE", "BEGIN", "COMMIT"))
    ]


@pytest.mark.parametrize(
    "place",
    [
        "/likely/",
        "/likely/?step=refer",
        "/likely/?step=ask&program=ecm.3",
        "/likely/?new=1",
        "/likely/?who=me",
        "/likely/?aside=1",
        "/likely/lost/",
        "/rules/",
    ],
)
def test_a_list_takes_at_most_eight_statements(hub: Any, place: str) -> None:
    heard = statements(hub.visitor("coordinator"), place)
    assert len(heard) <= 8, heard


def test_the_number_of_rows_changes_nothing(hub: Any) -> None:
    visitor = hub.visitor("coordinator")
    few = statements(visitor, "/likely/?program=ecm.6")
    many = statements(visitor, "/likely/")
    assert len(few) == len(many)


def test_style_and_script_stay_small() -> None:
    style = gzip.compress((PAGES / "static" / "hub" / "hub.css").read_bytes())
    script = gzip.compress((PAGES / "static" / "hub" / "hub.js").read_bytes())
    assert len(style) <= 40_000
    assert len(script) <= 60_000
