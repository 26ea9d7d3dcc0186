"""Every program for every person: one row each, with reasons, questions, holder and rank."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest

from people_for_finding import MEMBER, ON, SweptCounty, programs, swept

#: Four years on the street, opioid addiction, seven emergency visits in two years.
FRANK = {
    **MEMBER,
    "sleeps_in_place_not_meant": True,
    "unsheltered_now": True,
    "unstable_housing": True,
    "complex_need": True,
    "cannot_self_manage": True,
    "coordination_would_help": True,
    "substance_use_disorder": True,
    "sud_access": True,
    "complex_social_factor": True,
    "ed_visits__6m": 2,
    "hospital_and_snf_stays__6m": 0,
    "ed_visits_all__6m": 2,
    "ed_visits_all__12m": 4,
    "bh_ed_visits__12m": 4,
    "bh_stays__12m": 0,
    "days_homeless": 1400,
}
PEOPLE: dict[str, dict[str, Any]] = {
    "frank": FRANK,
    "known_street_only": {**MEMBER, "sleeps_in_place_not_meant": True, "unsheltered_now": True},
    "nothing_known": {**MEMBER},
    "not_a_member": {"mcp_enrolled": False, "age": 50},
    "nobody_knows": {},
    "served": {**FRANK, "enrollments_open": ["ecm"]},
    "asked_for": {**FRANK},
    "in_a_waiver": {**FRANK, "programs_held": ["waiver_alw"]},
    "youth": {**MEMBER, "age": 19, "sleeps_in_place_not_meant": True, "has_family_under_21": False},
    "parent": {**MEMBER, "age": 40, "sleeps_in_place_not_meant": True, "has_family_under_21": True},
    "emergency": {**MEMBER, "ed_visits__6m": 5, "hospital_and_snf_stays__6m": 0, "ed_visits_all__12m": 24},
}
EVENTS = [
    {
        "cin": "served",
        "kind": "enrollment",
        "code": "ecm",
        "value": "Harbor Health",
        "from_day": date(2026, 3, 1),
    },
    {
        "cin": "asked_for",
        "kind": "authorization",
        "code": "ecm",
        "value": "requested",
        "from_day": date(2026, 10, 1),
    },
]


@pytest.fixture(scope="module")
def county(tmp_path_factory: pytest.TempPathFactory) -> SweptCounty:
    """The people above, swept once."""
    return swept(tmp_path_factory.mktemp("swept"), PEOPLE, EVENTS)


def answers(county: SweptCounty, person: str) -> dict[str, str]:
    """One person's answers by program."""
    return {program: row["answer"] for (who, program), row in county.rows.items() if who == person}


def told(county: SweptCounty, person: str, program: str) -> list[dict[str, str]]:
    """The reasons of one finding."""
    return list(json.loads(county.rows[person, program]["reasons"]))


def test_every_person_has_one_row_for_every_program(county: SweptCounty) -> None:
    assert county.swept.rows == len(county.rows) == len(PEOPLE) * len(programs())


def test_the_columns_are_those_that_others_rely_on(county: SweptCounty) -> None:
    row = county.rows["frank", "ecm.1a"]
    assert list(row)[:9] == [
        "person_id",
        "program",
        "answer",
        "reasons",
        "questions",
        "held_by",
        "rank",
        "policy_release",
        "on",
    ]
    assert (row["policy_release"], row["on"]) == ("test", ON)


def test_four_years_on_the_street_count_and_seven_emergency_visits_do_not(county: SweptCounty) -> None:
    found = answers(county, "frank")
    assert (found["ecm.1a"], found["ecm.3"], found["cs.htns"]) == ("met", "met", "met")
    assert found["ecm.2"] == "not_met"


def test_a_missing_fact_asks_and_excludes_nobody(county: SweptCounty) -> None:
    row = county.rows["known_street_only", "ecm.1a"]
    assert row["answer"] == "unknown"
    assert row["questions"]
    assert "not_met" not in {answers(county, "nobody_knows")[code] for code in ("ecm.1a", "ecm.3", "cs.htns")}


def test_someone_outside_the_plans_is_told_so_and_only_so(county: SweptCounty) -> None:
    row = county.rows["not_a_member", "ecm.1a"]
    assert row["answer"] == "not_met"
    assert {one["fact"] for one in told(county, "not_a_member", "ecm.1a")} == {"mcp_enrolled"}
    assert row["questions"] == []


