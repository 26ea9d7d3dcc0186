"""An invented county: the same bytes again, within the rules of the files it claims to be."""

from __future__ import annotations

import csv
import hashlib
import io
import zipfile
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.policy import shipped_folder
from crosswalk.core.simulation import County, make_county
from crosswalk.core.simulation.stories import CASES

ON = date(2026, 11, 1)
LAYOUT = shipped_folder() / "layouts" / "hmis" / "2026.csv"


def made(out: Path, people: int = 120, members: int = 400, seed: int = 3, *, defects: bool = False) -> County:
    out.mkdir(parents=True)
    return make_county(
        out, layout=LAYOUT, people_wanted=people, members_wanted=members, seed=seed, on=ON, defects=defects
    )


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of 120 people, made once."""
    out = tmp_path_factory.mktemp("county") / "files"
    made(out)
    return out


@pytest.fixture(scope="module")
def larger(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A county of 700 people without neighbours, large enough to count shares."""
    out = tmp_path_factory.mktemp("larger") / "files"
    made(out, people=700, members=0, seed=11)
    return out


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def table(county: Path, name: str) -> list[dict[str, str]]:
    with zipfile.ZipFile(county / "hmis.zip") as packed:
        return list(csv.DictReader(io.StringIO(packed.read(f"{name}.csv").decode("utf-8"))))


def digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()}


def test_the_same_seed_and_arguments_give_the_same_bytes(tmp_path: Path, county: Path) -> None:
    made(tmp_path / "again")
    assert digests(tmp_path / "again") == digests(county)


def test_another_seed_gives_another_county(tmp_path: Path, county: Path) -> None:
    made(tmp_path / "other", seed=4)
    assert digests(tmp_path / "other")["hmis.zip"] != digests(county)["hmis.zip"]


def test_more_members_leave_the_response_system_as_it_is(tmp_path: Path, county: Path) -> None:
    made(tmp_path / "larger", members=900)
    assert digests(tmp_path / "larger")["hmis.zip"] == digests(county)["hmis.zip"]


def test_a_county_has_as_many_people_and_members_as_asked_for(county: Path) -> None:
    clients = {row["person_key"] for row in rows(county / "truth.csv") if row["source"].startswith("hmis:")}
    assert len(clients) == 120
    members = sum(len(rows(county / f"members_{plan}.csv")) for plan in ("sequoia", "valley_oak"))
    assert members >= 400


def test_nobody_shares_a_social_security_number_or_a_cin_by_chance(county: Path) -> None:
    key_of = {
        (row["source"].removeprefix("plan:"), row["source_id"]): row["person_key"]
        for row in rows(county / "truth.csv")
    }
    holders: dict[str, set[str]] = defaultdict(set)
    for plan in ("sequoia", "valley_oak"):
        for row in rows(county / f"members_{plan}.csv"):
            if row["ssn"]:
                holders[row["ssn"]].add(key_of[plan, row["cin"]])
    assert not [ssn for ssn, who in holders.items() if len(who) > 1]
    assert len(key_of) == len(rows(county / "truth.csv"))


def test_social_security_numbers_pass_validation_and_phones_are_fictitious(county: Path) -> None:
    for row in rows(county / "members_sequoia.csv"):
        assert row["phone"][3:8] == "55501"
        if row["ssn"]:
            assert len(row["ssn"]) == 9
            assert 734 <= int(row["ssn"][:3]) <= 899
            assert row["ssn"][3:5] != "00"
            assert row["ssn"][5:] != "0000"


def test_every_key_of_the_export_is_used_once_and_every_child_row_finds_its_enrollment(county: Path) -> None:
    enrollments = {row["EnrollmentID"]: row["PersonalID"] for row in table(county, "Enrollment")}
    clients = {row["PersonalID"] for row in table(county, "Client")}
    assert len(enrollments) == len(table(county, "Enrollment"))
    assert set(enrollments.values()) <= clients
    for name in (
        "Exit",
        "Disabilities",
        "IncomeBenefits",
        "HealthAndDV",
        "Services",
        "CurrentLivingSituation",
        "Event",
    ):
        for row in table(county, name):
            assert enrollments[row["EnrollmentID"]] == row["PersonalID"]


