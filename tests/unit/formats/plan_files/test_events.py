"""Event rows: what an empty end means, how codes are written, and what nothing counts."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.formats.plan_files import read_codes
from crosswalk.core.policy import shipped_folder
from plan_files_builder import members_csv

Stage = Callable[..., Any]
DAY, NEXT = date(2026, 3, 1), date(2026, 3, 2)


ENDS = [
    ("ed_visit", "", NEXT),
    ("diagnosis", "F11.20", NEXT),
    ("custody_release", "jail", NEXT),
    ("outreach", "phone", NEXT),
    ("inpatient_stay", "", None),
    ("snf_stay", "", None),
    ("pregnancy", "", None),
    ("program", "fsp", None),
    ("level_of_care", "snf", None),
    ("authorization", "ecm", None),
    ("enrollment", "cs.htns", None),
    ("foster_care", "placement", None),
]
REJECTED = [
    ({"until": "2026-02-01"}, "period.backwards"),
    ({"until": "later"}, "period.unreadable_end"),
    ({"from": ""}, "key.missing"),
    ({"from": "yesterday"}, "key.unreadable"),
    ({"event_id": ""}, "key.missing"),
    ({"kind": ""}, "key.missing"),
    ({"cin": "9.1E7"}, "cin.number"),
]
UNCOUNTED = [
    ({"kind": "teleport"}, "kind.unknown"),
    ({"kind": "program", "code": "gym"}, "code.unlisted"),
    ({"kind": "program", "code": ""}, "code.missing"),
    ({"kind": "diagnosis", "code": "homeless"}, "code.icd10_shape"),
    ({"kind": "diagnosis", "code": "F1120"}, "code.no_dot"),
    ({"kind": "ed_visit", "value": "perhaps"}, "value.unlisted_for_kind"),
    ({"kind": "attestation", "code": "food_insecure"}, "value.missing_answer"),
    ({"kind": "ed_visit", "from": "2026-12-24"}, "date.future"),
]


def test_an_empty_until_is_a_day_or_still_open_by_kind(stage_events: Stage) -> None:
    given = stage_events(*({"kind": kind, "code": code} for kind, code, _ in ENDS))
    assert [(row["kind"], row["from_day"], row["end_day"]) for row in given.rows] == [
        (kind, DAY, end) for kind, _, end in ENDS
    ]


def test_until_is_the_last_day_and_is_kept_as_the_first_day_after(stage_events: Stage) -> None:
    (row,) = stage_events({"kind": "inpatient_stay", "until": "2026-03-05"}).rows
    assert row["end_day"] == date(2026, 3, 6)


def test_a_stay_of_one_day_is_not_backwards(stage_events: Stage) -> None:
    given = stage_events({"kind": "inpatient_stay", "until": "2026-03-01"})
    assert given.rows[0]["end_day"] == NEXT
    assert given.summary["problems"]["error"] == 0


def test_an_event_that_cannot_be_placed_is_rejected(stage_events: Stage) -> None:
    given = stage_events(*(row for row, _ in REJECTED), {"cin": "91000002B"})
    for number, (row, remark) in enumerate(REJECTED, start=1):
        assert given.remarks(number) == {remark}, row
    assert given.summary["rows"] == {"in": 8, "accepted": 1, "rejected": 7, "duplicate": 0}


def test_an_event_that_nothing_may_count_is_kept_with_a_warning(stage_events: Stage) -> None:
    given = stage_events(*(row for row, _ in UNCOUNTED))
    for number, (row, remark) in enumerate(UNCOUNTED, start=1):
        assert given.remarks(number) == {remark}, row
    assert given.summary["rows"]["accepted"] == len(UNCOUNTED)


def test_an_expected_release_may_lie_ahead(stage_events: Stage) -> None:
    assert stage_events({"kind": "custody_release", "code": "jail", "from": "2026-12-24"}).remarks(1) == set()


def test_a_diagnosis_is_kept_in_capitals_with_its_dot(stage_events: Stage) -> None:
    written = ["f11.20", "F1120", "I10", "z59.02"]
    given = stage_events(*({"kind": "diagnosis", "code": code} for code in written))
    assert [row["code"] for row in given.rows] == ["F11.20", "F11.20", "I10", "Z59.02"]


def test_words_of_lists_are_read_in_any_case(stage_events: Stage) -> None:
    given = stage_events({"kind": "Authorization", "code": "CS.HTNS", "value": "Approved"})
    row = given.rows[0]
    assert (row["kind"], row["code"], row["value"]) == ("authorization", "cs.htns", "approved")
    assert given.remarks(1) == set()


def test_a_facility_and_a_provider_keep_their_own_words(stage_events: Stage) -> None:
    given = stage_events(
        {"kind": "ed_visit", "code": "Mercy ED"}, {"kind": "enrollment", "code": "ecm", "value": "Open Door"}
    )
    assert (given.rows[0]["code"], given.rows[1]["value"]) == ("Mercy ED", "Open Door")


def test_the_same_number_again_replaces_the_row_before_it(stage_events: Stage) -> None:
    given = stage_events(
        {"event_id": "7", "value": "avoidable"},
        {"event_id": "8"},
        {"event_id": "7", "value": "not_avoidable"},
        {"event_id": "8"},
    )
    assert [(row["event_id"], row["row"], row["value"]) for row in given.rows] == [
        ("7", 3, "not_avoidable"),
        ("8", 4, None),
    ]
    assert given.remarks(1) == {"event.replaced"}
    assert given.remarks(2) == {"row.repeated"}
    assert given.summary["rows"] == {"in": 4, "accepted": 2, "rejected": 0, "duplicate": 2}


def test_before_any_member_file_one_warning_says_so(stage_events: Stage) -> None:
    given = stage_events({}, {"cin": "91000002B"})
    assert [(p["row"], p["code"]) for p in given.problems] == [(0, "events.no_members")]


def test_an_event_of_somebody_no_member_file_names_is_kept_and_reported(
    stage_events: Stage, stage_file: Stage, tmp_path: Path
) -> None:
    stage_file(members_csv(tmp_path / "members.csv", [{}]), "members")
    known = (tmp_path / "staged" / "members.parquet").rename(tmp_path / "known.parquet")
    given = stage_events({}, {"cin": "91000002B"}, {"plan": "south"}, members=known)
    assert [(p["row"], p["code"]) for p in given.problems] == [
        (2, "events.unknown_member"),
        (3, "events.unknown_member"),
    ]
    assert given.summary["rows"]["accepted"] == 3


def test_a_fact_that_can_be_attested_is_a_code_of_attestations() -> None:
    codes = read_codes([shipped_folder()])
    assert "adl_need" in codes.with_attestable(["adl_need"]).kinds["attestation"].codes
    assert "food_insecure" in codes.with_attestable([]).kinds["attestation"].codes
