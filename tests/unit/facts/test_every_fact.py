"""Each fact on both sides of its threshold and where it cannot know: the table is in tests/fact_cases."""

from __future__ import annotations

from typing import Any

import pytest

from crosswalk.core.facts import catalogue
from crosswalk.core.facts.wide import measure
from crosswalk.core.rules import FactUse
from fact_cases import ON, Case
from fact_cases.every import every

CASES = every()


@pytest.mark.parametrize("case", CASES, ids=[f"{case.fact}: {case.sentence}" for case in CASES])
def test_a_fact_says_of_somebody_who(folk: Any, case: Case) -> None:
    mine = folk.cases[CASES.index(case)]
    found = folk.ask(case.fact, mine.person, case.months, case.days)
    assert (found.value if found else None) == case.expected
    for name, value in case.extra.items():
        assert found is not None
        assert found.extra[name] == value


@pytest.mark.parametrize("name", [one for one in catalogue() if one != "chronic_history"])
def test_every_fact_has_a_known_case_and_an_unknown_one(name: str) -> None:
    answers = [case.expected for case in CASES if case.fact == name]
    assert any(answer is not None for answer in answers)
    assert any(answer is None for answer in answers)


def test_what_is_known_shows_where_it_comes_from(folk: Any) -> None:
    silent = {"programs_held", "authorizations_open", "requests_pending", "enrollments_open", "services_ever"}
    for case, mine in zip(CASES, folk.cases, strict=True):
        if case.expected in (None, False, 0, []) or case.fact in silent:
            continue
        found = folk.ask(case.fact, mine.person, case.months, case.days)
        assert found is not None
        assert found.evidence, f"{case.fact}: {case.sentence} shows nothing"
        for proof in found.evidence:
            assert set(proof) == {"delivery", "file", "row", "day", "says"}
            assert all(proof[key] for key in ("delivery", "file", "row", "says"))


def test_the_wide_table_holds_the_same_values_as_asking_one_by_one(folk: Any) -> None:
    uses = sorted({FactUse(case.fact, case.months, case.days) for case in CASES})
    measure(folk.engine, uses, ON)
    for case, mine in zip(CASES, folk.cases, strict=True):
        column = FactUse(case.fact, case.months, case.days).column
        row = folk.engine.fetch(
            f'SELECT "{column}" FROM fact_table WHERE person_id = :key', {"key": folk.keys[mine.person]}
        )
        assert row == [(case.expected,)], f"{case.fact}: {case.sentence}"


def test_everybody_has_exactly_one_row_in_the_wide_table(folk: Any) -> None:
    measure(folk.engine, [FactUse("age"), FactUse("ed_visits", months=6)], ON)
    assert folk.engine.fetch("SELECT count(*), count(DISTINCT person_id) FROM fact_table") == [
        (len(folk.keys), len(folk.keys))
    ]
