"""The neutral member and event files mean what the contract says, column by column and day by day."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from command_line import Said, ask, quickly

MEMBER = {
    "plan": "north", "cin": "91000001A", "member_id": "N1", "last_name": "Reyes", "first_name": "Marisol",
    "middle_name": "Luz", "suffix": "", "preferred_name": "Mari", "dob": "1980-02-03", "sex": "F",
    "ssn": "xxxxx1234", "language": "Spanish", "race_ethnicity": "Hispanic", "address": "1 Elm St",
    "city": "Visalia", "state": "CA", "zip": "93277", "county": "Tulare", "phone": "5595550100",
    "email": "m@example.org", "coverage_from": "2026-01-01", "coverage_until": "2026-09-30", "aid_code": "M1",
    "share_of_cost": "none", "medicare": "none", "renewal_month": "2027-01", "homeless_indicator": "yes",
    "pcp_name": "Clinic", "pcp_npi": "1234567893", "guardian_name": "", "guardian_phone": "",
}  # fmt: skip
EVENT = {
    "plan": "north", "cin": "91000001A", "event_id": "e1", "kind": "authorization", "code": "cs.htns",
    "from": "2026-03-01", "until": "2026-09-30", "value": "approved", "by": "North plan", "note": "a note",
}  # fmt: skip
FILES = {
    "members": (MEMBER, {"plan", "cin", "last_name", "first_name", "dob", "coverage_from"}),
    "events": (EVENT, {"plan", "cin", "event_id", "kind", "from"}),
}


def staged(home: Path, family: str, *rows: dict[str, str], name: str = "one.csv") -> Said:
    """Stage rows (all with the columns of the first) as one canonical file."""
    path = home / name
    path.write_text("".join(",".join(line) + "\n" for line in (rows[0], *(row.values() for row in rows))))
    return quickly("stage", family, path, "--layout", "canonical", "--data", home / "data", "--json")


def fact(home: Path, name: str, on: str) -> Any:
    """The one person's value on a day."""
    assert quickly("facts", name, "--on", on, "--data", home / "data", "--json").code == 0
    found = ask("SELECT value FROM f", f=home / "data" / "latest" / "facts" / f"{name}.parquet")
    return found[0][0] if found else None


@pytest.mark.parametrize("family", FILES)
def test_a_file_with_exactly_the_named_columns_is_taken_without_a_problem(
    tmp_path: Path, family: str
) -> None:
    row, _ = FILES[family]
    if family == "events":
        staged(tmp_path, "members", MEMBER, name="members.csv")
    summary = staged(tmp_path, family, row).summary
    assert summary["rows"] == {"in": 1, "accepted": 1, "rejected": 0, "duplicate": 0}
    assert (summary["problems"], summary["unknown_columns"]) == ({"error": 0, "warning": 0}, [])


@pytest.mark.parametrize(
    ("family", "column"), [(family, name) for family, (row, _) in FILES.items() for name in row]
)
def test_a_required_column_is_required_and_no_other_is(tmp_path: Path, family: str, column: str) -> None:
    row, required = FILES[family]
    said = staged(tmp_path, family, {name: value for name, value in row.items() if name != column})
    if column in required:
        assert (said.code, said.out) == (2, "")
        assert f"“{column}”" in said.err
        assert not (tmp_path / "data").exists()
    else:
        assert said.summary["rows"]["accepted"] == 1


@pytest.mark.parametrize("family", FILES)
def test_more_columns_are_kept_and_reported(tmp_path: Path, family: str) -> None:
    row, _ = FILES[family]
    assert staged(tmp_path, family, {**row, "care_team": "East"}).summary["unknown_columns"] == ["care_team"]
    kept = ask("SELECT extra FROM t", t=tmp_path / "data" / "current" / f"{family}.parquet")
    assert kept == [('{"care_team":"East"}',)]


def test_the_last_day_belongs_to_the_coverage_and_the_authorization(tmp_path: Path) -> None:
    staged(tmp_path, "members", MEMBER, name="members.csv")
    staged(tmp_path, "events", EVENT, name="events.csv")
    assert fact(tmp_path, "mcp_enrolled", "2025-12-31") is False
    assert fact(tmp_path, "mcp_enrolled", "2026-01-01") is True
    assert fact(tmp_path, "mcp_enrolled", "2026-09-30") is True
    assert fact(tmp_path, "mcp_enrolled", "2026-10-01") is False
    assert fact(tmp_path, "authorizations_open", "2026-09-30") == ["cs.htns"]
    assert not fact(tmp_path, "authorizations_open", "2026-10-01")


def test_the_same_number_of_the_same_plan_replaces_an_event_and_that_of_another_plan_does_not(
    tmp_path: Path,
) -> None:
    visit = {**EVENT, "kind": "ed_visit", "code": "General", "until": "", "value": ""}
    staged(tmp_path, "events", visit, {**visit, "plan": "south"}, {**visit, "event_id": "e2"}, name="a.csv")
    staged(tmp_path, "events", {**visit, "value": "avoidable", "from": "2026-03-02"}, name="b.csv")
    held = ask(
        "SELECT plan, event_id, CAST(from_day AS VARCHAR), value FROM t ORDER BY ALL",
        t=tmp_path / "data" / "current" / "events.parquet",
    )
    assert held == [
        ("north", "e1", "2026-03-02", "avoidable"),
        ("north", "e2", "2026-03-01", None),
        ("south", "e1", "2026-03-01", None),
    ]
