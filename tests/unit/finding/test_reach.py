"""Reach is an interval: what is open widens it, and what is served counts as eligible."""

from __future__ import annotations

from datetime import date
from typing import Any

from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.held import measure_held
from crosswalk.core.finding.patterns import Patterns
from crosswalk.core.finding.reach import Reach, count_to_decide, measure_funnel, measure_reach
from people_for_finding import MEMBER, ON, programs, set_people, weights

STREET = {
    **MEMBER,
    "sleeps_in_place_not_meant": True,
    "complex_need": True,
    "cannot_self_manage": True,
    "coordination_would_help": True,
}
PEOPLE: dict[str, dict[str, Any]] = {
    "served": STREET,
    "found": STREET,
    "open": {**MEMBER, "sleeps_in_place_not_meant": True},
    "not_linked": {"sleeps_in_place_not_meant": True},
    "no_member": {"mcp_enrolled": False},
}
EVENTS = [
    {"cin": "served", "kind": "enrollment", "code": "ecm", "value": "Harbor", "from_day": date(2026, 1, 1)}
]


def county(engine: DuckEngine) -> None:
    """The people above, with their patterns measured; all but one stand in HMIS, two are linked to no member."""
    set_people(engine, PEOPLE, EVENTS)
    engine.sql("""
        CREATE OR REPLACE TABLE person_source AS
        SELECT person_id, 'plan:north' AS source, person AS source_id FROM person_key
        WHERE person NOT IN ('not_linked', 'no_member')
        UNION ALL
        SELECT person_id, 'hmis:1', 'H' || person FROM person_key WHERE person <> 'no_member'""")
    measure_held(engine, ON)
    Patterns(programs(), weights()).measure(engine)


def test_the_bounds_hold_every_case() -> None:
    with DuckEngine(threads=1) as engine:
        county(engine)
        found = {(one.benefit, one.among): one for one in measure_reach(engine, programs())}
    ecm = found["ecm", "everybody"]
    assert (ecm.served, ecm.eligible, ecm.open) == (1, 2, 2)
    assert (ecm.low, ecm.high) == (1 / 4, 1 / 2)
    assert found["ecm", "people in HMIS"].open == 2


def test_nobody_eligible_is_no_share_at_all() -> None:
    assert (
        Reach("ecm", "ECM", "everybody", 0, 0, 0).low,
        Reach("ecm", "ECM", "everybody", 0, 0, 3).high,
    ) == (
        None,
        None,
    )


def test_the_funnel_counts_people_of_hmis_and_what_they_have_in_hand() -> None:
    with DuckEngine(threads=1) as engine:
        county(engine)
        funnel = measure_funnel(engine, programs(), to_decide=1)
    assert (funnel.hmis, funnel.linked, funnel.covered) == (4, 3, 3)
    assert sum(funnel.in_hand.values()) == funnel.eligible
    assert funnel.in_hand["served"] == 1
    assert funnel.match_rate == (3 / 4, 1.0)


def test_an_unlinked_record_with_an_open_pair_waits_for_a_person() -> None:
    with DuckEngine(threads=1) as engine:
        county(engine)
        engine.sql("""
            CREATE TABLE links AS SELECT 'hmis:1' AS left_source, 'Hnot_linked' AS left_id,
                'plan:north' AS right_source, 'somebody' AS right_id, 'ask' AS decision
            UNION ALL SELECT 'hmis:1', 'Hfound', 'plan:north', 'somebody', 'ask'""")
        assert count_to_decide(engine, "links") == 1
