"""The evidence as a sum in words."""

from __future__ import annotations

from crosswalk.core.linkage.explain import in_words
from linkage_people import settings


def test_the_evidence_is_a_sum_in_words_heaviest_first() -> None:
    evidence = [
        {"field": "prior", "level": "before any evidence", "weight": -22.6},
        {"field": "last", "level": "surname", "weight": 7.04},
        {"field": "dob", "level": "exact", "weight": 14.55},
        {"field": "ssn", "level": "else", "weight": -3.0},
    ]
    said = in_words(evidence, settings(), {"last": "GARCIA"}, common={"last"})
    assert said == "+14.6 same date of birth, +7.0 share the surname GARCIA (common), −3.0 SSN differs"


def test_without_a_basis_no_value_is_shown() -> None:
    said = in_words([{"field": "last", "level": "surname", "weight": 7.0}], settings())
    assert said == "+7.0 share the surname"


def test_a_veto_says_why_a_person_is_asked() -> None:
    said = in_words([{"field": "veto", "level": "first_differs", "weight": 0.0}], settings())
    assert said == "asked because first names differ"


def test_every_level_of_the_model_has_its_sentence() -> None:
    policy = settings()
    for one in policy.model["comparisons"]:
        for level in one["comparison_levels"]:
            if level["label_for_charts"] == "empty":
                continue
            piece = {"field": one["output_column_name"], "level": level["label_for_charts"], "weight": 1.0}
            assert in_words([piece], policy) != f"+1.0 {piece['field']} {piece['level']}"
