"""Reading referrals: row-level security shows them only to their parties."""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any

from django.db import connection
from django.db.models import OuterRef, Q, QuerySet, Subquery, TextField
from django.db.models.expressions import RawSQL
from django.db.models.fields.json import KeyTextTransform, KeyTransform
from django.db.models.functions import Coalesce

from crosswalk.core.journeys.table import Table
from crosswalk.core.journeys.table import table as table_of
from crosswalk.hub.access import acts
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.pages import rail
from crosswalk.hub.pages.policy import edition
from crosswalk.hub.people.models import Person
from crosswalk.hub.referrals.models import Edge, Notice, Offer, Referral, Request

_NOT_STARTED = Q(authorization="authorized", state__in=("authorized", "offered", "declined", "accepted"))


def states(viewer: Viewer) -> Table:
    """The state table in force today."""
    return table_of(edition(viewer.on))


def parties_of(viewer: Viewer, one: Referral) -> tuple[str, ...]:
    """As what somebody may make turns of a referral: provider, plan, desk and referrer."""
    found = []
    if one.receiver_id == viewer.organization_id and one.state not in (
        "with_plan",
        "authorized",
        "elsewhere",
    ):
        found.append("provider")
    if viewer.organization_kind == str(Kind.PLAN) and viewer.organization_id in one.parties:
        found.append("plan")
    if one.sender_id == viewer.organization_id:
        found += ["desk", "referrer"]
    return tuple(found)


def referral(*, viewer: Viewer, referral_id: int, lock: bool = False) -> Referral | None:
    """One referral, or None; locked where it is about to change, so that two turns at once come one after the other."""
    assert viewer.sees
    found = Referral.objects.filter(pk=referral_id)
    if lock:
        found = found.select_for_update(of=("self",))
    # The person is not joined: whoever has a referral does not always come to see the person.
    return found.select_related("sender", "receiver", "at_service", "worker").first()


def listed(*, viewer: Viewer, which: str) -> QuerySet[Referral]:
    """One of the lists, what is due first at the top; whole, for the caller to cut."""
    own = viewer.organization_id
    asked = {
        "inbox": Q(receiver_id=own, state="offered"),
        "desk": Q(sender_id=own, turn="desk"),
        "plan": Q(turn="plan"),
        "sent": Q(sender_id=own) & ~Q(state="closed"),
        "not_started": _NOT_STARTED,
        "silent": Q(sender_id=own, chased__gte=3) & ~Q(state="closed"),
        "closed": Q(state="closed"),
        "mine": Q(receiver_id=own, state__in=("accepted", "outreach", "on_hold")),
    }[which]
    order = ("-since", "-id") if which == "closed" else ("due", "id")
    found = Referral.objects.filter(asked).select_related("sender", "receiver", "at_service")
    return found.order_by(*order)


#: Each queue of the rail, as a condition on an open referral; `%s` is the viewer’s organization.
_WAITS = {
    "inbox": "receiver_id = %s AND state = 'offered'",
    "mine": "receiver_id = %s AND state IN ('accepted', 'outreach', 'on_hold')",
    "desk": "sender_id = %s AND turn = 'desk'",
    "plan": "turn = 'plan'",
    "not_started": "\"authorization\" = 'authorized' AND state IN ('authorized', 'offered', 'declined', 'accepted')",
    "silent": "sender_id = %s AND chased >= 3",
}
_OF_EACH = (
    *(f"count(*) FILTER (WHERE {one}), min(since) FILTER (WHERE {one})" for one in _WAITS.values()),
    *(
        f"(SELECT {one} FROM referrals_request WHERE organization_id = %s AND state = 'open')"
        for one in ("count(*)", "min(at)")
    ),
    *(
        f"(SELECT {one} FROM referrals_notice AS n JOIN referrals_referral AS r ON r.id = n.referral_id"
        " WHERE n.\"to\" = 'member' AND n.given_at IS NULL AND r.sender_id = %s)"
        for one in ("count(*)", "min(n.owed_at)")
    ),
)
#: All of them as one JSON value, which rides along in the statement of the rail.
_COUNTS = f"SELECT json_build_array({', '.join(_OF_EACH)}) FROM referrals_referral WHERE state <> 'closed'"


def to_count(viewer: Viewer) -> RawSQL | None:
    """The counts of the rail as a value of another statement."""
    if not acts.see_referrals(viewer):
        return None
    return RawSQL(_COUNTS, (viewer.organization_id,) * _COUNTS.count("%s"))


def counts(*, viewer: Viewer) -> dict[str, tuple[int, datetime | None]]:
    """How many wait in each queue, and since when the oldest does; no statement of its own where lists are shown."""
    row = rail.counted(viewer, "loop")
    if row is None:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, [viewer.organization_id] * _COUNTS.count("%s"))
            row = cursor.fetchone()[0]
    row = json.loads(row) if isinstance(row, str) else row
    pairs = zip((*_WAITS, "requests", "notices"), row[::2], row[1::2], strict=True)
    return {key: (count, datetime.fromisoformat(since) if since else None) for key, count, since in pairs}


def edges(*, viewer: Viewer, referral_id: int) -> list[Edge]:
    """Every turn that the viewer may know of, in order."""
    assert viewer.sees
    found = Edge.objects.filter(referral_id=referral_id).select_related("organization", "receiver")
    return list(found.order_by("id"))


def notices(*, viewer: Viewer, referral_id: int) -> list[Notice]:
    """The notices that were owed, in order."""
    assert viewer.sees
    return list(Notice.objects.filter(referral_id=referral_id).order_by("id"))


def offer(*, viewer: Viewer, referral: Referral) -> Offer | None:
    """What was sent to whoever has the referral now."""
    assert viewer.sees
    found = Offer.objects.filter(referral=referral, organization_id=referral.receiver_id)
    return found.select_related("service", "organization").order_by("-id").first()


def names(*, viewer: Viewer, rows: Sequence[Referral]) -> dict[int, str]:
    """The name of each referral: as it was sent along to oneself, else the person’s where one may see it."""
    sent = dict(
        Offer.objects.filter(referral__in=rows, organization_id=viewer.organization_id)
        .order_by("id")
        .values_list("referral_id", "sent__identity__name")
    )
    known = dict(Person.objects.filter(pk__in={one.person_id for one in rows}).values_list("pk", "name"))
    return {one.pk: sent.get(one.pk) or known.get(one.person_id, "") for one in rows}


def named(*, viewer: Viewer, rows: QuerySet[Referral]) -> QuerySet[Referral]:
    """The same as a column `name` of each row, for lists that would else ask twice more."""
    assert viewer.sees
    sent = Offer.objects.filter(referral=OuterRef("pk"), organization_id=viewer.organization_id).order_by(
        "-id"
    )
    told = KeyTextTransform("name", KeyTransform("identity", "sent"))
    person = Person.objects.filter(pk=OuterRef("person_id")).values("name")[:1]
    return rows.annotate(
        name=Coalesce(
            Subquery(sent.annotate(told=told).values("told")[:1]), Subquery(person), output_field=TextField()
        )
    )


def requests(*, viewer: Viewer, state: str = "open") -> list[Request]:
    """What was asked for on the public forms, the oldest first."""
    assert viewer.sees
    return list(Request.objects.filter(state=state).order_by("at")[:100])


def request(*, viewer: Viewer, request_id: int, lock: bool = False) -> Any:
    """One of them, or None."""
    assert viewer.sees
    found = Request.objects.filter(pk=request_id)
    return (found.select_for_update() if lock else found).first()
