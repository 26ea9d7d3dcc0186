"""Reading who leads whom: row-level security shows it only to those between whom the referral went."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any

from django.db import connection
from django.db.models import Prefetch, Q, QuerySet
from django.db.models.expressions import RawSQL

from crosswalk.hub.access import acts
from crosswalk.hub.access.models import Membership
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.care.models import Care, Handoff, Lead
from crosswalk.hub.pages import rail
from crosswalk.hub.referrals import queries as referrals

#: Accepted, of care that goes on, and without its introduction or its notice.
UNFINISHED = Q(answer="accepted", care__ended_at=None) & (
    Q(introduced_at=None, interim=False) | Q(told_at=None)
)
_ASKED = Prefetch("care__handoffs", Handoff.objects.filter(answer=""), to_attr="asked")
#: Whom the worker leads, and what waits for the worker, as one JSON value that rides along with the rail.
_COUNTS = """SELECT json_build_array(
(SELECT count(DISTINCT person_id) FROM care_lead WHERE worker_id = %s AND organization_id = %s AND until IS NULL),
(SELECT count(*) FROM care_handoff WHERE taker_id = %s AND organization_id = %s AND answer = '')
+ (SELECT count(*) FROM care_handoff AS h JOIN care_care AS c ON c.id = h.care_id
WHERE h.answer = 'accepted' AND c.ended_at IS NULL AND (h.told_at IS NULL
  OR (h.introduced_at IS NULL AND NOT h.interim))
AND ((h.taker_id = %s AND h.organization_id = %s) OR (h.giver_id = %s AND h.giving_id = %s))))"""


def to_count(viewer: Viewer) -> RawSQL | None:
    """The counts of the rail as a value of another statement."""
    return RawSQL(_COUNTS, _whose(viewer)) if acts.see_members(viewer) else None


def _whose(viewer: Viewer) -> tuple[int, ...]:
    return (viewer.worker_id, viewer.organization_id) * 4


def counts(*, viewer: Viewer) -> tuple[int, int]:
    """How many persons the viewer leads, and how many handoffs wait for the viewer."""
    row = rail.counted(viewer, "care")
    if row is None:
        with connection.cursor() as cursor:
            cursor.execute(_COUNTS, _whose(viewer))
            row = cursor.fetchone()[0]
    leads, waiting = json.loads(row) if isinstance(row, str) else row
    return int(leads), int(waiting)


def leads(*, viewer: Viewer, worker_id: int) -> list[Lead]:
    """Whom a worker of the viewer's organization leads now, the longest first, each with who was asked to take over."""
    found = Lead.objects.filter(worker_id=worker_id, organization_id=viewer.organization_id, until=None)
    return list(found.select_related("care__referral").prefetch_related(_ASKED).order_by("since", "id"))


def lead(*, viewer: Viewer, lead_id: int) -> Lead | None:
    """One lead in force in the viewer's organization, its care locked; or None."""
    found = Lead.objects.filter(pk=lead_id, organization_id=viewer.organization_id, until=None)
    one = found.select_related("care__referral").first()
    return one if one and Care.objects.select_for_update().filter(pk=one.care_id, ended_at=None) else None


def handoffs(*, viewer: Viewer) -> QuerySet[Handoff]:
    """The handoffs to and from the viewer's organization."""
    own = viewer.organization_id
    found = Handoff.objects.filter(Q(organization_id=own) | Q(giving_id=own))
    return found.select_related("care__referral", "organization", "giving").order_by("asked_at", "id")


def incoming(*, viewer: Viewer) -> list[Handoff]:
    """Whom the viewer is asked to take over."""
    return list(handoffs(viewer=viewer).filter(taker_id=viewer.worker_id, answer=""))


def unfinished(*, viewer: Viewer, worker_id: int, given_only: bool = False) -> list[Handoff]:
    """Handoffs of a worker that were accepted and lack the introduction or the notice."""
    whose = Q(giver_id=worker_id, giving_id=viewer.organization_id)
    if not given_only:
        whose |= Q(taker_id=worker_id, organization_id=viewer.organization_id)
    return list(handoffs(viewer=viewer).filter(UNFINISHED).filter(whose))


def of_person(*, viewer: Viewer, person_id: str) -> list[Lead]:
    """Who leads a person's care now, one for each program that the viewer may know of."""
    assert viewer.sees
    found = Lead.objects.filter(person_id=person_id, until=None)
    return list(found.select_related("care", "organization").order_by("care__service", "id"))


def names(*, viewer: Viewer, rows: Iterable[Lead | Handoff]) -> dict[int, str]:
    """The name of each person by the id of the care, as their referral brought it or as the viewer may see it."""
    cares: dict[int, Any] = {one.care_id: one.care for one in rows}
    known = referrals.names(viewer=viewer, rows=[one.referral for one in cares.values()])
    return {key: known.get(one.referral_id, "") for key, one in cares.items()}


def persons(rows: Sequence[Lead | Handoff]) -> list[str]:
    """The persons of these rows, each once, for the journal."""
    return list(dict.fromkeys(one.person_id for one in rows))


def successors(*, organization_id: int, besides: int | None = None) -> list[Membership]:
    """Who could lead for now where nobody was named: supervisors first, then whoever works with persons, then anybody.

    In the order in which they came; each once.
    """
    found = (
        Membership.objects.filter(
            organization_id=organization_id, ended_at=None, worker__is_active=True
        ).select_related("worker").exclude(worker_id=besides).order_by("pk")
    )  # fmt: skip
    order = {"supervisor": 0, **{str(role): 1 for role in acts.CARE if str(role) != "supervisor"}}
    best: dict[int, Membership] = {}
    for one in sorted(found, key=lambda each: (order.get(each.role, 2), each.pk)):
        best.setdefault(one.worker_id, one)
    return list(best.values())
