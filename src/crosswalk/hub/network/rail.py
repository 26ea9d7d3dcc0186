"""The network in the rail: a provider's own places with how many are asked for again, and the directory."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.network.queries import due
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """For everybody the directory; for a provider its places, for keepers of the directory everybody's."""
    if not acts.see_network(viewer):
        return
    if acts.state_capacity(viewer):
        waiting = due(viewer=viewer)
        if waiting.services:
            yield Queue("capacity", _("Capacity to tell"), reverse("capacity"), waiting.count, waiting.oldest)
    yield Queue("network", _("Network"), reverse("network"))