def test_every_household_has_one_head_in_each_stay(county: Path) -> None:
    heads = Counter(
        row["HouseholdID"] for row in table(county, "Enrollment") if row["RelationshipToHoH"] == "1"
    )
    assert set(heads) == {row["HouseholdID"] for row in table(county, "Enrollment")}
    assert set(heads.values()) == {1}


def test_nothing_in_the_export_lies_after_its_day_or_ends_before_it_starts(county: Path) -> None:
    entered = {row["EnrollmentID"]: row["EntryDate"] for row in table(county, "Enrollment")}
    assert max(entered.values()) <= ON.isoformat()
    for row in table(county, "Exit"):
        assert entered[row["EnrollmentID"]] < row["ExitDate"] <= ON.isoformat()
    for row in table(county, "Enrollment"):
        assert row["DateToStreetESSH"] <= row["EntryDate"]
        assert not row["MoveInDate"] or row["EntryDate"] <= row["MoveInDate"] <= ON.isoformat()


def test_four_fifths_of_the_homeless_people_are_members(larger: Path) -> None:
    sources: dict[str, set[str]] = defaultdict(set)
    for row in rows(larger / "truth.csv"):
        if row["person_key"].startswith("H"):
            sources[row["person_key"]].add(row["source"].split(":")[0])
    known = [found for found in sources.values() if "hmis" in found]
    assert 0.7 < sum("plan" in found for found in known) / len(known) < 0.88


def test_desks_write_people_down_as_badly_as_real_ones(larger: Path) -> None:
    told = [row for row in rows(larger / "truth.csv") if row["source"].startswith("hmis:")]
    kinds = Counter(kind for row in told for kind in row["changed"].split(", "))
    twice = Counter(row["person_key"] for row in told)
    assert 0.05 < kinds["ssn: last four"] / len(told) < 0.13
    assert 0.06 < kinds["ssn: none"] / len(told) < 0.15
    assert 0.008 < kinds["nickname"] / len(told) < 0.06
    assert 0.03 < sum(n > 1 for n in twice.values()) / len(twice) < 0.1


def test_every_story_is_planted_in_a_county_that_has_room_for_it(county: Path) -> None:
    assert {row["case"] for row in rows(county / "truth.csv")} - {""} == {case.key for case in CASES}


def test_a_tiny_county_plants_what_fits_and_stays_tiny(tmp_path: Path) -> None:
    made(tmp_path / "tiny", people=5, members=0)
    assert len(table(tmp_path / "tiny", "Client")) <= 6
    planted = {row["case"] for row in rows(tmp_path / "tiny" / "truth.csv")} - {""}
    assert "five_visits_one_admitted" in planted, "stories without HMIS always fit"


def test_planted_mistakes_are_where_the_truth_says(tmp_path: Path) -> None:
    made(tmp_path / "spoiled", people=400, members=0, defects=True)
    mistakes = rows(tmp_path / "spoiled" / "truth_defects.csv")
    assert len({row["defect"] for row in mistakes}) >= 4
    for mistake in mistakes:
        row = table(tmp_path / "spoiled", mistake["file"].removesuffix(".csv"))[int(mistake["row"]) - 1]
        if mistake["defect"] == "not a date":
            assert row[mistake["column"]] == "31-31-2025"
        if mistake["defect"] == "names nobody":
            assert row[mistake["column"]] == "NOBODY"


def test_every_program_is_planted_met_not_met_and_unknown() -> None:
    planted: dict[str, set[str]] = defaultdict(set)
    for case in CASES:
        for person in case.people:
            for answer in person.answers:
                planted[answer.program].add(answer.answer)
                assert bool(answer.asks) == (answer.answer == "unknown"), (
                    f"{case.key}: an open answer names its question"
                )
    programs = {path.stem for path in (shipped_folder() / "populations").glob("*.yaml")}
    services = {path.stem for path in (shipped_folder() / "services").glob("*.yaml")}
    expected = programs | {"chw" if key == "chw" else f"cs.{key}" for key in services}
    assert set(planted) == expected
    assert [program for program, found in planted.items() if found != {"met", "not_met", "unknown"}] == []
