"""The queue of uncertain links in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue
from crosswalk.hub.people.queries import open_links


def review(viewer: Any, waiting: int | None) -> Iterator[Queue]:
    """Questions who is who; counted in the statement that reads the tallies (`finding`), so that a page counts once."""
    if acts.review_links(viewer):
        count = open_links(viewer=viewer).count() if waiting is None else waiting
        yield Queue("review", _("Same person?"), reverse("review"), count)
