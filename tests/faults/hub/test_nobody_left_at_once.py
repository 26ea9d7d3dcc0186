"""Two at once: somebody is named lead worker in the moment in which their access ends. One waits for the other."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Event
from typing import Any

import pytest

from crosswalk.core.basics import Refused
from pages.test_nobody_left import viewer
from pages.test_referrals import HOMES, service
from referring import forget_referrals

pytestmark = pytest.mark.hub


def offered() -> int:
    """A referral that waits for the answer of the provider."""
    from django.utils import timezone

    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.people.models import Person
    from crosswalk.hub.referrals.models import Referral

    with as_the_hub():
        at = service("ECM for Adults Without a Home")
        one = Person.objects.filter(named=None).order_by("-pk")[0]
        return int(Referral.objects.create(
            person=one, known_to=one.known_to, service="ecm", sender_id=at.organization_id,
            receiver_id=at.organization_id, at_service=at, state="offered", authorization="none",
            since=timezone.now(), mark=0, turn="provider", at=timezone.now(), parties=[at.organization_id],
        ).pk)  # fmt: skip


def held_open(worker: Any, act: Callable[[Any], Any], began: Event, go_on: Event) -> str:
    """One transaction: the act, then a wait before it is kept; what came of it."""
    from django.db import connections, transaction

    from crosswalk.hub.access.viewer import open_rows

    by = viewer(worker)
    try:
        with transaction.atomic():
            open_rows(worker_id=by.worker_id, organization_id=by.organization_id, role=by.role, sees=by.sees)
            act(by)
            began.set()
            go_on.wait(20)
        return "made"
    except Refused as refused:
        return str(refused.code)
    finally:
        began.set()
        connections.close_all()


@pytest.mark.parametrize("first", ["the access ends", "the lead begins"])
def test_who_leads_and_who_leaves_come_one_after_the_other(hub_site: Any, first: str) -> None:
    from django.utils import timezone

    from crosswalk.hub.access.actions import end_access
    from crosswalk.hub.access.itself import as_the_hub
    from crosswalk.hub.care.models import Lead
    from crosswalk.hub.referrals.actions import LeadNamed, take_turn

    number = offered()
    boss, leaver = hub_site.worker("supervisor", HOMES), hub_site.worker("lead_care_manager", HOMES)
    role, now = leaver.memberships.get().pk, timezone.now()

    def ends(by: Any) -> None:
        end_access(by=by, at=now, membership_id=role, why="left the job")

    def begins(by: Any) -> None:
        named = LeadNamed(leaver.pk)
        take_turn(by=by, at=now, referral_id=number, verb="accept", lead=named)

    acts = (ends, begins) if first == "the access ends" else (begins, ends)
    try:
        with ThreadPoolExecutor(2) as both:
            began, go_on, second_began = Event(), Event(), Event()
            one = both.submit(held_open, boss, acts[0], began, go_on)
            assert began.wait(20)
            other = both.submit(held_open, boss, acts[1], second_began, go_on)
            waited = not second_began.wait(0.5)
            go_on.set()
            said = one.result(30), other.result(30)
        assert said == ("made", "care.gone" if first == "the access ends" else "access.left")
        assert waited, "the second waits until the first is kept"
        with as_the_hub():
            led = Lead.objects.filter(care__referral_id=number, until=None).values_list(
                "worker_id", flat=True
            )
            assert list(led) == ([] if first == "the access ends" else [leaver.pk])
    finally:
        forget_referrals()
