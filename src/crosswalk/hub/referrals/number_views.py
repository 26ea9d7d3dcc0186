"""The loop in numbers, for a span of days; every figure opens its referrals."""

from __future__ import annotations

from datetime import date, timedelta

from django.http import Http404, HttpRequest
from django.utils import timezone

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.referrals import numbers, queries
from crosswalk.hub.referrals.models import Channel


@door(acts.see_referrals)
def told(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Counts only: nobody is named here."""
    first, last = _span(request, viewer)
    made = numbers.numbers(viewer=viewer, table=queries.states(viewer), first=first, last=last)
    return Page("referrals/numbers.html", {"made": made, "channels": dict(Channel.choices)})


@door(acts.see_referrals)
def behind(request: HttpRequest, viewer: Viewer, *, may: May, kind: str, figure: str) -> Page:
    """The referrals behind one figure."""
    first, last = _span(request, viewer)
    try:
        found = numbers.found(viewer=viewer, first=first, last=last, kind=kind, key=figure)
    except LookupError:
        raise Http404 from None
    rows = list(found.select_related("sender", "receiver", "at_service").order_by("-at")[:200])
    if rows:
        persons = list(dict.fromkeys(one.person_id for one in rows))
        read(viewer, "open referrals", persons=persons, fields=["name", "service", "state"], basis=may.basis)
    known = queries.names(viewer=viewer, rows=rows)
    return Page("referrals/behind.html", {"rows": rows, "known": known, "now": timezone.now(), "first": first,
                                          "last": last})  # fmt: skip


def _span(request: HttpRequest, viewer: Viewer) -> tuple[date, date]:
    """The days asked for; without or with unreadable ones the last twelve months."""
    try:
        first, last = (date.fromisoformat(request.GET[key]) for key in ("from", "to"))
    except (KeyError, ValueError):
        return viewer.on - timedelta(days=365), viewer.on
    return min(first, last), max(first, last)
