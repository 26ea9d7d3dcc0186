"""The queues of care in the rail: whom one leads, and what one is asked to take over."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _

from crosswalk.hub.access import acts
from crosswalk.hub.care.queries import counts
from crosswalk.hub.pages.rail import Queue


def queues(viewer: Any) -> Iterator[Queue]:
    """My members, with what waits for an answer, an introduction or a notice."""
    if not acts.see_members(viewer):
        return
    leads, waiting = counts(viewer=viewer)
    yield Queue("members", _("My members"), reverse("members"), leads)
    if waiting:
        yield Queue("handoffs", _("Handoffs to finish"), reverse("members") + "#handoffs", waiting)
