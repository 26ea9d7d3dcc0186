"""The queues of case finding in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.finding.queries import tallies
from crosswalk.hub.pages.rail import Queue
from crosswalk.hub.people.rail import review


def queues(viewer: Any) -> Iterator[Queue]:
    """Likely eligible, new, approved and not started, silent requests, one answer away: those with a list."""
    if not (acts.see_lists(viewer) or acts.review_links(viewer)):
        return
    counts = tallies(viewer=viewer)
    yield from review(viewer, next((one.waiting for one in counts.values()), None))
    if not acts.see_lists(viewer):
        return
    place = reverse("listed")
    for key, name, address in (
        ("new", _("New on the list"), f"{place}?new=1"),
        ("refer", _("To refer"), f"{place}?step=refer"),
        ("start", _("Approved, not started"), f"{place}?step=start"),
        ("chase", _("Asked for, no answer"), f"{place}?step=chase"),
        ("ask", _("One answer away"), f"{place}?step=ask"),
        ("all", _("Everybody on the list"), place),
    ):
        one = counts.get(key)
        # The counts are of the whole organization: somebody there for a part of it would be told a wrong one.
        count = None if viewer.counties or viewer.populations else one.count if one else 0
        yield Queue(key, name, address, count, one.oldest if one and count else None)
