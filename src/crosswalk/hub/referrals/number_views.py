"""The loop in numbers, for a span of days; every figure opens its referrals."""

from __future__ import annotations

from typing import Any

from django.http import Http404, HttpRequest
from django.utils import timezone

from crosswalk.hub.access import acts
from crosswalk.hub.access.acts import May
from crosswalk.hub.access.doors import Page, door
from crosswalk.hub.access.models import Organization
from crosswalk.hub.access.viewer import Viewer
from crosswalk.hub.journal.actions import read
from crosswalk.hub.referrals import chart, growth, numbers, queries
from crosswalk.hub.referrals.growth import Standings
from crosswalk.hub.referrals.models import Channel
from crosswalk.hub.referrals.numbers import Numbers
from crosswalk.hub.referrals.reach import Reach

#: So many referrals are shown behind a figure.
FIRST = 200


@door(acts.see_referrals)
def told(request: HttpRequest, viewer: Viewer, *, may: May) -> Page:
    """Counts only: nobody is named here."""
    reach = Reach.of(request.GET, viewer.on)
    made = numbers.numbers(viewer=viewer, table=queries.states(viewer), reach=reach)
    stands = growth.standings(viewer=viewer, reach=reach)
    return Page(
        "referrals/numbers.html",
        {"made": made, "reach": reach, "channels": dict(Channel.choices), "stands": stands,
         "bars": chart.bars(stands.marks), "drawn": (chart.WIDE, chart.HIGH, chart.BELOW),
         "organizations": _organizations(made, stands)},
    )  # fmt: skip


@door(acts.see_referrals)
def behind(request: HttpRequest, viewer: Viewer, *, may: May, kind: str, figure: str) -> Page:
    """The referrals behind one figure."""
    reach = Reach.of(request.GET, viewer.on)
    try:
        found = numbers.found(viewer=viewer, reach=reach, kind=kind, key=figure)
    except LookupError:
        raise Http404 from None
    named = queries.named(viewer=viewer, rows=found).select_related("receiver").order_by("-at", "-id")
    rows = list(named[: FIRST + 1])
    many = len(rows) if len(rows) <= FIRST else found.count()
    shown = rows[:FIRST]
    if shown:
        persons = list(dict.fromkeys(one.person_id for one in shown))
        read(viewer, "open referrals", persons=persons, fields=["name", "service", "state"], basis=may.basis)
    return Page(
        "referrals/behind.html",
        {"rows": shown, "many": many, "now": timezone.now(), "reach": reach},
    )


def _organizations(made: Numbers, stands: Standings) -> dict[str, Any]:
    """The name of every organization that a figure is about, by its id as it stands in the figure."""
    keys = {one.key for one in (*made.providers, *made.senders)} | {str(one) for one in stands.holders}
    return {str(pk): name for pk, name in Organization.objects.filter(pk__in=keys).values_list("pk", "name")}
