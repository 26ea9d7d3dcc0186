"""Who would be left behind when somebody's access ends, or an organization leaves the network.

The database counts everybody, also persons whom whoever asks may not see, and tells only their number.
"""

from __future__ import annotations

from datetime import date

from django.db import connection
from django.utils.translation import ngettext

from crosswalk.hub.access.acts import CARE
from crosswalk.hub.access.models import Membership


def stays(membership: Membership) -> bool:
    """Whether the worker still works with persons in the same organization when this role has ended."""
    others = Membership.objects.filter(
        worker_id=membership.worker_id, organization_id=membership.organization_id, ended_at=None
    )
    return others.filter(role__in=sorted(CARE)).exclude(pk=membership.pk).exists()


def left_by(membership: Membership) -> tuple[int, int]:
    """How many persons somebody leads here, and how many handoffs of theirs lack an introduction or a notice."""
    if stays(membership):
        return 0, 0
    return _counted(membership.worker_id, membership.organization_id)


def _counted(worker_id: int, organization_id: int) -> tuple[int, int]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT leads, unfinished FROM care_left(%s, %s)", [worker_id, organization_id])
        leads, unfinished = cursor.fetchone()
    return int(leads), int(unfinished)


def led_unseen(worker_id: int, organization_id: int, shown: int) -> int:
    """How many a worker leads beyond those that can be shown to them: a restriction names others than them."""
    return max(_counted(worker_id, organization_id)[0] - shown, 0)


def kept_by_access(membership: Membership) -> list[str]:
    """Sentences for the page on which an access is to end; none where nobody is left."""
    leads, unfinished = left_by(membership)
    said = []
    if leads:
        said.append(
            ngettext(
                "%(num)s person would be left without a lead worker.",
                "%(num)s persons would be left without a lead worker.",
                leads,
            )
            % {"num": leads}
        )
    if unfinished:
        said.append(
            ngettext(
                "%(num)s person was handed over and still lacks the introduction or the notice.",
                "%(num)s persons were handed over and still lack the introduction or the notice.",
                unfinished,
            )
            % {"num": unfinished}
        )
    return said


def kept_by_network(organization_id: int, _on: date) -> list[str]:
    """A sentence with how many persons an organization cares for; none where it cares for nobody."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT care_open_at(%s)", [organization_id])
        (count,) = cursor.fetchone()
    if not count:
        return []
    said = ngettext(
        "%(num)s person has a lead worker there: refer them to another provider, or say how the care ended.",
        "%(num)s persons have a lead worker there: refer them to another provider, or say how the care ended.",
        count,
    )
    return [said % {"num": count}]
