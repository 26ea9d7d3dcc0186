"""Member rows: what is read, what is repaired, what is kept as unknown, what is rejected."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

Stage = Callable[..., Any]


def somebody(number: int, column: str, written: str) -> dict[str, str]:
    """An invented member of their own, with one value written so."""
    return {"cin": f"9100{number:04d}A", column: written}


def test_a_clean_row_is_kept_as_it_is_with_half_open_coverage(stage_members: Stage) -> None:
    given = stage_members(
        {"cin": "91000001a", "coverage_until": "2026-03-31", "county": "Los Angeles", "sex": "f"}
    )
    (row,) = given.rows
    assert (row["plan"], row["cin"], row["dob"]) == ("north", "91000001A", date(1980, 2, 3))
    assert (row["coverage_from"], row["coverage_end"]) == (date(2025, 1, 1), date(2026, 4, 1))
    assert (row["county"], row["sex"]) == ("19", "F")
    assert (row["source"], row["in_newest"], row["delivery"], row["file"], row["row"]) == (
        "plan:north",
        True,
        "test-1",
        "members.csv",
        1,
    )
    assert given.problems == []
    assert given.summary["rows"] == {"in": 1, "accepted": 1, "rejected": 0, "duplicate": 0}
    assert given.summary["plans"] == {"north": 1}


REPAIRED = [
    ("cin", "91000001A98765", "91000001A", "cin.from_bic"),
    # With the letter E, a card number also looks like a spreadsheet's number; no spreadsheet writes one so.
    ("cin", "91000002E98765", "91000002E", "cin.from_bic"),
    ("cin", "9100000OA", "91000000A", "cin.letter_o"),
    ("dob", "3/9/1980", date(1980, 3, 9), "date.us_format"),
    ("dob", "3/9/80", date(1980, 3, 9), "date.two_digit_year"),
    ("dob", "29255", date(1980, 2, 4), "date.excel_number"),
    ("dob", "1980-02-03 00:00:00", date(1980, 2, 3), "date.with_time"),
    ("coverage_from", "1/1/26", date(2026, 1, 1), "date.two_digit_year"),
]
UNKNOWN = [
    ("dob", "1980-13-40", "date.unreadable"),
    ("dob", "5/6/20", "date.unreadable"),
    ("dob", "0001-01-01", "date.unreadable"),
    ("dob", "2027-01-01", "date.future_birth"),
    ("dob", "", "value.missing"),
    ("last_name", "", "value.missing"),
    ("sex", "Q", "value.unlisted"),
    ("medicare", "yes", "value.unlisted"),
    ("ssn", "12345", "ssn.shape"),
    ("county", "Atlantis", "county.unknown"),
    ("county", "59", "county.unknown"),
    ("renewal_month", "November", "month.unreadable"),
    ("pcp_npi", "12", "npi.shape"),
]
REJECTED = [
    ("cin", "9.1000001E7", "cin.number"),
    ("cin", "1000001", "cin.number"),
    ("cin", "1EG4TE5MK73", "cin.medicare_number"),
    ("cin", "91000001", "cin.number"),
    ("cin", "ABC", "cin.shape"),
    ("cin", "", "key.missing"),
    ("plan", "", "key.missing"),
    ("coverage_from", "soon", "key.unreadable"),
    ("coverage_until", "never", "period.unreadable_end"),
    ("coverage_until", "2024-12-31", "period.backwards"),
]


def test_a_value_whose_meaning_is_certain_is_repaired_with_a_warning(stage_members: Stage) -> None:
    given = stage_members(
        *(somebody(n, column, written) for n, (column, written, _, _) in enumerate(REPAIRED))
    )
    for number, (column, written, kept, remark) in enumerate(REPAIRED):
        assert given.rows[number][column] == kept, written
        assert given.remarks(number + 1) == {remark}, written
    assert given.summary["problems"] == {"error": 0, "warning": len(REPAIRED)}


def test_a_value_that_is_not_certain_is_unknown_and_the_row_stays(stage_members: Stage) -> None:
    given = stage_members(*(somebody(n, column, written) for n, (column, written, _) in enumerate(UNKNOWN)))
    assert given.summary["rows"]["accepted"] == len(UNKNOWN)
    for number, (column, written, remark) in enumerate(UNKNOWN):
        assert given.rows[number][column] is None, written
        assert given.remarks(number + 1) == {remark}, written


def test_a_row_that_belongs_to_nobody_is_rejected_and_the_next_one_is_not(stage_members: Stage) -> None:
    rows = [somebody(n, column, written) for n, (column, written, _) in enumerate(REJECTED)]
    given = stage_members(*rows, {"cin": "92000000Z"})
    assert [row["cin"] for row in given.rows] == ["92000000Z"]
    assert given.summary["rows"] == {
        "in": len(rows) + 1,
        "accepted": 1,
        "rejected": len(rows),
        "duplicate": 0,
    }
    for number, (_, written, remark) in enumerate(REJECTED):
        assert given.remarks(number + 1) == {remark}, written
    assert {problem["severity"] for problem in given.problems} == {"error"}


def test_a_last_day_that_says_no_end_is_known_is_open_coverage(stage_members: Stage) -> None:
    ends = ["9999-12-31", "2999-12-31", "2099-12-31", ""]
    given = stage_members(*(somebody(n, "coverage_until", end) for n, end in enumerate(ends)))
    assert [row["coverage_end"] for row in given.rows] == [None] * 4
    assert given.problems == []


def test_a_county_is_read_by_code_by_name_and_with_the_word_county(stage_members: Stage) -> None:
    given = stage_members(
        {"county": "34"},
        {"county": "SACRAMENTO", "cin": "91000002B"},
        {"county": "Yolo County", "cin": "91000003C"},
    )
    assert [row["county"] for row in given.rows] == ["34", "34", "57"]


def test_an_unknown_flag_is_kept_as_unknown_and_not_as_a_word(stage_members: Stage) -> None:
    given = stage_members({"homeless_indicator": "unknown"}, {"homeless_indicator": "Y", "cin": "91000002B"})
    assert [row["homeless_indicator"] for row in given.rows] == [None, "yes"]
    assert given.problems == []


def test_the_last_four_digits_of_an_ssn_are_kept_as_such(stage_members: Stage) -> None:
    given = stage_members({"ssn": "***-**-1234"}, {"ssn": "912-34-5678", "cin": "91000002B"})
    assert [row["ssn"] for row in given.rows] == ["xxxxx1234", "912345678"]


def test_names_that_look_like_nothing_are_names(stage_members: Stage) -> None:
    names = ["Null", "NA", "None", "O'Brien", "ʻŌpūnui", "de la Cruz-Núñez", "李", "X Æ"]
    given = stage_members(*(somebody(n, "last_name", name) for n, name in enumerate(names)))
    assert [row["last_name"] for row in given.rows] == names


def test_columns_nobody_asked_for_are_kept_and_reported(stage_members: Stage) -> None:
    given = stage_members({"Risk score": "high"}, {"cin": "91000002B"})
    assert [row["extra"] for row in given.rows] == ['{"Risk score":"high"}', None]
    assert given.summary["unknown_columns"] == ["Risk score"]


def test_the_same_row_twice_counts_once(stage_members: Stage) -> None:
    given = stage_members({}, {}, {})
    assert given.summary["rows"] == {"in": 3, "accepted": 1, "rejected": 0, "duplicate": 2}
    assert [(p["row"], p["code"]) for p in given.problems] == [(2, "row.repeated"), (3, "row.repeated")]
    assert "Rows 1 and 2" in given.problems[0]["sentence"]


def test_two_birth_dates_for_one_cin_are_named_with_both_rows_and_the_rest_is_kept(
    stage_members: Stage,
) -> None:
    given = stage_members({}, {"dob": "1981-02-03", "phone": "9165550100"})
    (row,) = given.rows
    assert row["dob"] is None
    assert (row["cin"], row["last_name"], row["phone"]) == ("91000001A", "Reyes", "9165550100")
    (said,) = [problem for problem in given.problems if problem["code"] == "member.two_birth_dates"]
    assert "rows 1, 2" in said["sentence"]
    assert "1981" not in said["sentence"]


def test_two_birth_dates_in_two_coverage_spans_are_unknown_in_both(stage_members: Stage) -> None:
    given = stage_members(
        {"coverage_until": "2025-06-30"}, {"coverage_from": "2025-08-01", "dob": "1981-02-03"}
    )
    assert [row["dob"] for row in given.rows] == [None, None]
    assert given.summary["rows"]["accepted"] == 2


def test_rows_that_differ_keep_what_is_certain(stage_members: Stage) -> None:
    given = stage_members(
        {"first_name": "Marisol", "coverage_until": "2025-12-31", "phone": "1"},
        {"first_name": "Maria", "coverage_until": "", "phone": ""},
    )
    (row,) = given.rows
    assert (row["first_name"], row["coverage_end"], row["phone"]) == (None, None, "1")
    (said,) = given.problems
    assert said["code"] == "row.conflict"
    assert "first_name" in said["sentence"]


def test_the_same_person_in_two_plans_is_two_rows_and_no_problem(stage_members: Stage) -> None:
    given = stage_members({}, {"plan": "south", "dob": "1981-02-03"})
    assert given.problems == []
    assert given.summary["plans"] == {"north": 1, "south": 1}


def test_no_problem_repeats_what_the_row_says(stage_members: Stage) -> None:
    given = stage_members(
        {"dob": "31.12.1977x", "cin": "ZZ9secret", "ssn": "777-77-777", "county": "Narnia", "sex": "Qq"},
        {"last_name": "Hidalgo"},
        {"last_name": "Montoya"},
    )
    said = " ".join(problem["sentence"] + problem["fix"] for problem in given.problems)
    for value in ("1977", "secret", "777-", "Narnia", "Qq", "Hidalgo", "Montoya"):
        assert value not in said
