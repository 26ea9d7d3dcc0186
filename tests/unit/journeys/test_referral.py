"""The turns of a referral: the usual way, and each thing that must be refused."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crosswalk.core.basics import Refused
from crosswalk.core.journeys.referral import Act, Standing, owed_by, turn, whose_turn
from crosswalk.core.journeys.table import Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.core.policy import load, shipped_folder


def moment(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[misc,arg-type]


TABLE: Table = table_of(load(shipped_folder()).as_of(date(2026, 11, 22)))
MONDAY = moment(2026, 11, 16, 9)


def walk(*acts: Act, service: str = "ecm") -> Standing:
    """Where a referral stands after these acts, an hour apart."""
    now = Standing(service)
    for hours, act in enumerate(acts):
        now = turn(TABLE, now, act, MONDAY + timedelta(hours=hours)).standing
    return now


SUBMITTED = Act("submit", "desk")
AUTHORIZED = (SUBMITTED, Act("authorize", "file"))
OFFERED = (*AUTHORIZED, Act("offer", "desk", receiver="one"))
ACCEPTED = (*OFFERED, Act("accept", "provider", receiver="one"))
STARTED = (*ACCEPTED, Act("start", "provider", receiver="one"))


def test_the_usual_way_ends_in_services_received() -> None:
    end = walk(*STARTED, Act("close", "provider", reason="services_received", receiver="one"))
    assert (end.state, end.outcome, end.mark) == ("closed", "services_received", 6)


def test_declined_goes_to_another_provider_under_the_same_referral() -> None:
    end = walk(
        *OFFERED,
        Act("decline", "provider", reason="no_capacity", receiver="one"),
        Act("offer", "desk", receiver="two"),
        Act("accept", "provider", receiver="two"),
    )
    assert (end.state, end.receiver, end.outcome) == ("accepted", "two", "")


@pytest.mark.parametrize(
    ("before", "act", "code"),
    [
        (OFFERED, Act("accept", "provider", receiver="two"), "referral.not_yours"),
        (OFFERED, Act("accept", "plan"), "referral.not_yours"),
        (OFFERED, Act("accept", "provider", receiver="one", saw=2), "referral.moved_on"),
        (OFFERED, Act("decline", "provider", receiver="one"), "referral.reason"),
        (OFFERED, Act("decline", "provider", receiver="one", reason="services_received"), "referral.reason"),
        (OFFERED, Act("start", "provider", receiver="one"), "referral.not_here"),
        (ACCEPTED, Act("close", "provider", receiver="one", reason="services_received"), "referral.reason"),
        (AUTHORIZED, Act("offer", "desk"), "referral.receiver"),
        ((SUBMITTED, Act("withdraw", "desk")), Act("authorize", "file"), "referral.closed"),
    ],
)  # fmt: skip
def test_what_the_table_does_not_have_is_refused(before: tuple[Act, ...], act: Act, code: str) -> None:
    now = walk(*before)
    with pytest.raises(Refused) as said:
        turn(TABLE, now, act, MONDAY + timedelta(days=1))
    assert said.value.code == code


def test_a_file_about_a_time_before_the_last_step_is_refused() -> None:
    with pytest.raises(Refused) as said:
        turn(TABLE, walk(*OFFERED), Act("accept", "file"), MONDAY)
    assert said.value.code == "referral.older"


def test_with_streamlined_authorization_services_begin_and_the_plan_s_no_ends_them() -> None:
    begun = walk(
        Act("streamline", "desk", receiver="one"), Act("accept", "provider", receiver="one"),
        Act("start", "provider", receiver="one"),
    )  # fmt: skip
    assert (begun.state, begun.authorization) == ("outreach", "pending")
    no = turn(TABLE, begun, Act("refuse", "file", reason="as_told"), MONDAY + timedelta(days=9))
    assert (no.standing.state, no.standing.outcome) == ("closed", "not_authorized")
    assert {to for to, _ in no.notices} == {"member", "referrer", "provider"}
    yes = turn(TABLE, begun, Act("authorize", "file"), MONDAY + timedelta(days=9))
    assert (yes.standing.state, yes.standing.authorization, yes.standing.since) == (
        "outreach", "authorized", begun.since,
    )  # fmt: skip


def test_whose_turn_it_is_and_by_when() -> None:
    assert whose_turn(TABLE, walk(SUBMITTED)) == "plan"
    assert owed_by(TABLE, walk(SUBMITTED)) == ("routine_authorization", moment(2026, 11, 23, 9))
    urgent = replace(walk(SUBMITTED), expedited=True)
    assert owed_by(TABLE, urgent) == ("expedited_authorization", moment(2026, 11, 19, 9))
    assert owed_by(TABLE, walk(*AUTHORIZED))[0] == "assignment_to_provider"
    assert owed_by(TABLE, walk(*AUTHORIZED, service="cs.htns"))[0] == "cs_referral_to_provider"
    assert owed_by(TABLE, walk(*OFFERED)) == ("accept_referral", moment(2026, 11, 18, 11))
    assert whose_turn(TABLE, walk(*STARTED)) == "provider"
