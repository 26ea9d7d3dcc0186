"""Saying how many places are left, and what keeps the directory true. Every act is in the journal."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from datetime import date, datetime

from django.conf import settings
from django.core.mail import send_mail
from django.utils.translation import gettext as _
from django.utils.translation import override

from crosswalk.core.basics import Refused
from crosswalk.core.records.network import Receiver
from crosswalk.hub.access import acts
from crosswalk.hub.access.itself import Hub
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import By, act
from crosswalk.hub.network import leaving
from crosswalk.hub.network.kinds import Way
from crosswalk.hub.network.models import Asked, Caseload, Listing, Service, Statement
from crosswalk.hub.network.queries import in_force, to_ask


def state_capacity(
    *,
    by: Viewer,
    at: datetime,
    service_id: int,
    free: int,
    places: int | None = None,
    waiting: int | None = None,
    said_by: str = "",
) -> Statement:
    """Write down how many places a service has left. Earlier statements stay.

    `said_by`: who told it, where a keeper of the directory heard it by phone; else whoever writes it. Raises
    LookupError where it is not theirs to say.
    """
    one = Service.objects.filter(in_force(by.on), pk=service_id).first()
    may = acts.state_capacity(by, one.organization_id) if one else acts.NO
    if one is None or not may:
        raise LookupError
    if places is not None and free > places:
        raise Refused(
            _("More places are left than there are."),
            fix=_("Give at most all places as left, or leave “all places” empty."),
        )
    own = one.organization_id == by.organization_id
    made = Statement.objects.create(
        service=one,
        free=free,
        places=places,
        waiting=waiting,
        at=at,
        way=Way.PAGE if own else Way.PHONE,
        worker_id=by.worker_id,
        said_by=said_by.strip() or by.name,
        organization_id=one.organization_id if said_by.strip() else by.organization_id,
    )
    act(
        by,
        "state capacity",
        subject=f"service:{one.pk}",
        basis=may.basis,
        after={"free": free, "places": places, "waiting": waiting, "way": made.way},
    )
    return made


def ask_for_capacity(*, by: Hub, at: datetime, on: date) -> int:
    """Ask every provider whose word on a service has grown old for a new one; how many services were asked about.

    Each organization gets one message that names services and nobody. Who was asked of late is left in peace.
    """
    due: dict[str, list[Receiver]] = defaultdict(list)
    for one in to_ask(on):
        due[one.referral_email].append(one)
    for address, services in due.items():
        Asked.objects.bulk_create(Asked(service_id=one.service_id, at=at) for one in services)
        mailed = bool(address) and settings.SITE.sends_mail
        if mailed:
            send_mail(*_question([one.name for one in services]), None, [address])
        act(
            by,
            "ask for capacity",
            basis="the statement is older than the policy's clock",
            after={"services": [one.service_id for one in services], "by_mail": mailed, "at": at},
        )
    return sum(map(len, due.values()))


def _question(names: list[str]) -> tuple[str, str]:
    """The subject and the text of the message, in both languages."""
    listed = "\n".join(f"- {name}" for name in names)
    parts, subjects = [], []
    for language in ("en", "es"):
        with override(language):
            subjects.append(_("How many places are left?"))
            asks = _(
                "Please sign in to Crosswalk, open “Capacity to tell”, and say how many places are left in:"
            )
        parts.append(f"{asks}\n\n{listed}\n")
    return " · ".join(subjects), "\n".join(parts)


def record_caseloads(*, by: Hub, at: datetime, on: date, served: Mapping[tuple[int, str], int]) -> int:
    """Keep how many people each organization serves in each program, as the files of a run say; all anew.

    `served`: (organization, program) → people. How many counts were kept.
    """
    Caseload.objects.all().delete()
    made = [
        Caseload(organization_id=organization, program=program, served=people, on=on)
        for (organization, program), people in sorted(served.items())
    ]
    Caseload.objects.bulk_create(made)
    act(by, "count caseloads", basis="nightly run", after={"counts": len(made), "on": on, "at": at})
    return len(made)


def leave(*, by: Viewer, at: datetime, organization_id: int, why: str) -> Listing:
    """Let an organization leave the network today. Refuses while anybody would be left behind, and says who.

    Whatever it offered counts no longer from that day; what was, stays to be read.
    """
    may = acts.keep_network(by)
    listing = Listing.objects.select_for_update().filter(pk=organization_id, left=None).first()
    if not may or listing is None:
        raise LookupError
    if kept := leaving.reasons(organization_id, by.on):
        raise Refused(" ".join(kept), fix=_("Find each of them a new place first."))
    if listing.listed >= by.on:
        raise Refused(
            _("It was listed only today."),
            fix=_("An entry stays for at least one day; let it leave tomorrow."),
        )
    listing.left = by.on
    listing.save(update_fields=["left"])
    act(
        by,
        "leave network",
        subject=f"organization:{organization_id}",
        why=why,
        basis=may.basis,
        before={"listed": True},
        after={"listed": False, "on": by.on, "at": at},
    )
    return listing


def declined_as_full(*, by: By, at: datetime, service_id: int, organization_id: int) -> Statement:
    """A referral was declined for want of places: whoever declined it has said that none is left."""
    made = Statement.objects.create(
        service_id=service_id, free=0, at=at, way=Way.DECLINE, worker_id=by.worker_id, said_by=by.name,
        organization_id=organization_id,
    )  # fmt: skip
    act(
        by, "state capacity", subject=f"service:{service_id}", basis="declined a referral for want of places",
        after={"free": 0, "way": str(Way.DECLINE)},
    )  # fmt: skip
    return made
