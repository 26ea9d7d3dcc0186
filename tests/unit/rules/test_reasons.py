"""What a person's reasons say: the answer, what carries it, what to ask, what would change it."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crosswalk.core.basics import Truth
from crosswalk.core.rules import (
    Clause,
    FactUse,
    as_sql,
    carrying,
    changes,
    deciding_single,
    parse,
    questions,
    reasons,
)

ED, STAYS = FactUse("ed_visits", months=6), FactUse("stays", months=6)
HIGH_USE = parse(
    {
        "all_of": [
            {"fact": "age", "at_least": 21, "say": "Is 21 or older"},
            {
                "any_of": [
                    {"fact": "ed_visits", "months": 6, "at_least": 5, "say": "Had 5 or more visits"},
                    {"fact": "stays", "months": 6, "at_least": 3, "say": "Had 3 or more stays"},
                ]
            },
            {"none_of": [{"fact": "programs", "has_any": ["hospice"], "say": "Receives hospice care"}]},
        ]
    }
)


def values(**given: Any) -> dict[FactUse, Any]:
    names = {"ed": ED, "stays": STAYS}
    return {names.get(name, FactUse(name)): value for name, value in given.items()}


def test_four_visits_are_not_enough_and_five_are() -> None:
    four = values(age=40, ed=4, stays=0, programs=())
    assert reasons(HIGH_USE, four).truth is Truth.NO
    assert reasons(HIGH_USE, four | {ED: 5}).truth is Truth.YES


def test_missing_data_never_makes_somebody_ineligible() -> None:
    assert reasons(HIGH_USE, {}).truth is Truth.UNKNOWN
    assert reasons(HIGH_USE, values(age=40, ed=4, programs=())).truth is Truth.UNKNOWN


def test_one_sure_no_decides_whatever_is_missing() -> None:
    reason = reasons(HIGH_USE, values(programs=("hospice",)))
    assert reason.truth is Truth.NO
    assert [leaf.say for leaf in carrying(reason)] == ["Receives hospice care"]


def test_the_tree_keeps_values_and_sentences() -> None:
    reason = reasons(HIGH_USE, values(age=40, ed=7))
    assert reason.say == "All of these"
    age, use, _ = reason.children
    assert (age.say, age.value, age.fact, age.answer) == ("Is 21 or older", 40, "age", "met")
    assert [child.value for child in use.children] == [7, None]


def test_met_rests_on_what_held_and_not_on_what_was_beside_it() -> None:
    reason = reasons(HIGH_USE, values(age=40, ed=7, programs=()))
    assert [leaf.say for leaf in carrying(reason)] == [
        "Is 21 or older",
        "Had 5 or more visits",
        "Receives hospice care",
    ]


def test_what_decides_alone_is_asked_first() -> None:
    reason = reasons(HIGH_USE, values(age=40, programs=(), stays=0))
    assert questions(reason) == [ED]
    reason = reasons(HIGH_USE, values(ed=5))
    assert set(questions(reason)) == {FactUse("age"), FactUse("programs")}


def test_nothing_is_asked_where_the_answer_no_longer_depends_on_it() -> None:
    assert FactUse("stays", months=6) not in questions(reasons(HIGH_USE, values(ed=5, age=40)))
    assert questions(reasons(HIGH_USE, values(age=20))) == []


def test_single_answers_that_decide_are_said_both_ways() -> None:
    reason = reasons(HIGH_USE, values(age=40, stays=0, programs=()))
    assert [(change.words, change.becomes) for change in deciding_single(reason)] == [
        ("ed visits in the last 6 months: under 5", Truth.NO),
        ("ed visits in the last 6 months: 5 or more", Truth.YES),
    ]


def test_what_would_lose_it_and_what_would_win_it() -> None:
    met = reasons(HIGH_USE, values(age=40, ed=5, stays=0, programs=()))
    assert [change.words for change in changes(met, fixed={"age"})] == [
        "ed visits in the last 6 months: under 5",
        "programs: hospice",
    ]
    short = reasons(HIGH_USE, values(age=40, ed=4, stays=2, programs=()))
    assert [change.words for change in changes(short)] == [
        "ed visits in the last 6 months: 5 or more",
        "stays in the last 6 months: 3 or more",
    ]


def test_where_one_change_is_not_enough_the_smallest_set_is_told() -> None:
    reason = reasons(HIGH_USE, values(age=40, ed=4, stays=0, programs=("hospice",)))
    (change,) = changes(reason)
    assert len(change.suppositions) == 2
    assert change.words == "ed visits in the last 6 months: 5 or more; programs: anything else"


def test_nobody_is_supposed_to_be_two_things_at_once() -> None:
    rule = parse(
        {
            "any_of": [
                {"all_of": [{"fact": "age", "at_least": 21}, {"fact": "ed", "at_least": 5}]},
                {"all_of": [{"fact": "age", "less_than": 21}, {"fact": "ed", "at_least": 3}]},
            ]
        }
    )
    reason = reasons(rule, {FactUse("ed"): 4})
    assert [(change.words, change.becomes) for change in deciding_single(reason)] == [
        ("age: under 21", Truth.YES),
        ("age: 21 or more", Truth.NO),
    ]
    middle = reasons(rule, {FactUse("age"): 30})
    assert [change.words for change in deciding_single(middle)] == ["ed: under 5", "ed: 5 or more"]


def test_days_and_codes_are_supposed_in_words() -> None:
    day = reasons(parse({"fact": "seen", "at_least": date(2026, 1, 1)}), {})
    assert [change.words for change in deciding_single(day)] == [
        "seen: before 2026-01-01",
        "seen: 2026-01-01 or later",
    ]
    code = reasons(parse({"fact": "medicare", "in": ["ma", "ffs"]}), {})
    assert [change.words for change in deciding_single(code)] == [
        "medicare: ma or ffs",
        "medicare: anything else",
    ]


@pytest.mark.parametrize("read", [lambda rule: reasons(rule, {}), as_sql])
def test_a_clause_or_list_without_its_text_is_not_read_as_anything(read: Any) -> None:
    for rule in (Clause(name="adult"), parse({"fact": "aid_code", "in_list": "foster"})):
        values = {FactUse("aid_code"): "4M"}
        with pytest.raises(ValueError, match="edition"):
            reasons(rule, values) if read is not as_sql else as_sql(rule)


def test_text_from_a_policy_cannot_leave_its_quotes() -> None:
    assert as_sql(parse({"fact": "x", "is": "a' OR TRUE --"})) == "(\"x\" = 'a'' OR TRUE --')"


def test_at_least_one_and_at_least_all_read_as_plain_sql() -> None:
    parts = [{"fact": name, "is": True} for name in "ab"]
    assert as_sql(parse({"at_least": 1, "of": parts})) == '("a" OR "b")'
    assert as_sql(parse({"at_least": 2, "of": parts})) == '("a" AND "b")'
    assert "CASE" in as_sql(parse({"at_least": 2, "of": [*parts, {"fact": "c", "is": True}]}))
