"""Directories with something wrong in them: the good rows are read, the bad ones are told with their place."""

from __future__ import annotations

import json

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.formats.hsds import read

ONE, TWO = "0a5f4f0c-58f1-4d4b-8a11-000000000001", "0a5f4f0c-58f1-4d4b-8a11-000000000002"


def codes(found: object) -> list[tuple[str, int, str, str]]:
    return [(one.file, one.row, one.column, one.code) for one in found.problems]  # type: ignore[attr-defined]


def test_a_row_without_what_it_must_have_is_rejected_and_the_others_stay() -> None:
    table = f"id,name,description\n{ONE},Lantern,helps\n{TWO},,helps\n"
    found = read([("organizations.csv", table.encode())])
    assert found.counts.as_dict() == {"in": 2, "accepted": 1, "rejected": 1, "duplicate": 0}
    assert codes(found) == [("organizations.csv", 2, "name", "hsds.missing")]


def test_a_link_to_nothing_names_its_file_row_and_column() -> None:
    organizations = f"id,name,description\n{ONE},Lantern,helps\n"
    services = f"id,organization_id,name,status\n{ONE},{ONE},Beds,active\n{TWO},{TWO},Lost,active\n"
    found = read([("services.csv", services.encode()), ("organizations.csv", organizations.encode())])
    assert codes(found) == [("services.csv", 2, "organization_id", "hsds.dangling")]
    assert "organization_id" not in found.rows["service"][TWO]
    assert found.counts.accepted == 3


def test_the_same_row_twice_counts_once_and_a_difference_is_told() -> None:
    table = f"id,name,description\n{ONE},Lantern,helps\n{ONE},Lantern,helps\n{ONE},Lamp,helps\n"
    found = read([("organizations.csv", table.encode())])
    assert found.counts.as_dict() == {"in": 3, "accepted": 1, "rejected": 0, "duplicate": 2}
    assert codes(found) == [("organizations.csv", 3, "name", "hsds.told_differently")]
    assert found.rows["organization"][ONE]["name"] == "Lantern"


@pytest.mark.parametrize(
    ("field", "value", "kept"),
    [("year_incorporated", "soon", None), ("website", ["a"], None), ("year_incorporated", 1e999, None)],
)
def test_a_cell_that_cannot_be_used_is_left_out(field: str, value: object, kept: object) -> None:
    row = {
        "id": ONE,
        "name": "Lantern",
        "description": "helps",
        "website": "https://example.org",
        field: value,
    }
    found = read([("one.json", json.dumps(row).encode())])
    assert found.rows["organization"][ONE].get(field) == kept
    assert [one.column for one in found.problems] == [field]


def test_a_status_that_is_none_rejects_the_service() -> None:
    found = read(
        [("s.json", json.dumps({"id": ONE, "name": "Beds", "status": "open", "alert": ""}).encode())]
    )
    assert found.counts.rejected == 1


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.json", b"{"),
        ("a.json", b"\xff\xfe"),
        ("a.json", b"[]"),
        ("a.json", b"[" * 100_000),
        ("people.csv", b"id\n1\n"),
        ("services.csv", b""),
        ("services.csv", b'id,name\n"1,x\n'),
        ("a.zip", b"PK\x03\x04 broken"),
    ],
)
def test_what_is_no_directory_is_refused_in_words(name: str, content: bytes) -> None:
    with pytest.raises(Refused) as refused:
        read([(name, content)])
    assert refused.value.fix


@pytest.mark.parametrize("content", [b'["a", 7, null]', b'{"hello": 1}', b"7"])
def test_what_is_nothing_of_hsds_is_counted_and_told(content: bytes) -> None:
    found = read([("a.json", content)])
    assert found.counts.given == found.counts.rejected >= 1
    assert {one.code for one in found.problems} == {"hsds.unknown_kind"}
