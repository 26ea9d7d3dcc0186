"""Sweeping 50,000 open referrals for clocks that ran out, in PostgreSQL behind the walls; the goal is 10 s.

    CROSSWALK_DATA=demo CROSSWALK_DEMO=1 python bench/referral_sweep.py

Needs an invented county (`crosswalk demo --data demo`); everything is undone at the end.
"""

from __future__ import annotations

import time
from datetime import timedelta

OPEN, GOAL = 50_000, 10.0


def main() -> None:
    """Make referrals of which all are silent, sweep them three times, and say how long each round took."""
    from crosswalk.hub.site import postgres
    from crosswalk.hub.site.config import site
    from crosswalk.hub.site.ready import ready

    server = ready(site())
    from django.conf import settings
    from django.db import transaction
    from django.utils import timezone

    from crosswalk.cli.serve import load

    load(settings.SITE.data, True)
    from crosswalk.hub.people.grouping import open_everything
    from crosswalk.hub.referrals.chasing import chase

    now = timezone.now()
    try:
        with transaction.atomic():
            open_everything()
            begun = time.perf_counter()
            _make(now)
            print(f"made {OPEN} referrals in {time.perf_counter() - begun:.1f} s\n")
            print("| Round | Asked | Told the coordinator | Took | Goal |\n|---|---|---|---|---|")
            for number, days in enumerate((0, 9, 18, 27), 1):
                begun = time.perf_counter()
                done = chase(at=now + timedelta(days=days))
                took = time.perf_counter() - begun
                print(f"| {number} | {done.asked} | {done.told} | {took:.1f} s | {GOAL:.0f} s |")
            transaction.set_rollback(True)
    finally:
        if server is not None and server.started_here:
            postgres.stop(server)


def _make(now: object) -> None:
    from datetime import datetime

    from crosswalk.hub.access.models import Organization
    from crosswalk.hub.network.models import Service
    from crosswalk.hub.people.models import Person
    from crosswalk.hub.referrals.models import Referral

    assert isinstance(now, datetime)
    persons = list(Person.objects.all()[:500])
    service = Service.objects.filter(program="ecm").order_by("pk")[0]
    sender = Organization.objects.filter(kind="coc").order_by("pk")[0]
    Referral.objects.bulk_create(
        (
            Referral(
                person=persons[n % len(persons)], service="ecm", plan="", sender=sender,
                receiver_id=service.organization_id, at_service=service, state="offered", authorization="pending",
                since=now, mark=1, turn="provider" if n % 5 else "plan", due=now, clock="accept_referral",
                chase_at=now - timedelta(minutes=n % 600), at=now, known_to=persons[n % len(persons)].known_to,
                parties=sorted({sender.pk, service.organization_id}),
            )
            for n in range(OPEN)
        ),
        batch_size=5000,
    )  # fmt: skip


if __name__ == "__main__":
    main()
