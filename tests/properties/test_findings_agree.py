"""Random people: the county's answer is each person's own answer, and nothing that is unknown excludes anybody."""

from __future__ import annotations

import json
from pathlib import Path
from random import Random
from typing import Any

import pytest

from crosswalk.core.basics import Truth
from crosswalk.core.facts import catalogue
from crosswalk.core.finding.programs import Decision
from crosswalk.core.finding.sentences import Answers, fewest_answers
from crosswalk.core.finding.sweep import uses_of
from crosswalk.core.rules import FactUse, Leaf, Reason, questions, reasons
from crosswalk.core.rules.reading import RANK
from people_for_finding import programs, swept, weights

CODES = ("ecm", "cs.htns", "cs.trent", "hospice", "waiver_alw", "ccs", "none", "ltc", "116", "10")


def anybody(chance: Random) -> dict[str, Any]:
    """A person of whom about half of everything is known, by column."""
    known = chance.choice((0.15, 0.5, 0.9))
    return {
        use.column: a_value(chance, catalogue()[use.name].value) for use in every() if chance.random() < known
    } | ({"mcp_enrolled": True, "share_of_cost": "none"} if chance.random() < 0.7 else {})


def a_value(chance: Random, kind: str) -> Any:
    """A value of a kind, near the thresholds that rules use."""
    if kind == "flag":
        return chance.random() < 0.5
    if kind == "number":
        return chance.choice((0, 1, 2, 3, 4, 5, 17, 18, 20, 21, 24, 25, 26, 44, 60, 90, 365))
    if kind == "codes":
        return chance.sample(CODES, chance.randint(0, 2))
    return chance.choice(CODES) if kind in ("code", "text") else None


def test_the_county_answers_each_person_as_the_rule_does(tmp_path: Path) -> None:
    chance = Random(20261101)
    people = {f"p{number}": anybody(chance) for number in range(120)}
    county = swept(tmp_path, people)
    for name, known in people.items():
        values = {use: known.get(use.column) for use in uses_of(programs(), weights())}
        for program in programs():
            row = county.rows[name, program.code]
            whole = reasons(program.rule, values)
            assert row["answer"] == whole.answer, (name, program.code)
            assert bool(row["questions"]) == (whole.truth is Truth.UNKNOWN)
            assert_told(row, program, whole)


def assert_told(row: dict[str, Any], program: Decision, whole: Reason) -> None:
    """What a finding tells is so: each sentence has the answer that the person's own leaf has."""
    own = {(leaf.say, leaf.truth.value) for leaf in whole.leaves()} | {
        (program.gate.say, whole.children[0].truth.value)
    }
    for one in json.loads(row["reasons"]):
        if one["answer"] in ("yes", "no", "unknown"):
            assert (one["say"], one["answer"]) in own


@pytest.mark.parametrize("program", programs(), ids=lambda one: one.code)
def test_what_is_remembered_asks_what_the_whole_rule_asks(program: Decision) -> None:
    chance = Random(program.code)
    answers = Answers(program)
    for _ in range(40):
        known = anybody(chance)
        values = {use: known.get(use.column) for use in program.uses()}
        whole = reasons(program.rule, values)
        one = answers.of([RANK[reasons(Leaf(test=test), values).truth] for test in answers.tests])
        assert one.truth is whole.truth
        if whole.truth is Truth.UNKNOWN:
            assert list(one.asked) == questions(whole)
            assert one.missing == fewest_answers(whole) > 0


def test_learning_more_never_loses_a_sure_answer(tmp_path: Path) -> None:
    chance = Random(7)
    before = {f"p{number}": anybody(chance) for number in range(60)}
    after = {
        name: {**{use.column: a_value(chance, catalogue()[use.name].value) for use in every()}, **known}
        for name, known in before.items()
    }
    was, now = swept(tmp_path / "was", before), swept(tmp_path / "now", after)
    for key, row in was.rows.items():
        if row["answer"] != "unknown":
            assert now.rows[key]["answer"] == row["answer"]


def every() -> list[FactUse]:
    """Every fact that takes part, in one order."""
    return sorted(uses_of(programs(), weights()))
