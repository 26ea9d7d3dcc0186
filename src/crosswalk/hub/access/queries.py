"""Reading who works where, and from which places they are signed in."""

from __future__ import annotations

from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.db.models import Max
from django.utils import timezone

from crosswalk.hub.access.acts import CARE
from crosswalk.hub.access.models import Membership, Organization
from crosswalk.hub.access.viewer import Viewer

#: The source of what an organization's workers wrote down: this, a colon, and the number of the organization.
HERE = "hub"


def colleagues(*, viewer: Viewer) -> list[Membership]:
    """Every role in the viewer's organization, open ones first, each with when its person last signed in."""
    return list(
        Membership.objects.filter(organization_id=viewer.organization_id)
        .select_related("worker")
        .annotate(last_seen=Max("worker__usersession__last_seen_at"))
        .order_by("ended_at", "worker__name", "role")
    )


def by_source() -> dict[str, Organization]:
    """Source of records → whose they are: of its files, and of those whom its workers wrote down (`hub:12`)."""
    found: dict[str, Organization] = {}
    for one in Organization.objects.all():
        found |= sources_of(one)
    return found


def sources_of(one: Organization) -> dict[str, Organization]:
    """The sources whose records are an organization's own, each with it."""
    return {source: one for source in (one.source, f"{HERE}:{one.pk}") if source}


def colleague(*, viewer: Viewer, membership_id: int) -> Membership | None:
    """One role in the viewer's organization; None where it is elsewhere or not there."""
    found = Membership.objects.filter(pk=membership_id, organization_id=viewer.organization_id)
    return found.select_related("worker", "organization").first()


def carers(*, organization_id: int | None) -> list[Membership]:
    """Everybody who works with persons in an organization today, each once, by name."""
    found = Membership.objects.filter(
        organization_id=organization_id, ended_at=None, worker__is_active=True, role__in=sorted(CARE)
    ).select_related("worker")
    return list({one.worker_id: one for one in found.order_by("worker__name", "pk")}.values())


def own_sessions(*, viewer: Viewer) -> list[UserSession]:
    """Where the viewer is signed in now."""
    known = UserSession.objects.filter(user_id=viewer.worker_id).order_by("-last_seen_at")
    keys = [one.session_key for one in known]
    open_ones = set(
        Session.objects.filter(session_key__in=keys, expire_date__gt=timezone.now()).values_list(
            "session_key", flat=True
        )
    )
    return [one for one in known if one.session_key in open_ones]
