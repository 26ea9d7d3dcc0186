"""The invented county's lead workers: whoever its invented referrals brought to a provider has one."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import cycle
from pathlib import Path
from typing import Any

from django.db import transaction
from django.db.models import Q

from crosswalk.hub.access.itself import Hub, as_the_hub
from crosswalk.hub.access.queries import carers
from crosswalk.hub.care.actions import HELD
from crosswalk.hub.care.models import Care, End, Lead
from crosswalk.hub.journal.actions import act
from crosswalk.hub.referrals.invented import referrals_of_the_demo
from crosswalk.hub.referrals.models import Edge, Referral

#: Where nobody signs in, a lead is named and how to reach them; numbers of 555-01xx belong to nobody.
_NAMED = ("Noor Haddad", "Eli Whitcomb", "Soledad Prieto", "Kao Xiong")
_REACH = "559-555-01{:02}"
#: Care whose referral closed with services received goes on for so long in the invented county.
_GOES_ON = timedelta(days=150)


def story_of_the_demo(*, truth: Path, at: datetime, on: date) -> None:
    """Write the invented county's referrals and their leads at once: none may be accepted where nobody leads."""
    with transaction.atomic():
        referrals_of_the_demo(truth=truth, at=at, on=on)
        leads_of_the_demo(at=at)


def leads_of_the_demo(*, at: datetime) -> int:
    """Give care and a lead to every invented referral that a provider has or has served; how many.

    Runs in the transaction that writes the referrals: the tables let none be accepted without care.
    """
    with as_the_hub():
        found = Referral.objects.filter(
            Q(state__in=HELD) | Q(outcome="services_received"), ~Q(pk__in=Care.objects.values("referral_id"))
        )
        begun = dict(
            Edge.objects.filter(referral__in=found, verb="accept")
            .order_by("id")
            .values_list("referral_id", "at")
        )
        cares = list(_cares(list(found.order_by("-at", "-pk")), begun, at))
        Care.objects.bulk_create(cares)
        Lead.objects.bulk_create(_leads(cares))
        if cares:
            act(Hub(), "open demo leads", basis="invented county", after={"cares": len(cares)})
        return len(cares)


def _cares(referrals: list[Referral], begun: dict[int, datetime], at: datetime) -> Iterator[Care]:
    """From the newest to the oldest: of one program of a person the newest stays open, what was before has ended."""
    later: dict[tuple[str, str], datetime] = {}
    for one in referrals:
        held, since = one.state in HELD, begun.get(one.pk, one.since)
        key = (one.person_id, one.service)
        ends = min(one.since + _GOES_ON, later.get(key, at))
        over = not held and (ends < at or key in later)
        yield Care(
            person_id=one.person_id, service=one.service, organization_id=one.receiver_id, referral=one,
            began_at=since, ended_at=max(ends, since) if over else None,
            ended_because=str(End.GOALS) if over else "", double=not over and key in later,
            known_to=one.known_to, named=one.named, parties=one.parties,
        )  # fmt: skip
        later[key] = since


def _leads(cares: list[Care]) -> Iterator[Lead]:
    """One for each, in turn among those who work with persons there."""
    turns: dict[int, Iterator[dict[str, Any]]] = {}
    for one in cares:
        led = next(turns.setdefault(one.organization_id, cycle(_of(one.organization_id))))
        yield Lead(
            care=one, person_id=one.person_id, organization_id=one.organization_id, since=one.began_at,
            until=one.ended_at, known_to=one.known_to, named=one.named, parties=one.parties, **led,
        )  # fmt: skip


def _of(organization_id: int) -> list[dict[str, Any]]:
    there = [
        {"worker_id": one.worker_id, "name": one.worker.name}
        for one in carers(organization_id=organization_id)
    ]
    which = organization_id % len(_NAMED)
    return there or [{"name": _NAMED[which], "reach": _REACH.format(which)}]
