"""One named lead worker for each person and program: named on acceptance, handed on warmly, and nobody left behind."""

from __future__ import annotations

from typing import Any

import pytest

from pages.test_referrals import HOMES, LANTERN, covered, row, send, service, take

pytestmark = pytest.mark.hub
OUTREACH = "ECM for Adults Without a Home"


def settled() -> None:
    """Ask the database now what it would ask when the transaction ends."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("SET CONSTRAINTS ALL DEFERRED")


def lead(referral_id: int) -> Any:
    """The lead in force of the care that a referral began; None where there is none."""
    from crosswalk.hub.care.models import Lead

    row(referral_id)
    return Lead.objects.filter(care__referral_id=referral_id, until=None).first()


def accepted(hub: Any, carer: Any, to: str = OUTREACH, program: str = "ecm.1a", **said: Any) -> int:
    """A referral that this worker accepted."""
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, program), program, service(to))
    answer = take(carer, number, "accept", **said)
    assert answer.status_code == 302, answer.content.decode()
    settled()
    return number


def membership(worker: Any) -> Any:
    return worker.memberships.get()


def end_access(boss: Any, worker: Any, **said: Any) -> Any:
    return boss.post(f"/colleagues/{membership(worker).pk}/end", {"why": "left the job", **said})


def test_whoever_accepts_leads_unless_a_colleague_is_named(hub: Any) -> None:
    carer = hub.visitor("lead_care_manager", HOMES)
    assert lead(accepted(hub, carer)).worker_id == carer.worker.pk
    assert "You lead 1 person" in carer.get("/members/").content.decode()


def test_a_colleague_may_be_named_and_nobody_of_elsewhere(hub: Any) -> None:
    carer, other = hub.visitor("supervisor", HOMES), hub.worker("lead_care_manager", HOMES)
    desk = hub.visitor("coordinator")
    number = send(desk, covered(hub, desk, "ecm.1a"), "ecm.1a", service(OUTREACH))
    assert take(carer, number, "accept", lead=hub.worker("supervisor", LANTERN).pk).status_code == 404
    assert row(number).state == "offered"
    assert take(carer, number, "accept", lead=other.pk).status_code == 302
    assert lead(number).worker_id == other.pk
    settled()
