"""What is in force on a day: versions, names, clauses and lists filled in, and a digest that tells them apart."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from crosswalk.core.basics import Refused, Truth
from crosswalk.core.policy import Edition, load
from crosswalk.core.rules import FactUse, Leaf, as_sql, leaves, prose, reasons
from made_up_policy import made_up_policy, respelled

THEN, NOW = date(2024, 6, 1), date(2026, 11, 1)


@pytest.fixture
def now(tmp_path: Path) -> Edition:
    return load(made_up_policy(tmp_path)).as_of(NOW)


def test_the_version_of_the_day_is_read(now: Edition) -> None:
    then = now.policy.as_of(THEN)
    assert "Had 6 or more visits" in prose(then.program("ecm.2").enters_when)
    assert "Had 5 or more visits" in prose(now.program("ecm.2").enters_when)
    assert (then.program("ecm.2").confidence, now.program("ecm.2").confidence) == ("secondary", "verified")


def test_nothing_is_in_force_before_the_first_day(now: Edition) -> None:
    early = now.policy.as_of(date(2021, 12, 31))
    assert early.programs == ()
    with pytest.raises(Refused, match=r"not in force on 2021-12-31.*from 2026-01-01"):
        early.program("ecm.2")


def test_a_program_bears_the_name_of_its_day(now: Edition) -> None:
    early = now.policy.as_of(date(2022, 6, 1)).program("ecm.2")
    assert (early.name, early.also_known_as) == ("High utilizers", ("At risk for avoidable use",))
    today = now.program("ecm.2")
    assert (today.name, today.also_known_as) == ("At risk for avoidable use", ("High utilizers",))


def test_rules_are_complete_and_every_leaf_knows_its_page(now: Edition) -> None:
    program = now.program("ecm.2")
    assert "covered_aid" not in as_sql(program.rule)
    pages = {leaf.test.use.name: (str(leaf.source), leaf.confidence) for leaf in leaves(program.rule)}
    assert pages["mcp_enrolled"] == ("Guide, 2026, p. 10", "verified")
    assert pages["age"] == ("Guide, 2026, p. 11", "verified")
    assert pages["ed_visits"] == ("Guide, 2026, p. 19", "verified")


def test_a_list_holds_the_codes_of_the_day(now: Edition) -> None:
    assert now.code_list("covered_aid") == {"M1", "4M"}
    assert now.policy.as_of(date(2023, 1, 1)).code_list("covered_aid") == {"M1", "9Z"}
    (aid,) = [leaf for leaf in leaves(now.program("ecm.2").rule) if isinstance(leaf, Leaf) and leaf.list_name]
    assert aid.test.operand == ("4M", "M1")


def test_other_people_are_told_that_it_does_not_apply(now: Edition) -> None:
    program = now.program("ecm.2")
    child = reasons(program.rule, {FactUse("age"): 9})
    assert (child.truth, program.does_not_apply(child)) == (Truth.NO, True)
    hospice = reasons(program.rule, {FactUse("age"): 50, FactUse("programs_held"): ("hospice",)})
    assert (hospice.truth, program.does_not_apply(hospice)) == (Truth.NO, False)


def test_tables_entries_and_documents_are_those_of_the_day(now: Edition) -> None:
    assert [row["rule_id"] for row in now.table("services/limits")] == ["twelve"]
    assert now.entries("clocks")["decision"]["value"] == 5
    ranking = now.document("finding/ranking")
    step = ranking["parts"][0]["steps"][0]
    assert (
        reasons(now.rule(step["when"], "finding/ranking.yaml: when"), {FactUse("age"): 70}).truth is Truth.YES
    )
    with pytest.raises(Refused, match="no file services/prices"):
        now.table("services/prices")
    with pytest.raises(Refused, match="no version in force"):
        now.policy.as_of(date(2020, 1, 1)).document("finding/ranking")


def test_the_digest_changes_with_what_is_in_force_and_only_with_that(tmp_path: Path) -> None:
    first = load(made_up_policy(tmp_path / "a"))
    again = load(made_up_policy(tmp_path / "b"))
    assert first.as_of(NOW).digest == again.as_of(NOW).digest
    assert first.as_of(NOW).digest == first.as_of(date(2026, 11, 2)).digest
    assert first.as_of(NOW).digest != first.as_of(THEN).digest
    other = load(respelled(tmp_path / "b", "codes/covered_aid.csv", "4M,2024", "4N,2024"))
    assert first.as_of(NOW).digest != other.as_of(NOW).digest
    old = load(
        respelled(made_up_policy(tmp_path / "c"), "populations/ecm.2.yaml", "at_least: 6", "at_least: 7")
    )
    assert first.as_of(NOW).digest == old.as_of(NOW).digest
    assert first.as_of(THEN).digest != old.as_of(THEN).digest


def test_yaml_habits_that_harm_are_off(tmp_path: Path) -> None:
    folder = respelled(made_up_policy(tmp_path), "codes/covered_aid.csv", "M1,", "03,")
    respelled(folder, "populations/ecm.2.yaml", 'has_any: ["hospice"]', "has_any: [03, off]")
    leaf = next(
        leaf for leaf in leaves(load(folder).as_of(NOW).program("ecm.2").rule) if leaf.test.word == "has_any"
    )
    assert leaf.test.operand == ("03", "off")
