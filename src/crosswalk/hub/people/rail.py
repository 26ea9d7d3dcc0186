"""The queue of uncertain links in the rail."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue


def review(viewer: Any, waiting: int, oldest: date | None) -> Iterator[Queue]:
    """Questions who is who, as counted by the room that keeps the tallies (`finding`), so that a page counts once."""
    if acts.review_links(viewer):
        yield Queue("review", _("Same person?"), reverse("review"), waiting, oldest)
