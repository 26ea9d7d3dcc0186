"""Every worked example under policy/examples holds, read as reasons for one person and as SQL over all of them."""

from __future__ import annotations

from collections import defaultdict
from functools import cache

import duckdb
import pyarrow as pa
import pytest

from crosswalk.core.basics import Truth
from crosswalk.core.basics.truth import all_of
from crosswalk.core.facts import catalogue
from crosswalk.core.policy import load, shipped_folder
from crosswalk.core.policy.examples import Case, cases, complaints, read_examples
from crosswalk.core.rules import FactUse, as_sql, questions

ARROW = {
    "flag": pa.bool_(),
    "number": pa.int64(),
    "date": pa.date32(),
    "code": pa.string(),
    "text": pa.string(),
    "codes": pa.list_(pa.string()),
}


@cache
def every_case() -> tuple[Case, ...]:
    policy = load(shipped_folder())
    examples, problems = read_examples(policy)
    assert problems == []
    editions = {example.on: policy.as_of(example.on) for example in examples}
    return tuple(case for example in examples for case in cases(editions[example.on], example))


def shown(case: Case) -> str:
    return f"{case.about} on {case.example.on}: {case.example.name} [{case.example.file}]"


@pytest.fixture(scope="module")
def answers_in_sql() -> list[Truth]:
    """All cases as rows of one wide table; one query for each rule, over the rows that ask it."""
    found = every_case()
    uses = sorted({use for case in found for use in (*case.rule.uses(), *case.example.facts)})
    columns = {use.column: [case.example.facts.get(use) for case in found] for use in uses}
    table = pa.table(
        {"row": range(len(found))} | {use.column: pa.array(columns[use.column], _type(use)) for use in uses}
    )
    asked: dict[str, list[int]] = defaultdict(list)
    for at, case in enumerate(found):
        asked[as_sql(case.rule)].append(at)
    answers = [Truth.UNKNOWN] * len(found)
    with duckdb.connect() as engine:
        engine.register("people", table)
        for rule, rows in asked.items():
            query = f'SELECT "row", {rule} FROM people WHERE "row" IN ({", ".join(map(str, rows))})'
            for row, flag in engine.execute(query).fetchall():
                answers[row] = all_of((found[row].gate, Truth.of(flag)))
    return answers


def _type(use: FactUse) -> pa.DataType:
    return ARROW[catalogue()[use.name].value]


@pytest.mark.parametrize("at", range(len(every_case())), ids=lambda at: shown(every_case()[at]))
def test_the_example_holds_in_both_readings(at: int, answers_in_sql: list[Truth]) -> None:
    case = every_case()[at]
    assert list(complaints(case)) == []
    assert case.answer()[0] is case.expected
    assert answers_in_sql[at] is case.expected


def test_there_are_many_examples_of_every_answer() -> None:
    counted = {truth: sum(case.expected is truth for case in every_case()) for truth in Truth}
    assert min(counted.values()) >= 40, counted
    assert len(every_case()) >= 250


def test_every_unknown_example_leads_to_a_question_with_words() -> None:
    for case in every_case():
        answer, reason = case.answer()
        if answer is Truth.UNKNOWN and case.gate is Truth.YES:
            asked = questions(reason)
            assert asked, shown(case)
            for use in asked:
                asking = (case.program.ask if case.program else {}).get(use.name) or catalogue()[
                    use.name
                ].question
                assert asking.strip(), f"{use.name} has no question"
