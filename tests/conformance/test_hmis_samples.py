"""Other people's HMIS exports give the results that ../shared/hmis/samples/README.md states."""

# ruff: noqa: DTZ001, DTZ007 HMIS times are local and carry no zone
from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

pytestmark = pytest.mark.shared

Staging = Callable[..., dict[str, Any]]


@pytest.fixture
def samples(shared: Path) -> Path:
    return shared / "hmis" / "samples"


@pytest.fixture
def data(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def stage(crosswalk: Callable[..., Any], samples: Path, data: Path) -> Staging:
    """Stage one sample, or one importer case, and return the summary."""

    def run(name: str) -> dict[str, Any]:
        path = samples / f"{name}.zip"
        path = path if path.exists() else samples / "importer-cases" / f"{name}.zip"
        said = crosswalk("stage", "hmis", path, "--data", data, "--json")
        assert said.code == 0, said.err
        return dict(said.summary)

    return run


def rows(data: Path, table: str) -> list[dict[str, Any]]:
    return list(pq.read_table(data / "current" / "hmis" / f"{table}.parquet").to_pylist())


def by_key(data: Path, table: str, key: str) -> dict[str, dict[str, Any]]:
    return {row[key]: row for row in rows(data, table)}


def problems(data: Path, **wanted: object) -> list[dict[str, Any]]:
    found = pq.read_table(data / "latest" / "problems.parquet").to_pylist()
    return [one for one in found if all(one[name] == value for name, value in wanted.items())]


def sums_hold(summary: dict[str, Any]) -> bool:
    return all(
        one["in"] == one["accepted"] + one["rejected"] + one["duplicate"]
        for one in summary["tables"].values()
    )


# --- whole exports ---------------------------------------------------------------------------------


def test_evas_demo_is_read_whole_with_its_quirks(stage: Staging, samples: Path, data: Path) -> None:
    summary = stage("eva-demo-fy2026")
    accepted = {name: one["accepted"] for name, one in summary["tables"].items()}
    assert summary["version"] == "FY2026"
    assert (accepted["Client"], accepted["Enrollment"], accepted["Exit"]) == (4146, 4771, 4295)
    assert (accepted["Disabilities"], accepted["IncomeBenefits"], accepted["Event"]) == (24672, 9623, 168)
    assert [name for name, n in accepted.items() if not n] == [
        "Affiliation",
        "AssessmentQuestions",
        "AssessmentResults",
    ]
    assert sums_hold(summary)
    assert summary["hashed"], "names are stand-ins for hashes"
    assert {one["file"] for one in problems(data, code="column_order")} == {"Client.csv", "Enrollment.csv"}
    assert {one["column"] for one in problems(data, code="column_spelling")} == {"TcellCount", "TcellSource"}
    assert (
        len(
            problems(
                data, file="CurrentLivingSituation.csv", column="CurrentLivingSituation", code="not_in_list"
            )
        )
        == 1
    )
    assert {row["CurrentLivingSituation"] for row in rows(data, "CurrentLivingSituation")} >= {999}
    # Short dates are read day first, because the column proves it.
    with zipfile.ZipFile(samples / "eva-demo-fy2026.zip") as archive:
        written = csv.DictReader(io.TextIOWrapper(archive.open("Client.csv"), "utf-8-sig"))
        meant = {one["PersonalID"]: datetime.strptime(one["DateUpdated"], "%d-%m-%y") for one in written}
    assert {row["PersonalID"]: row["DateUpdated"] for row in rows(data, "Client")} == meant
    assert len(problems(data, file="Client.csv", column="DateUpdated", code="two_digit_year")) == 4146


def test_huds_lsa_slice_is_read_whole(stage: Staging) -> None:
    summary = stage("hud-lsa-v8-slice-fy2026")
    accepted = {name: one["accepted"] for name, one in summary["tables"].items()}
    assert (accepted["Client"], accepted["Enrollment"], accepted["Project"]) == (1542, 2480, 72)
    assert (accepted["Disabilities"], accepted["Services"], accepted["IncomeBenefits"]) == (27177, 2894, 0)
    assert sums_hold(summary)
    assert summary["problems"]["error"] == 0
    assert not summary["hashed"]


def test_the_fy2024_kit_converted_equals_the_fy2026_kit(
    crosswalk: Callable[..., Any], samples: Path, tmp_path: Path
) -> None:
    """The pair is the test of a published conversion; the tables differ in what Export.csv says of itself only."""
    tables: list[dict[str, list[dict[str, Any]]]] = []
    for year in (2024, 2026):
        data = tmp_path / str(year)
        said = crosswalk("stage", "hmis", samples / f"datalab-fy{year}.zip", "--data", data, "--json")
        assert said.code == 0, said.err
        assert said.summary["version"] == f"FY{year}"
        read: dict[str, list[dict[str, Any]]] = {}
        for path in sorted((data / "current" / "hmis").glob("[A-Z]*.parquet")):
            if not path.stem.startswith("Kept"):
                key = pq.read_schema(path).names[0]
                read[path.stem] = sorted(
                    pq.read_table(path).to_pylist(), key=lambda row, key=key: str(row[key])
                )  # type: ignore[misc]
                for row in read[path.stem]:
                    del row["delivery"]
        tables.append(read)
    old, new = tables
    assert old.keys() == new.keys()
    assert len(old) == 24
    assert [row.pop("CSVVersion") for row in old["Export"]] == ["2024 v1.3"]
    assert [row.pop("CSVVersion") for row in new["Export"]] == ["2026 v1.0"]
    for name, converted in old.items():
        assert converted == new[name], name


def test_what_fy2026_dropped_is_kept_beside_as_the_kits_side_files_have_it(
    stage: Staging, samples: Path, data: Path
) -> None:
    stage("datalab-fy2024")
    kept = pq.read_table(data / "current" / "hmis" / "Kept2024_Client.parquet").to_pylist()
    ours: dict[str, dict[str, str]] = {}
    for one in kept:
        ours.setdefault(one["key"], {})[one["column"]] = one["value"]
    with zipfile.ZipFile(samples / "datalab-fy2026.zip") as archive:
        written = list(csv.DictReader(io.TextIOWrapper(archive.open("CustomGender.csv"), "utf-8-sig")))
    columns = (
        "Woman",
        "Man",
        "NonBinary",
        "CulturallySpecific",
        "Transgender",
        "Questioning",
        "DifferentIdentity",
    )
    assert len(written) == 514
    for row in written:
        theirs = {name: row[name] for name in (*columns, "GenderNone") if row.get(name)}
        assert {name: value for name, value in ours[row["PersonalID"]].items() if name in theirs} == theirs


# --- importer cases --------------------------------------------------------------------------------

_NAMED = {
    "Organization": "OrganizationID",
    "User": "UserID",
    "Project": "ProjectID",
    "Funder": "FunderID",
    "ProjectCoC": "ProjectCoCID",
    "Inventory": "InventoryID",
    "Affiliation": "AffiliationID",
    "HMISParticipation": "HMISParticipationID",
    "Enrollment": "EnrollmentID",
    "Exit": "ExitID",
    "IncomeBenefits": "IncomeBenefitsID",
    "HealthAndDV": "HealthAndDVID",
    "EmploymentEducation": "EmploymentEducationID",
    "Disabilities": "DisabilitiesID",
    "Services": "ServicesID",
    "CurrentLivingSituation": "CurrentLivingSitID",
    "Event": "EventID",
    "Assessment": "AssessmentID",
    "AssessmentQuestions": "AssessmentQuestionID",
    "AssessmentResults": "AssessmentResultID",
}


def test_rows_named_valid_and_validation_stay_and_rows_named_error_and_failure_go(
    stage: Staging, data: Path
) -> None:
    summary = stage("validation-files")
    assert sums_hold(summary)
    warned = problems(data, severity="warning")
    for table, key in _NAMED.items():
        held = by_key(data, table, key)
        names = {name.removeprefix("GR-") for name in held}
        assert "VALID" in names, table
        assert not names & {"ERROR", "FAILURE"}, table
        for row in held.values():
            assert "FAILURE" not in (
                row.get("EnrollmentID"),
                row.get("PersonalID"),
                row.get("ProjectName"),
            ), table
        if "VALIDATION" in names and table not in (
            "User",
            "Affiliation",
            "AssessmentQuestions",
            "AssessmentResults",
        ):
            mine = next(row["row"] for name, row in held.items() if "VALIDATION" in name)
            if table != "CurrentLivingSituation":  # its row of that name has nothing wrong beyond its project
                assert any(one["file"] == f"{table}.csv" and one["row"] == mine for one in warned), table


def test_a_client_is_kept_as_long_as_it_has_a_personal_id(stage: Staging, data: Path) -> None:
    """The client rows named ERROR and FAILURE (whose name reads NON-FAILURE) have no more wrong with them than every
    client of the other cases: a blank NameDataQuality. Only the one without PersonalID goes."""
    summary = stage("validation-files")
    assert summary["tables"]["Client"] == {"in": 5, "accepted": 4, "rejected": 1, "duplicate": 0}
    assert set(by_key(data, "Client", "PersonalID")) == {"VALID", "VALIDATION", "ERROR", "FAILURE"}


def test_of_rows_with_one_key_the_newest_or_first_stays(stage: Staging, data: Path) -> None:
    summary = stage("duplicate-primary-keys")
    assert sums_hold(summary)
    assert summary["tables"]["Client"] == {"in": 5, "accepted": 3, "rejected": 0, "duplicate": 2}
    assert summary["tables"]["Enrollment"] == {"in": 5, "accepted": 4, "rejected": 0, "duplicate": 1}
    client = by_key(data, "Client", "PersonalID")["7b8c1279001142afac2fd0bde7a8f6bf"]
    assert client["LastName"] == "Three"
    assert (
        by_key(data, "Enrollment", "EnrollmentID")["557890"]["PersonalID"]
        == "4c9da990d51b4ed1a2e45b972aeaecee"
    )
    assert len(problems(data, file="Client.csv", code="duplicate_key")) == 2


def test_two_digit_years_get_a_century_only_where_one_is_possible(stage: Staging, data: Path) -> None:
    summary = stage("bad-data")
    assert sums_hold(summary)
    assert summary["tables"]["Client"]["accepted"] == 134
    clients = by_key(data, "Client", "PersonalID")
    assert clients["6798"]["DOB"] == date(1967, 5, 8)
    assert clients["6800"]["DOB"] == date(1920, 6, 17), "2020 would lie after the export of 2017"
    assert clients["6801"]["DateUpdated"] == datetime(2015, 9, 10, 21, 39), (
        "month first, as its column proves"
    )
    assert clients["6803"]["DateUpdated"] == datetime(2015, 9, 10, 21, 39)
    assert clients["6810"]["DateUpdated"] == datetime(2016, 7, 14, 9, 59)
    assert problems(data, file="Client.csv", row=clients["6798"]["row"], column="DOB", code="two_digit_year")
    assert clients["6906"]["LastName"] == '""Last1""', "doubled quotation marks are part of the text"


def test_byte_order_marks_change_nothing(stage: Staging, data: Path) -> None:
    summary = stage("bom-test")
    assert sums_hold(summary)
    accepted = {name: one["accepted"] for name, one in summary["tables"].items()}
    assert (accepted["Client"], accepted["Enrollment"], accepted["Services"]) == (3, 4, 18)
    assert (accepted["User"], accepted["Funder"], accepted["ProjectCoC"]) == (4, 1, 1)
    assert not problems(data, code="column_missing")


def test_rows_with_too_many_or_too_few_columns_are_rejected_with_their_number(
    stage: Staging, data: Path
) -> None:
    summary = stage("loader-errors")
    assert sums_hold(summary)
    assert summary["tables"]["Client"] == {"in": 134, "accepted": 131, "rejected": 3, "duplicate": 0}
    assert summary["tables"]["Event"] == {"in": 2, "accepted": 1, "rejected": 1, "duplicate": 0}
    assert summary["tables"]["Exit"] == {"in": 1, "accepted": 0, "rejected": 1, "duplicate": 0}
    assert [one["row"] for one in problems(data, file="Client.csv", code="columns")] == [6, 33, 60]
    assert problems(data, file="Exit.csv", column="ExtraColumn", code="column_unknown")
    project = by_key(data, "Project", "ProjectID")["751"]
    assert (project["OperatingStartDate"], project["OperatingEndDate"]) == (
        date(2015, 12, 31),
        date(2025, 12, 31),
    )
    assert len(problems(data, code="file_missing")) == 19


def test_blank_household_ids_and_wrong_heads_are_kept_and_said(stage: Staging, data: Path) -> None:
    summary = stage("ensure-households")
    assert summary["tables"]["Enrollment"]["accepted"] == 21
    blank = {
        one["row"] for one in problems(data, file="Enrollment.csv", column="HouseholdID", code="missing")
    }
    households = by_key(data, "Enrollment", "EnrollmentID")
    assert blank == {households["E-8"]["row"], households["E-9"]["row"]}
    shared = {one["row"] for one in problems(data, code="household_in_two_projects")}
    assert shared == {households[name]["row"] for name in ("E-4", "E-5", "E-6", "E-7", "E-13", "E-14")}


def test_of_eight_move_ins_the_three_outside_the_stay_are_named(stage: Staging, data: Path) -> None:
    stage("cleanup-move-ins")
    stays = by_key(data, "Enrollment", "EnrollmentID")
    assert sum(row["MoveInDate"] is not None for row in stays.values()) == 8
    wrong = {one["row"] for one in problems(data, code="move_in_outside_stay")}
    assert wrong == {stays[name]["row"] for name in ("E-3", "E-4", "E-5")}


# --- the same source imported in turn --------------------------------------------------------------


@pytest.mark.parametrize(("then", "name"), [("newer", "Newer"), ("older", "One"), ("same-day", "Same")])
def test_a_row_changed_later_or_on_the_same_day_applies_and_an_older_one_does_not(
    stage: Staging, data: Path, then: str, name: str
) -> None:
    stage("date-updated-initial")
    stage(f"date-updated-{then}")
    assert [row["LastName"] for row in rows(data, "Client")] == [name]


def test_exports_in_turn_add_change_and_delete(stage: Staging, data: Path) -> None:
    stage("enrollment-test-files")
    assert len(rows(data, "Client")) == 3
    assert {row["HouseholdID"] for row in rows(data, "Enrollment")} == {None}
    assert len(rows(data, "Services")) == 18

    stage("enrollment-change-files")
    households = {key: row["HouseholdID"] for key, row in by_key(data, "Enrollment", "EnrollmentID").items()}
    assert households == {"557331": None, "557890": "2222", "559123": "3333", "622377": None}
    assert len(rows(data, "YouthEducationStatus")) == 3, "absence in an export that is not full says nothing"

    stage("enrollment-with-deletes-test-files")
    assert {row["LastName"] for row in rows(data, "Client")} == {"One", "Three"}
    assert set(by_key(data, "Enrollment", "EnrollmentID")) == {"559123", "622377"}
    assert rows(data, "Services") == [], "the bed nights of deleted enrollments go with them"
    assert by_key(data, "Exit", "ExitID")["429936"]["DateUpdated"] == datetime(2017, 9, 20, 12, 7, 33)


def test_the_same_file_twice_changes_nothing(stage: Staging, data: Path) -> None:
    first = stage("datalab-fy2026")
    state = (data / "current").resolve()
    again = stage("datalab-fy2026")
    assert again == {**first, "repeated": True}
    assert (data / "current").resolve() == state
