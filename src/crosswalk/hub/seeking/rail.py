"""One queue in the rail: questions put to one's own organization, and what was told to its own."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.pages.rail import Queue
from crosswalk.hub.seeking.queries import counts


def queues(viewer: Any) -> Iterator[Queue]:
    """Has anyone seen …"""
    if acts.answer_seen(viewer):
        yield Queue("seeking", _("Has anyone seen …?"), reverse("seeking"), sum(counts(viewer=viewer)))
