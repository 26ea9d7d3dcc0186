"""A rule says the same as SQL over many people and as reasons for one."""

from __future__ import annotations

from random import Random

import duckdb
import pytest
import sqlglot

from crosswalk.core.basics import Truth
from crosswalk.core.rules import (
    FactUse,
    Reading,
    as_sql,
    as_sql_leaf,
    carrying,
    changes,
    deciding_single,
    leaves,
    parse,
    prose,
    questions,
    reasons,
    reasons_from_leaves,
    truth_from_leaves,
)
from properties import made_up_rules as made_up

BATCHES, RULES, PEOPLE = 30, 100, 12


def test_three_thousand_random_rules_agree_in_both_readings() -> None:
    chance = Random(2026)
    compared = dict.fromkeys(Truth, 0)
    for _ in range(BATCHES):
        table, rows = made_up.people(chance, PEOPLE)
        rules = [parse(made_up.rule(chance)) for _ in range(RULES)]
        columns = ", ".join(f"{as_sql(rule)} AS r{at}" for at, rule in enumerate(rules))
        with duckdb.connect() as engine:
            engine.register("people", table)
            answers = engine.execute(f"SELECT {columns} FROM people ORDER BY person_id").fetchall()
        for values, answered in zip(rows, answers, strict=True):
            for rule, flag in zip(rules, answered, strict=True):
                reason = reasons(rule, values)
                assert reason.truth is Truth.of(flag), prose(rule)
                compared[reason.truth] += 1
    assert sum(compared.values()) == BATCHES * RULES * PEOPLE
    assert min(compared.values()) > 4_000, "every answer must be well represented, or nothing was tested"


def test_the_answers_of_the_leaves_alone_give_the_same_answer() -> None:
    chance = Random(7)
    table, rows = made_up.people(chance, PEOPLE)
    with duckdb.connect() as engine:
        engine.register("people", table)
        for _ in range(150):
            rule = parse(made_up.rule(chance))
            tests = ", ".join(as_sql_leaf(leaf) for leaf in leaves(rule))
            patterns = engine.execute(f"SELECT {tests} FROM people ORDER BY person_id").fetchall()
            reading = Reading(rule)
            for values, flags in zip(rows, patterns, strict=True):
                pattern = tuple(map(Truth.of, flags))
                truths = dict(zip(reading.tests, pattern, strict=True))
                expected = reasons(rule, values)
                assert reading.truth(pattern) is truth_from_leaves(rule, truths) is expected.truth
                shown = reasons_from_leaves(rule, truths)
                assert [leaf.truth for leaf in shown.leaves()] == [leaf.truth for leaf in expected.leaves()]


def test_columns_of_leaf_answers_give_the_same_answer_in_sql() -> None:
    chance = Random(8)
    table, _ = made_up.people(chance, PEOPLE)
    with duckdb.connect() as engine:
        engine.register("people", table)
        for _ in range(100):
            rule = parse(made_up.rule(chance))
            names = {leaf.test: f"t{at}" for at, leaf in enumerate(leaves(rule))}
            inner = ", ".join(f"{as_sql_leaf(leaf)} AS {names[leaf.test]}" for leaf in leaves(rule))
            packed = as_sql(rule, leaf=lambda leaf, names=names: names[leaf.test])
            both = engine.execute(
                f"SELECT {packed} IS NOT DISTINCT FROM whole "
                f"FROM (SELECT {inner}, {as_sql(rule)} AS whole FROM people)"
            ).fetchall()
            assert both == [(True,)] * PEOPLE


def test_learning_more_never_overturns_an_answer() -> None:
    chance = Random(11)
    filled = 0
    for _ in range(1_500):
        rule = parse(made_up.rule(chance))
        values = {use: made_up.value(chance, made_up.KIND_OF[use.name]) for use in rule.uses()}
        before = reasons(rule, values)
        known = dict(values)
        for use in sorted(rule.uses()):
            while known[use] is None:
                known[use] = made_up.value(chance, made_up.KIND_OF[use.name])
        after = reasons(rule, known)
        assert after.truth is not Truth.UNKNOWN
        if before.truth is not Truth.UNKNOWN:
            filled += known != values
            assert after.truth is before.truth
    assert filled > 300


def test_questions_are_open_facts_and_only_an_open_answer_has_them() -> None:
    chance = Random(13)
    for _ in range(1_500):
        rule = parse(made_up.rule(chance))
        values = {use: made_up.value(chance, made_up.KIND_OF[use.name]) for use in rule.uses()}
        reason = reasons(rule, values)
        asked = questions(reason)
        assert bool(asked) == (reason.truth is Truth.UNKNOWN)
        assert len(set(asked)) == len(asked)
        assert all(values[use] is None for use in asked)


def test_a_fact_that_alone_would_make_it_met_is_asked_first() -> None:
    chance = Random(29)
    seen = 0
    for _ in range(1_500):
        rule = parse(made_up.rule(chance))
        values = {use: made_up.value(chance, made_up.KIND_OF[use.name]) for use in rule.uses()}
        reason = reasons(rule, values)
        winning = {one.suppositions[0].use for one in deciding_single(reason) if one.becomes is Truth.YES}
        asked = questions(reason)
        assert set(asked[: len(winning)]) == winning
        seen += bool(winning)
    assert seen > 150


def test_what_would_decide_or_change_does_so_when_it_comes_true() -> None:
    chance = Random(17)
    tried = 0
    for _ in range(1_200):
        rule = parse(made_up.rule(chance))
        values = {use: made_up.value(chance, made_up.KIND_OF[use.name]) for use in rule.uses()}
        reason = reasons(rule, values)
        for change in (*deciding_single(reason), *changes(reason)):
            supposed: dict[FactUse, object] = {one.use: one.value for one in change.suppositions}
            assert reasons(rule, values | supposed).truth is change.becomes
            assert change.becomes is not reason.truth
            tried += 1
    assert tried > 1_000


def test_the_leaves_that_carry_an_answer_are_enough_for_it() -> None:
    chance = Random(19)
    for _ in range(1_500):
        rule = parse(made_up.rule(chance))
        values = {use: made_up.value(chance, made_up.KIND_OF[use.name]) for use in rule.uses()}
        reason = reasons(rule, values)
        if reason.truth is Truth.UNKNOWN:
            continue
        truths = {leaf.rule.test: Truth.UNKNOWN for leaf in reason.leaves()}
        truths |= {leaf.rule.test: leaf.truth for leaf in carrying(reason)}
        assert truth_from_leaves(rule, truths) is reason.truth


@pytest.mark.parametrize("seed", range(5))
def test_every_expression_can_be_said_in_sparks_dialect(seed: int) -> None:
    chance = Random(seed)
    for _ in range(60):
        expression = as_sql(parse(made_up.rule(chance)))
        (said,) = sqlglot.transpile(f"SELECT {expression} FROM t", read="duckdb", write="spark")
        again = sqlglot.parse_one(said, read="spark")
        assert "list_" not in said.lower()
        assert not list(again.find_all(sqlglot.exp.Anonymous)), said