def test_every_reason_says_its_source_and_how_sure_it_is(county: SweptCounty) -> None:
    for row in county.rows.values():
        for one in json.loads(row["reasons"]):
            assert set(one) == {"say", "answer", "fact", "confidence", "source"}
            assert one["say"]
            assert one["confidence"] in ("verified", "plan", "secondary", "unverified")


def test_a_met_finding_tells_what_carries_it(county: SweptCounty) -> None:
    facts = {one["fact"] for one in told(county, "frank", "ecm.1a") if one["answer"] == "yes"}
    assert {"sleeps_in_place_not_meant", "complex_need"} <= facts
    assert "ed_visits__6m" not in facts


def test_who_is_served_is_marked_and_not_hidden(county: SweptCounty) -> None:
    row = county.rows["served", "ecm.1a"]
    assert (row["answer"], row["held"], row["held_by"]) == ("met", "served", "Harbor Health")
    assert row["rank"] > county.rows["frank", "ecm.1a"]["rank"]


def test_an_open_request_is_held_by_the_plan(county: SweptCounty) -> None:
    row = county.rows["asked_for", "ecm.1a"]
    assert (row["held"], row["held_by"]) == ("requested", "north")


def test_held_people_are_counted_for_each_program_of_the_benefit(county: SweptCounty) -> None:
    assert county.swept.programs["ecm.1a"]["held"] == county.swept.programs["ecm.9"]["held"] == 2
    assert county.swept.programs["cs.htns"]["held"] == 0


def test_either_or_programs_are_a_notice_and_exclude_nobody(county: SweptCounty) -> None:
    assert county.rows["in_a_waiver", "ecm.1a"]["answer"] == "met"
    assert any(one["answer"] == "choice" for one in told(county, "in_a_waiver", "ecm.1a"))
    assert not any(one["answer"] == "choice" for one in told(county, "frank", "ecm.1a"))


def test_what_usually_goes_together_and_is_missing_is_said(county: SweptCounty) -> None:
    assert any(one["answer"] == "companion" for one in told(county, "frank", "ecm.1a"))
    support = [one["say"] for one in told(county, "served", "cs.htns") if one["answer"] == "companion"]
    assert any("already" in say for say in support)


def test_twenty_visits_fit_a_provider_with_medical_staff(county: SweptCounty) -> None:
    assert county.rows["emergency", "ecm.2"]["answer"] == "met"
    assert any(
        "medical" in one["say"] for one in told(county, "emergency", "ecm.2") if one["answer"] == "fit"
    )
    assert not any("20 or more" in one["say"] for one in told(county, "frank", "ecm.3"))


def test_who_is_not_eligible_has_no_rank_and_all_others_have_one(county: SweptCounty) -> None:
    for row in county.rows.values():
        assert (row["rank"] is None) == (row["answer"] == "not_met")


def test_more_points_come_first_and_equal_points_share_a_rank(county: SweptCounty) -> None:
    ranked = [row for row in county.rows.values() if row["rank"] is not None]
    for row in ranked:
        assert row["rank"] == 1 + sum(other["points"] > row["points"] for other in ranked)


def test_the_street_comes_before_the_member_of_whom_nothing_is_known(county: SweptCounty) -> None:
    assert county.rows["frank", "ecm.1a"]["rank"] < county.rows["known_street_only", "ecm.1a"]["rank"]
    assert county.rows["known_street_only", "ecm.1a"]["rank"] < county.rows["nothing_known", "ecm.1a"]["rank"]


def test_the_counts_are_those_of_the_rows(county: SweptCounty) -> None:
    for code, counts in county.swept.programs.items():
        rows = [row["answer"] for (_, program), row in county.rows.items() if program == code]
        assert {answer: rows.count(answer) for answer in ("met", "unknown", "not_met")} == {
            answer: counts[answer] for answer in ("met", "unknown", "not_met")
        }


def test_two_ways_into_the_same_program_keep_their_own_reasons(county: SweptCounty) -> None:
    youth, parent = (
        {one["fact"] for one in told(county, person, "ecm.1b") if one["answer"] == "yes"}
        for person in ("youth", "parent")
    )
    assert "age" in youth
    assert "has_family_under_21" not in youth
    assert "has_family_under_21" in parent
    assert "age" not in parent
