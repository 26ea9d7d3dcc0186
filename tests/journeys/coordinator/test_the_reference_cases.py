"""A county of twenty-eight people, one for each case of the reference, through the same doors as any file.

Each person is written down as an HMIS user and two plans would: an export, a roster, events. Nothing is set inside
the program; what comes out must be what the ECM Policy Guide says (reference, section 1.5).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import duckdb
import pytest

from hmis_export import export
from plan_files_builder import events_csv, members_csv

ON = "2026-11-01"
CAR, SHELTER, FRIEND, MOTEL = "116", "101", "336", "314"
NEEDS_CARE = ["cannot_self_manage", "coordination_would_help"]


@dataclass
class Person:
    """One case: who the person is, what the two systems have written down, and what must come out."""

    story: str
    expect: dict[str, str]
    born: str = "1984-03-12"
    sleeps: str = ""
    household: str = ""
    events: list[tuple[str, ...]] = field(default_factory=list)
    says_yes: list[str] = field(default_factory=list)
    says_no: list[str] = field(default_factory=list)
    more: dict[str, str] = field(default_factory=dict)
    hmis: dict[str, str] = field(default_factory=dict)
    asks: str = ""


def ed(*days: str) -> list[tuple[str, ...]]:
    """Emergency visits on these days."""
    return [("ed_visit", "county hospital", day, day) for day in days]


CASES = [
    Person(
        "an adult in a car with unmanaged diabetes",
        {"ecm.1a": "met"},
        sleeps=CAR,
        events=[("diagnosis", "E11.9", "2026-09-01", "2026-09-01")],
        says_yes=NEEDS_CARE,
    ),
    Person(
        "an adult in a shelter, no complex need recorded",
        {"ecm.1a": "unknown"},
        sleeps=SHELTER,
        asks="complex_need",
    ),
    Person(
        "the same adult with Transitional Rent approved",
        {"ecm.1a": "met"},
        sleeps=SHELTER,
        events=[("authorization", "cs.trent", "2026-10-01", "2027-03-31", "approved")],
    ),
    Person(
        "an adult who will be evicted in 25 days, with a complex need",
        {"ecm.1a": "met"},
        says_yes=["loses_housing_within_30_days", "complex_need", *NEEDS_CARE],
    ),
    Person("an adult who sleeps on a friend's couch", {"ecm.1b": "not_met"}, sleeps=FRIEND),
    Person(
        "a youth of 17 who sleeps on a friend's couch",
        {"ecm.1b": "met"},
        born="2009-02-01",
        sleeps=FRIEND,
        says_yes=["shares_housing_after_loss"],
    ),
    Person(
        "a parent of 30 with a child in a motel for want of a home",
        {"ecm.1b": "met"},
        born="1996-05-05",
        sleeps=MOTEL,
        household="motel",
    ),
    Person(
        "the child of 4 in that motel", {"ecm.1b": "met"}, born="2022-06-06", sleeps=MOTEL, household="motel"
    ),
    Person(
        "a pregnant woman in a tent, nothing else known",
        {"ecm.1a": "met"},
        born="1998-08-08",
        sleeps=CAR,
        events=[("pregnancy", "", "2026-06-01", "")],
        more={"sex": "F"},
    ),
    Person(
        "an adult who left a 200-day hospital stay with nowhere to go",
        {"ecm.1a": "met"},
        sleeps=CAR,
        events=[("inpatient_stay", "county hospital", "2026-03-20", "2026-10-06", "unplanned")],
        says_yes=["complex_need", *NEEDS_CARE],
    ),
    Person(
        "an adult with five emergency visits of which one ended in admission",
        {"ecm.2": "not_met"},
        events=[
            *ed("2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"),
            ("inpatient_stay", "county hospital", "2026-10-01", "2026-10-04", "unplanned"),
        ],
    ),
    Person(
        "an adult with five emergency visits in six months",
        {"ecm.2": "met"},
        events=ed("2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"),
    ),
    Person(
        "an adult with two hospital stays and a short nursing stay in six months",
        {"ecm.2": "met"},
        events=[
            ("inpatient_stay", "county hospital", "2026-06-01", "2026-06-05", "unplanned"),
            ("inpatient_stay", "county hospital", "2026-08-01", "2026-08-05", "unplanned"),
            ("snf_stay", "Orchard House", "2026-09-01", "2026-09-12", "short"),
        ],
    ),
    Person(
        "a child with three emergency visits in a year",
        {"ecm.2": "met"},
        born="2018-01-20",
        events=ed("2026-01-10", "2026-05-10", "2026-09-10"),
    ),
    Person(
        "a specialty mental health client without enough food whose care is the emergency room",
        {"ecm.3": "met"},
        events=[
            ("program", "smhs", "2025-01-01", ""),
            ("diagnosis", "F20.9", "2026-04-02", "2026-04-02"),
            ("inpatient_stay", "county hospital", "2026-04-02", "2026-04-09", "unplanned"),
        ],
        says_yes=["food_insecure", "primary_care_is_emergency"],
    ),
    Person(
        "a homeless youth of 19 without any diagnosis",
        {"ecm.1b": "met", "ecm.3": "met"},
        born="2007-04-14",
        sleeps=CAR,
    ),
    Person(
        "an adult two days in jail three months ago, with a substance use disorder",
        {"ecm.4": "met"},
        events=[
            ("custody_release", "jail", "2026-08-01", "2026-08-01"),
            ("diagnosis", "F11.20", "2026-05-01", "2026-05-01"),
        ],
    ),
    Person(
        "an adult out of jail for 13 months",
        {"ecm.4": "not-met-or-unknown"},
        events=[
            ("custody_release", "jail", "2025-09-20", "2025-09-20"),
            ("diagnosis", "F11.20", "2026-05-01", "2026-05-01"),
        ],
    ),
    Person(
        "a healthy youth of 20, eleven months out of juvenile hall",
        {"ecm.4": "met"},
        born="2006-02-02",
        events=[("custody_release", "youth", "2025-12-10", "2025-12-10")],
    ),
    Person(
        "a former foster youth of 25, in care on the eighteenth birthday",
        {"ecm.8": "met"},
        born="2001-07-07",
        events=[("foster_care", "aged_out", "2010-01-01", "2019-07-07", "CA")],
    ),
    Person(
        "a Black mother eleven months after a stillbirth",
        {"ecm.9": "met"},
        born="1995-11-11",
        events=[("pregnancy", "", "2025-06-01", "2025-12-05")],
        more={"sex": "F", "race_ethnicity": "Black or African American"},
    ),
    Person(
        "a Black mother thirteen months after a stillbirth",
        {"ecm.9": "not-met-or-unknown"},
        born="1995-10-10",
        events=[("pregnancy", "", "2025-01-01", "2025-09-25")],
        more={"sex": "F", "race_ethnicity": "Black or African American"},
    ),
    Person(
        "a White woman who is pregnant",
        {"ecm.9": "not_met"},
        born="1997-01-17",
        events=[("pregnancy", "", "2026-05-01", "")],
        more={"sex": "F", "race_ethnicity": "White"},
    ),
    Person(
        "the adult in a car, but in hospice",
        {"ecm.1a": "not_met"},
        sleeps=CAR,
        events=[
            ("diagnosis", "E11.9", "2026-09-01", "2026-09-01"),
            ("program", "hospice", "2026-10-01", ""),
        ],
        says_yes=NEEDS_CARE,
    ),
    Person(
        "the adult in a car, but in a dual-eligible special needs plan",
        {"ecm.1a": "not_met"},
        sleeps=CAR,
        events=[("diagnosis", "E11.9", "2026-09-01", "2026-09-01")],
        says_yes=NEEDS_CARE,
        more={"medicare": "dsnp_other"},
    ),
    Person(
        "the adult in a car, and in a home and community waiver",
        {"ecm.1a": "met"},
        sleeps=CAR,
        events=[
            ("diagnosis", "E11.9", "2026-09-01", "2026-09-01"),
            ("program", "waiver_hcba", "2026-01-01", ""),
        ],
        says_yes=NEEDS_CARE,
    ),
    Person(
        "a man four years on the street with opioid addiction and seven emergency visits in two years",
        {"ecm.1a": "met", "ecm.3": "met", "ecm.2": "not_met"},
        born="1979-09-19",
        sleeps=CAR,
        events=[
            ("diagnosis", "F11.20", "2026-02-01", "2026-02-01"),
            *ed(
                "2024-12-01",
                "2025-03-01",
                "2025-06-01",
                "2025-09-01",
                "2026-01-05",
                "2026-04-01",
                "2026-08-15",
            ),
        ],
        says_yes=[*NEEDS_CARE, "high_risk_overdose_or_suicide"],
    ),
    Person(
        "an adult whose coverage has ended",
        {"ecm.2": "not_met", "cs.htns": "not_met"},
        events=ed("2026-06-01", "2026-07-01", "2026-08-01", "2026-09-01", "2026-10-01"),
        more={"coverage_until": "2026-10-15"},
    ),
]


def cin(number: int) -> str:
    """The invented CIN of the nth person."""
    return f"9{number:07d}{'ACDEFGHJKM'[number % 10]}"


def named(number: int) -> tuple[str, str]:
    """A first and last name that nobody else in this county has."""
    first = ["Ofelia", "Bram", "Tamsin", "Ugo", "Wilda", "Kenji", "Perla"][number % 7]
    last = [
        "Quennell",
        "Zabriskie",
        "Ostrander",
        "Villaverde",
        "Nakagawa",
        "Thibodeaux",
        "Ekwueme",
        "Lindqvist",
    ]
    return first, last[number % 8]


@pytest.fixture(scope="module")
def findings(tmp_path_factory: pytest.TempPathFactory) -> dict[tuple[int, str], dict[str, Any]]:
    """(case number, program) → the finding, after staging, linking and finding through the command line."""
    folder = tmp_path_factory.mktemp("reference")
    data = folder / "data"
    write_the_files(folder)
    command(
        ["stage", "hmis", str(folder / "export.zip")],
        ["stage", "members", str(folder / "members.csv"), "--layout", "canonical"],
        ["stage", "events", str(folder / "events.csv"), "--layout", "canonical"],
        ["link"],
        ["find", "--on", ON],
        data=data,
    )
    rows = duckdb.sql(
        f"SELECT p.source_id, f.* FROM '{data}/latest/findings.parquet' f"
        f" JOIN '{data}/latest/persons.parquet' p USING (person_id) WHERE p.source LIKE 'plan:%'"
    )
    numbers = {cin(number): number for number in range(len(CASES))}
    return {
        (numbers[row[0]], row[rows.columns.index("program")]): dict(zip(rows.columns, row, strict=True))
        for row in rows.fetchall()
    }


def write_the_files(folder: Path) -> None:
    """The export, the roster and the events of all cases."""
    clients, enrollments, situations, members, events = [], [], [], [], []
    for number, case in enumerate(CASES):
        first, last = named(number)
        ssn = f"4{number:02d}55{1000 + number * 7}"
        members.append(
            {
                "plan": "north",
                "cin": cin(number),
                "first_name": first,
                "last_name": last,
                "dob": case.born,
                "ssn": ssn,
                "sex": "M",
                "county": "54",
                "share_of_cost": "none",
                "medicare": "none",
                **case.more,
            }
        )
        said = [(name, "yes") for name in case.says_yes] + [(name, "no") for name in case.says_no]
        told = [("attestation", name, "2026-10-10", "2026-10-10", value) for name, value in said]
        for kind, code, start, end, *value in [*case.events, *told]:
            events.append(
                {
                    "plan": "north",
                    "cin": cin(number),
                    "event_id": f"v{len(events)}",
                    "kind": kind,
                    "code": code,
                    "from": start,
                    "until": end,
                    "value": value[0] if value else "",
                }
            )
        if case.sleeps:
            key = f"K{number}"
            clients.append(
                {"PersonalID": key, "FirstName": first, "LastName": last, "DOB": case.born, "SSN": ssn}
                | {"NameDataQuality": "1", "DOBDataQuality": "1", "SSNDataQuality": "1"}
            )
            head = not (case.household and any(row["HouseholdID"] == case.household for row in enrollments))
            enrollments.append(
                {
                    "EnrollmentID": f"N{number}",
                    "PersonalID": key,
                    "ProjectID": "P1",
                    "EntryDate": "2026-08-01",
                }
                | {"HouseholdID": case.household or f"HH{number}", "DisablingCondition": "99"}
                | {"RelationshipToHoH": "1" if head else "2", "LivingSituation": case.sleeps if head else ""}
            )
            if head:
                situations.append(
                    {"CurrentLivingSitID": f"S{number}", "EnrollmentID": f"N{number}", "PersonalID": key}
                    | {"InformationDate": "2026-10-20", "CurrentLivingSituation": case.sleeps}
                )
    members_csv(folder / "members.csv", members)
    events_csv(folder / "events.csv", events)
    export(
        folder,
        about={"ExportDate": "2026-10-31 08:00:00", "ExportEndDate": "2026-10-31"},
        projects=[{"ProjectType": "4"}],
        clients=clients,
        enrollments=enrollments,
        CurrentLivingSituation=situations,
    )


def command(*calls: list[str], data: Path) -> None:
    """Run commands as a person would, and insist that each is done."""
    import subprocess
    import sys

    for words in calls:
        run = [sys.executable, "-c", "from crosswalk.cli import main; main()", *words, "--data", str(data)]
        done = subprocess.run(run, capture_output=True, text=True, check=False)
        assert done.returncode == 0, f"{words}: {done.stderr}"


@pytest.mark.parametrize("number", range(len(CASES)), ids=[case.story for case in CASES])
def test_the_answer_is_what_the_guide_says(
    number: int, findings: dict[tuple[int, str], dict[str, Any]]
) -> None:
    for program, expected in CASES[number].expect.items():
        answer = findings[number, program]["answer"]
        if expected == "not-met-or-unknown":
            assert answer != "met", program
        else:
            assert answer == expected, (program, findings[number, program]["reasons"])


def test_the_question_that_is_missing_is_asked(findings: dict[tuple[int, str], dict[str, Any]]) -> None:
    from crosswalk.core.facts import catalogue

    for number, case in enumerate(CASES):
        if case.asks:
            program = next(name for name, answer in case.expect.items() if answer == "unknown")
            finding = findings[number, program]
            asked = catalogue()[case.asks].question
            assert asked in finding["questions"] or case.asks in finding["reasons"], finding["questions"]


def test_everybody_has_an_answer_for_every_program(
    findings: dict[tuple[int, str], dict[str, Any]], crosswalk: Callable[..., Any]
) -> None:
    programs = {program for _, program in findings}
    assert len(findings) == len(CASES) * len(programs)
    assert {"ecm.1a", "ecm.9", "cs.htns", "cs.trent", "chw"} <= programs
    assert crosswalk("policy", "check").code == 0
