"""Reading deliveries: each organization sees its own, and no agreement opens them to another."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.db import connection
from django.db.models import Count, Min
from django.utils import timezone

from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.intake.models import Cause, Delivery, State

_ALIVE = (
    "SELECT EXISTS (SELECT FROM procrastinate_workers WHERE last_heartbeat > now() - interval '1 minute')"
)


def deliveries(*, viewer: Viewer, most: int = 50) -> list[Delivery]:
    """The newest deliveries of the viewer's organization."""
    found = Delivery.objects.filter(organization_id=viewer.organization_id)
    return list(found.select_related("arrived_by").order_by("-arrived_at", "-pk")[:most])


def delivery(*, viewer: Viewer, delivery_id: int) -> Delivery | None:
    """One delivery, or None where it is another organization's or not there."""
    found = Delivery.objects.filter(pk=delivery_id, organization_id=viewer.organization_id)
    return found.select_related("arrived_by", "decided_by").first()


def causes(*, viewer: Viewer, delivery_id: int) -> list[Cause]:
    """What is wrong in a delivery, in the order in which it matters."""
    found = Cause.objects.filter(delivery_id=delivery_id, organization_id=viewer.organization_id)
    return list(found.order_by("place"))


def waiting(*, viewer: Viewer) -> tuple[int, date | None]:
    """How many deliveries wait for somebody's answer, and the day the oldest came."""
    found = Delivery.objects.filter(organization_id=viewer.organization_id, state=State.WAITING)
    counted: dict[str, Any] = found.aggregate(count=Count("pk"), oldest=Min("arrived_at"))
    return counted["count"], timezone.localtime(counted["oldest"]).date() if counted["oldest"] else None


def is_worked_on() -> bool:
    """Whether a worker showed within the last minute that it lives; without one nothing is read."""
    with connection.cursor() as cursor:
        cursor.execute(_ALIVE)
        return bool(cursor.fetchone()[0])


def own_source(*, viewer: Viewer) -> str:
    """The source of the files that the viewer's organization sends; empty where none came yet."""
    return str(Organization.objects.values_list("source", flat=True).get(pk=viewer.organization_id))
