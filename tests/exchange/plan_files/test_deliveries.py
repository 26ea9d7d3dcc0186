"""Plans' files from the command line to the current state: newest wins, nobody is forgotten, nothing counts twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq

from plan_files_builder import events_csv, members_csv

Run = Callable[..., Any]
TWO = [{"cin": "91000001A"}, {"cin": "91000002B", "last_name": "Okafor"}]


def current(data: Path, name: str = "members") -> list[dict[str, Any]]:
    return list(pq.read_table(data / "current" / f"{name}.parquet").to_pylist())


def staged(crosswalk: Run, data: Path, kind: str, path: Path, *more: object) -> dict[str, Any]:
    said = crosswalk("stage", kind, path, "--data", data, "--json", *more)
    assert said.code == 0, said.err
    return dict(said.summary)


def test_a_canonical_file_becomes_the_current_members_sorted(crosswalk: Run, tmp_path: Path) -> None:
    path = members_csv(tmp_path / "m.csv", [{"plan": "south"}, *reversed(TWO)])
    summary = staged(crosswalk, tmp_path / "data", "members", path)
    assert summary["rows"] == {"in": 3, "accepted": 3, "rejected": 0, "duplicate": 0}
    assert (summary["layout"], summary["plans"]) == ("canonical", {"north": 2, "south": 1})
    assert [(row["plan"], row["cin"], row["in_newest"]) for row in current(tmp_path / "data")] == [
        ("north", "91000001A", True),
        ("north", "91000002B", True),
        ("south", "91000001A", True),
    ]


def test_the_same_file_twice_changes_nothing_and_says_so(crosswalk: Run, tmp_path: Path) -> None:
    data, path = tmp_path / "data", members_csv(tmp_path / "m.csv", TWO)
    first = staged(crosswalk, data, "members", path)
    state = (data / "current").resolve()
    again = staged(crosswalk, data, "members", path.rename(tmp_path / "other name.csv"))
    assert again == {**first, "repeated": True}
    assert (data / "current").resolve() == state
    assert len(list((data / "deliveries").iterdir())) == 1


def test_a_newer_file_replaces_spans_and_keeps_those_it_no_longer_names(
    crosswalk: Run, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    staged(crosswalk, data, "members", members_csv(tmp_path / "1.csv", [*TWO, {"plan": "south"}]))
    newer = [
        {"cin": "91000001A", "last_name": "Reyes Luna"},
        {"cin": "91000001A", "coverage_from": "2026-05-01"},
    ]
    staged(crosswalk, data, "members", members_csv(tmp_path / "2.csv", newer))
    assert [
        (r["plan"], r["cin"], str(r["coverage_from"]), r["last_name"], r["in_newest"]) for r in current(data)
    ] == [
        ("north", "91000001A", "2025-01-01", "Reyes Luna", True),
        ("north", "91000001A", "2026-05-01", "Reyes", True),
        ("north", "91000002B", "2025-01-01", "Okafor", False),
        ("south", "91000001A", "2025-01-01", "Reyes", True),
    ]


def test_an_older_file_that_comes_late_fills_gaps_and_never_overwrites(
    crosswalk: Run, tmp_path: Path
) -> None:
    new = members_csv(tmp_path / "new.csv", [{"cin": "91000001A", "last_name": "New"}])
    old = members_csv(tmp_path / "old.csv", [{"cin": "91000001A", "last_name": "Old"}, {"cin": "91000002B"}])
    states = []
    for order in ((new, old), (old, new)):
        data = tmp_path / f"data-{order[0].stem}"
        for path in order:
            day = "2026-11-01" if path is new else "2026-10-01"
            staged(crosswalk, data, "members", path, "--as-of", day)
        states.append(current(data))
    assert states[0] == states[1]
    assert [(row["last_name"], row["in_newest"]) for row in states[0]] == [("New", True), ("Reyes", False)]


def test_an_event_sent_again_replaces_the_one_before(crosswalk: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    asked = {"event_id": "A1", "kind": "authorization", "code": "ecm", "value": "requested"}
    staged(crosswalk, data, "events", events_csv(tmp_path / "1.csv", [asked, {"event_id": "V1"}]))
    staged(crosswalk, data, "events", events_csv(tmp_path / "2.csv", [{**asked, "value": "approved"}]))
    assert [(row["event_id"], row["value"]) for row in current(data, "events")] == [
        ("A1", "approved"),
        ("V1", None),
    ]


def test_problems_of_all_deliveries_lie_together(crosswalk: Run, tmp_path: Path) -> None:
    data = tmp_path / "data"
    staged(crosswalk, data, "members", members_csv(tmp_path / "m.csv", [{"cin": "9.1E7"}, *TWO]))
    staged(
        crosswalk,
        data,
        "events",
        events_csv(tmp_path / "e.csv", [{"kind": "teleport"}, {"cin": "91000009Z"}]),
    )
    problems = pq.read_table(data / "latest" / "problems.parquet")
    assert problems.column_names == [
        "delivery",
        "file",
        "row",
        "column",
        "code",
        "severity",
        "sentence",
        "fix",
    ]
    assert {(p["file"], p["row"], p["code"]) for p in problems.to_pylist()} == {
        ("m.csv", 1, "cin.number"),
        ("e.csv", 1, "kind.unknown"),
        ("e.csv", 2, "events.unknown_member"),
    }


def test_a_fact_that_can_be_attested_is_no_unknown_code(crosswalk: Run, tmp_path: Path) -> None:
    said = {"kind": "attestation", "value": "yes"}
    path = events_csv(tmp_path / "e.csv", [{**said, "code": "adl_need"}, {**said, "code": "likes_tea"}])
    assert staged(crosswalk, tmp_path / "data", "events", path)["codes"] == {
        "code.unlisted": 1,
        "events.no_members": 1,
    }


def test_a_site_can_add_a_layout_of_its_own(crosswalk: Run, tmp_path: Path) -> None:
    own = tmp_path / "policy" / "layouts" / "events" / "visits.yaml"
    own.parent.mkdir(parents=True)
    own.write_text(
        "layout: visits\nfamily: events\nfile: {delimiter: '|', header_row: 2}\ndates: ['%d.%m.%Y']\n"
        "defaults: {plan: east, kind: ed_visit}\ncolumns:\n  - {file: No, to: cin}\n  - {file: Id, to: event_id}\n"
        "  - {file: Day, to: from}\n"
    )
    path = tmp_path / "visits.txt"
    path.write_text(
        'Visits of "east"|2026\nID|NO|DAY|TOWN\n7|91000001A|03.09.2026|Davis\n8|91000001A|04.09.2026\n'
    )
    summary = staged(
        crosswalk,
        tmp_path / "data",
        "events",
        path,
        "--layout",
        "visits",
        "--local-policy",
        tmp_path / "policy",
    )
    assert summary["rows"] == {"in": 2, "accepted": 1, "rejected": 1, "duplicate": 0}
    (row,) = current(tmp_path / "data", "events")
    assert (row["plan"], row["kind"], str(row["from_day"]), row["extra"]) == (
        "east",
        "ed_visit",
        "2026-09-03",
        '{"TOWN":"Davis"}',
    )


def test_in_words_the_mark_of_an_unverified_layout_is_shown(crosswalk: Run, tmp_path: Path) -> None:
    path = tmp_path / "cs.csv"
    path.write_text(
        "MCP Name,Member CIN,Authorization Number,Community Support,Authorization Start Date,Authorization Status\n"
        "north,91000001A,77,Housing Deposits,09/01/2026,Approved\n"
    )
    said = crosswalk("stage", "events", path, "--layout", "cs_status", "--data", tmp_path / "data")
    assert said.code == 0
    assert "1 rows read, 1 accepted, 0 rejected, 0 duplicate (layout cs_status [unverified]" in said.out
