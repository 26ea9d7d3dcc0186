"""Who holds a benefit: served before approved before requested; ended, denied and future ones do not count."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from crosswalk.core.engine import DuckEngine
from crosswalk.core.finding.held import STATES, measure_held
from people_for_finding import ON, set_people


def event(
    kind: str, value: str, start: str, end: str | None = None, code: str = "ecm", by: str | None = None
) -> Any:
    """One event of the only person."""
    return {
        "cin": "ann",
        "kind": kind,
        "code": code,
        "value": value,
        "by": by,
        "from_day": date.fromisoformat(start),
        "end_day": date.fromisoformat(end) if end else None,
    }


def held(*events: dict[str, Any]) -> list[tuple[str, str, str]]:
    """Benefit, state and holder of what is open on the day."""
    with DuckEngine(threads=1) as engine:
        set_people(engine, {"ann": {}}, list(events))
        measure_held(engine, ON)
        rows = engine.fetch("SELECT benefit, state, held_by FROM held ORDER BY benefit")
    return [(benefit, STATES[state], by) for benefit, state, by in rows]


def test_an_open_enrollment_is_served_by_its_provider() -> None:
    assert held(event("enrollment", "Harbor Health", "2026-01-01")) == [("ecm", "served", "Harbor Health")]


def test_an_enrollment_beats_the_authorization_it_came_from() -> None:
    both = event("authorization", "approved", "2025-12-20"), event("enrollment", "Harbor", "2026-01-01")
    assert held(*both) == [("ecm", "served", "Harbor")]


def test_an_approval_without_enrollment_is_approved_by_the_plan() -> None:
    assert held(event("authorization", "approved", "2026-10-01")) == [("ecm", "approved", "north")]


@pytest.mark.parametrize("answer", ["denied", "approved", "ended"])
def test_a_request_that_was_answered_is_no_open_request(answer: str) -> None:
    found = held(
        event("authorization", "requested", "2026-10-01"), event("authorization", answer, "2026-10-05")
    )
    assert ("ecm", "requested", "north") not in found


def test_a_request_after_a_denial_is_open_again() -> None:
    events = event("authorization", "denied", "2026-09-01"), event("authorization", "requested", "2026-10-01")
    assert held(*events) == [("ecm", "requested", "north")]


def test_what_ended_on_the_day_or_begins_tomorrow_is_not_held() -> None:
    assert held(event("enrollment", "Harbor", "2026-01-01", end="2026-11-01")) == []
    assert held(event("enrollment", "Harbor", "2026-11-02")) == []
    assert held(event("enrollment", "Harbor", "2026-01-01", end="2026-11-02")) != []


def test_each_benefit_is_held_apart() -> None:
    events = (
        event("enrollment", "Harbor", "2026-01-01"),
        event("authorization", "requested", "2026-10-01", code="cs.htns", by="Shelter"),
    )
    assert held(*events) == [("cs.htns", "requested", "Shelter"), ("ecm", "served", "Harbor")]
