"""A rule reads aloud well."""

from __future__ import annotations

from crosswalk.core.rules import Above, Clause, Source, parse, prose, sentence, words_of


def test_groups_read_as_sentences_with_their_parts_below() -> None:
    rule = parse(
        {
            "all_of": [
                {"fact": "age", "at_least": 21, "say": "Is 21 or older"},
                {
                    "say": "Is at high risk",
                    "any_of": [{"fact": "a", "is": True, "say": "Overdose"}, {"fact": "b", "is": True}],
                },
                {"at_least": 2, "of": [{"fact": "c", "at_most": 3}, {"fact": "d", "less_than": 1.5}]},
                {"none_of": [{"fact": "e", "has_any": ["x", "y", "z"]}]},
            ]
        }
    )
    assert prose(rule).splitlines() == [
        "All of these:",
        "- Is 21 or older",
        "- Is at high risk. One of these:",
        "  - Overdose",
        "  - b: yes",
        "- Two or more of these:",
        "  - c: up to 3",
        "  - d: under 1.5",
        "- Not so: e: includes x, y or z",
    ]


def test_a_group_of_one_reads_as_that_one() -> None:
    assert prose(parse({"any_of": [{"fact": "a", "is": False, "say": "Lives at home"}]})) == "Lives at home"


def test_marks_and_pages_are_said_once_where_they_are_news() -> None:
    rule = parse(
        {
            "any_of": [
                {"fact": "a", "is": True, "say": "A", "confidence": "unverified"},
                {"fact": "b", "is": True, "say": "B", "confidence": "verified"},
                {"fact": "c", "is": True, "say": "C", "source": {"document": "Guide", "page": "12"}},
                {"fact": "d", "is": True, "say": "D", "source": {"document": "Letter", "edition": "2024"}},
            ]
        }
    )
    known = Above("verified", Source("Guide", page="9"))
    assert prose(rule, pages=True, above=known).splitlines() == [
        "One of these:",
        "- A (unverified)",
        "- B",
        "- C (p. 12)",
        "- D (Letter, 2024)",
    ]


def test_below_an_unsure_part_a_sure_one_says_so() -> None:
    rule = parse(
        {
            "any_of": [
                {"fact": "a", "is": True, "say": "A", "confidence": "verified"},
                {"fact": "b", "is": True},
            ]
        }
    )
    assert prose(rule, above=Above("unverified")).splitlines()[1] == "- A (verified)"


def test_a_clause_says_its_sentence_and_then_its_rule() -> None:
    adult = parse({"fact": "age", "at_least": 21, "say": "Is 21 or older"})
    assert prose(Clause(name="adult", say="Is 21 or older", rule=adult)) == "Is 21 or older"
    assert (
        prose(Clause(name="adult", say="Is an adult", rule=adult))
        == "Is an adult. That is:\n- Is 21 or older"
    )
    assert sentence(Clause(name="complex_need")) == "complex need"


def test_tests_in_plain_words() -> None:
    (leaf,) = [parse({"fact": "aid_code", "in_list": "foster_care"})]
    assert words_of(leaf.test, leaf.list_name) == "aid code: a code of the list “foster care”"  # type: ignore[attr-defined]
