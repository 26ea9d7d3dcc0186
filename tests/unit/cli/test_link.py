"""`crosswalk link` and `crosswalk decide` on a small county: persons that stay, answers that win, conflicts shown."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from linkage_state import client, persons, plan_member, state, table

BORN = date(1980, 3, 2)
HMIS, ANA = ("hmis:CA-999", "H1"), ("plan:alpha", "91000001A")
BECAUSE = ("--by", "Ana", "--because", "I know them both")
Run = Callable[..., Any]


@pytest.fixture
def county(tmp_path: Path) -> Path:
    """Marisol in HMIS and in two plans under one number; Boris in HMIS only; Omar in plan alpha only."""
    clients = [
        client("H1", "Marisol", "Quezalti", BORN, SSN="212345678", Sex=0, HispanicLatinao=1),
        client("H2", "Boris", "Vontrapini", date(1970, 5, 6), Sex=1, White=1),
    ]
    members = [
        plan_member("alpha", "91000001A", "MARISOL", "QUEZALTI", BORN, ssn="212345678"),
        plan_member("beta", "91000001A", "MARISOL", "QUEZALTI", BORN, ssn="212345678"),
        plan_member("alpha", "91000002A", "OMAR", "SMITH", date(1990, 1, 9)),
    ]
    return state(tmp_path / "data", clients, members)


def link(crosswalk: Run, data: Path) -> dict[str, Any]:
    said = crosswalk("link", "--data", data, "--on", "2026-11-01", "--json")
    assert said.code == 0, said.err
    return dict(said.summary)


def test_every_client_and_member_is_exactly_one_person(crosswalk: Run, county: Path) -> None:
    summary = link(crosswalk, county)
    found = persons(county)
    assert len(found) == 5 == summary["records"]
    assert found[HMIS] == found[ANA] == found[("plan:beta", "91000001A")]
    assert summary["persons"] == 3
    assert all(person.startswith("P") and len(person) == 17 for person in found.values())


def test_the_summary_tells_how_each_naming_tradition_is_reached(crosswalk: Run, county: Path) -> None:
    rows = {row["tradition"]: row for row in link(crosswalk, county)["traditions"]}
    assert rows["Hispanic"]["same"] == 1.0
    assert rows["White/Black"]["reachable"] == 0.0


def test_linking_again_changes_nothing_and_weighs_nothing(crosswalk: Run, county: Path) -> None:
    link(crosswalk, county)
    before, links = persons(county), table(county, "links")
    again = link(crosswalk, county)
    assert [job["pairs"] for job in again["compared"].values()] == [0, 0, 0]
    assert (persons(county), table(county, "links")) == (before, links)


def test_a_person_keeps_the_id_when_a_member_file_comes_later(crosswalk: Run, tmp_path: Path) -> None:
    me = client("H1", "Marisol", "Quezalti", BORN, SSN="212345678")
    data = state(tmp_path / "data", [me], [])
    link(crosswalk, data)
    first = persons(data)[HMIS]
    state(data, [me], [plan_member("alpha", "91000001A", "MARISOL", "QUEZALTI", BORN, ssn="212345678")])
    link(crosswalk, data)
    assert persons(data)[HMIS] == persons(data)[ANA] == first
    assert table(data, "aliases") == []


def test_two_persons_with_ids_are_not_fused_by_a_run(crosswalk: Run, tmp_path: Path) -> None:
    members = [plan_member("alpha", "91000001A", "MARISOL", "QUEZALTI", BORN, ssn="212345678")]
    data = state(tmp_path / "data", [client("H1", "Wilma", "Smith", date(1960, 7, 7))], members)
    link(crosswalk, data)
    before = persons(data)
    state(data, [client("H1", "Marisol", "Quezalti", BORN, SSN="212345678")], members)
    summary = link(crosswalk, data)
    assert persons(data) == before
    assert summary["conflicts"]["possible_duplicate"] == 1
    assert [row["decision"] for row in table(data, "links")] == ["ask"]


def test_a_persons_answer_wins_over_the_model_and_can_be_undone(crosswalk: Run, county: Path) -> None:
    link(crosswalk, county)
    together = persons(county)
    said = crosswalk("decide", "H1", "plan:alpha/91000001A", "different", *BECAUSE, "--data", county)
    assert said.code == 0
    crosswalk("decide", "H1", "plan:beta/91000001A", "different", *BECAUSE, "--data", county)
    link(crosswalk, county)
    parted = persons(county)
    assert parted[HMIS] != parted[ANA]
    assert parted[ANA] == together[ANA]
    assert [row["reason"] for row in table(county, "aliases")] == ["split from"]
    link(crosswalk, county)
    assert persons(county) == parted, "a split is remembered"
    for right in ("plan:alpha/91000001A", "plan:beta/91000001A"):
        assert crosswalk("decide", "H1", right, "--undo", *BECAUSE, "--data", county).code == 0
    link(crosswalk, county)
    assert persons(county) == together


def test_a_person_may_join_what_the_model_never_compared(crosswalk: Run, county: Path) -> None:
    link(crosswalk, county)
    crosswalk("decide", "H2", "91000002A", "same", *BECAUSE, "--data", county)
    link(crosswalk, county)
    found = persons(county)
    assert found[("hmis:CA-999", "H2")] == found[("plan:alpha", "91000002A")]
    assert [row["decided_by"] for row in table(county, "links") if row["left_id"] == "H2"] == ["person"]


def test_decisions_are_only_ever_added(crosswalk: Run, county: Path) -> None:
    crosswalk("decide", "H2", "91000002A", "same", *BECAUSE, "--data", county)
    crosswalk("decide", "H2", "91000002A", "--undo", *BECAUSE, "--data", county)
    lines = (county / "decisions.jsonl").read_text().splitlines()
    assert [json.loads(line)["answer"] for line in lines] == ["same", "undo"]


def test_without_an_answer_the_evidence_is_shown_as_a_sum(crosswalk: Run, county: Path) -> None:
    link(crosswalk, county)
    said = crosswalk("decide", "H1", "plan:alpha/91000001A", "--data", county)
    assert said.code == 0
    assert "same (decided by model): +23." in said.out
    assert "same Social Security number" in said.out
    assert "same last name QUEZALTI" in said.out


@pytest.mark.parametrize(
    ("words", "reason"),
    [
        (("H1", "91000001A", "same", *BECAUSE), "held by several records"),
        (("H1", "H9", "same", *BECAUSE), "not in the current data"),
        (("H1", "H1", "same", *BECAUSE), "the same record"),
        (("H1", "H2", "maybe", *BECAUSE), "not an answer"),
        (("H1", "H2", "same"), "needs a name and a reason"),
        (("H1", "H2", "--undo", *BECAUSE), "no decision"),
        (("H1", "H2", "same", "--undo", *BECAUSE), "do not go together"),
    ],
)
def test_an_answer_that_cannot_be_used_is_refused(
    crosswalk: Run, county: Path, words: tuple[str, ...], reason: str
) -> None:
    said = crosswalk("decide", *words, "--data", county)
    assert said.code == 2
    assert reason in said.err
    assert not (county / "decisions.jsonl").exists()


def test_one_number_for_two_people_is_a_conflict(crosswalk: Run, tmp_path: Path) -> None:
    members = [
        plan_member("alpha", "91000001A", "MARISOL", "QUEZALTI", BORN),
        plan_member("beta", "91000001A", "BORIS", "VONTRAPINI", date(1970, 5, 6)),
    ]
    data = state(tmp_path / "data", [], members)
    assert link(crosswalk, data)["conflicts"]["one_cin_two_people"] == 1
    assert len(set(persons(data).values())) == 2


def test_two_numbers_for_one_person_in_one_plan_are_a_conflict_for_a_person(
    crosswalk: Run, tmp_path: Path
) -> None:
    members = [
        plan_member("alpha", f"9100000{one}A", "MARISOL", "QUEZALTI", BORN, ssn="212345678", zip="95814")
        for one in (1, 2)
    ]
    data = state(tmp_path / "data", [], members)
    assert link(crosswalk, data)["conflicts"]["two_cins_one_person"] == 1
    assert len(set(persons(data).values())) == 2
    crosswalk("decide", "91000001A", "91000002A", "same", *BECAUSE, "--data", data)
    link(crosswalk, data)
    assert len(set(persons(data).values())) == 1
