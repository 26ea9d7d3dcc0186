"""Each fault of a row is said once, at its row and column, with the right consequence for the row."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pyarrow.parquet as pq
import pytest

from crosswalk.core.formats.hmis import stage
from hmis_export import POLICY, files, packed

SHA = "a94a8fe5ccb19ba61c4c0873d391e987982fbbd3a94a8fe5ccb19ba61c4c0873"


class Result:
    """One staged export: rows by table, problems, counts."""

    def __init__(self, folder: Path, staged: Any) -> None:
        self.folder, self.staged = folder, staged
        self.problems = pq.read_table(folder / "problems.parquet").to_pylist()

    def rows(self, table: str) -> list[dict[str, Any]]:
        return list(pq.read_table(self.folder / f"{table}.parquet").to_pylist())

    def found(self) -> set[tuple[str, int, str, str, str]]:
        return {
            (one["file"], one["row"], one["column"], one["code"], one["severity"]) for one in self.problems
        }


def staged(tmp_path: Path, damage: tuple[str, bytes, bytes] | None = None, **given: Any) -> Result:
    """Stage a tiny export; `damage` replaces bytes in one file."""
    contents = files(**given)
    if damage:
        name, old, new = damage
        assert old in contents[name]
        contents[name] = contents[name].replace(old, new)
    folder = tmp_path / "delivery"
    folder.mkdir()
    path = packed(contents, tmp_path / "export.zip")
    return Result(folder, stage(path, folder, policy=POLICY, delivery="hmis-x", processes=1))


@pytest.mark.parametrize(
    ("given", "finding", "value"),
    [
        ({"clients": [{"VeteranStatus": "x"}]}, ("Client", "VeteranStatus", "not_a_number"), None),
        ({"clients": [{"VeteranStatus": "1.0"}]}, ("Client", "VeteranStatus", "odd_number"), 1),
        ({"clients": [{"VeteranStatus": "NULL"}]}, ("Client", "VeteranStatus", "null_word"), None),
        ({"clients": [{"VeteranStatus": "9999999999"}]}, ("Client", "VeteranStatus", "not_a_number"), None),
        ({"clients": [{"VeteranStatus": "5"}]}, ("Client", "VeteranStatus", "not_in_list"), 5),
        ({"clients": [{"VeteranStatus": ""}]}, ("Client", "VeteranStatus", "missing"), None),
        ({"clients": [{"FirstName": "x" * 51}]}, ("Client", "FirstName", "too_long"), "x" * 51),
        ({"clients": [{"FirstName": "A[1]"}]}, ("Client", "FirstName", "brackets"), "A[1]"),
        ({"clients": [{"SSN": "12-34"}]}, ("Client", "SSN", "pattern"), "12-34"),
        ({"clients": [{"DOB": "5/17/18"}]}, ("Client", "DOB", "which_century"), None),
        ({"clients": [{"DOB": "1980-05-17 08:00:00"}]}, ("Client", "DOB", "time_in_date"), "1980-05-17"),
        ({"enrollments": [{"LivingSituation": "24"}]}, ("Enrollment", "LivingSituation", "not_for_this"), 24),
        (
            {"enrollments": [{"EnrollmentCoC": "CA-999"}]},
            ("Enrollment", "EnrollmentCoC", "not_in_list"),
            "CA-999",
        ),
        (
            {"enrollments": [{"MoveInDate": "2026-01-01"}]},
            ("Enrollment", "MoveInDate", "move_in_outside_stay"),
            "2026-01-01",
        ),
        (
            {"enrollments": [{"RelationshipToHoH": "2"}]},
            ("Enrollment", "RelationshipToHoH", "household_heads"),
            2,
        ),
        ({"enrollments": [{"ProjectID": "P9"}]}, ("Enrollment", "ProjectID", "orphan_kept"), "P9"),
        (
            {"enrollments": [{"EntryDate": "1979-01-01"}]},
            ("Enrollment", "EntryDate", "entry_before_birth"),
            "1979-01-01",
        ),
        ({"exits": [{"ExitDate": "2026-01-01"}]}, ("Exit", "ExitDate", "exit_before_entry"), "2026-01-01"),
        ({"exits": [{"OtherDestination": "boat"}]}, ("Exit", "OtherDestination", "only_if"), "boat"),
        ({"IncomeBenefits": [{"TotalMonthlyIncome": "$1,083.2"}]}, None, "1083.20"),
        (
            {"IncomeBenefits": [{"TotalMonthlyIncome": "-5"}]},
            ("IncomeBenefits", "TotalMonthlyIncome", "negative"),
            "-5.00",
        ),
        (
            {"IncomeBenefits": [{"TotalMonthlyIncome": "lots"}]},
            ("IncomeBenefits", "TotalMonthlyIncome", "not_money"),
            None,
        ),
        (
            {"Disabilities": [{"DisabilityType": "9", "DisabilityResponse": "3"}]},
            ("Disabilities", "DisabilityResponse", "not_in_list"),
            3,
        ),
        ({"projects": [{"ContinuumProject": "1"}]}, ("Project", "ProjectType", "required_if"), None),
        (
            {"CurrentLivingSituation": [{"VerifiedBy": "Lee"}], "projects": [{"ProjectType": "4"}]},
            ("CurrentLivingSituation", "VerifiedBy", "only_if"),
            "Lee",
        ),
    ],
)
def test_a_doubtful_value_is_said_and_its_row_stays(
    tmp_path: Path, given: dict[str, Any], finding: tuple[str, str, str] | None, value: object
) -> None:
    result = staged(tmp_path, **given)
    if finding is None:
        assert result.found() == set()
        table, column = "IncomeBenefits", "TotalMonthlyIncome"
    else:
        table, column, code = finding
        assert result.found() == {(f"{table}.csv", 1, column, code, "warning")}
    read = result.rows(table)[0][column]
    assert (read if read is None or isinstance(read, int) else str(read)) == value


def test_disability_responses_of_substance_use_have_their_own_list(tmp_path: Path) -> None:
    assert (
        staged(tmp_path, Disabilities=[{"DisabilityType": "10", "DisabilityResponse": "3"}]).found() == set()
    )


@pytest.mark.parametrize(
    ("given", "finding"),
    [
        ({"clients": [{}, {"PersonalID": ""}]}, ("Client.csv", 2, "PersonalID", "key_missing", "error")),
        ({"enrollments": [{"PersonalID": "C9"}]}, ("Enrollment.csv", 1, "PersonalID", "orphan", "error")),
        ({"Disabilities": [{"PersonalID": "C9"}]}, ("Disabilities.csv", 1, "PersonalID", "orphan", "error")),
        (
            {"Disabilities": [{"EnrollmentID": ""}]},
            ("Disabilities.csv", 1, "EnrollmentID", "key_missing", "error"),
        ),
        ({"Funder": [{"ProjectID": "P9"}]}, ("Funder.csv", 1, "ProjectID", "orphan", "error")),
        (
            {"clients": [{}, {}], "Disabilities": [{"PersonalID": "C2"}]},
            ("Disabilities.csv", 1, "EnrollmentID", "other_persons_enrollment", "error"),
        ),
        (
            {"clients": [{}, {"PersonalID": "C1"}]},
            ("Client.csv", 2, "PersonalID", "duplicate_row", "warning"),
        ),
        (
            {"clients": [{"FirstName": "Ana"}, {"PersonalID": "C1", "FirstName": "Bao"}]},
            ("Client.csv", 2, "PersonalID", "duplicate_key", "error"),
        ),
        (
            {"clients": [{}, {"PersonalID": "C1", "DateUpdated": "2026-02-02 00:00:00"}]},
            ("Client.csv", 1, "PersonalID", "duplicate_key", "error"),
        ),
    ],
)
def test_a_row_that_cannot_stay_is_said_and_counted(
    tmp_path: Path, given: dict[str, Any], finding: tuple[str, int, str, str, str]
) -> None:
    result = staged(tmp_path, **given)
    assert finding in result.found()
    counts = result.staged.tables[finding[0].removesuffix(".csv")]
    assert counts.given == counts.accepted + counts.rejected + counts.duplicate
    assert (counts.rejected, counts.duplicate) == ((0, 1) if "duplicate" in finding[3] else (1, 0))


def test_a_row_with_an_unknown_stay_is_kept_when_its_person_is_known(tmp_path: Path) -> None:
    result = staged(tmp_path, Disabilities=[{"EnrollmentID": "E9"}])
    assert result.found() == {("Disabilities.csv", 1, "EnrollmentID", "orphan_kept", "warning")}
    assert len(result.rows("Disabilities")) == 1


def test_users_and_export_ids_that_do_not_fit_are_said_once_a_file(tmp_path: Path) -> None:
    result = staged(tmp_path, clients=[{"UserID": "U9", "ExportID": "X9"}, {"UserID": "U9"}])
    assert result.found() == {
        ("Client.csv", 0, "UserID", "unknown_user", "warning"),
        ("Client.csv", 0, "ExportID", "export_id", "warning"),
    }
    assert next(one for one in result.problems if one["code"] == "unknown_user")["sentence"].startswith(
        "2 rows"
    )


def test_a_household_in_two_projects_is_said_at_each_of_its_rows(tmp_path: Path) -> None:
    stays = [{"HouseholdID": "H"}, {"HouseholdID": "H", "ProjectID": "P2"}]
    result = staged(tmp_path, clients=[{}, {}], projects=[{}, {}], enrollments=stays)
    assert {(row, code) for _, row, _, code, _ in result.found()} == {
        (1, "household_in_two_projects"),
        (2, "household_in_two_projects"),
    }


def test_a_row_cut_off_at_the_end_of_a_file_is_rejected(tmp_path: Path) -> None:
    contents = files(clients=[{}, {}])
    contents["Client.csv"] = contents["Client.csv"][:-2]
    folder = tmp_path / "delivery"
    folder.mkdir()
    result = Result(
        folder, stage(packed(contents, tmp_path / "x.zip"), folder, policy=POLICY, delivery="d", processes=1)
    )
    assert ("Client.csv", 2, "", "cut_off", "error") in result.found()
    assert len(result.rows("Client")) == 1


@pytest.mark.parametrize("said", ["4", "1"])
def test_hashed_names_are_recognised_by_their_look(tmp_path: Path, said: str) -> None:
    people = [{"FirstName": SHA, "LastName": SHA, "SSN": "1234" + SHA, "SSNDataQuality": "1"}]
    result = staged(tmp_path, about={"HashStatus": said}, clients=people)
    assert result.staged.hashed
    assert result.found() == {("Client.csv", 0, "", "hashed", "warning")}


def test_readable_names_in_an_export_that_says_hashed_are_read_as_they_are(tmp_path: Path) -> None:
    result = staged(tmp_path, about={"HashStatus": "4"}, clients=[{"FirstName": "Ana", "LastName": "Ruiz"}])
    assert not result.staged.hashed
    assert {one["code"] for one in result.problems} == {"not_hashed"}


def test_no_sentence_repeats_what_is_in_the_row(tmp_path: Path) -> None:
    secret = {"FirstName": "Zebulon[", "SSN": "987.65.43", "DOB": "31/31/1899", "VeteranStatus": "Quagga"}
    result = staged(tmp_path, clients=[secret])
    said = " ".join(one["sentence"] + one["fix"] for one in result.problems)
    assert len(result.problems) == 4
    for value in ("Zebulon", "987", "1899", "Quagga"):
        assert value not in said


def test_every_finding_can_be_said() -> None:
    from crosswalk.core.formats.hmis.remarks import REMARKS, remark

    names = {"column": "C", "parent": "P", "list": "L", "version": "V", "condition": "X", "width": 9, "n": 2}
    for code in REMARKS:
        said = remark(code, **names)
        assert said[1] in ("error", "warning")
        assert all(said)
        assert "{n}" not in said[2] + said[3]


def test_the_reference_page_names_every_finding_with_its_severity() -> None:
    from crosswalk.core.formats.hmis.remarks import REMARKS

    page = (POLICY.parent / "docs" / "reference" / "hmis-exports.md").read_text()
    for code, (severity, _, _) in REMARKS.items():
        assert f"| `{code}` | {severity} |" in page
