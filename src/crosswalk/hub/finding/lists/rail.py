"""The queues of case finding in the rail."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.finding.lists.queries import desk
from crosswalk.hub.pages.rail import Queue
from crosswalk.hub.people.rail import review


def counted(viewer: Any) -> Mapping[str, Any]:
    """What other rooms count, in the statement that stands around every list; nothing for whoever sees no list."""
    return desk(viewer=viewer).beside if acts.see_lists(viewer) or acts.review_links(viewer) else {}


def queues(viewer: Any) -> Iterator[Queue]:
    """Who is who; one's own, new, to refer, approved, silent requests, one answer away, and who is gone."""
    if not (acts.see_lists(viewer) or acts.review_links(viewer)):
        return
    around = desk(viewer=viewer)
    yield from review(viewer, around.waiting)
    if not acts.see_lists(viewer):
        return
    place = reverse("listed")
    if acts.take_on(viewer):
        yield Queue("mine", _("Taken on by me"), f"{place}?who=me", around.mine)
    for key, name, address in (
        ("new", _("New on the list"), f"{place}?new=1"),
        ("refer", _("To refer"), f"{place}?step=refer"),
        ("start", _("Approved, not started"), f"{place}?step=start"),
        ("chase", _("Asked for, no answer"), f"{place}?step=chase"),
        ("ask", _("One answer away"), f"{place}?step=ask"),
        ("all", _("Everybody on the list"), place),
        ("lost", _("No longer on it"), reverse("lost")),
    ):
        one = around.tallies.get(key)
        # The counts are of the whole organization: somebody there for a part of it would be told a wrong one.
        count = None if viewer.counties or viewer.populations else one.count if one else 0
        yield Queue(key, name, address, count, one.oldest if one and count else None)
