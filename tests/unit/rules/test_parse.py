"""What can be written as a rule, and what is said about the rest."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.rules import Clause, FactUse, Group, Leaf, Source, Test, leaves, parse


def test_a_leaf_keeps_its_words() -> None:
    rule = parse(
        {
            "fact": "ed_visits",
            "months": 6,
            "at_least": 5,
            "say": "Five visits",
            "ask": "How many?",
            "confidence": "plan",
            "source": "p. 19",
        }
    )
    assert isinstance(rule, Leaf)
    assert rule.test == Test(FactUse("ed_visits", months=6), "at_least", 5)
    assert (rule.say, rule.ask, rule.confidence) == ("Five visits", "How many?", "plan")
    assert rule.source == Source(document="", page="p. 19")


@pytest.mark.parametrize(
    ("use", "column", "words"),
    [
        (FactUse("age"), "age", "age"),
        (FactUse("ed_visits", months=6), "ed_visits__6m", "ed visits in the last 6 months"),
        (FactUse("meals_weeks", months=1), "meals_weeks__1m", "meals weeks in the last 1 month"),
        (FactUse("outreach", days=30), "outreach__30d", "outreach in the last 30 days"),
    ],
)
def test_a_fact_with_its_window_has_a_column_and_words(use: FactUse, column: str, words: str) -> None:
    assert (use.column, use.words) == (column, words)


def test_groups_and_clauses_nest() -> None:
    rule = parse(
        {"at_least": 2, "of": [{"use": "adult"}, {"fact": "a", "is": True}, {"any_of": [{"use": "b"}]}]}
    )
    assert isinstance(rule, Group)
    assert (rule.word, rule.count, len(rule.of)) == ("at_least", 2, 3)
    assert rule.of[0] == Clause(name="adult")


def test_the_same_test_written_twice_is_one_leaf() -> None:
    twice = parse(
        {"any_of": [{"fact": "a", "is": True, "say": "One"}, {"fact": "a", "is": True, "say": "Two"}]}
    )
    assert [leaf.say for leaf in leaves(twice)] == ["One"]


@pytest.mark.parametrize(
    ("node", "said"),
    [
        ("age", "must be a mapping"),
        ({}, "exactly one of"),
        ({"fact": "a", "is": True, "all_of": []}, "exactly one of"),
        ({"all_of": []}, "one or more"),
        ({"all_of": {"fact": "a"}}, "one or more"),
        ({"of": [{"fact": "a", "is": True}]}, "needs “at_least"),
        ({"at_least": 2, "of": [{"fact": "a", "is": True}]}, "never be met"),
        ({"at_least": 0, "of": [{"fact": "a", "is": True}]}, "1 or more"),
        ({"fact": "a"}, "found none"),
        ({"fact": "a", "is": True, "at_least": 1}, "found is and at_least"),
        ({"fact": "a", "is": None}, "“is” must be"),
        ({"fact": "a", "is": True, "months": 6, "days": 30}, "not both"),
        ({"fact": "a", "at_least": 1, "months": 0}, "1 or more"),
        ({"fact": "a", "at_least": "five"}, "a number or a date"),
        ({"fact": "a", "at_least": True}, "a number or a date"),
        ({"fact": "a", "at_least": float("inf")}, "a number or a date"),
        ({"fact": "a", "in": [3, 4]}, "in quotes"),
        ({"fact": "a", "has_any": []}, "in quotes"),
        ({"fact": "a", "has_any": [False]}, "in quotes"),
        ({"fact": "a", "in_list": 7}, "name a code list"),
        ({"fact": "a", "is": True, "says": "x"}, "“says” is not known"),
        ({"fact": "a", "is": True, "confidence": "sure"}, "how sure"),
        ({"fact": "a", "is": True, "source": 7}, "name a document"),
        ({"fact": "a", "is": True, "say": ""}, "must be a text"),
    ],
)
def test_what_is_no_rule_is_refused_in_words(node: Any, said: str) -> None:
    with pytest.raises(Refused, match=said) as refused:
        parse(node, "populations/x.yaml: enters_when")
    assert refused.value.place.startswith("populations/x.yaml: enters_when")
    assert refused.value.fix


def test_a_refusal_names_the_place_inside_and_the_word_that_was_meant() -> None:
    with pytest.raises(Refused) as refused:
        parse({"all_of": [{"fact": "a", "is": True}, {"fact": "b", "at_leest": 5}]}, "f.yaml: rule")
    assert refused.value.place == "f.yaml: rule.all_of[1]"
    assert "at_least" in refused.value.fix


def test_dates_are_operands_too() -> None:
    rule = parse({"fact": "last_seen", "at_least": date(2026, 1, 1)})
    assert isinstance(rule, Leaf)
    assert rule.test.operand == date(2026, 1, 1)
