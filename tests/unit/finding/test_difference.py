"""What changed and because of what: facts that turned over explain it; others count only when none did."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.difference import Run, compare, differing, turned
from crosswalk.core.finding.sweep import uses_of_column
from crosswalk.core.rules import FactUse
from people_for_finding import MEMBER, swept


def reasons(**facts: str) -> str:
    """The reasons column with one sentence a fact."""
    return json.dumps(
        [{"say": f"has {fact}", "answer": answer, "fact": fact} for fact, answer in facts.items()]
    )


def test_a_fact_whose_answer_turned_over_is_the_cause() -> None:
    assert differing(reasons(ed="yes", age="yes"), reasons(ed="no", plan="yes")) == ("ed",)


def test_a_fact_told_on_one_side_counts_when_nothing_turned_over() -> None:
    assert differing(reasons(age="yes"), reasons(age="yes", ed="yes")) == ("ed",)


def test_what_turned_over_is_told_in_the_words_of_the_reasons() -> None:
    assert turned(reasons(ed="yes", age="yes"), reasons(ed="no", age="yes")) == (("has ed", "yes", "no"),)


def test_what_only_the_newer_reasons_tell_stands_for_itself() -> None:
    assert turned(reasons(age="yes"), reasons(age="yes", ed="yes")) == (("has ed", "", "yes"),)
    assert turned(reasons(age="yes", ed="yes"), reasons(age="yes")) == ()


def test_equal_reasons_name_nothing() -> None:
    assert differing(reasons(age="yes"), reasons(age="yes")) == ()


def test_notices_are_no_cause() -> None:
    assert differing("[]", reasons(programs_held="choice")) == ()


def test_a_column_names_its_fact_and_window() -> None:
    assert uses_of_column("ed_visits__6m") == FactUse("ed_visits", months=6)
    assert uses_of_column("released_from_custody__30d") == FactUse("released_from_custody", days=30)
    assert uses_of_column("age") == FactUse("age")


def run(folder: Path, name: str, people: dict[str, dict[str, Any]], **facts: Any) -> Run:
    """One finished run over hand-made people."""
    swept(folder / name, people, facts.pop("events", None))
    told = {
        "run": name,
        "on": "2026-11-01",
        "policy": {"release": "1"},
        "rules": {},
        "inputs": {"deliveries": {"a": "1"}, "linkage": None},
        **facts,
    }
    return Run(told, folder / name, None)


EMERGENCY = {**MEMBER, "hospital_and_snf_stays__6m": 0}


def changes(tmp_path: Path, was: Run, now: Run, aliases: Path | None = None) -> dict[str, Any]:
    """The summary of a comparison."""
    with DuckEngine(threads=1) as engine:
        return compare(engine, was, now, aliases, tmp_path / "out")


def test_a_fifth_visit_is_new_because_of_the_visits(tmp_path: Path) -> None:
    was = run(tmp_path, "find-1", {"ann": {**EMERGENCY, "ed_visits__6m": 4}})
    now = run(
        tmp_path,
        "find-2",
        {"ann": {**EMERGENCY, "ed_visits__6m": 5}},
        inputs={"deliveries": {"a": "1", "b": "2"}, "linkage": None},
    )
    found = changes(tmp_path, was, now)
    (one,) = [entry for entry in found["first"] if entry["program"] == "ecm.2"]
    assert (one["change"], one["before"], one["after"]) == ("new", "not_met", "met")
    assert one["because"] == ["fact:ed_visits__6m"]
    assert found["deliveries_added"] == ["b"]
    assert found["programs"]["ecm.2"] == {"new": 1, "lost": 0, "changed": 0}


def test_a_lost_answer_with_the_same_inputs_is_the_day_alone(tmp_path: Path) -> None:
    was = run(tmp_path, "find-1", {"ann": {**EMERGENCY, "ed_visits__6m": 5}})
    now = run(tmp_path, "find-2", {"ann": {**EMERGENCY, "ed_visits__6m": 4}}, on="2026-12-01")
    found = changes(tmp_path, was, now)
    (one,) = [entry for entry in found["first"] if entry["program"] == "ecm.2"]
    assert (one["change"], one["because"]) == ("lost", ["fact:ed_visits__6m", "time"])


def test_a_rule_that_differs_is_named(tmp_path: Path) -> None:
    was = run(tmp_path, "find-1", {"ann": {**EMERGENCY, "ed_visits__6m": 5}}, rules={"ecm.2": "x"})
    now = run(tmp_path, "find-2", {"ann": {**EMERGENCY, "ed_visits__6m": 4}}, rules={"ecm.2": "y"})
    found = changes(tmp_path, was, now)
    assert found["rules_changed"] == ["ecm.2"]
    assert "rule" in next(one for one in found["first"] if one["program"] == "ecm.2")["because"]


def test_a_new_holder_is_a_change_of_its_own(tmp_path: Path) -> None:
    people = {"ann": {**EMERGENCY, "ed_visits__6m": 5}}
    enrolled = {
        "cin": "ann",
        "kind": "enrollment",
        "code": "ecm",
        "value": "Harbor",
        "from_day": date(2026, 10, 1),
    }
    was, now = run(tmp_path, "find-1", people), run(tmp_path, "find-2", people, events=[enrolled])
    found = changes(tmp_path, was, now)
    assert (found["new"], found["lost"]) == (0, 0)
    assert {one["program"][:3] for one in found["first"] if "holder" in one["because"]} == {"ecm"}


def test_nothing_changed_says_nothing(tmp_path: Path) -> None:
    people = {"ann": {**EMERGENCY, "ed_visits__6m": 5}, "bob": {}}
    found = changes(tmp_path, run(tmp_path, "find-1", people), run(tmp_path, "find-2", people))
    assert (found["new"], found["lost"], found["changed"], found["first"]) == (0, 0, 0, [])


def test_someone_with_a_new_id_is_compared_as_the_same_person(tmp_path: Path) -> None:
    was = run(tmp_path, "find-1", {"old": {**EMERGENCY, "ed_visits__6m": 5}})
    now = run(tmp_path, "find-2", {"new": {**EMERGENCY, "ed_visits__6m": 5}})
    with DuckEngine(threads=1) as engine:
        engine.write_parquet(
            "SELECT 'old' AS old_person_id, 'new' AS new_person_id, '' AS reason, 'link-2' AS run",
            tmp_path / "aliases.parquet",
        )
    found = changes(tmp_path, was, now, tmp_path / "aliases.parquet")
    assert (found["new"], found["lost"], found["changed"]) == (0, 0, 0)
