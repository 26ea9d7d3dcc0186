"""The queues of the desk and the loop in the rail: whose turn it is, and what has been silent."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.access.roles import Kind
from crosswalk.hub.pages.rail import Queue
from crosswalk.hub.referrals.queries import counts


def queues(viewer: Any) -> Iterator[Queue]:
    """Referrals to answer, to take care of, at the desk, with the plan; those silent, and those approved only."""
    if not acts.see_referrals(viewer):
        return
    told = counts(viewer=viewer)
    if acts.take_requests(viewer):
        waiting = told["requests"]
        if waiting[0] or viewer.organization_kind == str(Kind.COC):
            asked = timezone.localdate(waiting[1]) if waiting[1] else None
            yield Queue("requests", _("Asked for by people"), reverse("requests"), waiting[0], asked)
    desk = acts.refer(viewer)
    for key, name, shown in (
        ("inbox", _("Referrals to answer"), desk),
        ("mine", _("Referrals we accepted"), desk),
        ("desk", _("Referrals: the desk’s turn"), desk),
        ("silent", _("Referrals nobody answers"), desk),
        ("plan", _("Referrals with the plan"), viewer.organization_kind == str(Kind.PLAN)),
        ("not_started", _("Referrals authorized, not started"), True),
    ):
        count, since = told[key]
        if shown and (count or key in ("inbox", "plan")):
            oldest = timezone.localdate(since) if since else None
            yield Queue(f"loop_{key}", name, reverse("loop", args=[key]), count, oldest)
    owed, since = told["notices"]
    if desk and owed:
        oldest = timezone.localdate(since) if since else None
        yield Queue("notices", _("Notices to people"), reverse("notices", args=["owed"]), owed, oldest)
